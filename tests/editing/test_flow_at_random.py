"""Whatever several people do in whatever order: the case stays inside the flow, and no text is lost.

`SEQUENCES=1000 make test ARGS=tests/editing/test_flow_at_random.py` tries out more of them.
"""

import itertools
import os

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from editing import typing, versions
from editing.flow import ACTS, do
from editing.models import Judgement
from editing.review import judge
from editing.rights import rights_of
from practices.models import Practice
from search.models import Document
from tests.editing.cases import ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, ThemeFactory, UserFactory

DEEDS = [*ACTS, "edit", "judge", "restore", "type", "take_up", "throw_away"]
LIKELY = {
    "draft": ["edit", "submit", "restore", "type", "take_up"],
    "in-review": ["judge", "approve", "request-changes", "reject", "take-back"],
    "changes-requested": ["edit", "submit", "take_up"],
    "published": ["revise", "archive", "type"],
    "rejected": ["reopen"],
    "archived": ["republish"],
}
PEOPLE = ["writer", "colleague", "reviewer", "master", "superuser", "stranger"]
STATES = ["draft", "published", "in-review", "archived", "copied"]
EXAMPLES = int(os.environ.get("SEQUENCES", "80")) // len(STATES)
NUMBERS = st.integers(0, 59)  # half of them choose among what fits the state, half among everything
SEQUENCES = st.lists(st.tuples(NUMBERS, st.sampled_from(PEOPLE), st.booleans()), min_size=4, max_size=12)
ALLOWED = {(before, act.after) for act in ACTS.values() for before in act.before}


class Undo(Exception):
    """Ends an example; all it did is rolled back."""


class World:
    """One case and the people around it, with a record of what each has written and seen."""

    def __init__(self, state):
        self.state = state
        state = "published" if state == "copied" else state
        case = ready(state=state, title="Voucher", summary="Text 0.")
        self.case = case.pk
        self.people = {
            "writer": coordinator_of(case.city),
            "colleague": coordinator_of(case.city),
            "reviewer": reviewer_of(case.theme),
            "master": webmaster(),
            "superuser": UserFactory(is_superuser=True, is_staff=True),
            "stranger": coordinator_of(CityFactory()),
        }
        reviewer_of(ThemeFactory())

    def begin(self):
        """Begins an example; what was written in the one before is rolled back."""
        self.numbers = itertools.count(1)
        self.written = set()
        self.forms, self.typed = {}, {}  # by person: what they opened and have not closed since, and typed last
        if self.state == "copied":
            self.begin_copy()

    def begin_copy(self):
        """A working copy that is judged already, while somebody still has a form of it open."""
        writer, colleague, reviewer = (self.people[name] for name in ("writer", "colleague", "reviewer"))
        do("revise", self.row(False), writer)
        self._type("type", self.row(True), colleague)
        do("submit", self.row(True), writer)
        self._judge("judge", self.row(True), reviewer)

    def row(self, wants_copy):
        """The practice, or its working copy if there is one and it is wanted."""
        copy = Practice.objects.filter(copy_of=self.case).first() if wants_copy else None
        return copy or Practice.objects.get(pk=self.case)

    def act(self, number, name, wants_copy):
        """Lets somebody try something; whether it was done."""
        practice, person = self.row(wants_copy), self.people[name]
        deeds = LIKELY[practice.state] if number < 30 else DEEDS
        deed = deeds[number % len(deeds)]
        try:
            with transaction.atomic():
                getattr(self, f"_{deed}", self._do)(deed, practice, person)
        except (PermissionDenied, ValidationError):
            return False
        assert name != "stranger"
        return True

    def _do(self, deed, practice, person):
        do(deed, practice, person, "Because.")

    def _edit(self, _deed, practice, person):
        if not rights_of(person).may("edit", practice):
            raise PermissionDenied
        practice.set_current_language("en")
        practice.summary = f"Text {next(self.numbers)}."
        practice.save()
        versions.record(practice, person)
        self.written.add(practice.summary)

    def _judge(self, _deed, practice, person):
        met = dict.fromkeys(Judgement.Criterion.values, (True, ""))
        judge(practice, person, met, "measured", "", "The report.")

    def _restore(self, _deed, practice, person):
        version = practice.case.versions.order_by("number").first()
        if version is None or not rights_of(person).may("restore", practice):
            raise PermissionDenied
        versions.restore(practice, version, person)

    def _type(self, _deed, practice, person):
        """Types into a form that was opened when that was allowed; whether the session still lasts plays no part."""
        if person.pk not in self.forms:
            if not rights_of(person).may("edit", practice):
                raise PermissionDenied
            self.forms[person.pk] = typing.token_for(person, practice, "en")
        posted = QueryDict(mutable=True)
        posted.update({"typing": self.forms[person.pk], "summary": f"Typed {next(self.numbers)}."})
        assert typing.keep(posted)
        self.typed[person.pk] = posted["summary"]

    def _take_up(self, _deed, practice, person):
        if not rights_of(person).may("edit", practice):
            raise PermissionDenied
        kept = typing.kept_for(person, practice, "en")
        assert (typing.as_posted(kept)["summary"] if kept else None) == self.typed.get(person.pk)
        if kept is None:
            raise ValidationError("There is nothing to take up.")
        practice.set_current_language("en")
        practice.summary = self.typed.pop(person.pk)
        practice.save()
        versions.record(practice, person)
        typing.forget(person, practice, "en")
        self.written.add(practice.summary)
        self.forms.pop(person.pk, None)

    def _throw_away(self, _deed, practice, person):
        if not rights_of(person).may_write(practice):
            raise PermissionDenied
        typing.forget(person, practice, "en")
        self.typed.pop(person.pk, None)


def check(world):
    """What holds wherever a sequence ends."""
    case = Practice.objects.get(pk=world.case)
    steps = list(case.steps.order_by("pk"))
    own = [step for step in steps if not step.of_copy and step.act != "revise"]
    assert case.state == (own[-1].after if own else case.state)
    for step in steps:
        assert (step.before, step.after) in ALLOWED or (step.act == "judge" and step.before == step.after)
    for before, after in itertools.pairwise(own):
        assert before.after == after.before
    for step in steps:
        if step.act == "approve":
            wrote = {version.made_by_id for version in case.versions.filter(number__lte=step.version.number)}
            assert step.by_id not in wrote or step.by_id in judged_earlier(case, step)
    kept = {version.content["texts"]["en"]["summary"] for version in case.versions.all()}
    assert world.written <= kept
    for person in world.people.values():
        offered = typing.kept_for(person, world.row(wants_copy=True), "en")
        assert (offered and typing.as_posted(offered)["summary"]) == world.typed.get(person.pk)
    found = set(Document.objects.filter(kind="practice", key=case.pk).values_list("text", flat=True))
    assert bool(found) == case.is_published
    if case.is_published:
        case.set_current_language("en")
        assert all(case.summary in text for text in found)
        seen = case.versions.published().newest().first()
        assert seen is None or seen.content["texts"]["en"]["summary"] == case.summary
    copies = Practice.objects.filter(copy_of=case)
    assert all(copy.state not in {"published", "archived"} for copy in copies)
    assert not Document.objects.filter(kind="practice", key__in=copies).exists()


def judged_earlier(case, step):
    """The people who wrote only what had been published before this step."""
    last = case.steps.filter(act="approve", pk__lt=step.pk).order_by("-pk").first()
    if last is None:
        return set()
    wrote = case.versions.filter(number__gt=last.version.number, number__lte=step.version.number)
    return {key for key in case.versions.values_list("made_by", flat=True) if key} - set(
        wrote.values_list("made_by", flat=True)
    )


@pytest.mark.parametrize("state", STATES)
def test_no_sequence_of_acts_leaves_the_flow_or_loses_a_text(state):
    done, world = [], World(state)

    @settings(max_examples=EXAMPLES)
    @given(SEQUENCES)
    def try_out(sequence):
        try:
            with transaction.atomic():
                world.begin()
                done.extend(world.act(*choice) for choice in sequence)
                check(world)
                raise Undo
        except Undo:
            pass

    try_out()

    assert sum(done) > EXAMPLES // 2
