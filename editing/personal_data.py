"""What the editorial side holds on people. What they wrote of cases stays, credited to a former editor."""

from accounts import personal_data
from editing.models import Comment, Preview, Step, Typed, Version


def forget_typed(person):
    """Lets go of what the person typed and never saved."""
    Typed.objects.filter(person=person).delete()


@personal_data.held("acts")
def acts(person):
    """What the person did with cases, and said."""
    return list(Step.objects.filter(by=person).values("practice__slug", "act", "at", "message"))


@personal_data.held("versions")
def versions(person):
    """Which versions of cases the person wrote."""
    return list(Version.objects.filter(made_by=person).values("practice__slug", "number", "made_at"))


@personal_data.held("comments")
def comments(person):
    """The person's comments on cases."""
    return list(Comment.objects.filter(by=person).values("practice__slug", "field", "text", "at"))


@personal_data.held("unsaved texts", erase=forget_typed)
def unsaved(person):
    """What the person has typed and not saved."""
    return list(Typed.objects.filter(person=person).values("practice__slug", "language", "fields", "saved_at"))


@personal_data.held("previews")
def previews(person):
    """The previews that the person shared."""
    return list(Preview.objects.filter(made_by=person).values("practice__slug", "made_at", "expires_at"))
