"""Adding and naming passkeys, and signing in with one. Loaded when the first passkey is asked for."""

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.utils.translation import gettext_lazy as _

from accounts.forms import OurWords


class PasskeyForm(OurWords, AddWebAuthnForm):
    """Adds a passkey; it also signs in without the password, unless the person unticks that."""

    labels = OurWords.labels | {"passwordless": _("Sign in with it without my password too")}
    hints = {
        "name": _("So that you can tell your passkeys apart."),
        "passwordless": _("The device then asks for your finger, your face or its PIN."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True


class PasskeyNameForm(OurWords, EditWebAuthnForm):
    """Renames a passkey."""


class SignInByPasskey(LoginWebAuthnView):
    """Signs in with a passkey alone, and goes on where the person wanted to go, which the library forgets."""

    def form_valid(self, form):
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


sign_in_by_passkey = SignInByPasskey.as_view()
