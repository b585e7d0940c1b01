"""Reads content files record by record, however long they are, and says where a file is broken."""

import codecs
import json

CHUNK = 1024 * 1024
LONGEST = 16 * CHUNK


class BrokenFile(Exception):
    """The file cannot be read as content."""


def refuse_repeated(pairs):
    """An object as a dictionary; a name that comes twice is refused."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise BrokenFile(f"names {next(name for name in names if names.count(name) > 1)!r} twice in one object")
    return found


def refuse_constant(name):
    """JSON knows no NaN and no Infinity."""
    raise BrokenFile(f"holds {name}, which is not a number of JSON")


class Reader:
    """The text of a file, a piece at a time, and the place that has been reached in it."""

    def __init__(self, stream):
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.json = json.JSONDecoder(object_pairs_hook=refuse_repeated, parse_constant=refuse_constant)
        self.text, self.at, self.line, self.column, self.ended = "", 0, 1, 1, False

    def more(self):
        """Reads the next piece, and forgets what has been dealt with."""
        self.pass_over(self.at)
        piece = self.stream.read(CHUNK)
        self.ended = not piece
        try:
            self.text += self.decoder.decode(piece, final=self.ended)
        except UnicodeDecodeError as error:
            line = self.line + self.text.count("\n") + piece[: max(error.start, 0)].count(b"\n")
            raise BrokenFile(f"is not UTF-8: line {line} holds the byte 0x{error.object[error.start]:02x}") from None

    def pass_over(self, length):
        """Goes on by so many characters, counting lines."""
        passed, self.text, self.at = self.text[:length], self.text[length:], 0
        if lines := passed.count("\n"):
            self.line, self.column = self.line + lines, 1
            passed = passed[passed.rindex("\n") + 1 :]
        self.column += len(passed)

    def broken(self, what, at=None):
        """The error that something is wrong at this place."""
        self.pass_over(self.at if at is None else at)
        return BrokenFile(f"is broken at line {self.line}, column {self.column}: {what}")

    def peek(self):
        """The next character that is not space; nothing at the end of the file."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self.more()

    def value(self):
        """The next value of JSON."""
        self.peek()
        while True:
            try:
                value, end = self.json.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                cut_off = error.msg.startswith("Unterminated") or error.pos > len(self.text) - 16
                if cut_off and not self.ended and len(self.text) < LONGEST:
                    self.more()
                    continue
                raise self.broken(error.msg, error.pos) from None
            except (BrokenFile, ValueError) as error:
                raise self.broken(f"the record that begins here {error}") from None
            except RecursionError:
                raise self.broken("lists or objects inside one another without end") from None
            if end == len(self.text) and not self.ended:
                self.more()
                continue
            self.at = end
            return value


def read_records(path):
    """The records of a list in JSON, or of JSON Lines, one after the other."""
    with path.open("rb") as stream:
        reader = Reader(stream)
        first = reader.peek()
        if not first:
            raise BrokenFile("is empty")
        if first == "{":
            while reader.peek():
                yield reader.value()
            return
        if first != "[":
            raise reader.broken("expected a list of records")
        yield from listed(reader)


def listed(reader):
    """The members of a list."""
    reader.at += 1
    if reader.peek() == "]":
        reader.at += 1
    else:
        while True:
            yield reader.value()
            mark = reader.peek()
            if mark not in ("]", ","):
                raise reader.broken("expected a comma or the end of the list")
            reader.at += 1
            if mark == "]":
                break
    if reader.peek():
        raise reader.broken("something follows the end of the list")


def read_sectors(path):
    """The sectors of both kinds, each with its kind."""
    with path.open("rb") as stream:
        reader = Reader(stream)
        if reader.peek() != "{":
            raise reader.broken('expected an object: {"creative": […], "growth": […]}')
        sectors = reader.value()
        if reader.peek():
            raise reader.broken("something follows the end of the object")
    for kind, records in sectors.items():
        if kind not in ("creative", "growth") or not isinstance(records, list):
            raise BrokenFile(f"holds {kind!r}: expected the lists 'creative' and 'growth'")
        for record in records:
            if isinstance(record, dict) and "kind" in record:
                raise BrokenFile("gives a sector a kind: the list in which it stands does that")
            yield record | {"kind": kind} if isinstance(record, dict) else record
