import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from practices.models import FormerSlug, Practice
from search.models import ContentVersion
from tests.factories import FeatureFactory, ParticipantFactory, PracticeFactory, PracticeSourceFactory


def rename(practice, slug):
    practice = Practice.objects.get(pk=practice.pk)
    practice.slug = slug
    practice.save()


def former_slugs():
    return {former.slug: former.practice.slug for former in FormerSlug.objects.select_related("practice")}


def test_a_practice_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError, match="years_in_order"):
        PracticeFactory(start_year=2014, end_year=2012)


@pytest.mark.parametrize("position", [{"lat": 91, "lon": 0}, {"lat": 0, "lon": -181}, {"lat": 50.1}, {"lon": 4.9}])
def test_a_position_is_on_the_globe_and_complete(position):
    with pytest.raises(IntegrityError, match="on_the_globe"):
        PracticeFactory(**position)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"start_year": 2014, "end_year": 2012}, "end_year"),
        ({"lat": 50.1}, "lon"),
        ({"lon": 4.9}, "lat"),
    ],
)
def test_editors_are_told_which_field_is_wrong(facts, field):
    with pytest.raises(ValidationError) as refused:
        Practice(**facts).clean()

    assert list(refused.value.message_dict) == [field]


def test_publishing_notes_the_time_once():
    practice = PracticeFactory(state=Practice.State.DRAFT)
    assert practice.published_at is None

    practice.move_to(Practice.State.PUBLISHED)
    first = practice.published_at
    practice.save()

    assert timezone.now() - first < datetime.timedelta(minutes=1)
    assert Practice.objects.get().published_at == first


def test_only_one_practice_is_featured_at_a_place_at_a_time():
    FeatureFactory(place=1, starts="2024-01-01", ends="2024-02-01")
    FeatureFactory(place=1, starts="2024-02-02")
    FeatureFactory(place=2, starts="2024-01-31")

    with pytest.raises(IntegrityError, match="one_at_a_place"):
        FeatureFactory(place=1, starts="2024-01-31", ends="2024-02-01")


def test_a_feature_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError):
        FeatureFactory(starts="2024-02-02", ends="2024-02-01")


def test_a_new_slug_leaves_the_old_one_as_a_former_address():
    practice = PracticeFactory(slug="old-name")

    rename(practice, "new-name")

    assert former_slugs() == {"old-name": "new-name"}


def test_a_slug_changed_twice_leaves_two_former_addresses():
    practice = PracticeFactory(slug="first")

    rename(practice, "second")
    rename(practice, "third")

    assert former_slugs() == {"first": "third", "second": "third"}


def test_a_practice_that_takes_its_old_slug_back_has_it_no_longer_as_a_former_address():
    practice = PracticeFactory(slug="first")

    rename(practice, "second")
    rename(practice, "first")

    assert former_slugs() == {"second": "first"}


def test_a_former_address_follows_the_practice_that_left_it_last():
    first, second = PracticeFactory(slug="garage"), PracticeFactory(slug="hall")
    rename(first, "garage48")
    rename(second, "garage")

    rename(second, "great-hall")

    assert former_slugs() == {"garage": "great-hall", "hall": "great-hall"}


@pytest.mark.parametrize(
    "change",
    [
        lambda practice: practice.tags.add("co-working"),
        lambda practice: Practice.objects.filter(pk=practice.pk).update(outcome="ended"),
        lambda practice: practice.create_translation("de", title="Werkstatt", summary="Kurz."),
        lambda practice: PracticeSourceFactory(practice=practice),
        lambda practice: ParticipantFactory(practice=practice),
        lambda practice: FeatureFactory(practice=practice),
        lambda practice: practice.delete(),
    ],
)
def test_every_change_of_content_moves_the_content_version(change):
    practice = PracticeFactory()
    before = ContentVersion.objects.get().number

    change(practice)

    assert ContentVersion.objects.get().number > before
