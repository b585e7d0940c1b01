"""What is wrong with content files, in sentences that name file, record and field."""

import re
from difflib import get_close_matches
from functools import lru_cache

SHOWN = 50


class Problems:
    """Counts the problems and keeps the first of them."""

    def __init__(self):
        self.lines = []
        self.count = 0

    def add(self, file, what, number=None, name=None, field=None):
        """Notes a problem of a file, of one record of it, of one field of that."""
        place = [file]
        if number:
            place.append(f"record {number} ({name})" if name else f"record {number}")
        if field:
            place.append(field)
        self.count += 1
        if len(self.lines) < SHOWN:
            self.lines.append(printable(f"{', '.join(place)}: {what}"))

    def __str__(self):
        more = self.count - len(self.lines)
        lines = [*self.lines, f"and {more:,} more"] if more else self.lines
        total = "1 problem" if self.count == 1 else f"{self.count:,} problems"
        return "\n".join([*lines, f"{total}; nothing was loaded."])


def printable(text):
    """The text with a code in the place of what a terminal cannot show."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def near(word, known):
    """Which of the known words may have been meant."""
    words = nearest(str(word), frozenset(known)) if len(known) < 5000 else []
    return f"; did you mean {' or '.join(words)}?" if words else ""


@lru_cache(maxsize=1000)
def nearest(word, known):
    """The known words most like this one."""
    return get_close_matches(word.lower().replace(" ", "-"), sorted(known), 3, 0.7)


def field_names(record):
    """The names that the fields of a record have in a file."""
    return [field.alias or name for name, field in record.model_fields.items()]


WORDS = {
    "missing": "is needed",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "list_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "timezone_aware": "must have a time zone",
    "string_pattern_mismatch": "{input!r} may hold only letters a to z, digits and hyphens",
}


def sentence_of(error, record):
    """One error of pydantic as a place and a sentence."""
    place = [str(part + 1) if isinstance(part, int) else part for part in error["loc"]]
    given, context, what = str(error["input"])[:60], error.get("ctx", {}), error["msg"]
    if error["type"] in WORDS:
        what = WORDS[error["type"]].format(**context, input=given)
    elif error["type"] == "extra_forbidden":
        what = "is not a field of the format" + near(error["loc"][-1], field_names(record))
    elif error["type"] in ("enum", "literal_error"):
        choices = re.findall(r"'([^']*)'", context["expected"])
        what = f"{given!r} is not one of {', '.join(choices)}{near(given, choices)}"
    elif error["type"] == "value_error":
        what = str(context["error"])
        field, separator, rest = what.partition(": ")
        if separator and " " not in field:
            place, what = [*place, field], rest
    return " ".join(place), what
