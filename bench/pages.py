"""Server time of each page, kept and not kept, in this process: Django's handler is called as gunicorn calls it.

MODE=demo DATABASE_URL=... python bench/pages.py [rounds]     prints {page: [median, 95th percentile]} in milliseconds
"""

import json
import os
import sys
import time
from pathlib import Path
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")

from crossinno.wsgi import application as kept  # noqa: E402  isort: skip
from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402

from bench.made_up import queries  # noqa: E402

ROUNDS = 20
# What the database alone takes for a list: the twelve newest practices and the counts of one facet.
RAW = """
SELECT id, slug FROM practices_practice WHERE state = 'published' ORDER BY published_at DESC, id DESC LIMIT 12;
SELECT theme_id, count(*) FROM practices_practice WHERE state = 'published' GROUP BY theme_id
"""


def addresses():
    """For each kind of page its addresses, as many as there are rounds at most."""
    practices = apps.get_model("practices", "Practice").objects.filter(state="published")
    event = apps.get_model("events", "Event").objects.filter(is_published=True).first()
    slugs = list(practices.order_by("pk").values_list("slug", flat=True)[:: max(1, practices.count() // 200)])
    theme, city = practices.values_list("theme__slug", "city__slug").first()
    last = -(-practices.count() // 12)
    words = queries(200)
    return {
        "home": ["/"],
        "list": ["/practices/"],
        "filtered list": [
            f"/practices/?theme={theme}",
            f"/practices/?city={city}",
            f"/practices/?theme={theme}&city={city}",
        ],
        "search": [f"/practices/?q={quote(text)}" for text in words],
        "filtered search": [f"/practices/?theme={theme}&q={quote(text)}" for text in words],
        "deep page": [f"/practices/?page={min(1000, last)}"],
        "practice": [f"/practices/{slug}/" for slug in slugs],
        "theme": [f"/themes/{theme}/"],
        "city": [f"/cities/{city}/"],
        "event": [f"/events/{event.slug}/"],
        "suggestions": [f"/suggestions/?q={quote(text[:4])}" for text in words],
        "API list": ["/api/v1/practices/", *(f"/api/v1/practices/?q={quote(text)}" for text in words[:20])],
    }


def ask(application, address):
    """Milliseconds until the answer is complete, and its status."""
    path, _mark, query = address.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip"}
    setup_testing_defaults(environ)
    answered = []
    begun = time.perf_counter()
    chunks = application(environ, lambda status, *_rest: answered.append(status))
    for _chunk in chunks:
        pass
    if hasattr(chunks, "close"):
        chunks.close()
    return (time.perf_counter() - begun) * 1000, int(answered[0][:3])


def raw(_address):
    """Milliseconds for the database alone."""
    with connection.cursor() as cursor:
        begun = time.perf_counter()
        for statement in RAW.split(";"):
            cursor.execute(statement)
            cursor.fetchall()
    return (time.perf_counter() - begun) * 1000, 200


def measured(ways, rounds):
    """Each way in turn, again and again, so that what else the machine does meets all alike."""
    times = {name: [] for name in ways}
    for turn in range(rounds + 2):
        for name, (act, choices) in ways.items():
            took, status = act(choices[turn % len(choices)])
            if status == 200 and turn >= 2:
                times[name].append(took)
    return {name: [percentile(found, 50), percentile(found, 95)] for name, found in times.items() if found}


def percentile(found, per_cent):
    """The value below which so many of a hundred lie."""
    return round(sorted(found)[min(len(found) - 1, len(found) * per_cent // 100)], 2)


def main(rounds=ROUNDS):
    """Prints what was measured as one line of JSON; `search` runs over all 200 queries."""
    pages = addresses()
    ways = {name: (lambda address: ask(kept.application, address), choices) for name, choices in pages.items()}
    ways |= {f"{name}, kept": (lambda address: ask(kept, address), choices[:1]) for name, choices in pages.items()}
    result = measured(ways | {"raw SQL of the list": (raw, [""])}, rounds)
    result["search"] = measured({"search": ways["search"]}, 200)["search"]
    print(json.dumps(result), file=sys.stderr)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
