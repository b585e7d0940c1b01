from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from practices.models import Feature
from tests.desk import errors_of, queries, save
from tests.editing.people import coordinator_of
from tests.factories import CityFactory, FeatureFactory, PracticeFactory

BOARD = "/admin/practices/feature/"
TODAY = timezone.localdate()
WEEK = timedelta(days=7)


def featured(place=1, starts=0, ends=None, **facts):
    """A practice featured from so many days from now on, until so many."""
    ends = ends if ends is None else TODAY + timedelta(days=ends)
    return FeatureFactory(place=place, starts=TODAY + timedelta(days=starts), ends=ends, **facts)


def act(client, feature, name, **posted):
    """Presses one of the buttons of a feature."""
    return client.post(reverse("admin:editing_arrange", args=[feature.pk, name]), posted, follow=True)


def standing():
    """Where and when everything stands."""
    return {feature.pk: (feature.place, feature.starts, feature.ends) for feature in Feature.objects.all()}


def test_the_board_shows_each_place_now_coming_and_what_is_over(client, master):
    now, coming = featured(1, -3, 3), featured(1, 10, 20)
    over, elsewhere = featured(2, -20, -1), featured(3, 0)

    response = client.get(BOARD)

    columns = {place: (now, coming) for place, _name, now, coming, _free in response.context["columns"]}
    assert columns == {1: ([now], [coming]), 2: ([], []), 3: ([elsewhere], [])}
    assert response.context["past"] == [over]
    assert "Three other cities have taken it over." in response.content.decode()
    assert "Nothing stands here; the home page leaves the place out." in response.content.decode()


def test_a_practice_is_moved_to_a_free_place(client, master):
    feature = featured(1, 0, 5)

    page = act(client, feature, "move", place=2)

    assert standing() == {feature.pk: (2, feature.starts, feature.ends)}
    assert "stands at another place now" in page.content.decode()


def test_a_place_that_is_taken_is_refused_in_words_and_both_can_change_places(client, master):
    one = featured(1, 0, 5, practice__title="Loom")
    other = featured(2, 2, 9, practice__title="Kiln")

    refused = act(client, one, "move", place=2)
    before = standing()
    act(client, one, "swap", other=other.pk)

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "“Loom” stays where it is." in text
    assert "“Kiln” stands there from" in text
    assert "Let it change places with “Kiln”" in text
    assert before == {one.pk: (1, one.starts, one.ends), other.pk: (2, other.starts, other.ends)}
    assert standing() == {one.pk: (2, one.starts, one.ends), other.pk: (1, other.starts, other.ends)}


def test_a_swap_that_a_third_one_forbids_changes_nothing(client, master):
    one, other = featured(1, 0, 5), featured(2, 2, 9)
    featured(1, 6, 8)
    before = standing()

    response = act(client, one, "swap", other=other.pk)

    assert (response.status_code, standing()) == (409, before)


def test_what_comes_is_moved_by_weeks_but_not_into_the_past(client, master):
    feature = featured(1, 10, 12)

    act(client, feature, "earlier")
    first = standing()[feature.pk]
    act(client, feature, "earlier")
    second = standing()[feature.pk]
    refused = act(client, feature, "later")

    assert first == (1, feature.starts - WEEK, feature.ends - WEEK)
    assert second == (1, TODAY, TODAY + timedelta(days=2))
    assert refused.status_code == 409
    assert "It has begun already" in refused.content.decode()


def test_it_does_not_move_onto_days_that_are_taken(client, master):
    feature, other = featured(1, 10, 12), featured(1, 15, 30, practice__title="Kiln")

    response = act(client, feature, "later")

    assert response.status_code == 409
    assert "“Kiln” stands there" in response.content.decode()
    assert standing()[feature.pk] == (1, feature.starts, feature.ends)
    assert other.pk in standing()


def test_ending_takes_a_practice_off_from_today_and_can_be_undone(client, master):
    running, planned = featured(1, -5), featured(2, 5)

    act(client, running, "end")
    ended = standing()[running.pk]
    client.post(reverse("admin:editing_board_undo"))
    again = standing()[running.pk]
    act(client, planned, "end")
    gone = planned.pk not in standing()
    client.post(reverse("admin:editing_board_undo"))

    assert ended == (1, running.starts, TODAY - timedelta(days=1))
    assert again == (1, running.starts, None)
    assert gone
    assert Feature.objects.get(pk=planned.pk).reason == "Three other cities have taken it over."


def test_nothing_is_undone_after_somebody_else_has_changed_it(client, master):
    feature = featured(1, 10, 12)
    act(client, feature, "later")
    Feature.objects.filter(pk=feature.pk).update(ends=TODAY + timedelta(days=90))

    response = client.post(reverse("admin:editing_board_undo"), follow=True)

    assert "It has been changed since, so nothing was undone." in response.content.decode()
    assert standing()[feature.pk][2] == TODAY + timedelta(days=90)


def test_a_practice_is_added_by_the_form_which_says_who_stands_there(client, master):
    practice = PracticeFactory()
    featured(1, 0, 9, practice__title="Kiln")
    facts = {"practice": practice.pk, "reason": "New figures.", "place": 1, "ends": ""}

    refused = save(client, BOARD + "add/", **facts, starts=str(TODAY))
    save(client, BOARD + "add/", **facts, starts=str(TODAY + timedelta(days=10)))

    assert errors_of(refused)["starts"][0].startswith("“Kiln” stands there from")
    assert practice.features.get().place == 1


def test_the_board_names_the_first_free_day_of_a_place(client, master):
    featured(1, 0, 9)
    featured(2, 5)

    columns = client.get(BOARD).context["columns"]

    assert [free for *_column, free in columns] == [TODAY + timedelta(days=10), None, TODAY]


def test_all_features_are_still_in_the_list(client, master):
    features = {featured(1, -20, -1), featured(2, 5)}

    response = client.get(BOARD + "?all=")

    assert set(response.context["cl"].result_list) == features


def test_the_home_page_is_shown_as_on_a_chosen_day_and_kept_by_nobody(client, master):
    featured(1, 10, 12, practice__title="Kiln")
    day = (TODAY + timedelta(days=11)).isoformat()

    then, now = client.get(f"/admin/home-on/?day={day}"), client.get(f"/admin/home-on/?day={TODAY}")
    readers = client.get("/")

    def names(response):
        return [str(card) for _feature, card in response.context["features"]]

    assert [len(names(response)) for response in (then, now, readers)] == [1, 0, 0]
    assert "no-store" in then["Cache-Control"]
    assert "private" in then["Cache-Control"]
    assert "if nothing else changes" in then.content.decode()


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-02-30", "%00", "9" * 400])
def test_what_is_no_day_is_said_so(client, master, day):
    response = client.get(f"/admin/home-on/?day={day}")

    assert response.status_code == 400


def test_only_webmasters_arrange_and_look_ahead(client):
    feature = featured(1, 10, 12)
    before = standing()
    client.force_login(coordinator_of(CityFactory()))

    answers = [
        client.get(BOARD).status_code,
        client.get(f"/admin/home-on/?day={date(2030, 1, 1)}").status_code,
        client.post(reverse("admin:editing_arrange", args=[feature.pk, "end"])).status_code,
        client.post(reverse("admin:editing_board_undo")).status_code,
    ]
    client.logout()
    anonymous = client.get("/admin/home-on/?day=2030-01-01")

    assert (answers, standing()) == ([403, 403, 403, 403], before)
    assert (anonymous.status_code, "/account/" in anonymous["Location"]) == (302, True)


@pytest.mark.parametrize(("name", "status"), [("nonsense", 400), ("move", 400)])
def test_what_the_board_does_not_know_is_refused(client, master, name, status):
    feature = featured()

    assert act(client, feature, name, place="7").status_code == status


def test_the_board_takes_the_same_queries_for_three_and_for_thirty(client, master):
    for number in range(3):
        featured(1, number, number)
    few = queries(client, BOARD)
    for number in range(3, 30):
        featured(1, number, number)

    assert queries(client, BOARD) == few
