import pytest
from django.utils import translation

from cities.meta import text_of
from practices.catalogue import catalogue
from practices.detail import events_of, sections_of
from practices.models import Practice
from practices.models.choices import named
from practices.related import related_to
from search.index import catch_up
from tests.factories import (
    EventFactory,
    ImageFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSeenFactory,
    PracticeSourceFactory,
    ThemeFactory,
)


def test_sections_stand_in_the_order_of_the_template_and_say_what_is_analysis():
    practice = PracticeFactory(
        transferability="Anywhere.", challenge="None met.", results="", analysis_fields=["transferability"]
    )

    assert [(key, text, analysis) for key, _heading, text, analysis in sections_of(practice, text_of(practice))] == [
        ("challenge", "None met.", False),
        ("transferability", "Anywhere.", True),
    ]


@pytest.mark.parametrize(("language", "title"), [("en", "Workshop"), ("de", "Werkstatt"), ("fr", "Workshop")])
def test_a_practice_is_told_in_the_language_of_the_page_or_else_in_another(language, title):
    practice = PracticeFactory(title="Workshop")
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")

    with translation.override(language):
        assert text_of(practice).title == title


def test_the_page_leaves_out_the_facts_that_are_not_known(client):
    practice = PracticeFactory(evidence="", cost_band="", website="", lat=None, lon=None, tags=[])

    page = client.get(practice.get_absolute_url()).content.decode()

    assert "Not yet assessed" in page
    assert not any(f"<dt>{fact}</dt>" in page for fact in ("Cost", "Website", "Tags", "Growth sectors"))
    assert "No source has been entered yet." in page


def test_the_page_tells_the_facts_that_are_known(client):
    practice = PracticeFactory(
        outcome="ended",
        outcome_year=2014,
        cost_band="under-10k",
        website=f"https://lab.example/{'a' * 80}",
        address="Street 1",
        lat=52.5,
        lon=13.4,
        further_countries=["LT", "DE"],
        tags=["voucher"],
        project_link="Seen by the project.",
    )

    page = client.get(practice.get_absolute_url()).content.decode()

    for words in (
        'Ended <span class="soft">(as of 2014)</span>',
        "<dt>Cost</dt>\n  <dd>Under €10,000</dd>",
        f'<a href="{practice.website}" rel="external">{practice.website[:59]}…</a>',
        '<span>Street 1</span><br><span class="figures">52.50° N, 13.40° E</span>',
        '<a href="/practices/?tag=voucher">voucher</a>',
        "<p>Seen by the project.</p>",
    ):
        assert words in page
    assert "Lithuania, Germany" in page or "Germany, Lithuania" in page


def test_what_was_written_is_escaped_on_the_page(client):
    odd = '50% {x} <b>& "more" %s'
    practice = PracticeFactory(title=odd, summary=odd, address=odd, website=f"https://lab.example/?{odd}", tags=[odd])
    ParticipantFactory(practice=practice, name=odd)
    PracticeSourceFactory(practice=practice, title=odd, supports=odd)

    page = client.get(practice.get_absolute_url()).content.decode()

    assert odd not in page
    assert page.count("50% {x} &lt;b&gt;&amp; &quot;more&quot; %s") >= 6


def test_the_page_has_a_picture_and_its_credit_instead_of_the_cover(client, media):
    practice = PracticeFactory()
    ImageFactory(practice=practice, credit="Ona & sons")
    ImageFactory(practice=practice, credit="", licence="", position=2)

    page = client.get(practice.get_absolute_url()).content.decode()

    assert "<figcaption>Ona &amp; sons · CC BY 4.0</figcaption>" in page
    assert 'id="images-title"' in page
    assert "practice-cover" not in page


def test_participants_stand_by_their_roles_in_the_language_of_the_page(client):
    practice = PracticeFactory()
    for name, role in (("Lab", "lead"), ("Fund", "funder"), ("Firm", "lead")):
        ParticipantFactory(practice=practice, name=name, role=role, url="")

    page = client.get(practice.get_absolute_url()).content.decode()

    assert (
        '<dt lang="en">Lead</dt>\n    <dd>Lab</dd>\n<dd>Firm</dd>\n<dt lang="en">Funder</dt>\n    <dd>Fund</dd>' in page
    )


def test_related_practices_are_remembered_with_the_catalogue(django_assert_num_queries):
    theme = ThemeFactory()
    practice, other = PracticeFactory(theme=theme), PracticeFactory(theme=theme)
    catch_up()
    known = catalogue()

    related = related_to(known, practice.pk)

    assert related == [other.pk]
    with django_assert_num_queries(0):
        assert related_to(known, practice.pk) == related


def test_related_practices_are_not_remembered_while_the_index_is_behind():
    theme = ThemeFactory()
    practice = PracticeFactory(theme=theme, title="Robots in the theatre", summary="")
    PracticeFactory(theme=theme, title="School of music", summary="")
    late = PracticeFactory(theme=theme, title="Design week", summary="")
    PracticeFactory(theme=theme, title="Garden", summary="")
    catch_up()
    late.translations.filter(language_code="en").update(title="Theatre of robots")  # past the index, which is marked
    known = catalogue()

    before = related_to(known, practice.pk)
    catch_up()
    after = related_to(known, practice.pk)

    assert before[0] != late.pk
    assert after[0] == late.pk


def test_events_are_remembered_with_the_catalogue(django_assert_num_queries):
    practice, other = PracticeFactory(), PracticeFactory()
    event = EventFactory(slug="visit")
    PracticeSeenFactory(event=event, practice=practice)
    known = catalogue()

    events = events_of(practice, known)

    assert events == [event]
    with django_assert_num_queries(0):
        assert (events_of(practice, known), events_of(other, known)) == ([event], [])


def test_choices_are_named_in_the_language_of_the_page():
    english = named(Practice.Evidence)
    with translation.override("de"):
        german = named(Practice.Evidence)

    assert list(english) == list(german) == Practice.Evidence.values
    assert english != german
