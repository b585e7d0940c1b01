"""People with the themes they review, for webmasters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cities.admin.content import NamesInline
from cities.admin.people import CityPersonAdmin
from practices.models import Theme

admin.site.unregister(User)


class ReviewedThemeInline(NamesInline, admin.TabularInline):
    """The themes whose practices a person judges."""

    model = Theme.reviewers.through
    autocomplete_fields = ["theme"]
    extra = 0
    verbose_name = _("theme")
    verbose_name_plural = _("themes this person reviews")


@admin.register(User)
class ThemePersonAdmin(CityPersonAdmin):
    """People who sign in, the cities they edit and the themes they review."""

    list_display = [*CityPersonAdmin.list_display[:5], "theme_names", *CityPersonAdmin.list_display[5:]]
    inlines = [*CityPersonAdmin.inlines, ReviewedThemeInline]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("reviewed_themes__translations")

    @admin.display(description=_("themes"))
    def theme_names(self, person):
        """The themes this person reviews."""
        return ", ".join(str(theme) for theme in person.reviewed_themes.all())
