"""What reviewers say about a case before it is published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from practices.models import Practice


class CommentQuerySet(models.QuerySet):
    """Comments on cases."""

    def open(self):
        """Those that nobody has resolved."""
        return self.filter(resolved_at__isnull=True)


class Comment(models.Model):
    """A remark on one field of a case, which stays open until somebody has resolved it."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="comments", verbose_name=_("practice"))
    field = models.CharField(_("field"), max_length=40)
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("resolved by"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text[:60]


class Judgement(models.Model):
    """Whether a case meets one of the criteria, as its reviewer sees it; begins anew with each publication."""

    class Criterion(models.TextChoices):
        RELEVANCE = "relevance", _("Relevance: it shows how creative industries and another sector work together.")
        EVIDENCE = "evidence", _("Evidence: what it claims to have reached is shown by a source.")
        TRANSFERABILITY = "transferability", _("Transferability: it says what another city needs to do the same.")
        LANGUAGE = "language", _("Plain language: a mayor understands it at the first reading.")
        SOURCES = "sources", _("Sources: each important statement rests on a document that can be looked at.")
        RIGHTS = "rights", _("Rights: pictures and attachments may be shown, and say who made them.")

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="judgements", verbose_name=_("practice"))
    criterion = models.CharField(_("criterion"), max_length=20, choices=Criterion)
    is_met = models.BooleanField(_("met"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, related_name="+", verbose_name=_("by"), null=True)
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [
            models.UniqueConstraint("practice", "criterion", name="editing_judgement_once"),
            models.CheckConstraint(
                name="editing_judgement_says_why_not",
                condition=Q(is_met=True) | ~Q(note=""),
                violation_error_message=_("Say in the note what is missing."),
            ),
        ]

    def __str__(self):
        return self.get_criterion_display()
