from django.core.management.base import BaseCommand

from editing import links
from editing.models import Link


class Command(BaseCommand):
    """Gathers the web addresses of published pages and checks those that are due, here and now."""

    help = "Gathers the web addresses of published pages and asks for those that are due."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="ask for all of them, due or not")

    def handle(self, **options):
        links.gather()
        waiting = Link.objects.all() if options["all"] else Link.objects.waiting()
        in_all = waiting.count()
        done = 0

        def progress(link, finding):
            nonlocal done
            done += 1
            said = " ".join(filter(None, [str(finding.code or ""), finding.reason]))
            self.stdout.write(f"{done}/{in_all} {finding.status}: {link.url}{f' ({said})' if said else ''}")

        if not links.check(waiting, progress=progress) and done:
            self.stderr.write(
                "No server answers: is there a way out of this machine? Nothing is held against any address."
            )
        counted = links.numbers()
        for status, label in Link.Status.choices:
            self.stdout.write(f"{counted.get(status, 0)} {label}")
