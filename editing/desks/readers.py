"""What readers did with practices lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import Reads

#: The days that are looked at, and compared with as many before.
DAYS = 30
#: Fewer reads than these say nothing about where it goes, and neither does a change by less than a fifth.
ENOUGH = 10
FIFTH = 0.2


@dataclass(frozen=True)
class Readers:
    """How often a practice was read and downloaded in the last days, and how often it was read in those before."""

    reads: int
    downloads: int
    reads_before: int

    @property
    def trend(self):
        """Where it goes, in a word; nothing if too few read it to tell."""
        if max(self.reads, self.reads_before) < ENOUGH:
            return ""
        if self.reads > self.reads_before * (1 + FIFTH):
            return _("rising")
        return _("falling") if self.reads < self.reads_before * (1 - FIFTH) else _("steady")


def readers_of(practices, today=None):
    """What readers did with each of these practices until yesterday, by its key."""
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS)
    kinds, counts = Reads.Kind, Reads.objects.filter(practice__in=practices, day__lt=today).order_by()
    now = sums(counts.filter(day__gte=first))
    before = sums(counts.filter(day__gte=first - timedelta(days=DAYS), day__lt=first))
    return {
        practice.pk: Readers(
            now[practice.pk, kinds.READ], now[practice.pk, kinds.DOWNLOAD], before[practice.pk, kinds.READ]
        )
        for practice in practices
    }


def sums(counts):
    """How often each practice was read and downloaded: {(its key, the kind): the number}."""
    rows = counts.values_list("practice", "kind").annotate(Sum("number"))
    return Counter({(practice, kind): number for practice, kind, number in rows})
