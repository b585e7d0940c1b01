"""Tells the webmaster by mail what a reader wrote."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def mail_to_webmaster(message, page_address):
    """Mails a stored message, if an address is set; a mail that cannot be sent is logged and the message stays."""
    if not settings.CONTACT_EMAIL:
        return
    facts = [
        _("From: %(sender)s") % {"sender": f"{message.name} <{message.email}>".strip()},
        _("About: %(page)s") % {"page": page_address} if page_address else "",
    ]
    mail = EmailMessage(
        subject=f"[Crossinno] {message.subject}",
        body="\n".join([*filter(None, facts), "", message.text, ""]),
        to=[settings.CONTACT_EMAIL],
        reply_to=[message.email],
    )
    try:
        mail.send()
    except (OSError, ValueError):  # SMTP errors are OSErrors; what cannot stand in a header is a ValueError
        logger.exception("Message %s could not be mailed.", message.pk)
