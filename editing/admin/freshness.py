"""Whom we asked whether a practice is still true, and what they answered, for webmasters."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from editing.freshness import verify
from editing.models import Enquiry
from editing.rights import rights_of

STILL_TRUE = {
    "name": "verify",
    "label": _("Still true"),
    "explained": _("You have looked at all of it. Readers will see today as the day on which it was last verified."),
}


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """Questions by mail, the latest first; nobody changes what was asked and answered."""

    list_display = ["practice", "person", "number", "sent_at", "answer", "used_at"]
    list_filter = ["answer", "sent_at"]
    list_select_related = ["practice", "person"]
    list_display_links = None
    list_per_page = 50
    search_fields = ["practice__slug", "practice__translations__title__unaccent", "person__name", "person__email"]

    def get_urls(self):
        verified = path("verify/<int:pk>/", self.admin_site.admin_view(self.still_true), name="editing_verify")
        return [verified, *super().get_urls()]

    def still_true(self, request, pk):
        """Asks once more, and notes that a practice is still true."""
        practice = get_object_or_404(rights_of(request.user).visible().published(), pk=pk)
        if not rights_of(request.user).may("verify", practice):
            raise PermissionDenied
        if request.method == "POST":
            try:
                verify(practice, request.user)
                self.message_user(request, _("“%s” is verified today.") % practice)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            return redirect("admin:practices_practice_change", practice.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": STILL_TRUE["label"],
            "act": STILL_TRUE,
            "form": forms.Form(),
            "opts": practice._meta,
            "original": practice,
        }
        return TemplateResponse(request, "admin/editing/act.html", context)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("practice__translations")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": _("Whom we asked what is still true"), **(extra_context or {})}
        )

    def has_module_permission(self, request):
        return rights_of(request.user).is_webmaster

    def has_view_permission(self, request, obj=None):
        return rights_of(request.user).is_webmaster

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False
