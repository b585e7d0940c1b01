"""What somebody is typing and has not saved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice


class Typed(models.Model):
    """The form of a practice as somebody has filled it in so far: kept while they type, gone when they save.

    It belongs to the case: a working copy goes when it is published or discarded, what was typed stays.
    Each time the form is opened it is another one, with a name of its own (`form`), so that two tabs, or a fresh form
    beside text that nobody took up yet, do not write over each other.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="typed", verbose_name=_("person"))
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="typed", verbose_name=_("practice"), null=True)
    language = models.CharField(_("language"), max_length=10)
    form = models.CharField(_("form"), max_length=20, default="", blank=True)
    fields = models.JSONField(_("fields"))
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "practice", "language", "form"],
                name="editing_typed_one_for_a_form",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.practice or '–'}"

    @property
    def row(self):
        """The row whose form offers it: the working copy, if the case has one; None of a case that is not saved yet."""
        return getattr(self.practice, "copy", None) or self.practice
