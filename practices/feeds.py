"""The feed of new practices."""

import uuid

from django.contrib.syndication.views import Feed
from django.urls import reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cities.meta import SITE_NAME, plain, shown_in
from practices.models import Practice

LENGTH = 30
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "crossinno:practices")


class Atom(Atom1Feed):
    """Atom whose entries say in which language they are."""

    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class PracticeFeed(Feed):
    """The practices published last."""

    feed_type = Atom
    title = _("New good practices · Crossinno")
    subtitle = _("How creative industries and other sectors work together in eleven European cities.")
    author_name = SITE_NAME
    link = reverse_lazy("practices:list")

    def items(self):
        practices = Practice.objects.published().newest().select_related("city", "theme")
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
