"""Uploaded sheets between their dry run and their import: small ones at once, larger ones in the background."""

import json
import time
from contextlib import contextmanager
from dataclasses import asdict

from django.db import connection, transaction
from django.utils import translation

from editing.models import PlannedRow, Upload
from editing.models.sheets import SMALL
from editing.rights import rights_of
from editing.sheets.cells import FORBIDDEN
from editing.sheets.files import Unreadable
from editing.sheets.importing import Outdated, alone, imported
from editing.sheets.planning import planned
from editing.sheets.tables import Table, table_of

SMALL_FILE = 100_000  # bytes; a larger one is not even read while somebody waits
AT_ONCE = 500  # rows that are written together
State = Upload.State


def kept(person, name, data):
    """Keeps an uploaded file, with what it would change if that is few; earlier sheets of the person are forgotten."""
    language = translation.get_language()
    upload = Upload(person=person, name=FORBIDDEN.sub("", name)[:200], language=language)
    table = None
    if len(data) <= SMALL_FILE:
        table = table_of(data)
        upload.table = table.stored()
    else:
        upload.data = data
    with transaction.atomic():
        Upload.objects.at_rest().expired().delete()
        Upload.objects.at_rest().filter(person=person).delete()
        upload.save()
        if table and len(table.rows) <= SMALL:
            note_plan(upload, planned(person, table))
        else:
            begin(upload, State.WAITING)
    return upload


@transaction.atomic
def note_plan(upload, plan, outdated=False):
    """Keeps what the sheet would change."""
    upload.rows.all().delete()
    rows = (PlannedRow(upload=upload, number=row.number, status=row.status, said=asdict(row)) for row in plan.rows)
    PlannedRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    upload.plan, upload.digest, upload.rights = plan.summary(), plan.digest(), extent(upload.person)
    upload.state, upload.outdated = State.PLANNED, outdated
    upload.save()


def extent(person):
    """How far the rights of the person reach, in a line."""
    rights = rights_of(person)
    return json.dumps([rights.is_webmaster, sorted(rights.cities), sorted(rights.themes)])


def upload_of(token, person):
    """The upload, without its rows; None if there is none of theirs."""
    return Upload.objects.kept().filter(token=token, person=person).defer("data", "table").first()


def looked_at(token, person):
    """The upload; if the person may see and do other things than then, it is planned anew, or waits for it."""
    upload = upload_of(token, person)
    if upload and upload.state == State.PLANNED and upload.rights != extent(person):
        upload.person = person
        if upload.is_small:
            note_plan(upload, planned(person, Table.restored(upload.table)))
        else:
            upload.rows.all().delete()
            begin(upload, State.WAITING)
    return upload


def begin(upload, state):
    """Has the upload wait for the background."""
    upload.state, upload.percent, upload.has_just_begun = state, 0, True
    upload.save(update_fields=["state", "percent"])


@transaction.atomic
def confirmed(token, person):
    """What the person has seen is to be done: the upload, done if it is small and would still do the same.

    If it would do something else by now, nothing is done, and the upload keeps what it would do.
    """
    upload = Upload.objects.kept().filter(token=token, person=person, state=State.PLANNED).select_for_update().first()
    if upload is None:
        return upload_of(token, person)
    upload.person = person
    if upload.is_small:
        carry_out(upload)
        if upload.state == State.DONE:
            upload.delete()
    else:
        begin(upload, State.CONFIRMED)
    return upload


def carry_out(upload, progress=None):
    """Imports the sheet, or keeps what it would do now if that is not what was seen."""
    try:
        plan = imported(upload.person, Table.restored(upload.table), upload.digest, progress)
    except Outdated as outdated:
        note_plan(upload, outdated.plan, outdated=True)
        return
    upload.rows.all().delete()
    upload.plan, upload.table, upload.state = plan.summary(), {}, State.DONE
    upload.save()


def compare(token):
    """Reads a kept file and keeps what it would change; who comes second, after a worker died, does it again."""
    upload = Upload.objects.filter(token=token, state=State.WAITING).select_related("person").first()
    if upload is None:
        return
    with translation.override(upload.language), told(upload) as progress:
        try:
            table = table_of(bytes(upload.data)) if upload.data else Table.restored(upload.table)
        except Unreadable as unreadable:
            upload.state, upload.error, upload.data = State.REFUSED, str(unreadable), None
            upload.save()
            return
        upload.table, upload.data = table.stored(), None
        plan = planned(upload.person, table, progress=progress.of(len(table.rows), 0, 100))
    with transaction.atomic():
        if Upload.objects.select_for_update(of=("self",)).filter(token=token, state=State.WAITING).exists():
            note_plan(upload, plan)


@transaction.atomic
def carry_out_confirmed(token):
    """Imports a sheet that was confirmed, all of it or nothing; returns it if this was the one to do so.

    Of two workers the second waits until the first has ended. The row is not locked, so that its progress can be told.
    """
    alone()
    upload = Upload.objects.filter(token=token, state=State.CONFIRMED).select_related("person").first()
    if upload is None:
        return None
    with translation.override(upload.language), told(upload) as progress:
        carry_out(upload, progress.of(sum(upload.plan["counts"].values()), 0, 50))
    return upload


def give_up(token):
    """Says that the background could not do it."""
    Upload.objects.filter(token=token).update(state=State.FAILED)


@contextmanager
def told(upload):
    """Tells how far the work is, over a line of its own: what a transaction writes, nobody sees before its end."""
    line = connection.copy()
    try:
        yield Progress(upload.pk, line)
    finally:
        line.close()


class Progress:
    """How far the work on an upload is, told once a second."""

    def __init__(self, token, line):
        self.token, self.line, self.last = token, line, time.monotonic()

    def of(self, rows, first, share):
        """What is called with a kind of work and a number: comparing so many rows is this share, importing the rest."""

        def tell(kind, done, all_of_it=rows):
            begun, part = (first, share) if kind == "comparing" else (first + share, 100 - first - share)
            if time.monotonic() - self.last >= 1:
                self.last = time.monotonic()
                self.note(begun + part * done // max(all_of_it, done))

        return tell

    def note(self, percent):
        """Notes it where the page finds it."""
        with self.line.cursor() as cursor:
            cursor.execute("UPDATE editing_upload SET percent = %s WHERE token = %s", [percent, self.token])
