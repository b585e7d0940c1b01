"""The admin site: what it is called, how one signs in to it, in which order it shows things."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

from accounts.forms import SignInForm

#: What editors need most comes first.
ORDER = ["Practice", "Feature", "Theme", "Sector", "Event", "City", "Message", "Tag", "User", "Group"]


class Desk(AdminSite):
    """Where coordinators and webmasters work."""

    site_header = site_title = "Crossinno"
    index_title = _("Editing desk")
    login_form = SignInForm
    enable_nav_sidebar = False

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
