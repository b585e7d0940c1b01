"""What the home page puts forward, for webmasters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from cities.admin.content import ContentAdmin
from practices.models import Feature


@admin.register(Feature)
class FeatureAdmin(ContentAdmin):
    """Which practice is put forward where, when and why."""

    borrowers = []
    list_display = ["practice", "place", "starts", "ends", "practice_state", "languages"]
    list_filter = ["place"]
    list_select_related = ["practice"]
    search_fields = ["practice__slug", "practice__translations__title__unaccent", "translations__reason__unaccent"]
    date_hierarchy = "starts"
    autocomplete_fields = ["practice"]
    fieldsets = [
        (
            None,
            {
                "fields": ["practice", "reason", ("place", "starts", "ends")],
                "description": _("Readers see it on these days, if the practice is published."),
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("practice__translations")

    def get_view_on_site_url(self, obj=None):
        return None

    @admin.display(description=_("state"), ordering="practice__state")
    def practice_state(self, feature):
        """Whether readers can see it at all."""
        return feature.practice.get_state_display()
