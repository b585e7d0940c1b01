from django.core.management.base import BaseCommand, CommandError

from mail.schedule import do_daily_work


class Command(BaseCommand):
    """Does what is to be done once a day and is not done yet: cleans up, reminds, checks. For cron and the like."""

    help = __doc__

    def handle(self, **options):
        failed = []
        for name, outcome in do_daily_work():
            self.stdout.write(f"{name}: {outcome}")
            if outcome == "failed":
                failed.append(name)
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the next run tries again.")
