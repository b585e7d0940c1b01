import re
from urllib.parse import urlencode

import pytest

from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, ThemeFactory


def compare(client, *slugs, prefix=""):
    return client.get(f"{prefix}/practices/compare/?{urlencode([('p', slug) for slug in slugs])}")


def shown(response):
    """The slugs of the practices side by side, in their order."""
    return [practice.slug for practice in response.context["practices"]]


def offered(response):
    """The slugs of what may be put beside them."""
    return [practice.slug for practice in response.context["offered"]]


def rows(response):
    """The table as a reader sees it: {label: (cells, whether it is marked as different)}."""
    table = response.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for mark, row in re.findall(r"<tr( class=\"differs\")?>(.*?)</tr>", table, re.DOTALL):
        label, *cells = (
            " ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        )
        same = label.endswith(" the same in all")
        assert same is not bool(mark)
        found[label.removesuffix(" the same in all")] = cells, not same
    return found


@pytest.fixture
def five():
    """Five practices of one theme, a to e."""
    theme = ThemeFactory(slug="brokerage", name="Brokerage")
    return [PracticeFactory(slug=slug, theme=theme, tags=["felt"]) for slug in "abcde"]


@pytest.mark.parametrize("slugs", ["ba", "cab", "dbca"])
def test_two_to_four_practices_stand_side_by_side_in_the_order_asked_for(client, five, slugs):
    response = compare(client, *slugs)

    assert (response.status_code, shown(response)) == (200, list(slugs))
    heads = re.findall(r'<th scope="col"[^>]*><a href="/practices/(\w)/"', response.content.decode())
    assert heads == list(slugs)
    assert {len(cells) for cells, _differs in rows(response).values()} == {len(slugs)}


def test_what_is_the_same_is_called_so_and_what_differs_is_marked(client):
    theme = ThemeFactory(name="Brokerage")
    facts = {"theme": theme, "summary": "Alike.", "challenge": "Too few founders.", "cost_band": "under-10k"}
    PracticeFactory(slug="a", city=CityFactory(name="Tallinn", country="EE"), start_year=2010, lessons="Wait.", **facts)
    PracticeFactory(slug="b", city=CityFactory(name="Vilnius", country="LT"), end_year=2015, tags=["felt"], **facts)

    table = rows(compare(client, "a", "b"))

    assert table == {
        "City": (["Tallinn", "Vilnius"], True),
        "Country": (["Estonia", "Lithuania"], True),
        "Theme": (["Brokerage", "Brokerage"], False),
        "First year": (["2010", "not known"], True),
        "Last year": (["–", "2015"], True),
        "What became of it": (["Not known", "Not known"], False),
        "Strength of evidence": (["Not yet assessed", "Not yet assessed"], False),
        "Cost": (["Under €10,000", "Under €10,000"], False),
        "Creative sectors": (["–", "–"], False),
        "Growth sectors": (["–", "–"], False),
        "Tags": (["–", "felt"], True),
        "Confirmed by the project": (["No", "No"], False),
        "Challenge": (["Too few founders.", "Too few founders."], False),
        "Lessons learnt": (["Wait.", "not known"], True),
    }


def test_an_unknown_practice_is_answered_with_400_and_the_rest_is_shown(client, five):
    response = compare(client, "a", "atlantis", "b")

    assert (response.status_code, shown(response)) == (400, ["a", "b"])
    assert "Some of the practices you chose do not exist" in response.content.decode()
    assert rows(response)["Theme"] == (["Brokerage", "Brokerage"], False)


def test_more_than_four_are_answered_with_400_and_the_first_four(client, five):
    response = compare(client, *"edcba")

    assert (response.status_code, shown(response), offered(response)) == (400, list("edcb"), [])
    assert "At most four practices fit side by side." in response.content.decode()


def test_a_practice_named_twice_stands_there_once(client, five):
    response = compare(client, "a", "b", "a")

    assert (response.status_code, shown(response)) == (200, ["a", "b"])


@pytest.mark.parametrize("state", [state for state in Practice.State.values if state != "published"])
def test_what_is_not_published_is_neither_shown_nor_offered(client, five, state):
    PracticeFactory(slug="hidden", title="Hush-hush", state=state, theme=five[0].theme, tags=["felt"])

    for slugs in (["a", "hidden"], ["hidden"], ["a"], []):
        response = compare(client, *slugs)
        assert response.status_code == (400 if "hidden" in slugs else 200)
        assert "Hush-hush" not in response.content.decode()
        assert "hidden" not in shown(response) + offered(response)


def test_one_practice_alone_is_no_comparison_and_others_like_it_are_offered(client, five):
    PracticeFactory(slug="other", summary="")

    response = compare(client, "a")

    page = response.content.decode()
    assert response.status_code == 200
    assert "Choose at least one more practice." in page
    assert "<table" not in page
    assert offered(response)
    assert set(offered(response)) < set("bcde")


def test_more_are_chosen_from_what_is_offered_beside_those_already_chosen(client, five):
    response = compare(client, "a")
    form = response.content.decode().partition('<form action="/practices/compare/">')[2].partition("</form>")[0]
    kept = re.findall(r'<input type="hidden" name="p" value="(\w+)">', form)
    boxes = re.findall(r'type="checkbox" name="p" value="(\w+)"', form)

    chosen = compare(client, *kept, boxes[0])

    assert (kept, boxes) == (["a"], offered(response))
    assert (chosen.status_code, shown(chosen)) == (200, ["a", boxes[0]])


def test_without_a_choice_the_newest_are_offered(client, five):
    response = compare(client)

    assert (response.status_code, shown(response), offered(response)) == (200, [], list("edcb"))


@pytest.mark.parametrize("query", ["p=%00", "p=", "p=" + "x" * 5000, "p=%ff", "p=<script>alert(1)</script>", "p='--"])
def test_nonsense_is_answered_with_400_and_never_breaks_the_page(client, five, query):
    response = client.get(f"/practices/compare/?{query}&p=a&p=b")

    assert (response.status_code, shown(response)) == (400, ["a", "b"])
    assert "<script>alert" not in response.content.decode()


def test_texts_in_another_language_than_the_page_say_so(client):
    PracticeFactory(slug="a", challenge="Too few.")
    PracticeFactory(slug="b", challenge="Many.").create_translation("de", title="Werkstatt", challenge="Viele.")

    page = compare(client, "a", "b", prefix="/de").content.decode()

    assert '<div lang="en"><p>Too few.</p></div>' in page
    assert "<div><p>Viele.</p></div>" in page


def test_only_the_bare_page_is_for_search_engines(client, five):
    assert "noindex" not in compare(client).content.decode()
    assert "noindex" in compare(client, "a", "b").content.decode()


def test_the_page_takes_the_same_queries_however_much_belongs_to_the_practices(queries, five):
    bare = queries("/practices/compare/?p=a&p=b")
    for practice in five:
        practice.tags.add("wool", "loom")
        practice.create_translation("de", title="Werkstatt", summary="Kurz.")
    PracticeFactory.create_batch(3, theme=five[0].theme, tags=["felt"])

    assert queries("/practices/compare/?p=a&p=b") == bare <= 8
