"""How webmasters narrow the list of practices to what needs work."""

import datetime

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.freshness import known_since, last_due
from practices.models import PracticeSource

YEAR = datetime.timedelta(days=365)


class SourcesFilter(admin.SimpleListFilter):
    """Finds practices that rest on nothing."""

    title = _("sources")
    parameter_name = "sources"

    def lookups(self, request, model_admin):
        return [("no", _("Without sources")), ("yes", _("With sources"))]

    def queryset(self, request, queryset):
        sources = Exists(PracticeSource.objects.filter(practice=OuterRef("pk")))
        if self.value() == "no":
            return queryset.filter(~sources)
        return queryset.filter(sources) if self.value() == "yes" else queryset


class VerifiedFilter(admin.SimpleListFilter):
    """Finds practices that nobody has checked for a long time."""

    title = _("verified")
    parameter_name = "verified"

    def lookups(self, request, model_admin):
        due = ("due", _("Published, to be verified again"))
        return [due, ("fresh", _("Within a year")), ("stale", _("Longer ago or never")), ("never", _("Never"))]

    def queryset(self, request, queryset):
        if self.value() == "due":
            return queryset.published().annotate(known_since=known_since()).filter(known_since__lte=last_due())
        since = timezone.localdate() - YEAR
        conditions = {
            "fresh": Q(verified_at__gte=since),
            "stale": Q(verified_at__lt=since) | Q(verified_at__isnull=True),
            "never": Q(verified_at__isnull=True),
        }
        return queryset.filter(conditions.get(self.value(), Q()))
