"""The forms by which people sign in and keep their account."""

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sessions import end_in_two_weeks
from accounts.tasks import ask_for_new_password


class OurWords:
    """Our labels instead of the library's, and no examples inside the fields, which vanish when one types."""

    labels = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "password": _("Password"),
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password again"),
        "code": _("Code"),
        "name": _("What you call it"),
    }
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
        if "password1" in self.fields:
            self.fields["password1"].help_text = password_validators_help_text_html()


class SignInForm(OurWords, account.LoginForm):
    """Signs in with an e-mail address and a password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    def login(self, request, redirect_url=None):
        response = super().login(request, redirect_url)
        end_in_two_weeks(request)
        return response


class ForgottenForm(OurWords, account.ResetPasswordForm):
    """Asks for a link by which to choose a new password; the same work is done for every address."""

    def clean_email(self):
        return self.cleaned_data["email"]

    def save(self, request, **options):
        ask_for_new_password(self.cleaned_data["email"])


class NewPasswordForm(OurWords, account.ResetPasswordKeyForm):
    """Chooses a new password after following such a link."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """Changes the password of somebody who knows it."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """Chooses the first password."""


class WelcomeForm(OurWords, account.SetPasswordForm):
    """Accepts an invitation: chooses a name and a password."""

    labels = OurWords.labels | {"name": _("Your name"), "password1": _("Password"), "password2": _("Password again")}
    hints = {"name": _("As colleagues know you.")}
    field_order = ["name", "password1", "password2"]

    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))

    def save(self):
        self.user.name = self.cleaned_data["name"]
        super().save()


class ConfirmForm(OurWords, account.ReauthenticateForm):
    """Asks once more for the password before something that cannot be undone."""

    labels = OurWords.labels | {"password": _("Your password")}


class ChangeEmailForm(OurWords, account.AddEmailForm):
    """Asks for a new address, which gets a mail first."""

    labels = OurWords.labels | {"email": _("New e-mail address")}


DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class OneTimeCode(OurWords):
    """Asks for the code of the moment."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= DIGITS


class CodeForm(OneTimeCode, factor.AuthenticateForm):
    """The second step of signing in."""

    hints = {"code": _("Six digits from your app, or one of your recovery codes.")}


class ConfirmByCodeForm(OneTimeCode, factor.ReauthenticateForm):
    """Asks for a code before something that cannot be undone."""

    hints = CodeForm.hints


class AppForm(OneTimeCode, ActivateTOTPForm):
    """Sets up an authenticator app."""

    hints = {"code": _("Six digits that your app shows after it has read the picture.")}


class ProfileForm(forms.ModelForm):
    """What a person says about themselves."""

    language = forms.ChoiceField(label=_("Language of the desk and of our mails"), required=False)

    class Meta:
        model = User
        fields = ["name", "language", "mails"]
        labels = {"name": _("Your name"), "mails": _("We write to you about")}
        help_texts = {"name": _("It stands with what you write, at the desk.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"}), "mails": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()


def languages():
    """The languages that one may choose, each by its own name."""
    names = [(code, get_language_info(code)["name_local"]) for code in settings.INTERFACE_LANGUAGES]
    return [("", _("the one of the page I sign in at")), *names]
