import datetime

import pytest
from django.utils import timezone

from practices.models import Feature, Participant, Practice, Sector
from tests.factories import (
    CityFactory,
    FeatureFactory,
    ParticipantFactory,
    PracticeFactory,
    SectorFactory,
    ThemeFactory,
)

DAY = datetime.date(2024, 5, 6)


def slugs(practices):
    return sorted(practice.slug for practice in practices)


def test_published_practices_are_those_of_one_state():
    for state in Practice.State.values:
        PracticeFactory(slug=state, state=state)

    assert slugs(Practice.objects.published()) == ["published"]
    assert slugs(Practice.objects.archived()) == ["archived"]


def test_confirmed_practices_are_those_that_the_project_named():
    PracticeFactory(slug="named", confirmed_by_project=True)
    PracticeFactory(slug="added")

    assert slugs(Practice.objects.confirmed()) == ["named"]


def test_the_newest_practice_comes_first_and_of_equals_the_one_entered_last():
    for slug, hour in [("b", 2), ("a", 1), ("c", 2)]:
        PracticeFactory(slug=slug, published_at=datetime.datetime(2024, 1, 1, hour, tzinfo=datetime.UTC))

    assert [practice.slug for practice in Practice.objects.newest()] == ["c", "b", "a"]


def test_a_practice_belongs_to_its_theme_and_to_further_ones_once():
    brokerage, spaces = ThemeFactory(slug="brokerage"), ThemeFactory(slug="spaces")
    PracticeFactory(slug="first", theme=brokerage)
    PracticeFactory(slug="further", theme=spaces, further_themes=[brokerage])
    PracticeFactory(slug="other", theme=spaces)

    assert slugs(Practice.objects.with_theme(["brokerage"])) == ["first", "further"]
    assert slugs(Practice.objects.with_theme(["brokerage", "spaces"])) == ["first", "further", "other"]


def test_a_practice_belongs_to_its_city_and_to_further_ones_once():
    berlin, lyon = CityFactory(slug="berlin"), CityFactory(slug="lyon")
    PracticeFactory(slug="first", city=berlin)
    PracticeFactory(slug="further", city=lyon, further_cities=[berlin])
    PracticeFactory(slug="other", city=lyon)

    assert slugs(Practice.objects.with_city(["berlin"])) == ["first", "further"]
    assert slugs(Practice.objects.with_city(["berlin", "lyon"])) == ["first", "further", "other"]


def test_a_practice_belongs_to_the_countries_of_its_cities_and_to_further_ones():
    berlin, lyon = CityFactory(slug="berlin", country="DE"), CityFactory(slug="lyon", country="FR")
    PracticeFactory(slug="first", city=berlin)
    PracticeFactory(slug="further-city", city=lyon, further_cities=[berlin])
    PracticeFactory(slug="further-country", city=lyon, further_countries=["AT", "DE"])
    PracticeFactory(slug="other", city=lyon, further_countries=["AT", "SE"])

    assert slugs(Practice.objects.with_country(["DE"])) == ["first", "further-city", "further-country"]
    assert slugs(Practice.objects.with_country(["AT", "SE"])) == ["further-country", "other"]


def test_a_practice_belongs_to_its_sectors_tags_and_outcome():
    design = SectorFactory(slug="design")
    health = SectorFactory(slug="health", kind=Sector.Kind.GROWTH)
    PracticeFactory(slug="a", creative_sectors=[design], tags=["co-working"], outcome="running")
    PracticeFactory(slug="b", growth_sectors=[health], tags=["co-working", "vouchers"], outcome="ended")
    PracticeFactory(slug="c")

    assert slugs(Practice.objects.with_creative(["design"])) == ["a"]
    assert slugs(Practice.objects.with_growth(["health"])) == ["b"]
    assert slugs(Practice.objects.with_tag(["co-working", "vouchers"])) == ["a", "b"]
    assert slugs(Practice.objects.with_outcome(["ended", "running"])) == ["a", "b"]


def test_participants_stand_by_their_role():
    practice = PracticeFactory()
    for name, role in [("D", "beneficiary"), ("C", "funder"), ("B", "partner"), ("A", "lead")]:
        ParticipantFactory(practice=practice, name=name, role=role)

    assert [participant.name for participant in Participant.objects.by_role()] == ["A", "B", "C", "D"]


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(0, 0, True), (-1, None, True), (-1, 1, True), (1, None, False), (-2, -1, False)],
)
def test_a_feature_is_shown_from_its_first_day_to_its_last(starts, ends, shown):
    days = {
        "starts": DAY + datetime.timedelta(starts),
        "ends": None if ends is None else DAY + datetime.timedelta(ends),
    }
    FeatureFactory(**days)

    assert Feature.objects.current(DAY).exists() == shown


def test_features_stand_by_their_place_and_only_of_published_practices():
    second, first = FeatureFactory(place=2), FeatureFactory(place=1)
    FeatureFactory(place=3, practice=PracticeFactory(state=Practice.State.IN_REVIEW))

    assert list(Feature.objects.current(timezone.localdate())) == [first, second]
