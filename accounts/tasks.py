"""What is done in the background for people who cannot sign in."""

import secrets

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.letters import address_of, write
from accounts.models import User
from mail.queue import task

DAY = 24 * 3600


def ask_for_new_password(email):
    """Notes that somebody asked; whether there is an account is only looked up later, so that no answer can tell.

    The job knows the address by a number only, because jobs are written into the log.
    """
    number = secrets.token_urlsafe(16)
    cache.set(f"forgotten:{number}", email, 2 * DAY)
    answer_forgotten.defer(number=number, language=get_language())


@task(_("Answer somebody who forgot their password"))
def answer_forgotten(number, language):
    """Mails a link by which to choose a new password, or that there is no account that can be used."""
    email = cache.get(f"forgotten:{number}")
    if email is None:
        return
    person = User.objects.filter(email=User.objects.normalize_email(email), is_active=True).first()
    with translation.override((person and person.language) or language):
        if person and person.has_usable_password():
            key = default_token_generator.make_token(person)
            link = address_of("account_reset_password_from_key", user_pk_to_url_str(person), key)
            write("account/email/password_reset_key", person.email, password_reset_url=link)
        else:
            write("account/email/unknown_account", email)
    cache.delete(f"forgotten:{number}")
