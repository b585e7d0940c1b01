import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation
from taggit.models import Tag

from contact.models import Message
from tests.desk import change_page, queries
from tests.factories import (
    CityFactory,
    EventFactory,
    FeatureFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
    UserFactory,
)

LISTS = [
    "practices_practice",
    "practices_feature",
    "practices_theme",
    "practices_sector",
    "events_event",
    "cities_city",
    "contact_message",
    "taggit_tag",
    "accounts_user",
    "auth_group",
]
OFFERS = "/admin/autocomplete/?app_label=practices"
OFFERED = [
    ("practice", "city"),
    ("practice", "theme"),
    ("practice", "further_themes"),
    ("practice", "creative_sectors"),
    ("feature", "practice"),
]


@pytest.fixture(autouse=True)
def _english():
    """The language of the last request does not outlive the test."""
    with translation.override("en"):
        yield


def make_one_of_each(number):
    """One more of everything, with everything that hangs on it."""
    person = UserFactory(name=f"Person {number}", is_staff=True)
    person.groups.add(Group.objects.create(name=f"Group {number}"))
    city = CityFactory()
    city.editors.add(person)
    city.partners.create(name="Chamber")
    city.sources.create(title="Atlas")
    theme, sector = ThemeFactory(), SectorFactory()
    theme.sources.create(title="Study")
    practice = PracticeFactory(
        city=city, theme=theme, tags=[f"tag {number}"], creative_sectors=[sector], verified_by=person
    )
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    practice.further_cities.add(CityFactory())
    practice.further_themes.add(ThemeFactory())
    FeatureFactory(practice=practice, place=number)
    event = EventFactory(theme=theme, host_city=city)
    add_rows(practice, event)
    Message.objects.create(email="a@example.org", subject="Hello", text="Hi")
    return practice, event, city, theme, sector


def add_rows(practice, event):
    """One more row in each list below the forms of a practice and an event."""
    PracticeSourceFactory(practice=practice)
    ParticipantFactory(practice=practice)
    practice.further_cities.add(CityFactory())
    practice.growth_sectors.add(SectorFactory(kind="growth"))
    practice.tags.add(f"more {practice.tags.count()}")
    event.participating_cities.add(CityFactory())
    event.programme.create(text="Visit")
    event.practices_seen.create(practice=PracticeFactory())
    event.documents.create(title="Minutes", url="https://example.org")
    event.sources.create(title="Report")


def test_lists_and_offers_take_the_same_queries_for_one_and_for_three_rows(admin_client):
    addresses = [reverse(f"admin:{name}_changelist") for name in LISTS]
    addresses += [f"{OFFERS}&model_name={model}&field_name={field}" for model, field in OFFERED]
    make_one_of_each(1)
    with_one = {address: queries(admin_client, address) for address in addresses}

    make_one_of_each(2)
    make_one_of_each(3)

    assert {address: queries(admin_client, address) for address in addresses} == with_one


@pytest.mark.parametrize("state", ["draft", "published"])
def test_forms_take_the_same_queries_for_one_and_for_three_rows_below(admin_client, state):
    practice, event, *_others = make_one_of_each(1)
    practice.move_to(state)
    with_one = [queries(admin_client, change_page(thing)) for thing in (practice, event)]

    add_rows(practice, event)
    add_rows(practice, event)

    assert [queries(admin_client, change_page(thing)) for thing in (practice, event)] == with_one


def test_nothing_is_shown_to_anonymous_people_and_to_those_without_rights(client):
    practice, event, city, theme, sector = make_one_of_each(1)
    addresses = [reverse(f"admin:{name}_changelist") for name in LISTS]
    addresses += [change_page(thing) for thing in (practice, event, city, theme, sector, Tag.objects.first())]
    addresses += ["/admin/", "/admin/autocomplete/?app_label=practices&model_name=practice&field_name=city"]

    anonymous = [client.get(address) for address in addresses]
    client.force_login(UserFactory(is_staff=True))
    without_rights = [client.get(address).status_code for address in addresses]

    assert {response.status_code for response in anonymous} == {302}
    assert {response.headers["Location"].split("?")[0] for response in anonymous} == {"/admin/login/"}
    assert without_rights == [403] * (len(addresses) - 2) + [200, 403]


def test_every_page_is_in_german_under_its_german_address(admin_client):
    practice = PracticeFactory()

    page = admin_client.get(f"/de{change_page(practice)}?language=en").content.decode()

    assert '<html lang="de"' in page
    assert f'href="/admin/practices/practice/{practice.pk}/change/?language=en" lang="en"' in page


def test_pages_of_the_desk_hold_nothing_inline(admin_client):
    practice, event, *_others = make_one_of_each(1)

    for address in (
        "/admin/",
        reverse("admin:practices_practice_changelist"),
        change_page(practice),
        change_page(event),
    ):
        page = admin_client.get(address).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/admin/practices/practice/?state__exact=%00",
        "/admin/autocomplete/?app_label=practices&model_name=practice&field_name=city&term=%00",
    ],
)
def test_null_character_in_an_address_is_a_bad_request(admin_client, address):
    assert admin_client.get(address).status_code == 400
