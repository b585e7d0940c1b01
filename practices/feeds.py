"""The feed of new practices: of all, or of those that a list is narrowed to."""

import heapq
import uuid

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.meta import SITE_NAME, plain, shown_in
from practices.filters import PracticeFilter
from practices.models import Practice

LENGTH = 30
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "crossinno:practices")


class Atom(Atom1Feed):
    """Atom whose entries say in which language they are."""

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class PracticeFeed(Feed):
    """The practices published last, of those that the address of a list finds."""

    feed_type = Atom
    subtitle = gettext_lazy("How creative industries and other sectors work together in eleven European cities.")
    author_name = SITE_NAME

    def get_object(self, request):
        """What is looked for; nothing if the address does not say."""
        found = PracticeFilter(request.GET) if request.GET else None
        if found and found.errors:
            raise BadRequest("A filter was not understood.")
        return found

    def title(self, found):
        asked = said(found) if found else ""
        if not asked:
            return _("New good practices · Crossinno")
        return _("New good practices: %(search)s · Crossinno") % {"search": plain(asked)}

    def link(self, found):
        return with_search("practices:list", found)

    def feed_url(self, found):
        return with_search("practices:feed", found)

    def items(self, found):
        practices = Practice.objects.published().newest().select_related("city", "theme")
        if found:
            places = found.catalogue.facets.places
            practices = practices.filter(pk__in=heapq.nsmallest(LENGTH, found.keys[:], key=places.__getitem__))
        return practices.prefetch_related("translations", "city__translations", "theme__translations")[:LENGTH]

    def item_title(self, practice):
        return plain(practice.title)

    def item_description(self, practice):
        return escape(plain(practice.summary))

    def item_guid(self, practice):
        """Stays the same in every language and when the address changes."""
        return uuid.uuid5(NAMESPACE, f"{practice.pk} {practice.created_at.timestamp()}").urn

    def item_pubdate(self, practice):
        return practice.published_at

    def item_updateddate(self, practice):
        return practice.updated_at

    def item_categories(self, practice):
        return plain(practice.city), plain(practice.theme)

    def item_extra_kwargs(self, practice):
        return {"language": shown_in(practice)}


def said(found):
    """What is looked for, in the words of the page: “design”, Berlin, Ended."""
    words = [_("“%(words)s”") % {"words": found.text}] if found.text else []
    years = [found.years_chosen] if found.years_chosen else []
    return ", ".join([*words, *(str(chip.label) for chip in found.chips), *years])


def with_search(name, found):
    """An address with the search in it."""
    search = found.data.urlencode() if found else ""
    return f"{reverse(name)}?{search}" if search else reverse(name)
