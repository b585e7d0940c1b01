"""The practices that a sheet is about: which of them somebody knows of, and what of each may be changed by a sheet."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.rights import OPEN, rights_of
from practices.layouts import PRACTICES
from practices.models import FormerSlug, Practice

CHUNK = 500
State = Practice.State


@dataclass
class Case:
    """A practice as a sheet meets it: the one that readers know, the row that would be changed, and what that says."""

    practice: Practice
    target: Practice
    content: dict
    refusal: str = ""

    @property
    def is_copied(self):
        """Whether a change begins with a working copy, which is not there yet."""
        return self.target.state == State.PUBLISHED


def cases_of(person, slugs, locked=False):
    """The practices with these slugs, be they former ones, as far as the person may know of them; None for others."""
    found = {slug: None for slug, _practice in every(slugs)}
    rights = rights_of(person)
    known = {
        slug: (practice, target_of(rights, practice))
        for slug, practice in every(slugs)
        if practice.copy_of_id is None and rights.may("see", practice)
    }
    contents = contents_of({target.pk for _practice, target in known.values()}, locked)
    for slug, (practice, target) in known.items():
        if content := contents.get(target.pk):
            content |= {"slug": practice.slug, "of_copy": target.copy_of_id is not None}
            found[slug] = Case(practice, target, content, refusal(rights, practice, target))
    return found


def every(slugs):
    """Every practice with one of these slugs, and the practices that used to have one."""
    now = Practice.objects.filter(slug__in=slugs).order_by().select_related("copy")
    former = FormerSlug.objects.filter(slug__in=slugs).order_by().select_related("practice__copy")
    return [
        *((former.slug, former.practice) for former in former),
        *((practice.slug, practice) for practice in now),
    ]


def target_of(rights, practice):
    """The row that says what the person works on: the working copy, if there is one that they may see."""
    copy = getattr(practice, "copy", None)
    return copy if copy and rights.may("see", copy) else practice


def contents_of(keys, locked):
    """What the practices with these keys say."""
    contents, keys = {}, sorted(keys)
    for start in range(0, len(keys), CHUNK):
        rows = Practice.objects.filter(pk__in=keys[start : start + CHUNK])
        contents |= PRACTICES.read(rows, locked)
    return contents


def refusal(rights, practice, target):
    """Why a sheet may not change the practice, in a sentence; nothing if it may."""
    copy = getattr(practice, "copy", None)
    if not rights.writes(practice) or (copy and not rights.writes(copy)):
        return not_yours()
    if target.state in OPEN or target.state == State.PUBLISHED:
        return ""
    if target.copy_of_id:
        said = _("Nothing in the working copy of this practice can be changed now. Its state: %s.")
    else:
        said = _("Nothing in this practice can be changed now. Its state: %s.")
    return said % target.get_state_display()


def not_yours():
    """What is said of a slug that is somebody else's, whatever it is that has it."""
    return _("This slug is not one of yours. For a new practice choose another one, or leave the cell empty.")
