"""What readers write to the webmaster."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """A message that a reader left on the contact page."""

    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("message"), max_length=5000)
    page = models.CharField(_("page it is about"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    answered = models.BooleanField(_("answered"), default=False)
    sender_key = models.CharField(max_length=64, editable=False, db_index=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-sent_at"]

    def __str__(self):
        return self.subject
