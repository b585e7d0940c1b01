"""Practices, for editors."""

from django.contrib import admin
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.widgets import LazySelectMultiple
from taggit.managers import TaggableManager

from cities.admin.city import CityAdmin
from cities.admin.content import OVERRIDES, ContentAdmin, LanguageMissingFilter, NameFilter, theme_chip
from cities.admin.fields import LongText
from cities.admin.indexed import Borrower
from practices.admin.fieldsets import FIELDSETS
from practices.admin.files import FilesAdmin
from practices.admin.filters import SourcesFilter, VerifiedFilter
from practices.admin.forms import PracticeForm
from practices.admin.parts import AttachmentInline, ImageInline, ParticipantInline, PracticeSourceInline
from practices.admin.richtext import rich
from practices.admin.tags import TagsField
from practices.indexing import index_practices
from practices.models import Practice, PracticeSource

ROWS = {"summary": 3, "challenge": 4, "description": 12, "project_link": 3}
COLUMNS = [
    "headline",
    "city",
    "theme_name",
    "state_name",
    "outcome_name",
    "confirmed",
    "languages",
    "source_count",
    "updated_at",
]


@admin.register(Practice)
class PracticeAdmin(FilesAdmin, ContentAdmin):
    """The good-practice cases."""

    kind = "practice"
    index = staticmethod(index_practices)
    borrowers = []
    form = PracticeForm
    formfield_overrides = {**OVERRIDES, TaggableManager: {"form_class": TagsField}}
    fieldsets = FIELDSETS
    inlines = [PracticeSourceInline, ParticipantInline, ImageInline, AttachmentInline]
    autocomplete_fields = [
        "city",
        "further_cities",
        "theme",
        "further_themes",
        "creative_sectors",
        "growth_sectors",
    ]
    readonly_fields = ["former_addresses", "published_at", "created_at", "updated_at"]
    list_display = COLUMNS
    list_filter = [
        "state",
        ("city", NameFilter),
        ("theme", NameFilter),
        "outcome",
        "evidence",
        "confirmed_by_project",
        SourcesFilter,
        LanguageMissingFilter,
        VerifiedFilter,
    ]
    list_select_related = ["city", "theme"]
    search_fields = ["slug", "translations__title__unaccent", "translations__summary__unaccent"]
    search_help_text = _("Words of the title, the summary or the address.")
    date_hierarchy = "published_at"

    def get_queryset(self, request):
        practices = super().get_queryset(request).prefetch_related("city__translations", "theme__translations")
        sources = PracticeSource.objects.filter(practice=OuterRef("pk")).order_by().values("practice")
        titles = self.model._parler_meta.root_model.objects.filter(master=OuterRef("pk"))
        own_language_first = Case(When(language_code=get_language(), then=0), default=1)
        return practices.annotate(
            sources_in_all=Coalesce(Subquery(sources.annotate(number=Count("pk")).values("number")), 0),
            title_to_sort_by=Subquery(titles.order_by(own_language_first, "language_code").values("title")[:1]),
        )

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_changeform_initial_data(self, request):
        return {"original_language": request.GET["language"], **super().get_changeform_initial_data(request)}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in Practice.Section.values:
            kwargs |= rich(ROWS.get(db_field.name, 6))
        elif db_field.name in ROWS:
            kwargs["widget"] = LongText(attrs={"rows": ROWS[db_field.name]})
        if db_field.name == "further_countries":
            kwargs["widget"] = LazySelectMultiple(attrs={"class": "choices"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("title"), ordering="title_to_sort_by")
    def headline(self, practice):
        """The title in the language of the editor, if it is written in it."""
        return str(practice)

    @admin.display(description=_("theme"), ordering="theme__position")
    def theme_name(self, practice):
        """The theme in its colour."""
        return theme_chip(practice.theme)

    @admin.display(description=_("state"), ordering="state")
    def state_name(self, practice):
        """Where it stands, told apart at a glance."""
        return format_html('<span class="chip state-{}">{}</span>', practice.state, practice.get_state_display())

    @admin.display(description=_("outcome"), ordering="outcome")
    def outcome_name(self, practice):
        """What became of it."""
        return practice.get_outcome_display()

    @admin.display(description=_("confirmed"), ordering="confirmed_by_project")
    def confirmed(self, practice):
        """Whether the original project named it as a good practice."""
        return _("Yes") if practice.confirmed_by_project else "–"

    @admin.display(description=_("sources"), ordering="sources_in_all")
    def source_count(self, practice):
        """On how many sources it rests."""
        return practice.sources_in_all

    @admin.display(description=_("former addresses"))
    def former_addresses(self, practice):
        """Where it used to be; readers who come there are led here."""
        return ", ".join(former.slug for former in practice.former_slugs.all()) or "–"


CityAdmin.borrowers.append(
    Borrower(
        index_practices,
        lambda cities: Practice.objects.filter(Q(city__in=cities) | Q(further_cities__in=cities)),
    )
)
