from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat

from editing import leftovers


class Command(BaseCommand):
    """Removes uploaded files that nothing names any more."""

    help = "Removes uploaded pictures and PDFs that no practice, version or unsaved text names any more."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only says which files would be removed")
        parser.add_argument(
            "--days", type=int, default=leftovers.DAYS, help=f"how old they are at least ({leftovers.DAYS})"
        )

    def handle(self, **options):
        act = leftovers.leftovers if options["dry_run"] else leftovers.remove
        found = act(options["days"])
        for leftover in found:
            self.stdout.write(leftover.name)
        said = "would be removed" if options["dry_run"] else "removed"
        size = filesizeformat(sum(leftover.size for leftover in found)).replace("\xa0", " ")
        self.stdout.write(f"{len(found)} files {said}, {size}.")
