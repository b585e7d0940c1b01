"""What we do otherwise than the library that signs people in (django-allauth)."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.clients import client_address
from accounts.letters import write
from accounts.models import User
from accounts.qr import qr_code
from accounts.sessions import end_in_two_weeks

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104  # nosec B104


class Adapter(DefaultAccountAdapter):
    """Accounts that a webmaster invites people to; nobody makes one by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("There is no account with this address and this password."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it has been used already."),
        "too_many_login_attempts": _("There were too many attempts. Wait five minutes and try again."),
        "rate_limited": _("There were too many attempts. Wait five minutes and try again."),
        "duplicate_email": _("This is your address already."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return client_address(request) or UNKNOWN_ADDRESS

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(respond_429(request)) from too_many

    def login(self, request, user):
        """Signs in for two weeks at most, and takes the address of the account for verified: it began with a mail."""
        super().login(request, user)
        end_in_two_weeks(request)
        EmailAddress.objects.filter(user=user).exclude(email=user.email).filter(verified=True).delete()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})

    def confirm_email(self, request, email_address):
        """Moves an account to its new address, unless another account has taken that meanwhile."""
        others = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            messages.error(request, gettext("This address cannot be used. Choose another one."))
            return False
        return super().confirm_email(request, email_address)

    def get_login_redirect_url(self, request):
        """Editors go to their desk, in the language they chose; whoever lacks a second factor sets it up first."""
        person = request.user
        with translation.override(person.language or translation.get_language()):
            if person.lacks_second_factor:
                return reverse("mfa_index")
            return reverse("admin:index" if person.is_staff else "account")

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def send_mail(self, template_prefix, email, context):
        write(template_prefix, email, **context)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and codes for emergencies."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _(
            "You need a second factor for what you may do here. Add a passkey before you remove the app."
        ),
    }

    def build_totp_svg(self, url):
        return qr_code(url)

    def can_delete_authenticator(self, authenticator):
        """Whoever must have a second factor keeps the last one."""
        person = authenticator.user
        others = person.authenticator_set.exclude(type="recovery_codes").exclude(pk=authenticator.pk)
        return others.exists() or not person.needs_second_factor

    def generate_authenticator_name(self, user, type):
        return gettext("Passkey %(number)d") % {"number": user.authenticator_set.filter(type=type).count() + 1}

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER
