"""What the editorial side does in the background, and every day."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import MailLevel
from editing import freshness, leftovers, links
from editing.models import Link, Upload
from editing.sheets import uploads
from editing.sheets.telling import outcome_of
from mail.letters import write
from mail.queue import MINUTE, Patience, defer_once, task
from mail.schedule import daily

SLICE, SECONDS = 200, 30
SOON = Patience(MINUTE, 5 * MINUTE)  # somebody waits


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


def go_on_with(upload):
    """Puts into the queue what an uploaded sheet waits for since a moment ago, if it does."""
    if upload and upload.has_just_begun:
        work = import_sheet if upload.state == Upload.State.CONFIRMED else compare_sheet
        work.defer(token=str(upload.token))


@task(_("Compare an uploaded sheet"), retry=SOON, pass_context=True)
def compare_sheet(context, token):
    """Finds out what an uploaded sheet would change."""
    with given_up_at_last(context, token):
        uploads.compare(token)


@task(_("Import an uploaded sheet"), retry=SOON, pass_context=True)
def import_sheet(context, token):
    """Imports an uploaded sheet that was confirmed, all of it or nothing, and tells the person."""
    with given_up_at_last(context, token), transaction.atomic():
        upload = uploads.carry_out_confirmed(token)
        if upload and upload.person.mails != MailLevel.NONE:
            letter = {"upload": upload, "outcome": outcome_of(upload)}
            write("sheet-imported", letter, upload.language, to=[upload.person.email]).send()


@contextmanager
def given_up_at_last(context, token):
    """Lets the page say so when the last attempt failed."""
    try:
        yield
    except Exception:
        if SOON.is_over(context.job):
            uploads.give_up(token)
        raise


@daily
def ask_whether_practices_are_still_true():
    """Asks those who write for a city about the practices that nobody has verified for a year."""
    freshness.ask()


@daily
def look_after_links():
    """Gathers the web addresses of published pages, and has those checked that are due."""
    links.gather()
    defer_once(check_links, "links")


@task(_("Remove files that nothing names any more"))
def remove_leftovers():
    """Removes uploaded files that nothing names any more."""
    leftovers.remove()


@daily
def look_for_leftovers():
    """Has uploaded files removed that nothing names any more."""
    defer_once(remove_leftovers, "leftovers")


@daily
def forget_uploaded_sheets():
    """Deletes uploaded sheets that can no longer be imported."""
    Upload.objects.at_rest().expired().delete()
