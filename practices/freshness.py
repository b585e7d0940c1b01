"""How fresh a practice is: when somebody last saw to it that it is true, and when somebody has to again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone


@dataclass(frozen=True)
class Freshness:
    """Since when a practice is known to be true, and until when that counts."""

    since: date
    is_verified: bool

    @property
    def due_at(self):
        """The day on which somebody has to look again."""
        return self.since + timedelta(days=settings.VERIFY_AFTER_DAYS)

    @property
    def is_stale(self):
        """Whether that day has passed."""
        return self.due_at < timezone.localdate()


def freshness_of(practice):
    """How fresh a practice is; None if readers have never seen it."""
    if practice.verified_at:
        return Freshness(practice.verified_at, True)
    return Freshness(timezone.localdate(practice.published_at), False) if practice.published_at else None


def known_since():
    """Since when a practice is known to be true, for queries: when it was last verified, else published."""
    return Coalesce("verified_at", TruncDate("published_at"))


def last_due():
    """A practice that is known to be true only since this day, or since before, is to be verified."""
    return timezone.localdate() - timedelta(days=settings.VERIFY_AFTER_DAYS)
