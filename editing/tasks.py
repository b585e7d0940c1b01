"""What the editorial side does in the background, and every day."""

from django.utils.translation import gettext_lazy as _

from editing import freshness, links
from editing.models import Link, Upload
from mail.queue import defer_once, task
from mail.schedule import daily

SLICE, SECONDS = 200, 30


@task(_("Check web addresses"), lock="links")
def check_links():
    """Asks for some addresses that are due, and leaves the others to the next job, so that no other waits for long."""
    asked = links.check(Link.objects.waiting()[:SLICE], seconds=SECONDS)
    if asked and Link.objects.waiting().exists():
        defer_once(check_links, "links")


@task(_("Check web addresses again"), lock="links")
def check_again(keys):
    """Asks for these addresses now."""
    links.check(Link.objects.filter(pk__in=keys))


@daily
def ask_whether_practices_are_still_true():
    """Asks those who write for a city about the practices that nobody has verified for a year."""
    freshness.ask()


@daily
def look_after_links():
    """Gathers the web addresses of published pages, and has those checked that are due."""
    links.gather()
    defer_once(check_links, "links")


@daily
def forget_uploaded_sheets():
    """Deletes uploaded sheets that can no longer be imported."""
    Upload.objects.expired().delete()
