import re

import pytest

from practices.models import Practice
from tests.factories import CityFactory, EventFactory, PracticeFactory


def test_the_list_shows_every_city_on_the_map_and_with_its_number_of_published_practices(client):
    berlin, lyon = CityFactory(slug="berlin", name="Berlin"), CityFactory(slug="lyon", name="Lyon")
    for state in Practice.State.values:
        PracticeFactory(city=berlin, state=state)

    response = client.get("/cities/")

    assert [(city, city.count) for city in response.context["cities"]] == [(berlin, 1), (lyon, 0)]
    assert [(marker.city, marker.count) for marker in response.context["markers"]] == [(berlin, 1), (lyon, 0)]
    assert 'aria-label="Berlin, 1 practice"' in response.content.decode()
    assert 'aria-label="Lyon, 0 practices"' in response.content.decode()


def test_a_city_shows_its_published_practices_newest_first_and_its_published_events(client):
    berlin = CityFactory(slug="berlin")
    for state in Practice.State.values:
        PracticeFactory(city=berlin, state=state, title=f"The {state} one")
    newest = PracticeFactory(city=berlin)
    event = EventFactory(host_city=berlin)
    EventFactory(host_city=berlin, title="Hush-hush", is_published=False)

    response = client.get("/cities/berlin/")

    assert [practice.title for practice in response.context["page"].practices] == [newest.title, "The published one"]
    assert list(response.context["events"]) == [event]
    page = response.content.decode()
    assert (set(re.findall(r"The [a-z-]+ one", page)), "Hush-hush" in page) == ({"The published one"}, False)


def test_a_practice_belongs_to_each_of_its_cities_as_in_the_filters(client):
    berlin, lyon = CityFactory(slug="berlin", name="Berlin"), CityFactory(slug="lyon", name="Lyon")
    both = PracticeFactory(city=lyon, further_cities=[berlin])
    PracticeFactory(city=lyon)

    numbers = {city.slug: city.count for city in client.get("/cities/").context["cities"]}
    pages = {slug: client.get(f"/cities/{slug}/").context["page"] for slug in numbers}
    lists = {slug: client.get(f"/practices/?city={slug}").context["page"] for slug in numbers}
    told = {slug: client.get(f"/api/v1/cities/{slug}/").json()["practices"] for slug in numbers}

    assert numbers == told == {"berlin": 1, "lyon": 2}
    for slug, number in numbers.items():
        assert pages[slug].paginator.count == lists[slug].paginator.count == number
        assert pages[slug].object_list == lists[slug].object_list
    assert pages["berlin"].object_list == [both.pk]


def test_a_city_tells_what_is_known_of_it(client):
    city = CityFactory(
        slug="warsaw",
        name="Warsaw",
        local_name="Warszawa",
        country="PL",
        lat=52.23,
        lon=21.01,
        profile="On the Vistula.",
        population_note="1.8 million",
        note="Under revision.",
        website="https://warsaw.example/",
    )
    city.partners.create(name="City Hall", role="Partner")
    city.sources.create(title="Yearbook")

    page = client.get("/cities/warsaw/").content.decode()

    text = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())
    for shown in [
        "Warsaw Warszawa · Poland · 52.23° N, 21.01° E On the Vistula. Under revision.",
        "Population 1.8 million Website https://warsaw.example/ Took part through City Hall Partner",
        "Sources of the profile Yearbook",
    ]:
        assert shown in text


def test_what_nobody_knows_of_a_city_is_called_not_known_or_left_out(client):
    CityFactory(slug="berlin", name="Berlin")

    page = client.get("/cities/berlin/").content.decode()

    text = " ".join(re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).split())
    assert "Key facts Took part through not known 0 practices from Berlin" in text
    assert "None" not in text


def test_a_city_shows_twelve_practices_to_a_page(client):
    PracticeFactory.create_batch(13, city=CityFactory(slug="berlin"))

    response = client.get("/cities/berlin/?page=2")

    assert len(response.context["page"].object_list) == 1


def test_an_unknown_city_is_not_found(client):
    assert client.get("/cities/atlantis/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "number"), [("/cities/", 3), ("/cities/berlin/", 1)])
def test_city_pages_take_the_same_queries_whatever_there_is(queries, address, number, rows):
    berlin = CityFactory(slug="berlin")
    for _number in range(rows):
        CityFactory()
        PracticeFactory(city=berlin)
        EventFactory(host_city=berlin)
        berlin.partners.create(name="City Hall")
        berlin.sources.create(title="Yearbook")

    assert queries(address) == number


@pytest.mark.parametrize("belonging", ["partners", "sources", "translations", "hosted_events"])
def test_whatever_changes_of_a_city_shows_at_once(client, belonging):
    berlin = CityFactory(slug="berlin", profile="Old.")
    berlin.partners.create(name="Old")
    berlin.sources.create(title="Old")
    EventFactory(title="Old", host_city=berlin)
    client.get("/cities/berlin/")
    fields = {"partners": {"name": "New"}, "sources": {"title": "New"}, "translations": {"profile": "New."}}

    if belonging == "hosted_events":
        EventFactory(title="New", host_city=berlin)
    else:
        getattr(berlin, belonging).update(**fields[belonging])

    assert "New" in client.get("/cities/berlin/").content.decode()
