"""Questions about many practices."""

import re

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from parler.managers import TranslatableQuerySet


class PracticeQuerySet(TranslatableQuerySet):
    """Practices, as lists and pages need them."""

    def published(self):
        """Practices that readers may see."""
        return self.filter(state="published")

    def archived(self):
        """Practices that readers once saw and that were withdrawn."""
        return self.filter(state="archived")

    def confirmed(self):
        """Practices that the original project itself named."""
        return self.filter(confirmed_by_project=True)

    def newest(self):
        """The most recently published first."""
        return self.order_by("-published_at", "-pk")

    def with_theme(self, slugs):
        """Practices of any of these themes, be it their first or a further one."""
        return self.filter(Q(theme__slug__in=slugs) | Q(further_themes__slug__in=slugs)).distinct()

    def with_city(self, slugs):
        """Practices that take place in any of these cities."""
        return self.filter(Q(city__slug__in=slugs) | Q(further_cities__slug__in=slugs)).distinct()

    def with_country(self, codes):
        """Practices that take place in any of these countries."""
        spanned = Q()
        for code in codes:
            spanned |= Q(further_countries__contains=code)
        in_cities = Q(city__country__in=codes) | Q(further_cities__country__in=codes)
        return self.filter(in_cities | spanned).distinct()

    def with_tag(self, slugs):
        """Practices with any of these tags."""
        return self.filter(tags__slug__in=slugs).distinct()

    def with_creative(self, slugs):
        """Practices in which any of these creative sectors takes part."""
        return self.filter(creative_sectors__slug__in=slugs).distinct()

    def with_growth(self, slugs):
        """Practices in which any of these growth sectors takes part."""
        return self.filter(growth_sectors__slug__in=slugs).distinct()

    def with_evidence(self, grades):
        """Practices whose results are shown as well as any of these says."""
        return self.filter(evidence__in=grades)

    def with_language(self, codes):
        """Practices that are written in any of these languages."""
        return self.filter(translations__language_code__in=codes).distinct()

    def with_years(self, first=None, last=None):
        """Practices that were there in some of these years; without a known year only if all years will do."""
        if first is None and last is None:
            return self
        endless = Case(When(outcome="running", start_year__isnull=False, then=Value(9999)), output_field=IntegerField())
        begun = Coalesce("start_year", "end_year")
        ended = Coalesce("end_year", endless, "start_year", output_field=IntegerField())
        known = self.alias(begun=begun, ended=ended).filter(begun__isnull=False)
        return known.filter(ended__gte=first or 0, begun__lte=last or 9999)

    def with_outcome(self, outcomes):
        """Practices of which any of this became."""
        return self.filter(outcome__in=outcomes)


class ParticipantQuerySet(QuerySet):
    """Organisations that take part in practices."""

    def by_role(self):
        """Leads first, then partners, funders and beneficiaries."""
        roles = ["lead", "partner", "funder", "beneficiary"]
        rank = Case(*(When(role=role, then=place) for place, role in enumerate(roles)), default=len(roles))
        return self.order_by(rank, "position", "pk")


class ImageQuerySet(TranslatableQuerySet):
    """Pictures of practices."""

    def published(self):
        """Pictures that readers may see."""
        return self.filter(practice__state="published")

    def with_file(self, name):
        """Those that have a file of this name: the JPEG, or the AVIF in one of its widths."""
        found = re.fullmatch(r"(?P<stem>\w+)(-\d+)?\.(jpg|avif)", name, re.ASCII)
        return self.filter(file__endswith=f"/{found['stem']}.jpg") if found else self.none()


class AttachmentQuerySet(QuerySet):
    """Attached PDFs."""

    def published(self):
        """Attachments that readers may see."""
        return self.filter(practice__state="published")

    def with_key(self, key):
        """Those whose file has this name."""
        return self.filter(file__endswith=f"/{key}.pdf")


class FeatureQuerySet(TranslatableQuerySet):
    """Featured practices."""

    def current(self, day=None):
        """Features of published practices that the home page shows on `day` (today), by place."""
        day = day or timezone.localdate()
        return self.filter(
            Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day, practice__state="published"
        ).order_by("place")
