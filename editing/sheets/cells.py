"""What stands in the cells of a sheet, as text, whatever a spreadsheet program made of it."""

import datetime
import re
import unicodedata

from django.utils.translation import gettext as _

from practices.sheets import LONGEST

FORMULA = re.compile(r"'*\s*[=+\-@\t\r]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
CODED = re.compile("_x([0-9A-Fa-f]{4})_")
PIECES = re.compile(r"\\[\\|]|\||[^\\|]+|\\")
SPACES = re.compile(r"[^\S\n]+")

#: What stands in the place of a text that is longer than a cell can be; such a cell changes nothing.
TOO_LONG = "[longer than a cell can be: left as it is]"


class Wrong(Exception):
    """What is wrong with a cell, in a sentence for the person who filled it."""


def did_you_mean(name):
    """Asks whether a name is meant that is spelt nearly alike."""
    return _("Did you mean “%s”?") % name


def guarded(cell):
    """The cell, with an apostrophe before what a spreadsheet program would run; `unguarded` takes it off."""
    if not isinstance(cell, str):
        return cell
    text = FORBIDDEN.sub("", cell)
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text):
    """The text without the apostrophe that was put before what looks like a formula."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def fitting(cell):
    """The cell, or a note in its place if it is longer than a cell of a workbook can be."""
    return TOO_LONG if isinstance(cell, str) and len(cell) >= LONGEST else cell


def text_of(value):
    """What an uploaded cell holds as text; raises Wrong for a character that no page can show."""
    text = plain(value)
    text = tidy(unguarded(text.replace("\r\n", "\n").replace("\r", "\n")))
    if found := FORBIDDEN.search(text):
        raise Wrong(_("contains the character U+%04X, which no page can show.") % ord(found[0]))
    return text


def said(value):
    """What a cell of ours says, as it will be read when it comes back."""
    return tidy(FORBIDDEN.sub("", plain(value).replace("\r\n", "\n").replace("\r", "\n")))


def plain(value):
    """A value as text: 2012.0 is “2012”, a day is written 2012-05-01."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    return str(value)


def tidy(text):
    """The text without space around it, its letters written in one way (é as one character, not two)."""
    return unicodedata.normalize("NFC", text).strip("\ufeff").strip()


def decoded(text):
    """The text of a workbook with the characters that Excel writes as codes such as _x000D_."""
    return CODED.sub(lambda code: chr(int(code[1], 16)), text)


def word(text):
    """A name as it is compared: without regard to capitals, kinds of space and of hyphen."""
    return SPACES.sub(" ", text.replace("\u2011", "-").replace("\u2010", "-").casefold()).strip()


def listed(cell):
    """Several values of one cell: one to a line, or separated by semicolons, or else by commas."""
    mark = next((mark for mark in "\n;," if mark in cell), None)
    parts = cell.split(mark) if mark else [cell]
    return [SPACES.sub(" ", part).strip() for part in parts if part.strip(" ;")]


def joined(values):
    """Values as one cell, from which `listed` reads them again."""
    if any(";" in value for value in values) or (len(values) == 1 and "," in values[0]):
        return "\n".join([*values, ";"])
    return "; ".join(values)


def fields_of(line):
    """The parts of a line between upright strokes; “\\|” is a stroke that belongs to a part."""
    parts = [""]
    for piece in PIECES.findall(line):
        if piece == "|":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece in ("\\\\", "\\|") else piece
    return [part.strip() for part in parts]


def line_of(parts):
    """Parts as a line, from which `fields_of` reads them again; what is empty at the end is left out."""
    while parts and not parts[-1]:
        parts = parts[:-1]
    return " | ".join(part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
