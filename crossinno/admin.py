"""The admin site: what it is called, how one signs in to it, in which order it shows things."""

from functools import wraps

from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from accounts.forms import SignInForm

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
    """Where coordinators and webmasters work."""

    site_header = site_title = "Crossinno"
    index_title = _("Editing desk")
    login_form = SignInForm
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        return super().admin_view(without_nul(view), cacheable)

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
