"""Whom we asked whether a practice is still true, and what they answered, for webmasters."""

from django.contrib import admin

from editing.models import Enquiry
from editing.rights import rights_of


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """Questions by mail, the latest first; nobody changes what was asked and answered."""

    list_display = ["practice", "person", "number", "sent_at", "expires_at", "answer", "used_at"]
    list_filter = ["answer", "sent_at"]
    list_select_related = ["practice", "person"]
    list_display_links = None
    list_per_page = 50
    search_fields = ["practice__slug", "practice__translations__title__unaccent", "person__name", "person__email"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("practice__translations")

    def has_module_permission(self, request):
        return rights_of(request.user).is_webmaster

    def has_view_permission(self, request, obj=None):
        return rights_of(request.user).is_webmaster

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False
