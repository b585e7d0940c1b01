"""Share cards: the pictures that social networks show beside a link to a practice.

The card of the site itself, `static/img/card.png`, is drawn by `manage.py draw_site_card` and kept in the repository.
"""

import hashlib
from functools import lru_cache
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cities.meta import plain
from practices.models import Practice

DAY = 24 * 3600
LOOK = "1"  # to be counted up when the drawing changes


class Card(NamedTuple):
    """All that a card shows."""

    slug: str
    colour: str
    kicker: str
    title: str

    @property
    def etag(self):
        """Changes when the card looks different."""
        return quote_etag(hashlib.sha256("\n".join((LOOK, *self)).encode()).hexdigest()[:24])


def card_of(practice):
    """The card of a practice, in the language of the page."""
    kicker = f"{plain(practice.city)} · {plain(practice.theme)}"
    return Card(practice.slug, practice.theme.colour, kicker, plain(practice.title))


@lru_cache(maxsize=64)
def card_png(card):
    """The picture; the last ones are kept, so that a link that spreads is drawn once."""
    from practices.drawing import practice_picture

    return practice_picture(*card)


@require_safe
@cache_control(public=True, max_age=DAY)
def practice_card(request, slug):
    """The share card of a published practice; nothing is drawn for one who already has it."""
    practices = Practice.objects.published().select_related("city", "theme")
    practices = practices.prefetch_related("translations", "city__translations", "theme__translations")
    card = card_of(get_object_or_404(practices, slug=slug))
    response = get_conditional_response(request, card.etag)
    if response is None:
        response = HttpResponse(card_png(card), content_type="image/png")
    response["ETag"] = card.etag
    return response
