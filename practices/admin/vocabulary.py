"""Themes and sectors, for webmasters."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cities.admin.content import ContentAdmin, LanguageMissingFilter, SourceInline, theme_chip
from cities.admin.indexed import Borrower
from practices.indexing import index_practices, index_themes
from practices.models import Practice, Sector, Theme, ThemeSource


class ThemeSourceInline(SourceInline):
    model = ThemeSource


@admin.register(Theme)
class ThemeAdmin(ContentAdmin):
    """The sub-themes of cross innovation."""

    kind = "theme"
    index = staticmethod(index_themes)
    borrowers = [
        Borrower(
            index_practices,
            lambda themes: Practice.objects.filter(Q(theme__in=themes) | Q(further_themes__in=themes)),
        )
    ]
    list_display = ["chip", "slug", "position", "practice_count", "languages"]
    list_filter = [LanguageMissingFilter]
    search_fields = ["slug", "translations__name__unaccent"]
    ordering = Theme._meta.ordering
    inlines = [ThemeSourceInline]
    fieldsets = [
        (_("Name"), {"fields": ["name", "one_line", "slug"]}),
        (_("Definition"), {"fields": ["definition", "definition_note", "examples"]}),
        (_("Look"), {"fields": ["colour", "position"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(practices_in_all=Count("practices"))

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    @admin.display(description=_("name"))
    def chip(self, theme):
        """The name in its colour."""
        return theme_chip(theme)

    @admin.display(description=_("practices"), ordering="practices_in_all")
    def practice_count(self, theme):
        """How many practices have it as their main theme."""
        return theme.practices_in_all


@admin.register(Sector)
class SectorAdmin(ContentAdmin):
    """The sectors that take part in practices."""

    borrowers = [
        Borrower(
            index_practices,
            lambda sectors: Practice.objects.filter(Q(creative_sectors__in=sectors) | Q(growth_sectors__in=sectors)),
        )
    ]
    list_display = ["name", "kind", "practice_count", "languages"]
    list_filter = ["kind", LanguageMissingFilter]
    search_fields = ["slug", "translations__name__unaccent"]
    ordering = Sector._meta.ordering
    fields = ["name", "kind", "slug"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .annotate(
                creative_uses=Count("creative_practices", distinct=True),
                growth_uses=Count("growth_practices", distinct=True),
            )
        )

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_view_on_site_url(self, obj=None):
        return None

    @admin.display(description=_("name"), ordering="slug")
    def name(self, sector):
        """The name in the language of the editor."""
        return str(sector)

    @admin.display(description=_("practices"))
    def practice_count(self, sector):
        """How many practices name it."""
        return sector.creative_uses + sector.growth_uses
