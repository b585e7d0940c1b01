"""Cases as they stand at the beginning of a test."""

from editing.flow import do
from practices.models import Practice
from tests.factories import PracticeFactory, PracticeSourceFactory

TEXTS = {name: f"About the {name}." for name in ("challenge", "description", "results", "transferability")}


def ready(**facts):
    """A draft that can be submitted."""
    practice = PracticeFactory(**{"state": Practice.State.DRAFT, **TEXTS, **facts})
    PracticeSourceFactory(practice=practice)
    return practice


def in_review(practice, person):
    """The practice after this person has submitted it."""
    do("submit", practice, person)
    return Practice.objects.get(pk=practice.pk)
