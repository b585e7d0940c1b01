"""What differs between two versions of a case: field by field, and in texts word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cities.rows import bare
from practices.catalogue import catalogue
from practices.models import Attachment, Image, Participant, Practice, PracticeSource

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
OWNERS = {"sources": PracticeSource, "participants": Participant, "images": Image, "attachments": Attachment}
#: What a case says by slugs, and where the catalogue keeps their names.
NAMED_BY = {"city": "city", "further_cities": "city", "theme": "theme", "further_themes": "theme"}
NAMED_BY |= {"creative_sectors": "creative", "growth_sectors": "growth"}
SHORT = 3  # letters; so little between two changes is read as part of one change


@dataclass(frozen=True)
class Change:
    """One field that differs: how it is called, in which language it is written, and what it said and says."""

    field: str
    language: str
    old: str
    new: str

    @property
    def label(self):
        """The name of the field as editors know it, with the language if it is a text."""
        return label_in(self.field, self.language)

    @cached_property
    def pieces(self):
        """The text in pieces: what stayed ("same"), what went ("del") and what came ("ins"), whole words each."""
        return words_changed(self.old, self.new)


def label_of(field):
    """The name of a field of a practice, as editors know it."""
    model = Practice
    if field in Practice._parler_meta.get_translated_fields():
        model = Practice._parler_meta.root_model
    known = model._meta.get_field(field)
    name = getattr(known, "verbose_name", None) or known.related_model._meta.verbose_name_plural
    return capfirst(str(name))


def label_in(field, language):
    """The name of a field as editors know it, with the language if it is a text."""
    name = label_of(field)
    return f"{name} ({_(str(dict(settings.LANGUAGES).get(language, language)))})" if language else name


def changes(old, new):
    """The fields that differ between two contents, texts first, in the order of the case template."""
    old, new = bare(old), bare(new)
    texts_old, texts_new = old.get("texts", {}), new.get("texts", {})
    order = Practice._parler_meta.get_translated_fields()
    found = []
    for language in sorted(texts_old.keys() | texts_new.keys()):
        before, after = texts_old.get(language, {}), texts_new.get(language, {})
        found += [
            Change(field, language, before.get(field, ""), after.get(field, ""))
            for field in order
            if before.get(field, "") != after.get(field, "")
        ]
    for field in [*new, *(name for name in old if name not in new)]:
        if field != "texts" and old.get(field) != new.get(field):
            found.append(Change(field, "", said(field, old.get(field)), said(field, new.get(field))))
    return found


def said(field, value):
    """A value as editors read it: choices by their names, lists and rows one to a line."""
    if value is None or value == "":
        return ""
    if value is True:
        return _("Yes")
    if field in NAMED_BY:
        names = catalogue().labels(NAMED_BY[field])
        return "\n".join(names.get(slug, slug) for slug in (value if isinstance(value, list) else [value]))
    if isinstance(value, list):
        return "\n".join(_row(field, row) if isinstance(row, dict) else _choice(field, row) for row in value)
    return _choice(field, value)


def _choice(field, value):
    known = Practice._meta.get_field(field) if field not in OWNERS else None
    choices = dict(getattr(getattr(known, "base_field", known), "flatchoices", None) or ())
    return str(choices.get(value, value))


def _row(field, row):
    """A source, a participant, a picture or a file in one line; its parts in the same order, however it was kept."""
    parts = []
    owner = OWNERS.get(field)
    order = [known.name for known in owner._meta.concrete_fields] if owner else []
    for name, value in sorted(row.items(), key=lambda part: order.index(part[0]) if part[0] in order else len(order)):
        if name == "texts":
            parts += [text for texts in value.values() for text in texts.values() if text]
        elif name not in {"width", "height"} and value not in (None, "", [], {}):
            choices = dict(owner._meta.get_field(name).flatchoices or ()) if owner else {}
            parts.append(str(choices.get(value, value) if isinstance(value, str) else value))
    return " · ".join(parts)


def words_changed(old, new):
    """Pairs of what became of it ("same", "del", "ins") and the words; the pieces but "ins" are the old text again."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pieces, gone, come = [], "", ""
    for number, (what, start, end, first, last) in enumerate(steps, 1):
        went, came = "".join(before[start:end]), "".join(after[first:last])
        if what == "equal" and (number in (1, len(steps)) or len(went.strip()) > SHORT):
            pieces += [("del", gone), ("ins", come), ("same", went)]
            gone = come = ""
        else:
            gone, come = gone + went, come + came
    pieces += [("del", gone), ("ins", come)]
    return [(what, text) for what, text in pieces if text]
