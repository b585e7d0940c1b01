"""Server time of each page, kept and not kept, in this process: Django's handler is called as gunicorn calls it.

MODE=demo DATABASE_URL=... python bench/pages.py [rounds]     prints the addresses, and four times for each page

The times are median and 95th percentile by the clock, then medians of processor time, of this process and of the one of
PostgreSQL that serves it, all in milliseconds. Other work on the machine disturbs processor time less.
"""

import json
import os
import random
import re
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, unquote
from wsgiref.util import setup_testing_defaults

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")

from crossinno.wsgi import application as kept  # noqa: E402  isort: skip
from django.apps import apps  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402

from bench import raw  # noqa: E402
from crossinno.warm import share, warm  # noqa: E402

ROUNDS, RAW_ROUNDS = 200, 20
MIXED = "mixed lists, filters, searches"


def addresses():
    """For each kind of page its addresses, each for the first time if there are as many as rounds."""
    practices = apps.get_model("practices", "Practice").objects.filter(state="published")
    event = apps.get_model("events", "Event").objects.filter(is_published=True).first()
    slugs = list(practices.order_by("pk").values_list("slug", flat=True)[:: max(1, practices.count() // 200)])
    theme, city = practices.values_list("theme__slug", "city__slug").first()
    last, words, narrowed = -(-practices.count() // 12), searches(practices), list(islice(choices(practices), 200))
    pages = {
        "home": ["/"],
        "list": ["/practices/"],
        "filtered list": [f"/practices/?{choice}" for choice in narrowed],
        "search": [f"/practices/?q={quote(text)}" for text in words],
        "filtered search": [f"/practices/?theme={theme}&q={quote(text)}" for text in words],
        "deep page": [f"/practices/?page={min(1000, last)}"],
        "practice": [f"/practices/{slug}/" for slug in slugs],
        "theme": [f"/themes/{theme}/"],
        "city": [f"/cities/{city}/"],
        "event": [f"/events/{event.slug}/"],
        "table": ["/practices/?view=table"],
        "map": ["/practices/?view=map"],
        "suggestions": [f"/suggestions/?q={quote(text[:4])}" for text in words],
        "API list": ["/api/v1/practices/", *(f"/api/v1/practices/?q={quote(text)}" for text in words[:20])],
    }
    mixed = zip(
        *(cycle(pages[name]) for name in ("filtered list", "search", "filtered search", "deep page")), strict=False
    )
    return pages | {MIXED: [address for some in islice(mixed, 50) for address in some]}


def searches(practices):
    """Two hundred searches of one to three words, drawn from the practices as often as they occur; always the same."""
    chance, found = random.Random(7), []  # noqa: S311
    texts = list(practices.order_by("pk").values_list("translations__summary", flat=True))
    for place in range(200):
        words = [word for word in re.findall(r"\w+", chance.choice(texts)) if len(word) > 3]
        found.append(" ".join(chance.sample(words, min(place % 3 + 1, len(words)))))
    return found


def choices(practices):
    """Query strings of one to three facets that some practice has, always the same ones."""
    chance = random.Random(7)  # noqa: S311
    facets = {"theme": "theme__slug", "city": "city__slug", "growth": "growth_sectors__slug", "tag": "tags__slug"}
    known = {name: sorted(set(practices.values_list(path, flat=True)) - {None}) for name, path in facets.items()}
    while True:
        names = chance.sample(sorted(facets), chance.randint(1, 3))
        yield "&".join(f"{name}={quote(chance.choice(known[name]))}" for name in names)


def ask(application, address):
    """Asks for a page until its answer is complete; its status."""
    path, _mark, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip, br"}
    setup_testing_defaults(environ)
    answered = []
    chunks = application(environ, lambda status, *_rest: answered.append(status))
    for _chunk in chunks:
        pass
    if hasattr(chunks, "close"):
        chunks.close()
    return int(answered[0][:3])


def database_process():
    """The process of PostgreSQL that serves this one; None if it runs elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return process if process.exists() else None


def timed(act, choice, database):
    """How long an act took: by the clock, and in processor time here and in the database, in milliseconds."""
    there = int(database.read_text().split()[0]) if database else 0
    here, begun = time.process_time(), time.perf_counter()
    status = act(choice)
    took, worked = time.perf_counter() - begun, time.process_time() - here
    there = int(database.read_text().split()[0]) - there if database else 0
    return (took * 1000, worked * 1000, there / 1e6) if status in (None, 200) else None


def measured(ways, rounds):
    """Each way in turn, again and again, so that what else the machine does meets all alike."""
    times, database = {name: [] for name in ways}, database_process()
    for turn in range(-2, rounds):
        for name, (act, values) in ways.items():
            found = timed(act, values[turn % len(values)], database)
            if found and turn >= 0:
                times[name].append(found)
    return {name: figures(found) for name, found in times.items() if found}


def figures(found):
    """Median and 95th percentile by the clock, medians of processor time."""
    clock, here, there = (sorted(column) for column in zip(*found, strict=True))
    middle, late = len(clock) // 2, min(len(clock) - 1, len(clock) * 95 // 100)
    return [round(value, 2) for value in (clock[middle], clock[late], here[middle], there[middle])]


def main(rounds=ROUNDS):
    """Prints what was measured as one line of JSON."""
    warm(kept)
    pages = addresses()
    theme, words = pages["theme"][0].split("/")[2], [unquote(page.partition("=")[2]) for page in pages["search"]]
    anew = WSGIHandler()
    ways = {name: (lambda address: ask(anew, address), values) for name, values in pages.items()}
    ways |= {f"{name}, kept": (lambda address: ask(kept, address), values[:1]) for name, values in pages.items()}
    alone = {
        "list, raw": (lambda _none: raw.ask("list"), [""]),
        "filtered list, raw": (lambda _none: raw.ask("filtered list", theme=theme), [""]),
        "search, raw": (lambda text: raw.ask("search", words=text), words),
    }
    share()  # as before there are workers
    times = measured(ways, rounds) | measured(alone, RAW_ROUNDS)
    print(json.dumps({"addresses": pages, "times": times}), file=sys.stderr)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
