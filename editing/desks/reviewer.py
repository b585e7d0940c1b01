"""What a reviewer has to judge, and what they sent back."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from editing.desks.webmaster import review_queue, with_people
from editing.models import Step
from editing.rights import rights_of
from practices.models import Practice, Theme

#: So many cases are shown; the list of practices has the others.
SHOWN = 20


def reviewer_desk(request):
    """What the reviewer's part of the first page shows."""
    person, themes = request.user, rights_of(request.user).themes
    judged = Practice.objects.filter(theme__in=themes)
    waiting = judged.filter(state=Practice.State.IN_REVIEW)
    listed = reverse("admin:practices_practice_changelist")
    return {
        "themes": list(Theme.objects.filter(pk__in=themes).with_names()),
        "queue": with_people(review_queue(waiting)[:SHOWN]),
        "number": waiting.count(),
        "address": f"{listed}?state__exact={Practice.State.IN_REVIEW}",
        "sent_back": sent_back_by(person, judged),
        "person": person,
    }


def sent_back_by(person, practices):
    """Those of the practices that this person asked to be changed, the longest ago first, each with the days since."""
    case = Coalesce(OuterRef("copy_of"), OuterRef("pk"))
    steps = Step.objects.filter(practice=case, act="request-changes").order_by("-at", "-pk")
    rows = (
        practices.filter(state=Practice.State.CHANGES_REQUESTED)
        .annotate(since=Subquery(steps.values("at")[:1]), sender=Subquery(steps.values("by")[:1]))
        .filter(sender=person.pk)
        .select_related("city", "theme")
        .prefetch_related("translations", "city__translations", "theme__translations")
        .order_by("since", "pk")
    )
    today = timezone.localdate()
    return [(practice, (today - timezone.localdate(practice.since)).days) for practice in rows[:SHOWN]]
