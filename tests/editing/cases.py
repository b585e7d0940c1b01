"""Cases as they stand at the beginning of a test."""

from editing.flow import do
from editing.models import Judgement
from editing.review import judge
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


def judged(practice, person):
    """Says of a case in review that it meets everything, and that its results are measured."""
    practice = Practice.objects.get(pk=practice.pk)
    met = dict.fromkeys(Judgement.Criterion.values, (True, ""))
    judge(practice, person, met, "measured", practice.cost_band, "The city's own report.")
    return practice


def approve(practice, person, message=""):
    """Judges a case in review well and publishes it."""
    return do("approve", judged(practice, person), person, message)
