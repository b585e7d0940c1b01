"""What can be chosen for a practice."""

from functools import lru_cache

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def named(choices):
    """What choices are called in the language of the page, by their values; translated once."""
    return _named(choices, get_language())


@lru_cache(maxsize=64)
def _named(choices, _language):
    return {value: str(label) for value, label in choices.choices}


class State(models.TextChoices):
    """Where a practice stands in the editorial flow."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in-review", _("In review")
    CHANGES_REQUESTED = "changes-requested", _("Changes requested")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")
    REJECTED = "rejected", _("Rejected")


class Outcome(models.TextChoices):
    """What became of it."""

    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    MIXED = "mixed", _("Mixed results")
    DID_NOT_WORK = "did-not-work", _("Did not work")
    UNKNOWN = "unknown", _("Not known")


class Evidence(models.TextChoices):
    """How well its results are shown."""

    DESCRIBED = "described", _("Described: a plausible account, no results shown yet")
    REPORTED = "reported", _("Reported: results told by those who run it")
    MEASURED = "measured", _("Measured: figures from a source that can be checked")
    EVALUATED = "evaluated", _("Evaluated: studied by someone independent")


class CostBand(models.TextChoices):
    """What it costs, roughly."""

    UNDER_10K = "under-10k", _("Under €10,000")
    UNDER_50K = "10k-50k", _("€10,000 to €50,000")
    UNDER_250K = "50k-250k", _("€50,000 to €250,000")
    UNDER_1M = "250k-1m", _("€250,000 to €1 million")
    OVER_1M = "over-1m", _("Over €1 million")


class Section(models.TextChoices):
    """The texts of the case template, in their fixed order."""

    CHALLENGE = "challenge", _("Challenge")
    DESCRIPTION = "description", _("What was done")
    PARTNERS_ROLE = "partners_role", _("Partners’ role")
    RESOURCES = "resources", _("Resources needed")
    RESULTS = "results", _("Evidence of success")
    LESSONS = "lessons", _("Lessons learnt")
    TRANSFERABILITY = "transferability", _("Potential for transfer")
