"""The kinds of columns of a sheet: how a value is written into a cell, and read out of one."""

import datetime
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db.models import CharField, TextField, URLField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.sheets.cells import Wrong, joined, listed, word
from practices.models import Practice
from practices.richtext import MOST_CHARACTERS, clean

TEXTS = Practice._parler_meta.root_model
SERIAL = datetime.date(1899, 12, 30)  # the day from which spreadsheet programs count
FIRST_YEAR, LAST_YEAR = 1800, 2100
is_web_address = URLValidator(schemes=["http", "https"])


def checked(field, value):
    """The value, if the field of the model takes it; raises Wrong with the sentence of the form otherwise."""
    if value in ("", None):
        return value
    if isinstance(field, CharField) and "\n" in value:
        raise Wrong(_("must be one line, without line breaks."))
    try:
        if isinstance(field, URLField):
            is_web_address(value)
        if isinstance(field, TextField) and field.max_length:
            MaxLengthValidator(field.max_length)(value)
        field.run_validators(value)
    except ValidationError as refused:
        raise Wrong(" ".join(refused.messages)) from None
    return value


class Column:
    """A column, named by its key: a fact of the practice in one line."""

    of_texts = False
    decided_by = ""

    def __init__(self, key, field="", needed=False, explained=""):
        self.key, self.field, self.needed = key, field or key, needed
        self._explained = explained

    @property
    def model_field(self):
        """The field of the practice that the column holds."""
        return Practice._meta.get_field(self.field)

    def explained(self):
        """What goes into the column, in a sentence or two."""
        return str(self._explained or self.model_field.help_text or capfirst(self.model_field.verbose_name))

    def form(self):
        """How its cells are written."""
        if isinstance(self.model_field, URLField):
            return _("A web address, with https:// or http:// at its beginning.")
        return _("One line.")

    def choices(self, names):
        """The words that its cells take, if they take only some."""
        return []

    def value(self, content, language):
        return content.get(self.field)

    def put(self, content, language, value):
        content[self.field] = value

    def told(self, content, language):
        """The cell that says what the content says."""
        value = self.value(content, language)
        return "" if value is None else self.cell(value)

    def cell(self, value):
        return value

    def read(self, cell, names):
        """The value that a cell means; raises Wrong if it means none."""
        return checked(self.model_field, cell)


class Text(Column):
    """A text of the practice in the language of the row."""

    of_texts = True

    @property
    def model_field(self):
        return TEXTS._meta.get_field(self.field)

    def form(self):
        limit = self.model_field.max_length
        if self.model_field.get_internal_type() == "CharField":
            return _("One line, at most %d characters.") % limit
        return (
            _("Text, at most %d characters.") % limit if limit else _("Text; leave an empty line between paragraphs.")
        )

    def value(self, content, language):
        return content["texts"].get(language, {}).get(self.field)

    def put(self, content, language, value):
        content["texts"].setdefault(language, {})[self.field] = value


class RichText(Text):
    """A section of the case, which may have lists, emphasis and links; whatever else stands in it is taken out."""

    def form(self):
        return _("Text with an empty line between paragraphs; HTML for lists, emphasis and links.")

    def read(self, cell, names):
        if len(cell) > MOST_CHARACTERS:
            raise Wrong(_("has more than %d characters.") % MOST_CHARACTERS)
        return clean(super().read(cell, names))


class Number(Column):
    """A number, whole or with a point or a comma."""

    def form(self):
        return _("A number, such as 52.48.")

    def read(self, cell, names):
        if not cell:
            return None
        try:
            number = float(cell.replace(",", ".", 1).replace("\u2212", "-"))
        except ValueError:
            raise Wrong(_("must be a number, not “%s”.") % cell[:60]) from None
        if number != number:
            raise Wrong(_("must be a number, not “%s”.") % cell[:60])
        return checked(self.model_field, number)


class Year(Number):
    """A year, also if a spreadsheet program made a number with decimals or a date of it."""

    def form(self):
        return _("A year from %(first)d to %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}

    def read(self, cell, names):
        if not cell:
            return None
        if date := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
            return checked(self.model_field, year_of(datetime.date(*map(int, date.groups()))))
        if not re.fullmatch(r"\d{1,5}([.,]0*)?", cell):
            raise Wrong(_("must be a year such as 2012, not “%s”.") % cell[:60])
        return checked(self.model_field, int(re.split("[.,]", cell)[0]))


def year_of(date):
    """The year of a date; 2012 itself, if the number 2012 was shown as a date, which is a day of 1905."""
    serial = (date - SERIAL).days
    return serial if FIRST_YEAR <= serial <= LAST_YEAR else date.year


class Yes(Column):
    """Yes or no."""

    WORDS = {"yes": True, "true": True, "1": True, "x": True, "no": False, "false": False, "0": False, "": False}

    def form(self):
        return _("yes or no")

    def choices(self, names):
        return ["yes", "no"]

    def cell(self, value):
        return "yes" if value else "no"

    def read(self, cell, names):
        if word(cell) in self.WORDS:
            return self.WORDS[word(cell)]
        raise Wrong(_("must be yes or no, not “%s”.") % cell[:60])


class OneOf(Column):
    """One of some words: a choice of the model, a language, a city, a theme."""

    def __init__(self, key, names_of, emptied=None, **more):
        super().__init__(key, **more)
        self.names_of, self.emptied = names_of, emptied

    def form(self):
        return _("One of the allowed values.")

    def choices(self, names):
        return names.slugs(self.names_of)

    def read(self, cell, names):
        return names.slug(self.names_of, cell) if cell else self.emptied


class Several(Column):
    """Several of some words."""

    def __init__(self, key, names_of, **more):
        super().__init__(key, **more)
        self.names_of = names_of

    def form(self):
        return _("Any number of the allowed values, with semicolons between.")

    def choices(self, names):
        return names.slugs(self.names_of)

    def cell(self, value):
        return joined(value)

    def read(self, cell, names):
        return sorted({names.slug(self.names_of, name) for name in listed(cell)})


class Sections(Several):
    """Sections of the case, in the order of the template."""

    def read(self, cell, names):
        named = super().read(cell, names)
        return [section for section in Practice.Section.values if section in named]


class Countries(Several):
    """Countries by their codes or English names."""

    def form(self):
        return _("Codes of two letters (ISO 3166), with semicolons between: AT; FI.")

    def choices(self, names):
        return []

    def cell(self, value):
        return joined([code for code in value.split(",") if code])

    def read(self, cell, names):
        return ",".join(super().read(cell, names))


class Tags(Column):
    """Words that readers look for; one that is in use already keeps its spelling."""

    def form(self):
        return _("Words with semicolons between.")

    def cell(self, value):
        return joined(value)

    def read(self, cell, names):
        tags = listed(cell)
        for tag in tags:
            if len(tag) > names.longest_tag:
                raise Wrong(_("A tag has at most %(limit)s characters.") % {"limit": names.longest_tag})
        return sorted({names.tags.setdefault(tag.lower(), tag) for tag in tags})


class Decided(Column):
    """What others decide: it is written out, and whatever comes in is left aside."""

    def __init__(self, key, decided_by, **more):
        super().__init__(key, **more)
        self.decided_by = decided_by

    def form(self):
        return _("For reading only: %s") % self.decided_by


class Standing(Decided):
    """The state of the practice, or of its working copy."""

    def told(self, content, language):
        return f"working copy: {content['state']}" if content.get("of_copy") else content["state"]
