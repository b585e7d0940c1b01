"""Writes mails from templates, in the language of those who get them."""

import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context, engines
from django.utils import translation


class Letter(EmailMessage):
    """A mail that knows by which template it was written."""

    kind = ""


def write(template, context, language, **facts):
    """The letter `templates/mail/<template>.txt`, whose first line is the subject: `write(...).send()`.

    The template knows the address of the site as `site`: `{{ site }}{% url 'home' %}`. Other facts, such as `to` and
    `reply_to`, are those of Django's messages. A language that the interface does not speak becomes the site's own.
    """
    if language not in settings.INTERFACE_LANGUAGES:
        language = settings.LANGUAGE_CODE
    source = engines["django"].engine.get_template(f"mail/{template}.txt")
    with translation.override(language):
        said = source.render(Context({"site": settings.SITE_URL, **context}, autoescape=False))
    subject, _line, text = said.strip().partition("\n")
    letter = Letter(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n", **facts)
    letter.kind = template
    return letter
