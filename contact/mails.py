"""Tells the webmaster by mail what a reader wrote."""

from django.conf import settings

from mail.letters import write


def mail_to_webmaster(message, page_address):
    """Mails a stored message, if an address is set, in the site's own language."""
    if not settings.CONTACT_EMAIL:
        return
    sender = f"{message.name} <{message.email}>".strip()
    context = {"message": message, "sender": sender, "page": page_address}
    letter = write("message", context, settings.LANGUAGE_CODE, to=[settings.CONTACT_EMAIL], reply_to=[message.email])
    letter.send()
