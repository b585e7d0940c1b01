"""What a page says about itself to search engines, social networks and other machines.

It lives here, below every app with pages, so that each view can say it; `crossinno/meta.py` turns it into tags.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

SITE_NAME = "Crossinno"
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True)
class Meta:
    """What one page says about itself."""

    title: str
    description: str
    path: str | None = None
    """The canonical path, in the language of the page, when it is not the one of the request."""
    image: str | None = None
    """The path of a picture of 1200 by 630 pixels; the card of the site when there is none."""
    kind: str = "website"
    """The type of Open Graph: website, article or profile."""
    languages: Sequence[str] | None = None
    """In which languages the content is written; None: in every language of the interface."""
    noindex: bool = False
    data: dict | list | None = None
    """Linked data of schema.org: one node or several."""
    page: int = 1
    """Which page of a list it is."""

    @property
    def full_title(self) -> str:
        """The title, with the number of the page when it is not the first."""
        if self.page == 1:
            return self.title
        return _("%(title)s, page %(page)d") % {"title": self.title, "page": self.page}

    @property
    def full_description(self) -> str:
        """The description on one line, with the number of the page when it is not the first."""
        text = plain(self.description)
        return text if self.page == 1 else _("Page %(page)d. %(text)s") % {"page": self.page, "text": text}


def plain(text: str) -> str:
    """The text on one line, without characters that HTML and XML do not allow."""
    return " ".join(UNPRINTABLE.sub("", str(text)).split())


def written_in(row) -> list[str]:
    """The languages in which a translated row is written, in the order in which pages fall back to them."""
    written = {text.language_code for text in row.translations.all()}
    return [code for code, _name in settings.LANGUAGES if code in written]


def shown_in(row) -> str:
    """The language of the texts that the page shows of a translated row."""
    written = written_in(row)
    current = get_language()
    return current if current in written or not written else written[0]


def text_of(row):
    """What a translated row says in the language of the page, else in another one."""
    language = shown_in(row)
    return next(text for text in row.translations.all() if text.language_code == language)


def addresses_in(languages: Iterable[str] | None) -> list[str]:
    """The interface languages in which content written in these languages has canonical addresses."""
    if languages is None:
        return list(settings.INTERFACE_LANGUAGES)
    written = set(languages)
    return [code for code in settings.INTERFACE_LANGUAGES if code in written] or [settings.LANGUAGE_CODE]


def canonical_path(path: str, languages: Iterable[str] | None) -> str:
    """The path itself when the content is written in the language of the page, else that of the page in which it is."""
    codes = addresses_in(languages)
    return path if get_language() in codes else path_in(path, codes[0])


def path_in(path: str, code: str) -> str:
    """The path of the same page in another interface language; only the beginning of a path says its language."""
    root = get_script_prefix()
    first, slash, rest = path.removeprefix(root).partition("/")
    prefixed = slash and first in settings.INTERFACE_LANGUAGES and first != settings.LANGUAGE_CODE
    page = rest if prefixed else path.removeprefix(root)
    return f"{root}{page}" if code == settings.LANGUAGE_CODE else f"{root}{code}/{page}"


def address_of(view: str, slug: str) -> str:
    """The path of a thing's page, in the language of the page; worked out once for each kind of thing."""
    return _pattern(view, get_language()).format(slug)


def path_of(view: str) -> str:
    """The path of a page of which there is one, in the language of the page; worked out once."""
    return _path(view, get_language())


@lru_cache(maxsize=128)
def _path(view: str, _language: str) -> str:
    return reverse(view)


@lru_cache(maxsize=128)
def _pattern(view: str, _language: str) -> str:
    before, _slug, after = reverse(view, args=["slug"]).rpartition("slug")
    return f"{before}{{}}{after}"


def origin(request) -> str:
    """Scheme and host as the reader asked for them: what stands before the path of a full address."""
    return f"{request.scheme}://{request.get_host()}"
