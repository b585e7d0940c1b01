"""The page on which somebody shares a preview of a case."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from editing import previews
from editing.rights import rights_of


class PreviewViews:
    """Lets those who write a case look at it as readers will, and show it to colleagues without an account."""

    def preview(self, request, pk):
        """The secret addresses of a case that work; makes one and ends one."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        if practice.is_published or not rights_of(request.user).may("preview", practice):
            raise PermissionDenied
        if request.method == "POST":
            if "end" in request.POST:
                ended = get_object_or_404(practice.previews, pk=request.POST["end"] or 0)
                previews.end(ended, request.user)
                self.message_user(request, _("The address does not work any more."))
            else:
                previews.share(practice, request.user)
                self.message_user(request, _("There is a new address: copy it, and send it to whom you like."))
            return redirect("admin:editing_previews", pk)
        shown = list(practice.previews.open().select_related("made_by"))
        for one in shown:
            one.address = request.build_absolute_uri(previews.address_of(one))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of “%s”") % practice,
            "opts": self.opts,
            "original": practice,
            "previews": shown,
            "days": previews.LASTS.days,
        }
        return TemplateResponse(request, "admin/editing/previews.html", context)
