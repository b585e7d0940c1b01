from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from practices.catalogue import catalogue
from practices.listed import REMEMBERED, Lists, Why, lasted
from practices.models import Practice
from tests.factories import CityFactory, ImageFactory, PracticeFactory, ThemeFactory


@pytest.mark.parametrize(
    ("start", "end", "outcome", "said"),
    [
        (2010, 2014, "ended", "2010–2014"),
        (2010, 2014, "running", "2010–2014"),
        (2010, None, "running", "since 2010"),
        (2010, None, "ended", "from 2010"),
        (2010, None, "unknown", "from 2010"),
        (None, 2014, "ended", "until 2014"),
        (None, None, "running", "not known"),
    ],
)
def test_years_say_only_what_is_known(start, end, outcome, said):
    assert lasted(SimpleNamespace(start_year=start, end_year=end, outcome=outcome)) == said


def test_lists_show_what_is_published_and_nothing_else():
    practices = [PracticeFactory(state=state) for state in Practice.State.values]
    known = catalogue()

    shown = Lists(known.cities | {practice.city_id: practice.city for practice in practices}, known.themes)(
        [practice.pk for practice in practices]
    )

    assert [practice.pk for practice in shown] == list(Practice.objects.published().values_list("pk", flat=True))


def test_practices_come_in_the_order_asked_for(queries):
    first, last = PracticeFactory(title="First"), PracticeFactory(title="Last")
    known = catalogue()

    shown = known.listed([last.pk, 0, None, first.pk, last.pk])

    assert [(str(practice), practice.city_term.name) for practice in shown] == [
        ("Last", last.city.name),
        ("First", first.city.name),
        ("Last", last.city.name),
    ]


def test_a_practice_is_read_once_until_the_content_changes(django_assert_num_queries):
    practice = PracticeFactory(title="Old")
    known = catalogue()
    known.listed([practice.pk])

    with django_assert_num_queries(0):
        again = known.listed([practice.pk])
    practice.translations.update(title="New")

    assert [str(shown) for shown in (*again, *catalogue().listed([practice.pk]))] == ["Old", "New"]


def test_only_so_many_practices_are_remembered():
    practices = PracticeFactory.create_batch(3, city=CityFactory(), theme=ThemeFactory())
    known = catalogue()
    known.listed.lately.number = 2

    known.listed([practice.pk for practice in practices])

    assert (len(known.listed.lately.things), REMEMBERED) == (2, 512)


def test_a_practice_is_shown_in_the_language_of_the_page_or_marked():
    practice = PracticeFactory(slug="loom", title="Loom")
    practice.create_translation("de", title="Webstuhl", summary="Weben.")
    foreign = PracticeFactory(title="Kiln")
    known = catalogue()

    with translation.override("de"):
        german, marked = known.listed([practice.pk, foreign.pk])
        cards = german.card(), marked.card()

    assert (german.address, german.foreign, marked.foreign) == ("/de/practices/loom/", "", "en")
    assert '<h3 class="card-title"><a href="/de/practices/loom/">Webstuhl</a></h3>' in cards[0]
    assert 'lang="en">Kiln</a>' in cards[1]
    assert "auf Englisch" in cards[1]
    assert "tongue" not in cards[0]


def test_a_card_says_what_is_known_and_can_be_chosen_for_a_comparison():
    practice = PracticeFactory(
        slug="loom",
        title="Loom & <Kiln>",
        summary="100 % %(wool)s",
        start_year=2010,
        outcome="running",
        confirmed_by_project=True,
        city=CityFactory(name="Berlin"),
    )
    (shown,) = catalogue().listed([practice.pk])

    card, plain = shown.card(comparable=True), shown.card()

    for words in ("Loom &amp; &lt;Kiln&gt;", "100 % %(wool)s", "<span>since 2010</span>", "Berlin", "Project’s own"):
        assert words in card
    assert f'id="pick-{practice.pk}" type="checkbox" form="compare" name="p" value="loom"' in card
    assert "checkbox" not in plain


def test_a_found_practice_says_why_without_being_remembered_so():
    practice = PracticeFactory(title="Loom", summary="Weaving.")
    (shown,) = catalogue().listed([practice.pk])

    found = shown.card(why=Why(SafeString("<mark>Loom</mark>"), SafeString("… <mark>looms</mark>"), "de"))
    nothing_said = shown.card(why=Why(SafeString("<mark>Loom</mark>"), None, "de"))

    assert '"><mark>Loom</mark></a>' in found
    assert '<p class="card-text" lang="de">… <mark>looms</mark></p>' in found
    assert '<p class="card-text">Weaving.</p>' in nothing_said
    assert "<mark>" not in shown.card()


def test_a_picture_takes_the_place_of_the_drawing(media):
    practice, drawn = PracticeFactory(slug="loom"), PracticeFactory()
    ImageFactory(practice=practice, position=2)
    first = ImageFactory(practice=practice, position=1)

    with_picture, without = catalogue().listed([practice.pk, drawn.pk])

    assert with_picture.picture.src == first.get_absolute_url()
    assert f'src="{first.get_absolute_url()}"' in with_picture.card()
    assert (without.picture, '<svg class="cover' in without.card()) == (None, True)


def test_a_row_of_a_table_says_the_same_as_the_card():
    practice = PracticeFactory(title="Loom", start_year=2010, end_year=2012, verified_at=date(2020, 5, 1))
    unknown = PracticeFactory(start_year=None, verified_at=None)

    rows = [shown.row() for shown in catalogue().listed([practice.pk, unknown.pk])]

    assert "Loom</a>" in rows[0]
    assert "2010–2012" in rows[0]
    assert '<td class="figures">–</td>' in rows[1]
