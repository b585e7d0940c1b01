"""Signing in where the library does not suffice, and one's own account."""

from functools import wraps

from allauth.account import views as library
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm, WelcomeForm
from accounts.invitations import InvitationOver, NoInvitation, invited_by_key
from accounts.leaving import LastSuperuser, erase
from accounts.models import User
from accounts.personal_data import everything_on
from accounts.sessions import device, end_sessions

confirmed = reauthentication_required(app="allauth.account")


def gone_if(is_over):
    """Answers 410 instead of 200 where a page of the library says that a link is no longer good."""

    def decorate(view):
        @wraps(view)
        def answered(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if is_over(getattr(response, "context_data", None) or {}):
                response.status_code = 410
            return response

        return answered

    return decorate


new_password = gone_if(lambda page: page.get("token_fail"))(library.password_reset_from_key)
new_address = gone_if(lambda page: "confirmation" in page and not page["can_confirm"])(library.confirm_email)


@rate_limit(action="invitation", limit_get=True)
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def invitation(request):
    """Takes in somebody who was invited: name, password, then the second factor."""
    try:
        person = invited_by_key(request.GET.get("key", ""))
    except (InvitationOver, NoInvitation) as error:
        return render(request, "accounts/invitation_over.html", status=404 if isinstance(error, NoInvitation) else 410)
    form = WelcomeForm(data=request.POST or None, user=person, initial={"name": person.name})
    if form.is_valid():
        form.save()
        logout(request, show_message=False)
        response = perform_login(request, person, email=person.email, redirect_url=reverse("mfa_index"))
        reauthenticate_by_password(request)
        messages.success(request, _("Welcome, %(name)s. Your account is ready.") % {"name": person})
        return response
    return render(request, "accounts/invitation.html", {"form": form, "person": person})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_account(request):
    """What a person says about themselves, and the ways to everything else of their account."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        form.save()
        messages.success(request, _("Your changes are saved."))
        return redirect("account")
    return render(request, "accounts/own.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request):
    """Where the person is signed in, and how to end that: elsewhere, or everywhere."""
    here = request.session.session_key
    if request.method == "POST":
        end_sessions(request.user, but=here)
        if request.POST.get("where") == "everywhere":
            logout(request)
            return redirect("account_login")
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("usersessions_list")
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda session: session.created_at)
    rows = [(session, device(session.user_agent), session.session_key == here) for session in found]
    return render(request, "accounts/sessions.html", {"rows": rows})


@login_required
@confirmed
@require_safe
def own_data(request):
    """What one can do with what is held on oneself."""
    return render(request, "accounts/data.html")


@login_required
@confirmed
@never_cache
@require_safe
def export(request):
    """Everything that is held on the person, as a file."""
    options = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(everything_on(request.user), json_dumps_params=options)
    response["Content-Disposition"] = 'attachment; filename="crossinno-personal-data.json"'
    return response


@login_required
@confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def erase_own(request):
    """Erases the account of the one who asks."""
    if request.method != "POST":
        return render(request, "accounts/erase.html")
    try:
        erase(request.user)
    except LastSuperuser:
        messages.error(request, _("Yours is the only account that can manage the site. Make another superuser first."))
        return redirect("account_data")
    logout(request, show_message=False)
    messages.success(request, _("Your account is erased."))
    return redirect("home")
