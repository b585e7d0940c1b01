import re

import pytest
from django.urls import reverse
from django.utils import translation

from practices.models import Practice
from tests.factories import (
    CityFactory,
    EventFactory,
    FeatureFactory,
    ImageFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSeenFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
)
from tests.practices.test_files import addresses_of

HIDDEN = [state for state in Practice.State.values if state != Practice.State.PUBLISHED]


def rich(slug, **facts):
    """A practice with everything a page can show."""
    practice = PracticeFactory(slug=slug, tags=["felt", "wool"], creative_sectors=[SectorFactory()], **facts)
    for _number in range(2):
        PracticeSourceFactory(practice=practice)
        ParticipantFactory(practice=practice)
        PracticeSeenFactory(practice=practice)
    return practice


# The list


def test_the_list_shows_the_published_practices_newest_first(client):
    for state in Practice.State.values:
        PracticeFactory(title=f"The {state} one", state=state, tags=["felt"])
    PracticeFactory(title="The newest one", tags=["felt"])

    for query in ("", "?tag=felt", "?outcome=unknown&tag=felt"):
        page = client.get(f"/practices/{query}").context["page"]
        assert [practice.title for practice in page.practices] == ["The newest one", "The published one"], query


def test_words_find_only_published_practices(client):
    for state in Practice.State.values:
        PracticeFactory(title=f"The {state} one", state=state)
    Practice.objects.published().update(state="draft")
    PracticeFactory(title="The newest one")

    for address in ("/practices/?q=one", "/search/?q=one"):
        response = client.get(address)
        page = response.content.decode()
        assert set(re.findall(r"The [a-z -]* one", page)) == {"The newest one"}, address
        assert re.search(r"\b1 (practice|thing found)", page), address


def test_the_list_has_twelve_practices_to_a_page(client):
    PracticeFactory.create_batch(14, theme=ThemeFactory(slug="brokerage"), city=CityFactory())

    response = client.get("/practices/?theme=brokerage&page=2")

    assert len(response.context["page"].practices) == 2
    assert 'href="?theme=brokerage&amp;page=1"' in response.content.decode()
    assert "<title>Practices, page 2 · Crossinno</title>" in response.content.decode()


def test_an_unknown_value_is_answered_with_400_a_clear_sentence_and_the_form_as_it_was(client):
    PracticeFactory(theme=ThemeFactory(slug="brokerage"), title="Loom")

    response = client.get("/practices/?q=loom&theme=brokerage&city=atlantis")

    page = response.content.decode()
    assert response.status_code == 400
    assert "No practice has “atlantis” here. This filter was left out." in page
    assert 'name="q" value="loom"' in page
    assert re.search(r'id="theme-brokerage"[^>]* checked', page)
    assert [practice.title for practice in response.context["page"].practices] == ["Loom"]


def test_words_that_are_too_long_are_refused_and_kept(client):
    PracticeFactory()

    response = client.get("/practices/", {"q": "x" * 10_000})

    assert response.status_code == 400
    assert response.context["found"].errors == {"q": ["Ensure this value has at most 8000 characters (it has 10000)."]}
    assert f'value="{"x" * 10_000}"' in response.content.decode()


def test_when_nothing_fits_the_page_leads_on(client):
    PracticeFactory(theme=ThemeFactory(slug="brokerage"), title="Loom", end_year=1999)
    PracticeFactory(theme=ThemeFactory(slug="spaces"), start_year=2010)

    nothing = nothing_of(client.get("/practices/?q=xylophone&theme=brokerage"))
    loosened = nothing_of(client.get("/practices/?q=loom&theme=spaces&from=1990&to=2000"))

    assert nothing == [
        ("?q=xylophone", "Search without the filters"),
        ("/practices/", "See all practices"),
        ("/contact/?about=%2Fpractices%2F%3Fq%3Dxylophone%26theme%3Dbrokerage", "Tell the webmaster what you missed"),
    ]
    assert loosened[:2] == [
        ("?q=loom&amp;from=1990&amp;to=2000", "Without “Theme”: 1 practice"),
        ("?q=loom", "Search without the filters"),
    ]


def nothing_of(response):
    """Where a page without practices leads: (address, words)."""
    page = response.content.decode()
    assert "Nothing fits all of this" in page
    region = page[page.index('<div class="nothing">') :]
    return re.findall(r'<a href="([^"]*)">([^<]*)</a>', region[: region.index("</div>")])


@pytest.mark.parametrize("query", ["", "?q=felt", "?q=felt&tag=felt&outcome=unknown", "?q=xylophone"])
def test_the_list_takes_the_same_queries_for_one_and_three_practices(queries, query):
    rich("number-0")
    for_one = queries(f"/practices/{query}")
    for number in (1, 2):
        rich(f"number-{number}")

    assert queries(f"/practices/{query}") == for_one <= 8


# htmx


def test_htmx_gets_the_part_that_changes_with_a_title(client):
    PracticeFactory(title="Loom")

    response = client.get("/practices/?q=loom", headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.startswith('<title>Practices: loom · Crossinno</title>\n<div id="found"')
    assert "<html" not in page
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize(
    "headers", [{}, {"HX-Request": "true", "HX-History-Restore-Request": "true"}], ids=["reader", "history"]
)
def test_readers_and_the_history_of_the_browser_get_the_whole_page(client, headers):
    PracticeFactory()

    response = client.get("/practices/", headers=headers)

    page = response.content.decode()
    assert (page.count("<title>"), page.count("<html"), page.count('id="found"')) == (1, 1, 1)
    assert "HX-Request" in response["Vary"]


def test_the_part_that_changes_says_what_is_wrong_too(client):
    response = client.get("/practices/?city=atlantis", headers={"HX-Request": "true"})

    assert response.status_code == 400
    assert "atlantis" in response.content.decode()


# One practice


def test_a_practice_shows_all_that_is_known_of_it(client):
    practice = PracticeFactory(
        slug="garage",
        title="Garage",
        summary="A weekend.",
        challenge="Too few founders.",
        lessons="Start small.",
        analysis_fields=["lessons"],
        start_year=2010,
        outcome="running",
        outcome_year=2020,
        evidence="measured",
        cost_band="under-10k",
        address="Rotermanni 2",
        lat=59.44,
        lon=24.75,
        website="https://garage.example/",
        confirmed_by_project=True,
        city=CityFactory(slug="tallinn", country="EE"),
        further_countries=["FI"],
        theme=ThemeFactory(slug="brokerage"),
        further_themes=[ThemeFactory(slug="spaces")],
        creative_sectors=[SectorFactory(slug="design")],
        tags=["Hackathon"],
    )
    PracticeSourceFactory(practice=practice, title="Yearbook", url="https://example.org/yearbook", supports="The year")
    ParticipantFactory(practice=practice, name="Garage Foundation", url="https://example.org/foundation")
    PracticeSeenFactory(practice=practice, event=EventFactory(title="Visit to Tallinn"))

    page = client.get("/practices/garage/").content.decode()

    text = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())
    for shown in [
        "Garage A weekend.",
        "Challenge Too few founders.",
        "Lessons learnt Analysis This section contains conclusions",
        "Tallinn , Estonia Finland Rotermanni 2 59.44° N, 24.75° E",
        "Time since 2010",
        "Running (as of 2020)",
        "Measured: figures",
        "Under €10,000",
        "Creative sectors Design",
        "Tags Hackathon",
        "https://garage.example/",
        "Lead Garage Foundation",
        "Confirmed by the project.",
        "Yearbook The year https://example.org/yearbook",
        "Where cities discussed it date not known Visit to Tallinn",
    ]:
        assert shown in text
    for address in ["/practices/?tag=hackathon", "/practices/?creative=design", "/themes/spaces/", "/cities/tallinn/"]:
        assert f'href="{address}"' in page


def test_what_nobody_knows_is_called_not_known_or_left_out(client):
    PracticeFactory(slug="bare")

    page = client.get("/practices/bare/").content.decode()

    text = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())
    assert "Time not known What became of it Not known Strength of evidence Not yet assessed" in text
    assert "No source has been entered yet." in text
    for left_out in ["None", "Cost", "Website", "Tags", "Who took part", "Related", "Where cities", "° N"]:
        assert left_out not in text


@pytest.mark.parametrize(("state", "status"), [(state, 410 if state == "archived" else 404) for state in HIDDEN])
def test_what_is_not_published_has_no_page_and_no_picture(client, media, state, status):
    practice = PracticeFactory(slug="hidden", title="Hush-hush", state=state)
    image = ImageFactory(practice=practice)

    page = client.get("/practices/hidden/")

    assert page.status_code == status
    assert ("Hush-hush" in page.content.decode()) == (state == "archived")  # readers are told what was withdrawn
    assert [client.get(address).status_code for address in addresses_of(image)] == [404, 404, 404]
    assert client.get(f"/media/{image.file.name}").status_code == 404


def test_related_practices_are_published_ones(client):
    practice = PracticeFactory(slug="own", tags=["felt"])
    for state in Practice.State.values:
        PracticeFactory(slug=state, state=state, tags=["felt"], theme=practice.theme)

    response = client.get("/practices/own/")

    assert [other.slug for other in response.context["related"]] == ["published"]


def test_a_practice_names_the_published_events_where_it_was_seen_once(client):
    practice = PracticeFactory(slug="own")
    shown, hidden = EventFactory(title="Open day"), EventFactory(title="Hush-hush", is_published=False)
    for event in (shown, shown, hidden):
        PracticeSeenFactory(practice=practice, event=event)

    response = client.get("/practices/own/")

    assert list(response.context["events"]) == [shown]
    assert "Hush-hush" not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_practice_takes_the_same_queries_however_much_belongs_to_it(queries, media, rows):
    theme = ThemeFactory()
    practice = rich("own", theme=theme)
    for number in range(rows):
        rich(f"related-{number}", theme=theme)
        rich_event = EventFactory()
        PracticeSeenFactory(practice=practice, event=rich_event)
        ImageFactory(practice=practice)
        PracticeSourceFactory(practice=practice)

    assert queries("/practices/own/") == 7


# Former addresses


@pytest.mark.parametrize("prefix", ["", "/de"])
def test_a_former_address_leads_on_for_ever(client, prefix):
    practice = PracticeFactory(slug="first")
    for slug in ("second", "third"):
        practice.slug = slug
        practice.save()

    for slug in ("first", "second"):
        response = client.get(f"{prefix}/practices/{slug}/")
        assert (response.status_code, response["Location"]) == (301, f"{prefix}/practices/third/")
    assert client.get(f"{prefix}/practices/third/").status_code == 200


def test_a_practice_that_took_over_an_address_is_shown_there(client):
    first = PracticeFactory(slug="garage", title="The first")
    first.slug = "garage48"
    first.save()
    PracticeFactory(slug="garage", title="The second")

    assert client.get("/practices/garage/").context["practice"].title == "The second"


@pytest.mark.parametrize("state", HIDDEN)
def test_a_former_address_of_a_hidden_practice_leads_nowhere(client, state):
    practice = PracticeFactory(slug="first", state=state)
    practice.slug = "hush-hush"
    practice.save()

    response = client.get("/practices/first/")

    assert response.status_code == (410 if state == "archived" else 404)
    assert "hush-hush" not in response.content.decode()


def test_an_address_that_never_was_is_not_found(client):
    assert client.get("/practices/never/").status_code == 404


# Languages


def test_a_practice_in_english_on_a_german_page_is_marked_and_says_so(client):
    PracticeFactory(slug="garage", title="Garage", challenge="Too few founders.")

    page = client.get("/de/practices/garage/").content.decode()

    assert '<html lang="de">' in page
    assert '<h1 lang="en">Garage</h1>' in page
    assert '<div class="prose" lang="en"><p>Too few founders.</p></div>' in page
    with translation.override("de"):
        notice = translation.gettext("This practice has not been translated yet. You are reading it in %(name)s.")
        assert notice % {"name": translation.gettext("English")} in page


def test_a_translated_practice_shows_its_text_in_the_language_of_the_page(client):
    practice = PracticeFactory(slug="garage", title="Garage")
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")

    german, english = (
        client.get(address).content.decode() for address in ("/de/practices/garage/", "/practices/garage/")
    )

    assert "<h1>Werkstatt</h1>" in german
    assert "<h1>Garage</h1>" in english
    assert "Werkstatt" not in english


def test_a_practice_in_german_only_is_marked_on_an_english_page(client):
    practice = Practice.objects.language("de").create(
        slug="werkstatt",
        city=CityFactory(),
        theme=ThemeFactory(),
        state="published",
        title="Werkstatt",
        summary="Kurz.",
    )
    FeatureFactory(practice=practice)

    assert '<h1 lang="de">Werkstatt</h1>' in client.get("/practices/werkstatt/").content.decode()
    for address in ("/", "/practices/"):
        page = client.get(address).content.decode()
        assert '<a href="/practices/werkstatt/" lang="de">Werkstatt</a>' in page
        assert '<span class="tongue">in German</span>' in page


# Themes


def test_themes_count_their_published_practices_and_show_them(client):
    brokerage, spaces = ThemeFactory(slug="brokerage", position=2), ThemeFactory(slug="spaces", position=1)
    first = PracticeFactory(theme=brokerage)
    further = PracticeFactory(theme=spaces, further_themes=[brokerage])
    for state in HIDDEN:
        PracticeFactory(theme=brokerage, state=state)

    themes = client.get("/themes/").context["themes"]
    page = client.get("/themes/brokerage/").context["page"]

    assert [(theme.slug, theme.count) for theme in themes] == [("spaces", 1), ("brokerage", 2)]
    assert page.object_list == [practice.pk for practice in page.practices] == [further.pk, first.pk]


def test_a_theme_names_its_published_events_and_its_sources(client):
    theme = ThemeFactory(slug="brokerage")
    event = EventFactory(theme=theme)
    EventFactory(theme=theme, is_published=False)
    theme.sources.create(title="Manifesto")

    response = client.get("/themes/brokerage/")

    assert list(response.context["events"]) == [event]
    assert "<cite>Manifesto</cite>" in response.content.decode()


@pytest.mark.parametrize("address", ["/themes/", "/themes/brokerage/"])
def test_theme_pages_take_the_same_queries_whatever_there_is(queries, address):
    theme = ThemeFactory(slug="brokerage")
    taken = []
    for rows in (1, 2):
        for _number in range(rows):
            ThemeFactory()
            PracticeFactory(theme=theme)
            EventFactory(theme=theme)
            theme.sources.create(title="Manifesto")
        taken.append(queries(address))

    assert taken[0] == taken[1] <= 8


def test_an_unknown_theme_is_not_found(client):
    assert client.get(reverse("themes:detail", args=["alchemy"])).status_code == 404
