import base64
import json
import random

import pytest

from api.paging import Cursor
from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

LIST = "/api/v1/practices/"


@pytest.fixture
def practices():
    city, theme = CityFactory(slug="linz"), ThemeFactory()
    facts = {"city": city, "theme": theme, "indexed": False}  # by the first who searches, all at once
    return [PracticeFactory(**facts, title=f"Garage {number % 4}") for number in range(23)]


def ids(page):
    return [row["id"] for row in page["results"]]


def everything(client, search=""):
    return ids(client.get(f"{LIST}?{search}page_size=100").json())


@pytest.mark.parametrize("search", ["", "q=garage&", "sort=title&"])
def test_pieces_of_any_sizes_show_every_practice_once_and_in_order(client, practices, search):
    chance = random.Random(7)
    whole = everything(client, search)
    assert sorted(whole) == sorted(practice.pk for practice in practices)

    for _time in range(4):
        seen, cursor = [], ""
        while cursor is not None:
            page = client.get(f"{LIST}?{search}page_size={chance.randint(1, 9)}{cursor}").json()
            seen += ids(page)
            cursor = page["next"] and "&cursor=" + page["next"].partition("cursor=")[2]
        assert seen == whole


def test_next_and_previous_lead_there_and_back(client, practices):
    whole = everything(client)

    first = client.get(f"{LIST}?page_size=5").json()
    second = client.get(first["next"]).json()
    back = client.get(second["previous"]).json()

    assert first["previous"] is None
    assert [ids(first), ids(second), ids(back)] == [whole[:5], whole[5:10], whole[:5]]
    assert back["previous"] is None


def test_the_piece_before_shows_nothing_of_the_one_it_was_reached_from(client, practices):
    whole = everything(client)
    first = client.get(f"{LIST}?page_size=3").json()
    cursor = client.get(first["next"]).json()["previous"].partition("cursor=")[2]

    before = client.get(f"{LIST}?page_size=10&cursor={cursor}").json()

    assert ids(before) == whole[:3]


def test_the_last_piece_has_no_next(client, practices):
    page = client.get(f"{LIST}?page_size=23").json()

    assert page["next"] is None


def test_a_cursor_goes_on_behind_its_row_when_others_have_come(client, practices):
    whole = everything(client)
    first = client.get(f"{LIST}?page_size=5").json()
    PracticeFactory.create_batch(3)

    assert ids(client.get(first["next"]).json()) == whole[5:10]


def test_a_cursor_goes_on_at_its_place_when_its_row_is_gone(client, practices):
    whole = everything(client)
    first = client.get(f"{LIST}?page_size=5").json()
    Practice.objects.filter(pk=whole[4]).update(state="archived")

    assert ids(client.get(first["next"]).json()) == whole[5:10]


def test_a_cursor_of_a_list_that_has_become_shorter_finds_its_end(client, practices):
    cursor = client.get(f"{LIST}?page_size=22").json()["next"]
    Practice.objects.update(state="archived")

    page = client.get(cursor).json()

    assert (page["count"], page["results"], page["next"]) == (0, [], None)


@pytest.mark.parametrize(
    "value",
    [
        ["after", -1, 1],
        ["after", 10**30, 1],
        ["after", 5, "x" * 50],
        ["before", 0, 0],
        ["before", 10**15, None],
        ["sideways", 1, 1],
        ["after", True, 1],
        ["after", 1.5, 1],
        {"after": 1},
        "after",
        None,
        [[]],
    ],
)
def test_a_forged_cursor_is_refused_or_leads_somewhere(client, practices, value):
    cursor = base64.urlsafe_b64encode(json.dumps(value).encode()).decode()

    assert client.get(LIST, {"cursor": cursor}).status_code in (200, 400)


class Listing(list):
    """A list that counts how often it is asked for some of its rows."""

    asked = 0

    def __getitem__(self, index):
        self.asked += 1
        return super().__getitem__(index)

    def __contains__(self, _key):
        raise AssertionError("asks for each of the rows")


@pytest.mark.parametrize(("key", "bound"), [(9, 4), (900, 901), (-1, 3)])
def test_a_row_that_has_moved_is_looked_for_in_all_rows_at_once(key, bound):
    rows = Listing([0, 1, 2, 9, *range(4, 1000)])

    assert Cursor("after", 3, key).bound(rows) == bound
    assert rows.asked <= 2


@pytest.mark.parametrize("cursor", ["x", "ä", "W10", "[[[[", "\x00", "A" * 501, "W1tbW1tb", "%", "/+/+"])
def test_what_is_no_cursor_is_refused_by_name(client, cursor):
    answer = client.get(LIST, {"cursor": cursor})

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["cursor"]


@pytest.mark.parametrize("kind", ["cities", "themes", "sectors", "events"])
def test_other_lists_go_piece_by_piece_too(client, kind):
    address = f"/api/v1/{kind}/"
    PracticeFactory.create_batch(3)

    page = client.get(address, {"page_size": 2}).json()
    following = client.get(page["next"]).json() if page["next"] else {"results": []}

    rows = [row["slug"] for row in page["results"] + following["results"]]
    assert len(rows) == len(set(rows)) == page["count"]
