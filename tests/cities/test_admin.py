import pytest
from django.utils import timezone

from accounts.models import User
from cities.models import City
from search.models import Document
from tests.desk import change_page, errors_of, filled, save
from tests.factories import CityFactory, EventFactory, PracticeFactory, UserFactory


def names():
    """The words under which everything is found, by kind and title."""
    return {(document.kind, document.title): document.names.split() for document in Document.objects.all()}


def test_renamed_city_finds_itself_its_practices_and_events(admin_client):
    city = CityFactory(slug="tallinn", name="Tallinn")
    PracticeFactory(title="Home", city=city)
    PracticeFactory(title="Guest").further_cities.add(city)
    PracticeFactory(title="Stranger")
    EventFactory(title="Hosted", host_city=city)
    EventFactory(title="Joined").participating_cities.add(city)

    save(admin_client, change_page(city), name="Reval", local_name="Reval", other_names="Lindanise\r\nKolyvan")

    found = names()
    assert ("city", "Reval") in found
    assert {key for key, words in found.items() if {"Reval", "Lindanise", "Kolyvan"} <= set(words)} == {
        ("city", "Reval"),
        ("practice", "Home"),
        ("practice", "Guest"),
        ("event", "Hosted"),
        ("event", "Joined"),
    }


def test_city_in_use_cannot_be_deleted_and_says_why(admin_client):
    city = CityFactory()
    PracticeFactory(title="Voucher", city=city)

    one = admin_client.post(f"/admin/cities/city/{city.pk}/delete/", {"post": "yes"})
    many = admin_client.post(
        "/admin/cities/city/", {"action": "delete_selected", "_selected_action": [city.pk], "post": "yes"}
    )

    for response in (one, many):
        assert response.status_code == 200
        assert "protected related objects" in response.content.decode()
        assert "Voucher" in response.content.decode()
    assert list(City.objects.all()) == [city]


def test_deleted_city_leaves_the_index_and_the_words_of_others(admin_client):
    city = CityFactory(name="Tallinn")
    PracticeFactory(title="Guest").further_cities.add(city)
    save(admin_client, change_page(city))
    assert "Tallinn" in names()["practice", "Guest"]

    admin_client.post(f"/admin/cities/city/{city.pk}/delete/", {"post": "yes"})

    assert list(names()) == [("practice", "Guest")]
    assert "Tallinn" not in names()["practice", "Guest"]


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"lat": ""}, {"lat": ["This field is required."]}),
        ({"lon": "181"}, {"lon": ["Ensure this value is less than or equal to 180."]}),
        (
            {"other_names": "x" * 101},
            {
                "other_names": [
                    "Item 1 in the array did not validate: Ensure this value has at most 100 characters (it has 101)."
                ]
            },
        ),
        ({"partners-0-role": "Lead"}, {"partners-0-name": ["This field is required."]}),
    ],
)
def test_wrong_input_is_named_where_it_is_and_kept(admin_client, values, errors):
    response = save(admin_client, change_page(CityFactory()), note="Typed with care.", **values)

    assert errors_of(response) == errors
    assert filled(response)["note"] == "Typed with care."


def test_partners_are_kept_in_their_order(admin_client):
    city = CityFactory()
    data = filled(admin_client.get(change_page(city)))
    rows = {
        "partners-TOTAL_FORMS": "2",
        "partners-0-name": "Second",
        "partners-1-name": "First",
        "partners-1-position": "0",
    }

    admin_client.post(change_page(city), {**data, **rows, "partners-0-position": "1"})

    assert [partner.name for partner in city.partners.all()] == ["First", "Second"]


def test_list_shows_who_keeps_a_city_up(admin_client):
    city = CityFactory(name="Tallinn")
    city.editors.add(UserFactory(name="Ona Petraitė"))

    page = admin_client.get("/admin/cities/city/").content.decode()

    assert '<td class="field-editor_names">Ona Petraitė</td>' in page


def test_cities_of_a_person_are_chosen_with_the_person(admin_client):
    city, person = CityFactory(), UserFactory()
    data = filled(admin_client.get(change_page(person)))

    admin_client.post(
        change_page(person), {**data, "City_editors-TOTAL_FORMS": "1", "City_editors-0-city": str(city.pk)}
    )

    assert list(person.cities.all()) == [city]


def test_people_who_left_are_not_offered_as_editors(admin_client):
    UserFactory(email="ona@example.org", name="Ugnė")
    UserFactory(email="ona.left@example.org", name="Ugnė", is_active=False)
    UserFactory(email="ona.erased@example.org", name="Ugnė", is_active=False, erased_at=timezone.now())
    asked = {"app_label": "cities", "model_name": "city", "field_name": "editors", "term": "ugnė"}

    offered = admin_client.get("/admin/autocomplete/", asked).json()["results"]
    found = admin_client.get("/admin/accounts/user/", {"q": "ugnė"}).context["cl"].result_list

    assert [person["id"] for person in offered] == [str(User.objects.get(email="ona@example.org").pk)]
    assert len(found) == 3


def test_somebody_who_left_stays_an_editor_but_does_not_become_one(admin_client):
    staying, other = (UserFactory(is_active=False) for _number in range(2))
    city = CityFactory(name="Vilnius")
    city.editors.add(staying)

    saved = save(admin_client, change_page(city), population_note="About 600,000")
    refused = save(admin_client, change_page(city), editors=[staying.pk, other.pk])

    assert saved.status_code == 302
    assert "editors" in errors_of(refused)
    assert list(city.editors.all()) == [staying]
