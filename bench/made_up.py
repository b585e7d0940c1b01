"""Made-up practices for the benchmarks: always the same ones, with words and facets as uneven as real ones.

MODE=demo DATABASE_URL=... python bench/made_up.py 10000     fills the database, unless it is full already
"""

import itertools
import json
import os
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

SYLLABLES = [f"{a}{b}" for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il", "or", "us")]
WORDS = 20_000
TAGS = 400
READ = "SELECT (SELECT sum(length(data)) FROM search_posting), (SELECT sum(length(text)) FROM search_document)"


class Drawn:
    """Draws from a list as unevenly as words occur: the n-th is drawn about 1/n as often as the first (Zipf)."""

    def __init__(self, chance, values):
        self.chance, self.values = chance, values
        self.weights = list(itertools.accumulate(1 / (place + 1) for place in range(len(values))))

    def __call__(self, number):
        return self.chance.choices(self.values, cum_weights=self.weights, k=number)

    def different(self, number):
        """Up to this number of different ones, in a fixed order."""
        return sorted(set(self(number)))


def vocabulary(chance):
    """Words of two to four syllables, each once."""
    words = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _word in range(WORDS)}
    return chance.sample(sorted(words), len(words))


def records(number):
    """Practices as a content file describes them."""
    chance = random.Random(7)  # noqa: S311
    real = json.loads((ROOT / "fixtures" / "practices.json").read_text())
    words = Drawn(chance, vocabulary(chance))
    cities = Drawn(chance, sorted({practice["city"] for practice in real}))
    themes = Drawn(chance, sorted({practice["theme"] for practice in real}))
    creative = Drawn(chance, sorted({slug for practice in real for slug in practice.get("creative_sectors", ())}))
    growth = Drawn(chance, sorted({slug for practice in real for slug in practice.get("growth_sectors", ())}))
    tags = Drawn(chance, [f"{chance.choice(words.values)} {place}" for place in range(TAGS)])

    def text(length):
        return " ".join(words(length)).capitalize() + "."

    for place in range(number):
        yield {
            "slug": f"made-up-{place}",
            "title": f"{text(5)[:-1]} {place}",
            "city": cities(1)[0],
            "theme": themes(1)[0],
            "summary": text(25),
            "description": "\n\n".join(text(60) for _paragraph in range(chance.randint(1, 3))),
            "results": text(30),
            "creative_sectors": creative.different(chance.randint(0, 3)),
            "growth_sectors": growth.different(chance.randint(0, 2)),
            "tags": tags.different(chance.randint(1, 5)),
            "start_year": chance.randint(1990, 2014),
        }


def fill(number):
    """Loads the content of the site, and made-up practices if the real ones are fewer than the number.

    The tables are read once, so that they are in memory as on a server that has been running for a while.
    """
    django.setup()
    practices = django.apps.apps.get_model("practices", "Practice").objects
    call_command("migrate", verbosity=0)
    if practices.count() < number:
        load(number, practices)
    with django.db.connection.cursor() as cursor:
        cursor.execute(READ)


def load(number, practices):
    """Loads what is missing."""
    call_command("load_content", str(ROOT / "fixtures"), verbosity=0)
    missing = number - practices.count()
    if missing > 0:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "practices.jsonl"
            with file.open("w") as stream:
                stream.writelines(json.dumps(record) + "\n" for record in records(missing))
            call_command("load_content", practices=file, verbosity=0)
    with django.db.connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    fill(int(sys.argv[1]))
