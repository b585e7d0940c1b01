"""People with the cities they edit, for webmasters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.admin import PersonAdmin
from accounts.models import User
from cities.admin.content import NameFilter, NamesInline
from cities.models import City

admin.site.unregister(User)


class EditedCityInline(NamesInline, admin.TabularInline):
    """The cities whose practices a person keeps up."""

    model = City.editors.through
    autocomplete_fields = ["city"]
    extra = 0
    verbose_name = _("city")
    verbose_name_plural = _("cities this person edits")


@admin.register(User)
class CityPersonAdmin(PersonAdmin):
    """People who sign in, and the cities they edit."""

    list_display = [*PersonAdmin.list_display[:4], "city_names", *PersonAdmin.list_display[4:]]
    list_filter = [*PersonAdmin.list_filter, ("cities", NameFilter)]
    inlines = [EditedCityInline]

    def get_inlines(self, request, obj):
        return self.inlines if self.may_give_rights(request, obj) else []

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("cities__translations")

    @admin.display(description=_("cities"))
    def city_names(self, person):
        """The cities this person edits."""
        return ", ".join(str(city) for city in person.cities.all())
