"""Looks into a PDF: how many pages it has, or why it is not taken.

It runs as a program of its own, because a file that somebody made on purpose can eat any amount of time and memory:
this one may use little of both, and dies alone. It reads the file from its input and says what it found as JSON.
"""

import contextlib
import io
import json
import logging
import re
import resource
import sys

MOST_MEMORY = 768 * 1024 * 1024  # bytes
MOST_SECONDS = 15  # of work
DEEPEST = 50
# Keys of dictionaries and kinds of actions that do something or carry something, by what they are.
FORBIDDEN = {
    "/JS": "script",
    "/JavaScript": "script",
    "/Launch": "launch",
    "/ImportData": "launch",
    "/EF": "embedded",
    "/EmbeddedFile": "embedded",
    "/GoToE": "embedded",
    "/RichMedia": "embedded",
    "/XFA": "script",
}
# Also where only a forgiving reader would find it: outside of everything that the table of contents names.
HIDDEN = {re.compile(rb"/JavaScript\b"): "script", re.compile(rb"/Launch\b"): "launch"}


def inspected(content):
    """{"pages": number} or {"problem": why not}."""
    from pypdf import PdfReader  # after the limits are set

    if not content.startswith(b"%PDF-"):
        return {"problem": "other"}
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        return {"problem": "encrypted"}
    number = len(reader.pages)
    problem = hidden_in(content) or next(filter(None, map(forbidden_in, objects_of(reader))), None)
    if problem or not number:
        return {"problem": problem or "other"}
    return {"pages": number}


def hidden_in(content):
    """What the bytes themselves say that is forbidden."""
    return next((problem for pattern, problem in HIDDEN.items() if pattern.search(content)), None)


def objects_of(reader):
    """Every object that the file names, used by a page or not."""
    from pypdf.generic import IndirectObject

    yield reader.trailer
    numbers = {(number, generation) for generation, table in reader.xref.items() for number in table}
    for number, generation in sorted(numbers | {(number, 0) for number in reader.xref_objStm}):
        yield reader.get_object(IndirectObject(number, generation, reader))


def forbidden_in(thing, depth=0):
    """What is forbidden in this object; what it only refers to is looked at by itself."""
    if depth > DEEPEST:
        return "broken"
    if isinstance(thing, dict):
        kinds = {kind for key in ("/S", "/Type", "/Subtype") if isinstance(kind := thing.get(key), str)}
        if found := FORBIDDEN.keys() & (thing.keys() | kinds):
            return FORBIDDEN[min(found)]
        parts = [thing.raw_get(key) for key in thing]
    else:
        parts = list(thing) if isinstance(thing, list) else []
    return next(filter(None, (forbidden_in(part, depth + 1) for part in parts)), None)


def main():
    """Answers for the file on the input."""
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # where the system knows no such limit
            resource.setrlimit(kind, (most, most))
    logging.disable()
    try:
        answer = inspected(sys.stdin.buffer.read())
    except (MemoryError, RecursionError):
        answer = {"problem": "costly"}
    except Exception:  # a parser raises whatever it stumbles over
        answer = {"problem": "broken"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
