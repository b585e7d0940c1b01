"""How often a practice was read or taken along."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from practices.models.practice import Practice

ADD = """
INSERT INTO practices_reads (practice_id, day, kind, number)
SELECT practice.id, noted.day, noted.kind, noted.number
FROM unnest(%s::text[], %s::date[], %s::text[], %s::integer[]) AS noted (slug, day, kind, number)
JOIN practices_practice practice ON practice.slug = noted.slug AND practice.state = %s
ORDER BY 1, 2, 3
ON CONFLICT (practice_id, day, kind) DO UPDATE SET number = practices_reads.number + excluded.number
"""


class ReadsQuerySet(models.QuerySet):
    """Sums by practice, day and kind."""

    def add(self, noted):
        """Adds numbers by (slug, day, kind) in one statement; what is no published practice is left out."""
        slugs, days, kinds = (list(column) for column in zip(*noted, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(ADD, [slugs, days, kinds, list(noted.values()), Practice.State.PUBLISHED])


class Reads(models.Model):
    """How often a practice was read, or a file of it downloaded, on a day. It moves nothing that readers see."""

    class Kind(models.TextChoices):
        READ = "read", _("read")
        DOWNLOAD = "download", _("downloaded")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="reads", verbose_name=_("practice"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    number = models.PositiveIntegerField(_("number"))

    objects = ReadsQuerySet.as_manager()

    class Meta:
        verbose_name = _("reads of a practice")
        verbose_name_plural = _("reads of practices")
        constraints = [
            models.UniqueConstraint(name="practices_reads_once", fields=["practice", "day", "kind"]),
        ]

    def __str__(self):
        return f"{self.practice} · {self.day} · {self.get_kind_display()}: {self.number}"
