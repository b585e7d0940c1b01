"""Keeps what somebody types, so that a closed tab, an ended session or a server that dies loses nothing.

It is kept with the case, be it typed into a working copy: that goes when it is published or discarded, and the next one
offers the text again.
"""

from datetime import timedelta

from django.core import signing
from django.http import QueryDict
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.models import User
from editing.models import Typed
from editing.rights import rights_of
from practices.models import Practice

TOKEN = "typing"  # noqa: S105 - the name of a field
LONGEST = 2_000_000  # letters of a form; the longest case has some thirty thousand
LEFT_OUT = {"csrfmiddlewaretoken", TOKEN}
SECONDS = 14 * 24 * 3600
RECENTLY = timedelta(minutes=15)


def case_of(practice):
    """The case that somebody writes in; None of one that is not saved yet."""
    return practice.case if practice else None


def token_for(person, practice, language, form=None):
    """Says whose form it is; whoever sends it may keep text for them, signed in or not, and do nothing else.

    `form` is the name of a form that is shown again; one that is opened anew gets a new name.
    """
    form = get_random_string(12) if form is None else form
    case = case_of(practice)
    return signing.dumps([person.pk, case.pk if case else None, language, form], salt=TOKEN)


def read_token(posted):
    """Whose form was posted: keys of the person and the practice, language and name of the form; None if not ours."""
    try:
        return signing.loads(posted.get(TOKEN, ""), salt=TOKEN, max_age=SECONDS)
    except signing.BadSignature:
        return None


def form_of(posted):
    """The name of the form that was posted; None if it has none."""
    token = read_token(posted)
    return token[3] if token else None


def keep(posted):
    """Keeps a posted form for the person whose token it carries; nothing if the token is not ours, or too old.

    Raises ValueError if the form is too long to keep.
    """
    token = read_token(posted)
    if token is None:
        return None
    person, practice, language, form = token
    fields = {name: values for name, values in posted.lists() if name not in LEFT_OUT and not name.startswith("_")}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise ValueError("The form is too long.")
    writer = User.objects.filter(pk=person, is_active=True).first()
    row = case_of(Practice.objects.filter(pk=practice).first())
    if writer is None or (practice and row is None) or not rights_of(writer).may_write(row):
        return None
    fields = {name: [value.replace("\x00", "") for value in values] for name, values in fields.items()}
    kept, _made = Typed.objects.update_or_create(
        person=writer, practice=row, language=language, form=form, defaults={"fields": fields}
    )
    return kept


def kept_for(person, practice, language, form=None):
    """What this person typed last and has not saved, if there is anything; or what was typed into one certain form."""
    kept = Typed.objects.filter(person=person, practice=case_of(practice), language=language)
    return (kept if form is None else kept.filter(form=form)).first()


def as_posted(typed):
    """The kept form as a browser would post it."""
    posted = QueryDict(mutable=True)
    for name, values in typed.fields.items():
        posted.setlist(name, values)
    return posted


def forget(person, practice, language, form=None):
    """Lets go of what has been saved, or is not wanted any more: of one form, or of all."""
    kept = Typed.objects.filter(person=person, practice=case_of(practice), language=language)
    (kept if form is None else kept.filter(form=form)).delete()


def others(person, practice):
    """Who else has been typing into the same case lately."""
    if practice is None:
        return []
    lately = Typed.objects.filter(practice=practice.case, saved_at__gte=timezone.now() - RECENTLY)
    return list(lately.exclude(person=person).select_related("person").order_by("-saved_at"))
