"""Events, for editors."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cities.admin.city import CityAdmin
from cities.admin.content import (
    OVERRIDES,
    ContentAdmin,
    LanguageMissingFilter,
    NameFilter,
    NamesInline,
    SourceInline,
    theme_chip,
)
from cities.admin.indexed import Borrower
from cities.admin.rows import RowsInline
from events.indexing import index_events
from events.models import Event, EventDocument, EventSource, PracticeSeen, ProgrammeItem
from practices.admin.practice import PracticeAdmin
from practices.admin.richtext import rich
from practices.admin.vocabulary import ThemeAdmin


class ProgrammeInline(RowsInline):
    """What happened, point by point."""

    model = ProgrammeItem
    fields = ["text", "position"]


class PracticeSeenInline(NamesInline, RowsInline):
    """The practices that participants saw."""

    model = PracticeSeen
    fields = ["practice", "name", "position"]
    autocomplete_fields = ["practice"]


class DocumentInline(RowsInline):
    """What came out of the event."""

    model = EventDocument
    fields = ["title", "url", "position"]
    formfield_overrides = OVERRIDES


class EventSourceInline(SourceInline):
    model = EventSource


@admin.register(Event)
class EventAdmin(ContentAdmin):
    """Study visits, policy clinics and other meetings."""

    kind = "event"
    index = staticmethod(index_events)
    borrowers = []
    list_display = [
        "headline",
        "kind_name",
        "when",
        "host_city",
        "theme_name",
        "is_published",
        "languages",
        "source_count",
    ]
    list_filter = ["is_published", "kind", ("host_city", NameFilter), ("theme", NameFilter), LanguageMissingFilter]
    list_select_related = ["host_city", "theme"]
    ordering = Event._meta.ordering
    search_fields = ["slug", "translations__title__unaccent", "translations__summary__unaccent"]
    date_hierarchy = "starts"
    autocomplete_fields = ["theme", "host_city", "participating_cities"]
    readonly_fields = ["updated_at"]
    inlines = [ProgrammeInline, PracticeSeenInline, DocumentInline, EventSourceInline]
    fieldsets = [
        (_("Name"), {"fields": ["title", "slug", "kind", "theme"]}),
        (
            _("When and where"),
            {"fields": [("starts", "ends", "date_precision"), "date_note", "host_city", "participating_cities"]},
        ),
        (
            _("What happened"),
            {
                "fields": ["summary", "description", "outcomes"],
                "description": _("Write for someone who was not there and wonders what to take home from it."),
            },
        ),
        (_("Publication"), {"fields": ["is_published", "confidence", "updated_at"]}),
    ]

    def get_queryset(self, request):
        events = super().get_queryset(request).annotate(sources_in_all=Count("sources"))
        return events.prefetch_related("host_city__translations", "theme__translations")

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "description":
            kwargs |= rich(rows=8)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("title"), ordering="slug")
    def headline(self, event):
        """The title in the language of the editor, if it is written in it."""
        return str(event)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_name(self, event):
        """What kind of meeting it is."""
        return event.get_kind_display()

    @admin.display(description=_("first day"), ordering="starts")
    def when(self, event):
        """The date, no more exactly than it is known."""
        formats = {"year": "Y", "month": "YEAR_MONTH_FORMAT", "day": "SHORT_DATE_FORMAT"}
        return date_format(event.starts, formats[event.date_precision]) if event.starts else None

    @admin.display(description=_("theme"), ordering="theme__position")
    def theme_name(self, event):
        """The theme in its colour."""
        return theme_chip(event.theme)

    @admin.display(description=_("sources"), ordering="sources_in_all")
    def source_count(self, event):
        """On how many sources it rests."""
        return event.sources_in_all


CityAdmin.borrowers.append(
    Borrower(
        index_events,
        lambda cities: Event.objects.filter(Q(host_city__in=cities) | Q(participating_cities__in=cities)),
    )
)
ThemeAdmin.borrowers.append(Borrower(index_events, lambda themes: Event.objects.filter(theme__in=themes)))
PracticeAdmin.borrowers.append(
    Borrower(index_events, lambda practices: Event.objects.filter(practices_seen__practice__in=practices))
)
