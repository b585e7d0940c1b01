"""What stands in the head of a page, made from what the page says about itself."""

import json
import locale
import textwrap
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cities.meta import SITE_NAME, Meta, addresses_in, canonical_path, origin, path_in, plain

DESCRIPTION_LENGTH = 200
HARMLESS = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}
LOCALES = {"en": "en_GB"}


@dataclass(frozen=True)
class Head:
    """The ready values of the tags."""

    title: str
    description: str
    kind: str
    canonical: str
    alternates: list[tuple[str, str]]
    image: str
    locale: str
    other_locales: list[str]
    noindex: bool
    data: str
    site_name: str = SITE_NAME


def head_of(request: HttpRequest | None, meta: Meta | None) -> Head:
    """The head of a page; for an error page and one that says nothing about itself, what holds for the whole site."""
    if meta is None or request is None:
        return site_head(request)
    path = canonical_path(meta.path or own_path(request, meta), meta.languages)
    alternates = alternates_of(request, meta)
    codes = addresses_in(meta.languages)
    return Head(
        title=plain(meta.full_title),
        description=shortened(meta.full_description),
        kind=meta.kind,
        canonical=origin(request) + path,
        alternates=alternates,
        image=request.build_absolute_uri(meta.image or static("img/card.png")),
        locale=locale_of(get_language()),
        other_locales=[locale_of(code) for code in codes if code != get_language()],
        noindex=meta.noindex,
        data=script_of(meta.data),
    )


def shortened(text: str) -> str:
    """The beginning of a text on one line, in whole words."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return textwrap.shorten(text, DESCRIPTION_LENGTH, placeholder="…")


def site_head(request: HttpRequest | None) -> Head:
    """The head of a page that says nothing about itself."""
    card = static("img/card.png")
    return Head(
        title=SITE_NAME,
        description=_("A knowledge base of good practices in cross innovation, shared by eleven European cities."),
        kind="website",
        canonical="",
        alternates=[],
        image=request.build_absolute_uri(card) if request else card,
        locale=locale_of(get_language()),
        other_locales=[],
        noindex=False,
        data="",
    )


def own_path(request: HttpRequest, meta: Meta) -> str:
    """The path of the request: a filtered list is a view of the whole list, a further page is one of its own."""
    if meta.page > 1 and set(request.GET) <= {"page"}:
        return f"{request.path}?page={meta.page}"
    return request.path


def alternates_of(request: HttpRequest, meta: Meta) -> list[tuple[str, str]]:
    """(language, address) of the page in each language in which its content is written, and the one by default."""
    codes = addresses_in(meta.languages)
    if meta.noindex or (meta.languages is not None and not set(codes) & set(meta.languages)):
        return []
    path = meta.path or own_path(request, meta)
    pages = [(code, origin(request) + path_in(path, code)) for code in codes]
    default = dict(pages).get(settings.LANGUAGE_CODE, pages[0][1])
    return [*pages, ("x-default", default)]


@lru_cache(maxsize=64)
def locale_of(code: str | None) -> str:
    """A language with its country, as Open Graph wants it: de_DE."""
    code = code or settings.LANGUAGE_CODE
    return LOCALES.get(code) or locale.normalize(code).split(".")[0]


def script_of(data: dict | list | None) -> str:
    """Linked data as text that can stand inside a script element whatever the content says."""
    if not data:
        return ""
    graph = data if isinstance(data, list) else [data]
    document = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(document, cls=DjangoJSONEncoder, ensure_ascii=False)
    for letter, harmless in HARMLESS.items():
        text = text.replace(letter, harmless)
    return text
