import datetime
import io

import PIL.Image
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from api.practice_shapes import PracticeRow
from practices.catalogue import catalogue
from practices.models import Image, Practice
from tests.factories import (
    AttachmentFactory,
    CityFactory,
    EventFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
    UserFactory,
)

LIST = "/api/v1/practices/"
UNPUBLISHED = [state for state in Practice.State.values if state != Practice.State.PUBLISHED]


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(practice):
    file = io.BytesIO()
    PIL.Image.new("RGB", (30, 20)).save(file, "PNG")
    upload = SimpleUploadedFile("garage.png", file.getvalue())
    return Image.objects.create(practice=practice, file=upload, credit="A. Person", licence="CC BY 4.0")


def slugs(client, **data):
    return [row["slug"] for row in client.get(LIST, data).json()["results"]]


def test_a_practice_in_a_list_says_what_a_card_says(client):
    moment = datetime.datetime(2024, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)
    city = CityFactory(slug="tallinn", name="Tallinn", country="EE")
    theme = ThemeFactory(slug="brokerage", name="Brokerage")
    practice = PracticeFactory(
        slug="garage", title="Garage", summary="Short.", city=city, theme=theme, start_year=2011, published_at=moment
    )

    page = client.get(LIST).json()

    (row,) = page.pop("results")
    facets = page.pop("facets")
    assert page == {"count": 1, "next": None, "previous": None, "search": None}
    assert facets["city"] == [{"value": "tallinn", "label": "Tallinn", "count": 1, "chosen": False}]
    assert datetime.datetime.fromisoformat(row.pop("published_at")) == moment
    assert datetime.datetime.fromisoformat(row.pop("updated_at")) == practice.updated_at
    assert row == {
        "id": practice.pk,
        "slug": "garage",
        "title": "Garage",
        "summary": "Short.",
        "language": "en",
        "score": None,
        "address": "http://testserver/practices/garage/",
        "api_address": "http://testserver/api/v1/practices/garage/",
        "city": {"slug": "tallinn", "name": "Tallinn", "country": "EE"},
        "theme": {"slug": "brokerage", "name": "Brokerage"},
        "start_year": 2011,
        "end_year": None,
        "outcome": "unknown",
        "evidence": "",
        "verified_at": None,
    }


@pytest.mark.parametrize("lang", ["en", "de", "pl"])
def test_a_list_says_of_a_practice_what_its_own_answer_says_first(client, lang):
    moment = datetime.datetime(2024, 1, 6, 23, 30, tzinfo=datetime.UTC)
    full = PracticeFactory(start_year=2009, end_year=2011, evidence="measured", outcome="ended", published_at=moment)
    full.create_translation("de", title="Werkstatt", summary="Kurz.")
    Practice.objects.filter(pk=full.pk).update(updated_at=moment, verified_at=moment.date())
    bare = PracticeFactory()

    rows = {row["id"]: row for row in client.get(LIST, {"lang": lang}).json()["results"]}

    for practice in (full, bare):
        alone = client.get(f"{LIST}{practice.slug}/", {"lang": lang}).json()
        row = rows[practice.pk]
        assert list(row.items()) == list(alone.items())[: len(row)]
        assert len(row) == len(PracticeRow().fields)
    assert rows[full.pk]["published_at"] == "2024-01-07T00:30:00+01:00"


@pytest.mark.parametrize("search", ["", "q=design", "city=a&city=b", "q=design&city=a&outcome=ended", "sort=title"])
def test_the_list_has_the_practices_order_and_counts_of_the_page(client, search):
    for number in range(9):
        PracticeFactory(
            city=CityFactory(slug="abc"[number % 3]),
            theme=ThemeFactory(slug="xy"[number % 2]),
            title=("design " if number % 4 else "food ") * (number + 1) + str(number),
            outcome=["ended", "running"][number % 2],
            tags=["vouchers"] if number > 3 else [],
        )

    page = client.get(f"/practices/?{search}")
    told = client.get(f"{LIST}?{search}").json()

    found = page.context["found"]
    assert [row["id"] for row in told["results"]] == list(found.keys[:20])
    assert told["count"] == len(found.keys)
    assert told["facets"] == {
        facet.name: [
            {"value": choice.value, "label": str(choice.label), "count": choice.count, "chosen": choice.chosen}
            for choice in facet.choices
        ]
        for facet in found.facets
    }


def test_words_rank_the_practices_and_each_says_its_score(client):
    for number in range(1, 6):
        PracticeFactory(slug=f"p{number}", title=f"Workshop {number}", description="tinkering " * number + "wood " * 20)
    PracticeFactory(title="Something else")

    told = client.get(LIST, {"q": "tinkering", "page_size": 100}).json()

    scores = [row["score"] for row in told["results"]]
    assert told["count"] == 5
    assert told["search"]["asked"] == "tinkering"
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)


def test_a_question_of_two_hundred_words_is_answered(client):
    PracticeFactory(slug="workshop", title="Workshop", description="tinkering with wood")
    words = [f"word{number}" for number in range(199)]

    assert slugs(client, q=" ".join([*words, "tinkering"])) == ["workshop"]


def test_names_and_texts_come_in_the_language_asked_for(client):
    city = CityFactory(slug="linz", name="Linz", country="AT")
    city.create_translation("de", name="Linz an der Donau")
    both = PracticeFactory(slug="both", city=city, title="Garage")
    both.create_translation("de", title="Werkstatt", summary="Kurz.")

    german = client.get(LIST, {"lang": "de"})
    polish = client.get(LIST, {"lang": "pl"}).json()["results"][0]

    (row,) = german.json()["results"]
    assert german["Content-Language"] == "de"
    assert (row["title"], row["language"], row["city"]["name"]) == ("Werkstatt", "de", "Linz an der Donau")
    assert row["address"] == "http://testserver/de/practices/both/"
    assert (polish["title"], polish["language"]) == ("Garage", "en")
    assert polish["address"] == "http://testserver/practices/both/"


@pytest.mark.parametrize(("lang", "languages"), [(None, ["de", "en"]), ("de", ["de"]), ("pl", ["en"])])
def test_one_practice_is_told_with_everything(client, lang, languages):
    practice = PracticeFactory(
        slug="garage",
        city=CityFactory(slug="linz", name="Linz", country="AT"),
        theme=ThemeFactory(slug="brokerage", name="Brokerage"),
        creative_sectors=[SectorFactory(slug="design", name="Design")],
        growth_sectors=[SectorFactory(slug="health", name="Health", kind="growth")],
        tags=["SME"],
        lessons="Begin small.",
        address="Hauptplatz 1",
        further_countries="PL",
    )
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")
    ParticipantFactory(practice=practice, name="City of Linz", role="funder")
    PracticeSourceFactory(practice=practice, title="Report", supports="Figures")
    EventFactory(slug="visit", title="Visit").practices_seen.create(practice=practice)
    image, attachment = picture(practice), AttachmentFactory(practice=practice)

    told = client.get(f"{LIST}garage/", {"lang": lang} if lang else {}).json()

    assert sorted(told["texts"]) == languages
    assert all(
        set(text) == {"title", "summary", *Practice.Section.values, "project_link"} for text in told["texts"].values()
    )
    assert told["creative_sectors"] == [{"slug": "design", "name": "Design"}]
    assert told["growth_sectors"] == [{"slug": "health", "name": "Health"}]
    assert told["tags"] == [{"slug": "sme", "name": "SME"}]
    assert {country["code"] for country in told["countries"]} == {"AT", "PL"}
    assert told["organisations"] == [{"name": "City of Linz", "role": "funder", "url": ""}]
    assert told["sources"] == [{"title": "Report", "url": "https://example.org/report", "supports": "Figures"}]
    assert told["events"] == [{"slug": "visit", "title": "Visit"}]
    assert told["images"][0]["address"].endswith(image.get_absolute_url())
    [pdf] = told["attachments"]
    assert pdf.pop("address").endswith(attachment.get_absolute_url())
    assert pdf == {"title": "Evaluation of the vouchers", "language": "en", "pages": 12, "size": 18}
    assert told["postal_address"] == "Hauptplatz 1"


def test_nothing_unpublished_is_told(client):
    for state in UNPUBLISHED:
        PracticeFactory(slug=f"hidden-{state}", title=f"Hidden {state}", state=state)

    assert client.get(LIST).json()["count"] == 0
    assert client.get(LIST, {"q": "hidden"}).json()["count"] == 0
    statuses = {state: client.get(f"{LIST}hidden-{state}/").status_code for state in UNPUBLISHED}
    assert statuses == {state: 410 if state == "archived" else 404 for state in UNPUBLISHED}


def test_no_person_is_told(client):
    editor = UserFactory(email="ona@example.org", name="Ona Petraitė")
    city = CityFactory(slug="linz")
    city.editors.add(editor)
    PracticeFactory(slug="garage", city=city, verified_by=editor, verified_at=datetime.date(2024, 1, 2))
    addresses = [LIST, f"{LIST}garage/", "/api/v1/cities/", "/api/v1/cities/linz/", "/practices/download.json"]
    addresses += ["/practices/download.csv", "/practices/feed.atom?city=linz"]

    for address in addresses:
        text = client.get(address).getvalue().decode()
        assert text
        assert "ona@example.org" not in text
        assert "Petrait" not in text


def test_a_former_address_leads_to_the_practice(client):
    practice = PracticeFactory(slug="old")
    practice.slug = "new"
    practice.save()

    answer = client.get(f"{LIST}old/")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/practices/new/")


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("search", ["", "?q=practice&city=linz"])
def test_the_list_asks_the_same_number_of_queries_for_one_practice_and_many(
    client, django_assert_num_queries, rows, search
):
    PracticeFactory.create_batch(rows, city=CityFactory(slug="linz"), tags=["SME"])
    client.get(LIST + search)
    catalogue().listed.lately.things.clear()

    with django_assert_num_queries(4):
        client.get(LIST + search)


@pytest.mark.parametrize("rows", [1, 5])
def test_a_practice_asks_the_same_number_of_queries_however_much_belongs_to_it(client, django_assert_num_queries, rows):
    practice = PracticeFactory(slug="garage", tags=[f"tag {number}" for number in range(rows)])
    for number in range(rows):
        ParticipantFactory(practice=practice)
        PracticeSourceFactory(practice=practice)
        EventFactory(slug=f"e{number}").practices_seen.create(practice=practice)
        picture(practice)
        AttachmentFactory(practice=practice)
    address = reverse("api:practice", args=["garage"])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)
