"""Who is told what when a case moves on."""

from django.db.models import Q

from accounts.models import MailLevel, User
from accounts.roles import COORDINATORS, REVIEWERS, WEBMASTERS
from editing.versions import authors_of
from mail.letters import write

#: Who must act after an act; after the others nobody must.
NEXT = {"submit": "judges", "request-changes": "writers", "reject": "writers"}


def tell(step, act, reached):
    """Writes to those who must act next, and to whoever wants to know of everything that happens to the case.

    Nobody is written to about what they did themselves, and nobody who has left. `reached` is the practice, or its
    working copy, that one goes on with.
    """
    case = step.practice
    judges, writers = judges_of(case), writers_of(case)
    must_act = {"judges": judges, "writers": writers}.get(NEXT.get(step.act), set())
    if NEXT.get(step.act) == "judges":
        must_act = must_act - authors_of(case)
    concerned = User.objects.filter(pk__in=judges | writers, is_active=True).exclude(pk=step.by_id)
    for person in concerned.exclude(mails=MailLevel.NONE):
        if person.pk in must_act or person.mails == MailLevel.ALL:
            context = {"step": step, "act": act, "case": case, "reached": reached, "must_act": person.pk in must_act}
            write("case_moved", context, person.language, to=[person.email]).send()


def judges_of(case):
    """The keys of the people who may judge practices of the theme of this case."""
    reviewers = Q(groups__name=REVIEWERS, reviewed_themes=case.theme_id)
    return set(User.objects.filter(reviewers | Q(groups__name=WEBMASTERS)).values_list("pk", flat=True))


def writers_of(case):
    """The keys of the people who write for the city of this case."""
    return set(User.objects.filter(groups__name=COORDINATORS, cities=case.city_id).values_list("pk", flat=True))
