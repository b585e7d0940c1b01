"""Mails about accounts: plain text, each in the language of the person who gets it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import User


def write(kind, email, language="", **facts):
    """Mails the text `<kind>_message.txt`; without a language, in the one that the owner of the address chose."""
    owner = User.objects.filter(email=email.lower()).first()
    with translation.override(language or (owner and owner.language) or translation.get_language()):
        facts["home"] = address_of("home")
        subject = " ".join(render_to_string(f"{kind}_subject.txt", facts).split())
        text = render_to_string(f"{kind}_message.txt", facts).strip()
    mail = EmailMessage(f"[Crossinno] {subject}", f"{text}\n", to=[email])
    mail.kind = kind
    mail.send()


def address_of(name, *args, **query):
    """The whole address of a page, as it stands in a mail."""
    return settings.SITE_URL + reverse(name, args=args, query=query or None)
