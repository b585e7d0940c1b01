import pytest
from django.db import IntegrityError

from practices.models import Practice
from search.models import ContentVersion
from tests.factories import FeatureFactory, PracticeFactory


def test_a_practice_cannot_end_before_it_starts():
    with pytest.raises(IntegrityError, match="years_in_order"):
        PracticeFactory(start_year=2014, end_year=2012)


def test_only_one_practice_is_featured_at_a_place_at_a_time():
    FeatureFactory(place=1, starts="2024-01-01", ends="2024-02-01")
    FeatureFactory(place=1, starts="2024-02-02")

    with pytest.raises(IntegrityError, match="one_at_a_place"):
        FeatureFactory(place=1, starts="2024-01-31", ends="2024-02-01")


def test_a_new_slug_leaves_the_old_one_as_a_former_address():
    practice = PracticeFactory(slug="old-name")

    practice = Practice.objects.get(pk=practice.pk)
    practice.slug = "new-name"
    practice.save()

    assert [former.slug for former in practice.former_slugs.all()] == ["old-name"]


def test_every_change_of_content_moves_the_content_version():
    practice = PracticeFactory()
    before = ContentVersion.objects.get().number

    practice.tags.add("co-working")

    assert ContentVersion.objects.get().number > before


def test_a_former_address_goes_to_the_practice_that_left_it_last():
    first = Practice.objects.get(pk=PracticeFactory(slug="the-hub").pk)
    first.slug = "the-first-hub"
    first.save()
    second = Practice.objects.get(pk=PracticeFactory(slug="the-hub").pk)

    second.slug = "the-second-hub"
    second.save()

    assert [former.slug for former in second.former_slugs.all()] == ["the-hub"]
    assert not first.former_slugs.exists()
