"""Moulds: templates that are rendered once for all pages, with holes for what differs from page to page.

Why: `docs/decisions/moulds.md`. A mould lives as long as the process, so it holds words of the interface alone; what
readers or editors wrote, and everything that changes, goes through a hole, where it is escaped as in any template.
"""

import re
from functools import lru_cache
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOULDS = 512  # of some hundred letters each; `kinds` have few values, so there are far fewer
HARMLESS = {SafeString, int}
HOLE = re.compile("\ue000([a-z_]+)\ue001")


class Mould:
    """The fixed text of a template, with its holes as `%` fills them."""

    __slots__ = ("text",)

    def __init__(self, template, holes, kinds):
        shape = render_to_string(template, {**dict(kinds), **{name: f"\ue000{name}\ue001" for name in holes}})
        self.text = HOLE.sub(r"%(\1)s", shape.strip().replace("%", "%%"))

    def cast(self, **values):
        """The text with these values, escaped unless they are safe."""
        return self.pour(**{name: ready(value) for name, value in values.items()})

    def pour(self, **values):
        """The text with values that need no escaping any more."""
        return SafeString(self.text % values)  # nosec B703 - whoever pours has escaped


def ready(value):
    """A value as it may stand in a page."""
    kind = type(value)
    if kind is str:
        return escape(value)
    return value if kind in HARMLESS else conditional_escape(value)


def joined(pieces, between="\n"):
    """Pieces of a page, one after the other; one that is not safe yet is escaped."""
    return SafeString(between.join(map(conditional_escape, pieces)))  # nosec B703


def mould(template, *holes, **kinds):
    """The mould of a template in the language of the page.

    `holes` are the variables that are just written; `kinds` are those by which the template decides how it looks.
    """
    return _mould(template, get_language(), holes, tuple(kinds.items()))


def _made(template, _language, holes, kinds):
    return Mould(template, holes, kinds)


_mould = _made if settings.DEBUG else lru_cache(MOULDS)(_made)


def cast(template, values, **kinds):
    """The template with these values in its holes."""
    return mould(template, *values, **kinds).cast(**values)
