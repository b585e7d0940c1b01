"""Imports a sheet of practices, as a person would in the admin."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from accounts.models import User
from editing.rights import rights_of
from editing.sheets.files import LARGEST, Unreadable
from editing.sheets.importing import Outdated, imported
from editing.sheets.planning import REFUSED, STATUSES, UNCHANGED, planned
from editing.sheets.tables import table_of
from events.content.problems import printable
from events.management.commands.load_content import Progress

SHOWN = 200


class Command(BaseCommand):
    help = (
        "Imports practices from a sheet (XLSX or CSV): new ones become drafts, published ones get working copies. "
        "Exit codes: 0 done, 1 rows are refused, 2 the file or the person cannot be used."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--as", dest="person", required=True, metavar="E-MAIL", help="whose act this is")
        parser.add_argument("--dry-run", action="store_true", help="says what would change, and changes nothing")

    def handle(self, file, person, dry_run=False, verbosity=1, **options):
        progress = Progress(self.stderr if verbosity else None)
        with translation.override("en"):
            person, table = self.person(person), self.table(file)
            try:
                work = planned if dry_run else imported
                plan = work(person, table, progress=progress)
            except Outdated as outdated:
                plan = outdated.plan
            progress.end()
            self.tell(plan, verbosity)
        if plan.counts[REFUSED]:
            raise CommandError(f"{plan.counts[REFUSED]:,} rows are refused; nothing was imported.", returncode=1)
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")

    @staticmethod
    def person(email):
        """The person whose act it is, who must write practices."""
        person = User.objects.filter(email=User.objects.normalize_email(email)).first()
        if not person:
            raise CommandError(f"There is no account {email!r}.", returncode=2)
        if not (rights_of(person).is_webmaster or rights_of(person).cities):
            raise CommandError(f"{email} may not write practices of any city.", returncode=2)
        return person

    @staticmethod
    def table(file):
        """What the file says."""
        try:
            with file.open("rb") as sheet:
                return table_of(sheet.read(LARGEST + 1))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.", returncode=2) from None
        except Unreadable as unreadable:
            raise CommandError(f"{file}: {unreadable}", returncode=2) from None

    def tell(self, plan, verbosity):
        """Says what becomes of each row that matters, and how many there are of each kind."""
        rows = sorted((row for row in plan.rows if row.status != UNCHANGED), key=lambda row: row.status != REFUSED)
        for row in rows[: SHOWN if verbosity < 2 else None]:
            name = " ".join(part for part in (row.slug or row.title, row.language) if part)
            columns = ", ".join(column for column, _old, _new in row.changes)
            self.stdout.write(printable(f"row {row.number} ({name}): {row.status}{': ' if columns else ''}{columns}"))
            for column, sentence in [*row.problems, *row.notes]:
                self.stdout.write(printable(f"    {column}: {sentence}"))
        if len(rows) > SHOWN and verbosity < 2:
            self.stdout.write(f"and {len(rows) - SHOWN:,} more rows (--verbosity 2 shows them)")
        for note in plan.notes:
            self.stdout.write(printable(note))
        self.stdout.write(", ".join(f"{plan.counts[status]:,} {status}" for status in STATUSES))
