"""The sitemap: every canonical address, in every language in which its content is written."""

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Paginator
from django.db.models import Max
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cities.meta import addresses_in
from cities.models import City
from events.models import Event
from practices.models import Practice, Theme

ENTRIES_IN_A_FILE = 5_000  # takes a second; search engines would read ten times as many
PAGES = [
    "home",
    "practices:list",
    "themes:list",
    "cities:list",
    "events:list",
    "about",
    "contact:contact",
    "accessibility",
    "privacy",
]


class PageSitemap(Sitemap):
    """Pages whose texts belong to the interface."""

    i18n = alternates = x_default = True
    limit = ENTRIES_IN_A_FILE

    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)

    def get_languages_for_item(self, item):
        return settings.INTERFACE_LANGUAGES


class RowPaginator(Paginator):
    """Reads only the rows of one file, and gives each in every language of its own."""

    def __init__(self, sitemap):
        super().__init__(sitemap.items(), sitemap.limit // len(settings.INTERFACE_LANGUAGES))
        self.sitemap = sitemap

    def page(self, number):
        page = super().page(number)
        page.object_list = [
            (row, code) for row in page.object_list for code in self.sitemap.get_languages_for_item(row)
        ]
        return page


class RowSitemap(PageSitemap):
    """Pages of translated rows."""

    fields = ("slug",)

    def __init__(self):
        self.addresses = {}

    @cached_property
    def paginator(self):
        return RowPaginator(self)

    def items(self):
        rows = self.rows().annotate(languages=ArrayAgg("translations__language_code"))
        return rows.order_by("pk").values_list(*self.fields, "languages", named=True)

    def location(self, item):
        key = (item.slug, get_language())
        if key not in self.addresses:
            self.addresses[key] = reverse(self.view, args=[item.slug])
        return self.addresses[key]

    def get_languages_for_item(self, item):
        return addresses_in(item.languages)


class DatedSitemap(RowSitemap):
    """Rows that know when they were last changed."""

    fields = ("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at

    def get_latest_lastmod(self):
        return self.rows().aggregate(latest=Max("updated_at"))["latest"]


class PracticeSitemap(DatedSitemap):
    """Published practices."""

    view = "practices:detail"
    rows = staticmethod(lambda: Practice.objects.published())


class EventSitemap(DatedSitemap):
    """Published events."""

    view = "events:detail"
    rows = staticmethod(lambda: Event.objects.published())


class CitySitemap(RowSitemap):
    """Partner cities."""

    view = "cities:detail"
    rows = staticmethod(lambda: City.objects.all())


class ThemeSitemap(RowSitemap):
    """Themes."""

    view = "themes:detail"
    rows = staticmethod(lambda: Theme.objects.all())


SITEMAPS = {
    "pages": PageSitemap,
    "themes": ThemeSitemap,
    "cities": CitySitemap,
    "events": EventSitemap,
    "practices": PracticeSitemap,
}


@require_safe
def sitemap(request):
    """Every address, or, when there are too many for one file, the list of the files."""
    sitemaps = {section: sitemap_class() for section, sitemap_class in SITEMAPS.items()}
    if any(part.paginator.num_pages > 1 for part in sitemaps.values()):
        return views.index(request, sitemaps, sitemap_url_name="sitemap-section")
    return views.sitemap(request, sitemaps)


@require_safe
def sitemap_section(request, section):
    """The addresses of one kind."""
    return views.sitemap(request, SITEMAPS, section)
