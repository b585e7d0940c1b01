"""Writes practices as a sheet for spreadsheet programs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editing.sheets.blank import blank_csv, blank_workbook
from editing.sheets.exporting import keys_of, pieces
from events.management.commands.load_content import Progress
from practices.models import Practice

FORMS = ["xlsx", "csv"]


class Command(BaseCommand):
    help = "Writes practices, drafts too, as a sheet (XLSX or CSV) that import_practices reads again."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="where to write; its ending says the form")
        parser.add_argument("--format", choices=FORMS, help="the form, if the ending does not say it")
        parser.add_argument("--city", metavar="SLUG", help="the practices of this city alone")
        parser.add_argument("--template", action="store_true", help="an empty sheet to begin with")

    def handle(self, file, city=None, template=False, verbosity=1, **options):
        form = options["format"] or file.suffix.lower().removeprefix(".")
        if form not in FORMS:
            raise CommandError("Give FILE the ending .xlsx or .csv, or say --format.", returncode=2)
        if template:
            self.write(file, [blank_csv() if form == "csv" else blank_workbook()])
            return
        practices = self.practices(city)
        keys = keys_of(practices)
        progress = Progress(self.stderr if verbosity else None)
        size = self.write(file, pieces(form, keys, practices), progress)
        progress.end()
        if verbosity:
            self.stdout.write(f"{file}: {len(keys):,} practices, {size:,} bytes.")

    @staticmethod
    def practices(city):
        """All practices, or those of a city."""
        if not city:
            return Practice.objects.all()
        practices = Practice.objects.filter(city__slug=city)
        if not practices.exists():
            raise CommandError(f"There is no city {city!r} with practices.", returncode=2)
        return practices

    def write(self, file, pieces, progress=None):
        """Writes the pieces, and returns how many bytes they are."""
        size = 0
        try:
            with file.open("wb") as sheet:
                for piece in pieces:
                    size += sheet.write(piece)
                    if progress:
                        progress("bytes written", size)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.", returncode=2) from None
        return size
