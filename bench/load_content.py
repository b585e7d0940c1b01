"""Loads a hundred thousand made-up practices into an empty database and tells seconds and memory.

MODE=demo SECRET_KEY=x VAR_DIR=/tmp/bench .venv/bin/python bench/load_content.py [how many]
"""

import json
import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossinno.settings")

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402


def records(number):
    """Made-up practices out of the sentences of the real ones: half of them minimal, half with texts and rows."""
    chance = random.Random(1)  # noqa: S311
    real = json.loads((ROOT / "fixtures" / "practices.json").read_text())
    sentences = [part for practice in real for part in practice["description"].split(". ") if len(part) > 40]
    texts = ("challenge", "description", "partners_role", "resources", "results", "lessons", "transferability")
    for count in range(number):
        pattern = chance.choice(real)
        practice = {
            "title": f"{chance.choice(real)['title'].split(' (')[0]} {count}",
            "city": chance.choice(real)["city"],
            "theme": chance.choice(real)["theme"],
            "summary": chance.choice(sentences)[:500] + ".",
        }
        if count % 2:
            practice |= {text: ". ".join(chance.sample(sentences, 3)) + "." for text in texts}
            practice |= {key: pattern[key] for key in ("creative_sectors", "growth_sectors")}
            practice |= {key: pattern[key] for key in ("organisations", "sources")}
            practice |= {"tags": chance.choice(real)["tags"], "start_year": chance.randint(1990, 2014)}
        yield practice


def timed(what, *arguments, **options):
    """Runs the command and tells how long it took and how much memory the process has taken so far."""
    start = time.monotonic()
    call_command("load_content", *arguments, **options)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}: {time.monotonic() - start:.0f} s, peak {peak:.0f} MB", flush=True)


def main(number=100_000):
    """Measures a first load, a second load that changes nothing, and the check of a broken file."""
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_content", str(ROOT / "fixtures"), verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "practices.jsonl"
        with file.open("w") as stream:
            stream.writelines(json.dumps(record) + "\n" for record in records(number))
        print(f"{number:,} practices, {file.stat().st_size / 1e6:.0f} MB")
        timed("first load", practices=file)
        timed("second load", practices=file)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
