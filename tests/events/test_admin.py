import datetime

import pytest

from events.models import Event
from search.models import Document
from tests.desk import change_page, errors_of, filled, save
from tests.factories import EventFactory, PracticeFactory


def found():
    return sorted(Document.objects.filter(kind="event").values_list("title", "text"))


def test_added_event_is_found_with_its_programme(admin_client):
    practice = PracticeFactory()
    address = "/admin/events/event/add/"

    response = save(
        admin_client,
        address,
        title="Policy clinic",
        slug="clinic",
        kind="policy-clinic",
        summary="Cities met.",
        starts="2013-05-01",
        date_precision="month",
        **{
            "programme-0-text": "Visit to the lab",
            "practices_seen-0-practice": str(practice.pk),
            "documents-0-title": "Minutes",
            "documents-0-url": "example.org/minutes",
        },
    )

    event = Event.objects.get()
    assert response.status_code == 302
    assert [seen.practice for seen in event.practices_seen.all()] == [practice]
    assert list(event.documents.values_list("title", "url")) == [("Minutes", "https://example.org/minutes")]
    assert found() == [("Policy clinic", "Cities met.\nVisit to the lab")]


def test_hidden_event_leaves_the_index(admin_client):
    event = EventFactory(title="Clinic")
    save(admin_client, change_page(event))
    assert [title for title, _text in found()] == ["Clinic"]

    data = filled(admin_client.get(change_page(event)))
    del data["is_published"]
    admin_client.post(change_page(event), data)

    assert found() == []


def test_deleted_event_leaves_the_index(admin_client):
    event = EventFactory()
    save(admin_client, change_page(event))

    admin_client.post(f"/admin/events/event/{event.pk}/delete/", {"post": "yes"})

    assert found() == []


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        (
            {"starts": "2013-05-02", "ends": "2013-05-01"},
            {"ends": ["The last day lies before the first day."]},
        ),
        ({"ends": "2013-05-01"}, {"starts": ["A last day needs a first day."]}),
        ({"starts": "yesterday"}, {"starts": ["Enter a valid date."]}),
        ({"practices_seen-0-position": "3"}, {"practices_seen-0-__all__": ["Choose a practice or write its name."]}),
        ({"documents-0-title": "Minutes"}, {"documents-0-url": ["This field is required."]}),
        (
            {"programme-0-text": "x" * 301},
            {"programme-0-text": ["Ensure this value has at most 300 characters (it has 301)."]},
        ),
    ],
)
def test_wrong_input_is_named_where_it_is_and_kept(admin_client, values, errors):
    response = save(admin_client, change_page(EventFactory()), description="Typed with care.", **values)

    assert errors_of(response) == errors
    assert filled(response)["description"] == "Typed with care."


def test_month_that_began_before_its_last_day_is_in_order(admin_client):
    event = EventFactory()

    save(admin_client, change_page(event), starts="2013-05-20", ends="2013-05-01", date_precision="month")

    event.refresh_from_db()
    assert event.ends == datetime.date(2013, 5, 31)


def test_list_shows_dates_no_more_exactly_than_they_are_known(admin_client):
    for slug, precision in (("a", "day"), ("b", "month"), ("c", "year")):
        EventFactory(slug=slug, starts=datetime.date(2013, 5, 1), date_precision=precision)
    EventFactory(slug="d")

    model_admin = admin_client.get("/admin/events/event/").context["cl"].model_admin
    dates = [model_admin.when(event) for event in Event.objects.order_by("slug")]

    assert dates[1:] == ["May 2013", "2013", None]


def test_only_published_events_offer_a_view_on_the_site(admin_client):
    open_event, hidden = EventFactory(slug="open"), EventFactory(slug="hidden", is_published=False)

    pages = [admin_client.get(change_page(event)) for event in (open_event, hidden)]

    assert [page.context.get("absolute_url") for page in pages] == ["/events/open/", None]
