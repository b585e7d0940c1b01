"""Uploaded files that nothing names any more: neither a practice or working copy, nor a version, nor what is typed."""

import logging
import re
from datetime import timedelta
from pathlib import PurePosixPath
from typing import NamedTuple

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

logger = logging.getLogger(__name__)

DAYS = 30  # so long a file stays in any case: a form or a backup of the database may still name it
FOLDERS = ("practices", "attachments")
NAME = re.compile(rf"(?:{'|'.join(FOLDERS)})/\d{{4}}/\d{{2}}/[\w.-]+")
OF_A_WIDTH = re.compile(r"-\d+\.avif$")
TEXTS = (models.FileField, models.JSONField, models.TextField)


class Leftover(NamedTuple):
    """A file that can go."""

    name: str
    size: int


def leftovers(days=DAYS):
    """The files that are older than so many days and that nothing names.

    The names of files are never used again, so that what nothing names now, nothing can name later.
    """
    before = timezone.now() - timedelta(days=days)
    old = [name for folder in FOLDERS for name in files_in(folder) if default_storage.get_modified_time(name) < before]
    names = named() if old else set()
    return [Leftover(name, default_storage.size(name)) for name in sorted(old) if picture_of(name) not in names]


def remove(days=DAYS):
    """Removes these files, and returns them."""
    found = leftovers(days)
    for leftover in found:
        default_storage.delete(leftover.name)
    if found:
        logger.info("files_removed", extra={"files": len(found), "bytes": sum(leftover.size for leftover in found)})
    return found


def files_in(folder):
    """The names of all files in a folder that are named as ours are."""
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for file in files:
        name = str(PurePosixPath(folder, file))
        if NAME.fullmatch(name):
            yield name
    for inner in folders:
        yield from files_in(str(PurePosixPath(folder, inner)))


def picture_of(name):
    """The file that stands for this one where it is named: of a picture in some width, the picture."""
    return OF_A_WIDTH.sub(".jpg", name)


def named():
    """The names of files in every text of every table, be it the file of a row, a version or something unsaved."""
    names = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model._meta.managed else ():
            if isinstance(field, TEXTS) and field.model is model:
                names.update(picture_of(name) for text in texts_in(model, field) for name in NAME.findall(text))
    return names


def texts_in(model, field):
    """What this column says in the rows in which it may name a file."""
    rows = model._base_manager.order_by().annotate(said_of_files=Cast(field.name, models.TextField()))
    naming = Q()
    for folder in FOLDERS:
        naming |= Q(said_of_files__contains=f"{folder}/")
    return rows.filter(naming).values_list("said_of_files", flat=True).iterator()
