"""Uploaded sheets between their dry run and their import."""

import json

from django.db import transaction

from editing.models import Upload
from editing.rights import rights_of
from editing.sheets.cells import FORBIDDEN
from editing.sheets.importing import Outdated, imported
from editing.sheets.planning import planned
from editing.sheets.tables import Table, table_of


def kept(person, name, data):
    """Keeps what an uploaded file says, with what it would change; earlier sheets of the person are forgotten."""
    table = table_of(data)
    upload = Upload(person=person, name=FORBIDDEN.sub("", name)[:200], table=table.stored())
    with transaction.atomic():
        Upload.objects.expired().delete()
        Upload.objects.filter(person=person).delete()
        note_plan(upload, planned(person, table))
    return upload


def note_plan(upload, plan):
    """Keeps what the sheet would change."""
    upload.plan, upload.digest, upload.rights = plan.stored(), plan.digest(), extent(upload.person)
    upload.save()


def extent(person):
    """How far the rights of the person reach, in a line."""
    rights = rights_of(person)
    return json.dumps([rights.is_webmaster, sorted(rights.cities), sorted(rights.themes)])


def looked_at(token, person):
    """The upload, planned anew if the person may see and do other things than then; None if there is none of theirs."""
    upload = Upload.objects.kept().filter(token=token, person=person).first()
    if upload and upload.rights != extent(person):
        upload.person = person
        note_plan(upload, planned(person, Table.restored(upload.table)))
    return upload


@transaction.atomic
def carried_out(token, person):
    """Imports an upload: the upload and the plan that was carried out.

    If the sheet would not do any more what the person has seen, nothing is done, the upload keeps what it would do now,
    and there is no plan. Without an upload of theirs there is neither.
    """
    upload = Upload.objects.kept().filter(token=token, person=person).select_for_update().first()
    if not upload:
        return None, None
    upload.person = person
    try:
        plan = imported(person, Table.restored(upload.table), upload.digest)
    except Outdated as outdated:
        note_plan(upload, outdated.plan)
        return upload, None
    upload.delete()
    return upload, plan
