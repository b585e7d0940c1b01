"""Signing in where the library does not suffice, and one's own account."""

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm


class SignInByPasskey(LoginWebAuthnView):
    """Signs in with a passkey alone, and goes on where the person wanted to go, which the library forgets."""

    def form_valid(self, form):
        authenticator = form.cleaned_data["credential"]
        login = Login(user=authenticator.user, redirect_url=get_next_redirect_url(self.request))
        return perform_passwordless_login(self.request, authenticator, login)


sign_in_by_passkey = SignInByPasskey.as_view()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request):
    """What a person says about themselves, and the ways to everything else of their account."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect("account")
    return render(request, "accounts/own.html", {"form": form})
