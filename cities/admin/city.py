"""Cities, for editors."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cities.admin.content import OVERRIDES, ContentAdmin, LanguageMissingFilter, SourceInline
from cities.admin.rows import RowsInline
from cities.indexing import index_cities
from cities.models import City, CitySource, Partner


class CitySourceInline(SourceInline):
    model = CitySource


class PartnerInline(RowsInline):
    model = Partner
    fields = ["name", "role", "url", "position"]
    formfield_overrides = OVERRIDES


@admin.register(City)
class CityAdmin(ContentAdmin):
    """The partner cities."""

    kind = "city"
    index = staticmethod(index_cities)
    borrowers = []
    list_display = ["name", "local_name", "country", "editor_names", "languages"]
    list_display_links = ["name"]
    list_filter = [LanguageMissingFilter]
    search_fields = ["slug", "local_name", "other_names", "translations__name__unaccent"]
    autocomplete_fields = ["editors"]
    inlines = [PartnerInline, CitySourceInline]
    fieldsets = [
        (_("Name"), {"fields": ["name", "local_name", "other_names", "country", "slug"]}),
        (
            _("Profile"),
            {
                "fields": ["profile", "population_note", "note", "website"],
                "description": _("What a visitor from another city needs to know to understand the practices."),
            },
        ),
        (
            _("Place on the map"),
            {
                "fields": [("lat", "lon")],
                "description": _("In degrees with a decimal point: 54.687 and 25.280 for Vilnius."),
            },
        ),
        (_("Who keeps it up"), {"fields": ["editors"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("editors")

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "editors" in form.base_fields:
            chosen = City.editors.through.objects.filter(city=obj).values("user")
            people = form.base_fields["editors"].queryset
            form.base_fields["editors"].queryset = people.filter(Q(is_active=True) | Q(pk__in=chosen))
        return form

    @admin.display(description=_("name"), ordering="slug")
    def name(self, city):
        """The name in the language of the editor."""
        return str(city)

    @admin.display(description=_("editors"))
    def editor_names(self, city):
        """Who keeps the city up."""
        return ", ".join(str(editor) for editor in city.editors.all())
