"""Loads content files into the database."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from events.content.checking import Checker
from events.content.files import BrokenFile
from events.content.kinds import KINDS, index_around
from events.content.loading import CannotLoad, Loader
from events.content.problems import Problems
from events.content.titles import Titles

NAMED = 20


class Command(BaseCommand):
    help = "Loads content files: cities, themes, sectors, practices, events, features. See docs/content-format.md."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, help="a folder with cities.json, practices.json and so on")
        parser.add_argument("--practices", type=Path, metavar="FILE", help="a file of practices in JSON or JSON Lines")
        parser.add_argument("--dry-run", action="store_true", help="says what would change, and changes nothing")
        parser.add_argument("--overwrite", action="store_true", help="overwrites what was edited since the last load")

    def handle(self, path=None, practices=None, dry_run=False, overwrite=False, verbosity=1, **options):
        progress = Progress(self.stderr if verbosity else None)
        files = self.files(path, practices)
        problems, titles = Problems(), Titles()
        try:
            with translation.override("en"), transaction.atomic():
                alone()
                checker = Checker(problems, titles, progress)
                keys = {kind.name: checker.check(kind, file) for kind, file in files}
                progress.end()
                if problems.count:
                    raise CommandError(f"\n{problems}")
                loader = Loader(titles, progress, overwrite)
                for kind, file in files:
                    loader.load(kind, file, keys[kind.name])
                index_around(loader.changed)
                progress.end()
                transaction.set_rollback(dry_run)
        except (CannotLoad, BrokenFile) as error:
            raise CommandError(f"{error}; nothing was loaded.") from None
        except DatabaseError as error:
            raise CommandError(f"The database refused it; nothing was loaded. {str(error).splitlines()[0]}") from None
        self.tell(loader.results, dry_run)

    def files(self, path, practices):
        """Which file to load for which kind, in the order in which they rest on one another."""
        if not path and not practices:
            raise CommandError("Give a folder of content files, or --practices FILE, or both.")
        if path and not path.is_dir():
            what = "is a file; name the folder it lies in, or use --practices" if path.exists() else "does not exist"
            raise CommandError(f"{path} {what}.")
        if practices and not practices.is_file():
            raise CommandError(f"{practices} {'is not a file' if practices.exists() else 'does not exist'}.")
        files = {kind: path / kind.file for kind in KINDS if path and (path / kind.file).exists()}
        if path:
            known = {kind.file for kind in KINDS}
            skipped = [file.name for file in sorted(path.glob("*.json*")) if file.name not in known]
            if skipped:
                self.stdout.write(f"Skipped, as not of this format: {', '.join(skipped)}.")
        if practices:
            files |= {kind: practices for kind in KINDS if kind.name == "practices"}
        if not files:
            raise CommandError(f"{path} holds none of {', '.join(kind.file for kind in KINDS)}.")
        return [(kind, files[kind]) for kind in KINDS if kind in files]

    def tell(self, results, dry_run):
        """Says what was done, or would be."""
        self.stdout.write(f"{'':12}{'added':>9}{'changed':>9}{'unchanged':>11}{'kept':>7}")
        for name, result in results.items():
            counts = f"{len(result.added):>9,}{len(result.changed):>9,}{result.unchanged:>11,}{len(result.kept):>7,}"
            self.stdout.write(f"{name:12}{counts}")
        for name, result in results.items():
            self.name(f"{name} added", result.added if dry_run else [])
            self.name(f"{name} changed", result.changed)
            self.name(f"{name} kept as they are (--overwrite loads them all the same)", result.kept)
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")

    def name(self, what, names):
        """Lists the first of the names."""
        if names:
            more = [f"and {len(names) - NAMED:,} more"] if len(names) > NAMED else []
            self.stdout.write("\n  ".join([f"{what}:", *names[:NAMED], *more]))


def alone():
    """Waits until no other load is under way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('load_content'))")


class Progress:
    """Tells how far the load has come: on a terminal in one line, elsewhere now and then in a new one."""

    def __init__(self, stream):
        self.stream = stream
        self.live = bool(stream) and sys.stderr.isatty()
        self.every = 0.2 if self.live else 5
        self.next = time.monotonic() + self.every

    def __call__(self, what, done, total=None):
        if self.stream and time.monotonic() >= self.next:
            self.next = time.monotonic() + self.every
            line = f"{what}: {done:,} of {total:,}" if total else f"{what}: {done:,}"
            self.stream.write(f"\r\033[K{line}" if self.live else line, str, ending="" if self.live else "\n")
            self.stream.flush()

    def end(self):
        """Leaves the line."""
        if self.live:
            self.stream.write("\r\033[K", str, ending="")
