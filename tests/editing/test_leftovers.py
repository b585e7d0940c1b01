"""Uploaded files go when nothing names them any more, and never before."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from editing import leftovers, versions
from editing.flow import do
from editing.models import Typed
from editing.tasks import look_for_leftovers
from practices.models import Image, Practice
from tests.editing.cases import ready
from tests.editing.people import coordinator_of, webmaster
from tests.factories import AttachmentFactory, ImageFactory, PracticeFactory

pytestmark = pytest.mark.usefixtures("media")
DAY = 24 * 3600


def age(media, days=100):
    """Makes all files that are there so old."""
    for file in Path(media).rglob("*.*"):
        then = time.time() - days * DAY
        os.utime(file, (then, then))


def files(media):
    return {str(file.relative_to(media)) for file in Path(media).rglob("*.*")}


def removed():
    return {leftover.name for leftover in leftovers.remove()}


def of_picture(image):
    """The files of a picture."""
    stem = image.file.name.removesuffix(".jpg")
    return {name for name in leftovers.files_in("practices") if name.startswith(stem)}


def test_files_of_a_deleted_practice_go_with_all_their_sizes(media):
    image, attachment = ImageFactory(), AttachmentFactory()
    gone = of_picture(image) | {attachment.file.name}
    Practice.objects.all().delete()
    age(media)

    assert len(gone) > 2
    assert removed() == gone
    assert files(media) == set()


def test_files_of_practices_drafts_and_working_copies_stay(media):
    case = ready(state="published")
    writer = coordinator_of(case.city)
    copy = do("revise", case, writer)
    for practice in (case, copy, PracticeFactory(state="draft"), PracticeFactory(state="archived")):
        ImageFactory(practice=practice)
        AttachmentFactory(practice=practice)
    before = files(media)
    age(media)

    assert (removed(), files(media)) == (set(), before)


def test_files_of_an_old_version_stay_and_it_can_be_restored(media):
    draft = PracticeFactory(state="draft")
    image, attachment = ImageFactory(practice=draft), AttachmentFactory(practice=draft)
    person = webmaster()
    old = versions.record(draft, person)
    Image.objects.all().delete()
    attachment.delete()
    versions.record(draft, person)
    age(media)

    gone = removed()
    versions.restore(draft, old, person)

    assert gone == set()
    assert (media / draft.images.get().file.name).read_bytes() == (media / image.file.name).read_bytes()
    assert default_storage.exists(draft.attachments.get().file.name)


def test_files_that_unsaved_text_names_stay(media):
    draft = PracticeFactory(state="draft")
    image = ImageFactory(practice=draft)
    kept = of_picture(image)
    fields = {"images-0-file": [image.file.name]}
    Typed.objects.create(person=webmaster(), practice=draft, language="en", fields=fields)
    Image.objects.all().delete()
    age(media)

    assert (removed(), files(media)) == (set(), kept)


def test_young_files_and_files_of_others_stay(media):
    default_storage.save("practices/2026/06/fresh.jpg", ContentFile(b"x"))
    default_storage.save("practices/logo.png", ContentFile(b"x"))
    default_storage.save("cities/2026/06/town.jpg", ContentFile(b"x"))
    age(media, days=100)
    os.utime(media / "practices/2026/06/fresh.jpg")

    assert removed() == set()
    assert files(media) == {"practices/2026/06/fresh.jpg", "practices/logo.png", "cities/2026/06/town.jpg"}


def test_a_picture_named_nearly_like_one_in_use_goes(media):
    image = ImageFactory()
    near = image.file.name.replace(".jpg", "_ab12cd3.jpg")
    default_storage.save(near, ContentFile(b"x"))
    age(media)

    assert removed() == {near}


def test_the_command_says_what_it_would_remove_and_removes_it_when_told(media):
    ImageFactory()
    Practice.objects.all().delete()
    age(media, days=10)
    before = files(media)

    def said(**options):
        out = StringIO()
        call_command("remove_leftover_files", stdout=out, **options)
        return out.getvalue()

    assert said(dry_run=True) == "0 files would be removed, 0 bytes.\n"
    told = said(dry_run=True, days=5)
    assert all(name in told for name in before)
    assert f"{len(before)} files would be removed" in told
    assert files(media) == before
    assert f"{len(before)} files removed" in said(days=5)
    assert files(media) == set()


def test_the_daily_work_has_them_removed_in_the_background(media, run_queue):
    AttachmentFactory()
    Practice.objects.all().delete()
    age(media)

    look_for_leftovers()
    run_queue()

    assert files(media) == set()


def test_a_site_without_files_has_nothing_to_remove():
    assert leftovers.remove() == []
