import datetime

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.urls import reverse

from practices.models import Practice
from search.models import Document
from tests.desk import change_page, errors_of, filled, save
from tests.factories import CityFactory, FeatureFactory, PracticeFactory, PracticeSourceFactory, ThemeFactory

LIST = "/admin/practices/practice/"
ADD = "/admin/practices/practice/add/"
# The names of the country in the languages of the site.
LITHUANIA = ["Lithuania", "Litauen", "Litva", "Leedu", "Lituania", "Lietuva", "Litouwen", "Litwa", "Lituânia"]


def indexed(kind="practice"):
    """What the search knows: (key, language, title)."""
    return sorted(Document.objects.filter(kind=kind).values_list("key", "language", "title"))


def names_of(practice):
    return Document.objects.get(kind="practice", key=practice.pk, language="en").names


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_added_practice_is_a_draft_with_all_its_parts(admin_client):
    city, theme = CityFactory(slug="vilnius"), ThemeFactory(slug="brokerage")

    response = save(
        admin_client,
        ADD,
        title="Design voucher",
        slug="design-voucher",
        summary="Half of the designer's fee.",
        city=city.pk,
        theme=theme.pk,
        tags="Open data, design",
        analysis_fields=["results", "lessons"],
        state="published",  # what no form offers
        **{
            "sources-0-title": "Report",
            "sources-0-url": "example.org/report",
            "participants-0-name": "Design Centre",
            "participants-0-role": "lead",
        },
    )

    practice = Practice.objects.get()
    assert response.status_code == 302
    assert (practice.title, practice.original_language, practice.state) == ("Design voucher", "en", "draft")
    assert practice.published_at is None
    assert set(practice.tags.names()) == {"Open data", "design"}
    assert practice.analysis_fields == ["results", "lessons"]
    assert list(practice.sources.values_list("title", "url", "position")) == [
        ("Report", "https://example.org/report", 0)
    ]
    assert list(practice.participants.values_list("name", "role")) == [("Design Centre", "lead")]
    assert indexed() == []
    assert [version.made_by.email for version in practice.versions.all()] == ["admin@example.org"]


def test_german_text_is_written_beside_the_english_one(admin_client):
    practice = PracticeFactory(title="Design voucher", state="draft")

    page = admin_client.get(change_page(practice, "de"))
    data = filled(page)
    response = admin_client.post(change_page(practice, "de"), {**data, "title": "Gutschein", "summary": "Die Hälfte."})

    assert (data["title"], data["summary"]) == ("", "")
    assert response.status_code == 302
    assert sorted(practice.translations.values_list("language_code", "title")) == [
        ("de", "Gutschein"),
        ("en", "Design voucher"),
    ]


def test_form_opens_in_a_language_in_which_the_practice_is_written(admin_client):
    practice = PracticeFactory(title="Dizaino čekis", original_language="lt", state="draft")
    practice.translations.update(language_code="lt")

    values = filled(admin_client.get(change_page(practice)))

    assert values["title"] == "Dizaino čekis"


def test_unknown_language_opens_the_written_one(admin_client):
    practice = PracticeFactory(title="Design voucher", state="draft")

    values = filled(admin_client.get(change_page(practice, "xx")))

    assert values["title"] == "Design voucher"


def test_language_list_says_what_can_be_edited_and_written(admin_client):
    practice = PracticeFactory(state="draft")
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")

    page = admin_client.get(change_page(practice, "de")).content.decode()

    assert 'aria-current="page"' in page
    for text in ("German, being edited", "Edit English", "Write Czech", "Delete the texts in German"):
        assert text in page
    assert "Edit German" not in page


def test_texts_that_can_only_be_read_are_not_offered_to_be_written(admin_client):
    practice = PracticeFactory(state="published")
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")

    page = admin_client.get(change_page(practice, "de")).content.decode()

    assert [text for text in ("being edited", "Edit English", "Write Czech", "Delete the texts") if text in page] == []
    assert 'href="?language=en"' in page


def test_deleted_translation_stays_in_the_history(admin_client):
    practice = PracticeFactory(title="Design voucher", state="draft")
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    save(admin_client, change_page(practice))

    admin_client.post(f"/admin/practices/practice/{practice.pk}/change/delete-translation/de/", {"post": "yes"})

    assert list(practice.translations.values_list("language_code", flat=True)) == ["en"]
    newest, before = practice.versions.newest()
    assert (set(newest.content["texts"]), set(before.content["texts"])) == ({"en"}, {"de", "en"})


def test_the_only_texts_cannot_be_deleted(admin_client):
    practice = PracticeFactory(title="Design voucher", state="draft")

    response = admin_client.post(
        f"/admin/practices/practice/{practice.pk}/change/delete-translation/en/", {"post": "yes"}
    )

    assert said(response) == ["The only texts cannot be deleted."]
    assert practice.translations.count() == 1


def test_deletion_of_texts_asks_first_and_leads_back(admin_client):
    practice = PracticeFactory(title="Design voucher", state="draft")
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")

    page = admin_client.get(f"/admin/practices/practice/{practice.pk}/change/delete-translation/de/").content.decode()

    assert "<h1>Delete the texts in German?</h1>" in page
    assert f'href="{change_page(practice)}"' in page
    assert practice.translations.count() == 2


def test_only_published_practices_offer_a_view_on_the_site(admin_client):
    published, draft = PracticeFactory(slug="open"), PracticeFactory(slug="closed", state="draft")

    pages = [admin_client.get(change_page(practice)) for practice in (published, draft)]

    assert [page.context.get("absolute_url") for page in pages] == ["/practices/open/", None]


WRONG = [
    ({"start_year": "2015", "end_year": "2014"}, {"end_year": ["The last year lies before the first year."]}),
    ({"start_year": "99"}, {"start_year": ["Ensure this value is greater than or equal to 1800."]}),
    ({"start_year": "2999999999999"}, {"start_year": ["Ensure this value is less than or equal to 2100."]}),
    ({"lat": "54.7"}, {"lon": ["A position needs both latitude and longitude."]}),
    ({"lon": "25.3"}, {"lat": ["A position needs both latitude and longitude."]}),
    ({"lat": "91", "lon": "25"}, {"lat": ["Ensure this value is less than or equal to 90."]}),
    ({"lat": "nan", "lon": "25"}, {"lat": ["Enter a number."]}),
    ({"title": "x" * 201}, {"title": ["Ensure this value has at most 200 characters (it has 201)."]}),
    ({"summary": "x" * 601}, {"summary": ["Ensure this value has at most 600 characters (it has 601)."]}),
    ({"description": "a\x00b"}, {"description": ["Null characters are not allowed."]}),
    ({"tags": "a\x00b"}, {"tags": ["Null characters are not allowed."]}),
    ({"tags": "x" * 101}, {"tags": ["A tag has at most 100 characters."]}),
    ({"city": "nonsense"}, {"city": ["Select a valid choice. That choice is not one of the available choices."]}),
    ({"city": "9" * 30}, {"city": ["Select a valid choice. That choice is not one of the available choices."]}),
    ({"further_cities": ["x"]}, {"further_cities": ["“x” is not a valid value."]}),
    ({"slug": "taken"}, {"slug": ["Practice with this Address already exists."]}),
    ({"website": "javascript:alert(1)"}, {"website": ["Enter a valid URL."]}),
    (
        {"sources-0-title": "Report", "sources-0-url": "x" * 501},
        {
            "sources-0-url": [
                "Enter a valid URL.",
                "Ensure this value has at most 500 characters (it has 509).",
            ]
        },
    ),
    ({"sources-0-url": "https://example.org"}, {"sources-0-title": ["This field is required."]}),
    ({"participants-0-role": "lead"}, {"participants-0-name": ["This field is required."]}),
]


def test_wrong_input_is_named_where_it_is_and_kept(admin_client):
    PracticeFactory(slug="taken")
    practice = PracticeFactory(slug="voucher", state="draft")
    form = filled(admin_client.get(change_page(practice)))

    for values, errors in WRONG:
        sent = {"description": "Typed with care.", "tags": "design", **values}

        response = admin_client.post(change_page(practice), form | sent)

        assert response.status_code == 200, values
        found = errors_of(response)
        assert set(found) == set(errors), values
        assert [message for name in errors for message in errors[name] if message not in found[name]] == []
        kept, cannot_be_shown = filled(response), {"city", "further_cities"}
        keepable = {name: value for name, value in sent.items() if name not in cannot_be_shown and "\x00" not in value}
        assert {name: kept[name] for name in keepable} == keepable


def test_half_a_position_is_refused_by_the_database_too():
    practice = PracticeFactory(state="draft")

    with pytest.raises(IntegrityError):
        Practice.objects.filter(pk=practice.pk).update(lat=54.7)


def test_two_features_at_one_place_on_the_same_days_are_refused(admin_client):
    first = datetime.date(2030, 1, 1)
    FeatureFactory(place=1, starts=first, ends=datetime.date(2030, 1, 31), practice__title="Kiln")
    practice = PracticeFactory()

    response = save(
        admin_client,
        "/admin/practices/feature/add/",
        practice=practice.pk,
        reason="Copied by three cities.",
        place="1",
        starts="2030-01-31",
        ends="",
    )

    advice = "Choose another place or other days, or end the other one first."
    refusal = f"“Kiln” stands there from 1 January 2030 until 31 January 2030. {advice}"
    assert errors_of(response) == {"starts": [refusal]}
    assert filled(response)["reason"] == "Copied by three cities."


def test_feature_that_ends_before_it_starts_is_refused(admin_client):
    feature = FeatureFactory(starts=datetime.date(2030, 1, 2))

    response = save(admin_client, change_page(feature), ends="2030-01-01")

    assert errors_of(response) == {"ends": ["The last day lies before the first day."]}


def test_changed_address_is_shown_as_former(admin_client):
    practice = PracticeFactory(slug="old")

    save(admin_client, change_page(practice), slug="new")

    page = admin_client.get(change_page(practice))
    assert '<div class="readonly">old</div>' in page.content.decode()


def test_new_sources_go_behind_the_others(admin_client):
    practice = PracticeFactory(state="draft")
    PracticeSourceFactory(practice=practice, title="First", position=0)
    PracticeSourceFactory(practice=practice, title="Second", position=1)

    save(admin_client, change_page(practice), **{"sources-2-title": "Third"})

    assert list(practice.sources.values_list("title", "position")) == [("First", 0), ("Second", 1), ("Third", 2)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=gutschein", {"both"}),
        ("q=zolte", {"accents"}),
        ("q=%00", {"both", "accents", "source", "fresh"}),
        ("missing=de", {"accents", "source", "fresh"}),
        ("sources=no", {"both", "accents", "fresh"}),
        ("sources=yes", {"source"}),
        ("verified=fresh", {"fresh"}),
        ("verified=stale", {"both", "accents", "source"}),
        ("verified=never", {"accents", "source"}),
        ("state__exact=draft", {"accents"}),
    ],
)
def test_list_finds_what_needs_work(admin_client, query, found):
    both = PracticeFactory(slug="both", verified_at=datetime.date(2001, 1, 1))
    both.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    PracticeFactory(slug="accents", title="Żółte światło", state="draft")
    PracticeSourceFactory(practice=PracticeFactory(slug="source"))
    PracticeFactory(slug="fresh", verified_at=datetime.date.today())

    response = admin_client.get(f"{LIST}?{query}")

    assert {practice.slug for practice in response.context["cl"].result_list} == found


def test_list_shows_theme_state_languages_and_sources(admin_client):
    practice = PracticeFactory(theme=ThemeFactory(name="Brokerage", colour="moss"))
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    PracticeSourceFactory(practice=practice)

    page = admin_client.get(LIST).content.decode()

    assert '<span class="chip theme-moss">Brokerage</span>' in page
    assert '<span class="chip state-published">Published</span>' in page
    assert f'href="/admin/practices/practice/{practice.pk}/change/?language=de"' in page
    assert '<td class="field-source_count">1</td>' in page


def test_cities_are_offered_by_any_spelling(admin_client):
    city = CityFactory(slug="plzen", name="Plzeň")
    CityFactory(slug="riga", name="Rīga")
    address = reverse("admin:autocomplete")
    which = {"app_label": "practices", "model_name": "practice", "field_name": "city"}

    offers = admin_client.get(address, {**which, "term": "plzen"}).json()["results"]

    assert offers == [{"id": str(city.pk), "text": "Plzeň"}]
