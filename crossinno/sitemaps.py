"""The sitemap: every canonical address, in every language in which its content is written."""

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.sitemaps import Sitemap, views
from django.urls import reverse
from django.views.decorators.http import require_safe

from cities.meta import addresses_in
from cities.models import City
from events.models import Event
from practices.models import Practice, Theme

ENTRIES_ON_A_PAGE = 10_000
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
    limit = ENTRIES_ON_A_PAGE

    def items(self):
        return PAGES

    def location(self, item):
        return reverse(item)

    def get_languages_for_item(self, item):
        return settings.INTERFACE_LANGUAGES


class RowSitemap(PageSitemap):
    """Pages of translated rows; `fields` are the slug and, where it is known, the time of the last change."""

    fields = ("slug",)

    def items(self):
        rows = self.rows().annotate(languages=ArrayAgg("translations__language_code"))
        return rows.order_by("pk").values_list(*self.fields, "languages", named=True)

    def location(self, item):
        return reverse(self.view, args=[item.slug])

    def get_languages_for_item(self, item):
        return addresses_in(item.languages)


class DatedSitemap(RowSitemap):
    """Rows that know when they were last changed."""

    fields = ("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at


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
    entries = Practice.objects.published().count() * len(settings.INTERFACE_LANGUAGES)
    if entries > ENTRIES_ON_A_PAGE:
        return views.index(request, SITEMAPS, sitemap_url_name="sitemap-section")
    return views.sitemap(request, SITEMAPS)


@require_safe
def sitemap_section(request, section):
    """The addresses of one kind."""
    return views.sitemap(request, SITEMAPS, section)
