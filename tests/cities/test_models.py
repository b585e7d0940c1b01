import pytest
from django.db import IntegrityError
from django.utils import translation

from cities.models import City
from tests.factories import CityFactory, EventFactory


@pytest.mark.parametrize("position", [{"lat": 90.1}, {"lat": -91}, {"lon": 181}, {"lon": -180.5}])
def test_a_city_is_on_the_globe(position):
    with pytest.raises(IntegrityError, match="on_the_globe"):
        CityFactory(**position)


def test_a_city_is_called_by_its_name_in_the_language_of_the_page_or_its_own():
    city = CityFactory(name="Warsaw", local_name="Warszawa")
    city.create_translation("de", name="Warschau")
    nameless = City.objects.create(slug="x", local_name="Lisboa", country="PT", lat=38.7, lon=-9.1)

    with translation.override("de"):
        assert str(City.objects.get(pk=city.pk)) == "Warschau"
    assert (str(city), str(nameless)) == ("Warsaw", "Lisboa")


def test_a_city_knows_the_published_events_it_took_part_in_the_latest_first():
    berlin = CityFactory(slug="berlin")
    hosted = EventFactory(host_city=berlin, participating_cities=[berlin], starts="2012-01-01")
    visited = EventFactory(participating_cities=[berlin], starts="2013-01-01")
    EventFactory(host_city=berlin, is_published=False)
    EventFactory(host_city=CityFactory())

    assert list(berlin.published_events()) == [visited, hosted]
