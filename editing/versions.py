"""The versions of a case: made by everybody who saves it, never lost."""

from django.db import transaction
from django.utils import timezone

from editing.content import content_of, same, write
from editing.models import Step, Version


@transaction.atomic
def record(practice, person=None, note=""):
    """Keeps what the practice, or its working copy, says now; the newest version if that says the same."""
    case, content = practice.case, content_of(practice)
    newest = latest(case)
    if newest and same(newest.content, content):
        return newest
    number = newest.number + 1 if newest else 1
    return case.versions.create(number=number, content=content, made_by=person, note=note)


@transaction.atomic
def record_many(contents, person=None):
    """Keeps what many cases, by their keys, or their working copies, say now, as far as that is new."""
    newest = Version.objects.filter(practice__in=contents).order_by("practice_id", "-number").distinct("practice_id")
    newest = {version.practice_id: version for version in newest}
    Version.objects.bulk_create(
        Version(practice_id=key, number=newest[key].number + 1 if key in newest else 1, content=content, made_by=person)
        for key, content in contents.items()
        if key not in newest or not same(newest[key].content, content)
    )


@transaction.atomic
def read(practice):
    """What the practice, or its working copy, says now."""
    return content_of(practice)


def latest(case):
    """The newest version of the case, if there is one; locked until the transaction ends."""
    return case.versions.newest().select_for_update().first()


@transaction.atomic
def record_published(practice, note=""):
    """Keeps what readers see of a case now, unless that is the newest published version already."""
    seen = practice.versions.published().newest().first()
    content = content_of(practice)
    if seen and same(seen.content, content):
        return seen
    version = record(practice, note=note)
    version.published_at = version.published_at or practice.published_at or timezone.now()
    version.save(update_fields=["published_at"])
    return version


def restore(practice, version, person):
    """Makes the practice, or its working copy, say again what the version says; that is a new version."""
    with transaction.atomic():
        record(practice, person)
        write(practice, version.content)
        return record(practice, person)


def authors_of(practice):
    """The keys of the people who wrote, or submitted, any of what readers do not see yet."""
    case = practice.case
    writers = case.versions.since_publication().values_list("made_by", flat=True)
    published = case.steps.filter(act__in=["approve", "republish"]).order_by("-at", "-pk").first()
    steps = Step.objects.filter(practice=case, act__in=["submit", "revise"])
    if published:
        steps = steps.filter(pk__gt=published.pk)
    return {key for key in [*writers, *steps.values_list("by", flat=True)] if key}
