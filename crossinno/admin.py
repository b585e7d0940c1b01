"""The admin site: what it is called, how one signs in to it, in which order it shows things."""

from functools import wraps

from allauth.account.views import logout
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from editing.desks.reviewer import reviewer_desk
from editing.desks.webmaster import webmaster_desk
from editing.desks.writer import writer_desk
from editing.rights import rights_of

#: What editors need most comes first.
ORDER = ["Practice", "Feature", "Theme", "Sector", "Event", "City", "Message", "Tag", "User", "Group"]


def without_nul(view):
    """Refuses a null character in the address, which the database could not compare; the search form says so itself."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if any("\x00" in value for name, values in request.GET.lists() if name != "q" for value in values):
            raise BadRequest("null character")
        return view(request, *args, **kwargs)

    return checked


class Desk(AdminSite):
    """Where coordinators and webmasters work. One signs in to it, and out of it, by the pages of `accounts`."""

    site_header = site_title = "Crossinno"
    index_title = _("Editing desk")
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        return super().admin_view(without_nul(view), cacheable)

    def has_permission(self, request):
        """Whether this person may work here; a webmaster not before having set up a second factor."""
        return super().has_permission(request) and not request.user.lacks_second_factor

    def each_context(self, request):
        return super().each_context(request) | {"second_factor_waived": not settings.SECOND_FACTOR_REQUIRED}

    def index(self, request, extra_context=None):
        """The first page: what each of somebody's roles has to do, and below it everything they may open."""
        rights = rights_of(request.user)
        parts = {
            "writer": writer_desk(request) if rights.cities else None,
            "reviewer": reviewer_desk(request) if rights.themes else None,
            "webmaster": webmaster_desk(request) if rights.is_webmaster else None,
            "is_nobody": rights.is_nobody,
        }
        return super().index(request, parts | (extra_context or {}))

    def login(self, request, extra_context=None):
        """Leads to where one signs in, or sets up the second factor that is missing; checks no password itself."""
        target = request.GET.get(REDIRECT_FIELD_NAME, "")
        if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
            target = reverse("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(target)
        if self.has_permission(request):
            return redirect(target)
        if request.user.is_staff:
            return redirect("mfa_index")
        raise PermissionDenied

    def logout(self, request, extra_context=None):
        return logout(request)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def password_change_done(self, request, extra_context=None):
        return redirect("account")

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self.rank)
            if app["app_label"] == "taggit":
                app["name"] = _("Tags")
        return sorted(apps, key=lambda app: self.rank(app["models"][0]))

    @staticmethod
    def rank(model):
        """The place of a kind of thing on the desk."""
        name = model["object_name"]
        return ORDER.index(name) if name in ORDER else len(ORDER)
