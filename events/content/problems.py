"""What is wrong with content files, in sentences that name file, record and field."""

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
            self.lines.append(f"{', '.join(place)}: {what}")

    def __str__(self):
        more = self.count - len(self.lines)
        lines = [*self.lines, f"and {more:,} more"] if more else self.lines
        total = "1 problem" if self.count == 1 else f"{self.count:,} problems"
        return "\n".join([*lines, f"{total}; nothing was loaded."])


def near(word, known):
    """Which of the known words may have been meant."""
    words = nearest(str(word), frozenset(known)) if len(known) < 5000 else []
    return f"; did you mean {' or '.join(words)}?" if words else ""


@lru_cache(maxsize=1000)
def nearest(word, known):
    """The known words most like this one."""
    return get_close_matches(word.lower().replace(" ", "-"), sorted(known), 3, 0.6)


def field_names(record):
    """The names that the fields of a record have in a file."""
    return [field.alias or name for name, field in record.model_fields.items()]


def sentence_of(error, record):
    """One error of pydantic as a place and a sentence."""
    place = [f"{part + 1}" if isinstance(part, int) else part for part in error["loc"] if "[" not in str(part)]
    field, what = " ".join(place), error["msg"]
    if error["type"] == "missing":
        what = "is needed"
    elif error["type"] == "extra_forbidden":
        what = "is not a field of the format" + near(error["loc"][-1], field_names(record))
    elif error["type"] in ("enum", "literal_error"):
        choices = [word.strip(" '") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
        what = f"{str(error['input'])[:60]!r} is not one of {', '.join(choices)}{near(error['input'], choices)}"
    elif error["type"] == "value_error":
        what = str(error["ctx"]["error"])
        if not field and ": " in what:
            field, what = what.split(": ", 1)
    elif error["type"] == "string_pattern_mismatch":
        what = f"{error['input'][:60]!r} may hold only letters a to z, digits and hyphens"
    return field, what
