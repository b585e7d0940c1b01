"""What a sheet would change, row by row, and why rows are refused; nothing is written here."""

import copy
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cities.rows import differences
from editing.rights import rights_of
from editing.sheets.alike import Alike
from editing.sheets.cells import Wrong
from editing.sheets.columns import COLUMNS
from editing.sheets.comparing import Comparison
from editing.sheets.names import Names
from editing.sheets.standing import cases_of, not_yours
from events.content.slugs import slug_from
from practices.layouts import PRACTICES
from practices.models import Practice

NAMED = 10
NEW, CHANGED, UNCHANGED, REFUSED = STATUSES = ["new", "changed", "unchanged", "refused"]
TEXTS = [column for column in COLUMNS if column.of_texts]
FACTS = [column for column in COLUMNS if not column.of_texts]


@dataclass
class RowPlan:
    """What one row would change: by column, what was and what will be; what is wrong, and what else to know."""

    number: int
    slug: str = ""
    language: str = ""
    title: str = ""
    status: str = UNCHANGED
    changes: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)


@dataclass
class Proposal:
    """A practice as a sheet would have it: the case it is about, if it is not new, what it says and would say."""

    case: object
    old: dict
    new: dict
    rows: list = field(default_factory=list)

    @property
    def changed(self):
        """What would be written: by field, the new value."""
        return {name: self.new[name] for name in differences(self.old, self.new)}


class Plan:
    """What all rows of a sheet would change."""

    def __init__(self, proposals, rows, notes):
        self.proposals, self.rows, self.notes = proposals, sorted(rows, key=lambda row: row.number), notes

    @property
    def counts(self):
        """How many rows there are of each status."""
        return {status: sum(row.status == status for row in self.rows) for status in STATUSES}

    def digest(self):
        """A fingerprint of what would be done and refused."""
        said = [[row.number, row.slug, row.language, row.status, row.changes, row.problems] for row in self.rows]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def summary(self):
        """How many rows and practices there are of each kind, and the notes, as JSON knows them."""
        drafts = sum(proposal.case is None for proposal in self.proposals)
        practices = sum(proposal.case is not None and bool(proposal.changed) for proposal in self.proposals)
        return {"counts": self.counts, "drafts": drafts, "practices": practices, "notes": self.notes}


def nothing_said():
    """The content of a practice of which nothing is known yet."""
    content = {field.name: None if field.is_relation else field.get_default() for field in PRACTICES.fields}
    content |= {part.name: part.empty() for part in PRACTICES.parts}
    return content | {"slug": "", "further_countries": "", "original_language": "", "of_copy": False}


def planned(person, table, locked=False, progress=None):
    """What the table would change if this person imported it; the practices are locked only for doing it."""
    return Planner(person, table, locked, progress or (lambda *_done: None)).plan()


class Planner:
    """Compares the rows of a table with what practices say, practice by practice."""

    def __init__(self, person, table, locked, progress):
        self.rights = rights_of(person)
        self.table = table
        self.progress = progress
        self.names = Names()
        self.texts = [column for column in TEXTS if column.key in table.keys]
        self.facts = [column for column in FACTS if column.key in table.keys]
        self.cases = cases_of(person, {slug for row in table.rows if (slug := row.cells.get("slug"))}, locked)
        self.alike = {}
        self.left_aside = defaultdict(list)

    def plan(self):
        """The plan for all rows."""
        proposals, rows = [], []
        for done, group in enumerate(self.groups(), start=1):
            proposal = self.proposal(group)
            proposals.append(proposal)
            rows += proposal.rows
            self.progress("comparing", done)
        self.point_out(proposals)
        return Plan(proposals, rows, [*self.table.notes, *for_reading(self.left_aside)])

    def groups(self):
        """The rows that are about one practice; a row without a slug is about one of its own."""
        groups = {}
        for row in self.table.rows:
            slug = row.cells.get("slug")
            case = self.cases.get(slug)
            groups.setdefault((case.practice.slug if case else slug) or row.number, []).append(row)
        return groups.values()

    def proposal(self, group):
        """One practice as its rows would have it."""
        slug = group[0].cells.get("slug", "")
        case = self.cases.get(slug)
        old = case.content if case else nothing_said()
        proposal = Proposal(case, old, copy.deepcopy(old))
        plans = [self.begin(row, proposal) for row in group]
        proposal.rows = plans
        if slug in self.cases and case is None:
            for plan in plans:
                plan.problems.append(["slug", not_yours()])
        else:
            Comparison(proposal, list(zip(group, plans, strict=True)), self.names, self.left_aside).compare(
                self.texts, self.facts
            )
            self.judge(proposal, slug)
        for plan in plans:
            self.settle(plan, proposal)
        return proposal

    def begin(self, row, proposal):
        """The plan of a row before anything is compared: which practice, in which language, and faults of its cells."""
        plan = RowPlan(
            row.number, row.cells.get("slug", ""), problems=[[key, said] for key, said in row.faults.items()]
        )
        plan.language = proposal.old["original_language"] or settings.LANGUAGE_CODE
        try:
            if cell := row.cells.get("language"):
                plan.language = self.names.slug("languages", cell)
        except Wrong as wrong:
            plan.problems.append(["language", str(wrong)])
        if not proposal.new["original_language"]:
            proposal.new["original_language"] = plan.language
        plan.title = row.cells.get("title") or self.title_of(proposal.old, plan.language)
        return plan

    @staticmethod
    def title_of(content, language):
        """What a practice is called, in the language if it can be."""
        texts = content["texts"]
        return next((texts[code]["title"] for code in (language, *texts) if code in texts), "")

    def judge(self, proposal, slug):
        """What is wrong with the practice as a whole, told at its first row; not if nothing would change."""
        first, case = proposal.rows[0], proposal.case
        if case and not proposal.changed:
            return
        problems = []
        if case and case.refusal:
            problems.append(["slug", case.refusal])
        elif not case:
            problems += wrong_slug(slug, first.title)
        problems += self.wrong_city(proposal) + lacking(proposal.new) + contradictions(proposal.new)
        told = {key for plan in proposal.rows for key, _said in plan.problems}
        first.problems += [problem for problem in problems if problem[0] not in told]
        for plan in proposal.rows:
            if not proposal.new["texts"].get(plan.language, {}).get("title") and not plan.problems:
                plan.problems.append(["title", _("is needed.")])

    def wrong_city(self, proposal):
        """Why the practice may not be of the city that it would be of."""
        city = proposal.new["city"]
        if self.rights.is_webmaster or not city or city == proposal.old["city"]:
            return []
        if self.names.keys_of_cities.get(city) in self.rights.cities:
            return []
        return [["city", _("You do not write for this city.")]]

    @staticmethod
    def settle(plan, proposal):
        """Gives the row its status."""
        if plan.problems:
            plan.status = REFUSED
        elif proposal.case is None:
            plan.status = NEW
        elif plan.changes:
            plan.status = CHANGED

    def point_out(self, proposals):
        """Notes beside new practices whose titles are like others of the same city."""
        new = [proposal for proposal in proposals if proposal.case is None and proposal.new["city"]]
        mine = [proposal for proposal in new if not self.wrong_city(proposal)]
        cities = {proposal.new["city"] for proposal in mine}
        stored = Practice.objects.filter(city__slug__in=cities, copy_of=None).order_by()
        for city, title in stored.values_list("city__slug", "translations__title").iterator():
            self.alike.setdefault(city, Alike()).add(title or "")
        for proposal in mine:
            titles = self.alike.setdefault(proposal.new["city"], Alike())
            for plan in proposal.rows:
                if like := titles.like(plan.title):
                    said = _("The city has a practice of nearly the same title: “%s”. Is it the same?")
                    plan.notes.append(["title", said % like])
            for plan in proposal.rows:
                titles.add(plan.title)


def for_reading(left_aside):
    """Notes about cells that were changed in columns that are for reading only, by column and rows."""
    notes = []
    for column, numbers in left_aside.items():
        named = ", ".join(str(number) for number in sorted(numbers)[:NAMED])
        what = ngettext(
            "The column “%(column)s” is for reading only: %(why)s What row %(rows)s says there is left aside.",
            "The column “%(column)s” is for reading only: %(why)s What rows %(rows)s say there is left aside.",
            len(numbers),
        )
        rows = f"{named} …" if len(numbers) > NAMED else named
        notes.append(what % {"column": column.key, "why": column.decided_by, "rows": rows})
    return notes


def wrong_slug(slug, title):
    """Why a new practice cannot have the slug."""
    if not slug:
        if title and not slug_from(title):
            return [["slug", _("is needed: the title has no Latin letters to make it from.")]]
        return []
    try:
        Practice._meta.get_field("slug").run_validators(slug)
    except ValidationError as refused:
        return [["slug", " ".join(refused.messages)]]
    return []


def lacking(content):
    """What a practice cannot be without."""
    problems = [[key, _("is needed.")] for key in ("city", "theme") if not content[key]]
    if content["texts"] and content["original_language"] not in content["texts"]:
        problems.append(["original_language", _("must be a language in which the practice is written.")])
    return problems


def contradictions(content):
    """Facts that do not go together."""
    names = ["start_year", "end_year", "lat", "lon"]
    try:
        Practice(**{name: content[name] for name in names}).clean()
    except ValidationError as refused:
        return [[name, " ".join(messages)] for name, messages in refused.message_dict.items()]
    return []
