"""`docs/rights.md` says who may do what; here it is asked whether that is so."""

import re

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from editing.flow import ACTS
from editing.rights import JUDGES_ACTS, WEBMASTERS_ACTS, WRITERS_ACTS, rights_of
from practices.models import Practice
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, PracticeFactory, ThemeFactory, UserFactory

State = Practice.State
WORDS = {str(state.label).lower(): state.value for state in State}
LEVELS = {"view": "look", "add": "enter", "change": "change", "delete": "delete"}


def table(heading):
    """The rows of the table below a heading, as dictionaries."""
    text = (settings.BASE_DIR / "docs/rights.md").read_text().partition(f"## {heading}\n")[2]
    lines = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()
    head, _rule, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
    return [dict(zip(head, row, strict=True)) for row in rows]


def states(cell):
    """The states that a cell names."""
    if cell in {"always", "never", "–"}:
        return set(State.values) if cell == "always" else set()
    return {WORDS[name.strip()] for name in cell.split(",")}


ACTS_IN_WORDS = {row["act"]: row for row in table("Acts on a practice")}
THINGS = {row["thing"]: row for row in table("Things at the desk")}
ROLES = [name for name in ACTS_IN_WORDS["see"] if name not in {"act", "what it is", "from"}]


def superuser():
    return UserFactory(is_staff=True, is_superuser=True)


def people_of(practice):
    """Somebody of each role of the first table."""
    return {
        "coordinator of its city": coordinator_of(practice.city),
        "coordinator of another city": coordinator_of(CityFactory()),
        "reviewer of its theme": reviewer_of(practice.theme),
        "reviewer of another theme": reviewer_of(ThemeFactory()),
        "webmaster": webmaster(),
        "superuser": superuser(),
        "anonymous": AnonymousUser(),
    }


def test_table_names_every_act_and_every_role():
    assert set(ACTS_IN_WORDS) == {"see", *WRITERS_ACTS, *JUDGES_ACTS, *WEBMASTERS_ACTS}
    assert set(ROLES) == set(people_of(PracticeFactory()))


@pytest.mark.parametrize("act", ACTS_IN_WORDS)
def test_each_role_may_do_what_the_table_says_in_every_state(act):
    practice = PracticeFactory()
    people = people_of(practice)

    allowed = {role: set() for role in ROLES}
    for state in State.values:
        practice.state = state
        for role, person in people.items():
            if rights_of(person).may(act, practice):
                allowed[role].add(state)

    assert allowed == {role: states(ACTS_IN_WORDS[act][role]) for role in ROLES}


def test_acts_of_the_flow_begin_where_the_table_says():
    begins = {name: states(row["from"]) for name, row in ACTS_IN_WORDS.items()}

    assert {name: begin for name, begin in begins.items() if begin} == {
        name: set(act.before) for name, act in ACTS.items()
    }


@pytest.mark.parametrize("act", sorted(JUDGES_ACTS))
def test_nobody_judges_what_they_wrote(act):
    practice = PracticeFactory(state=State.IN_REVIEW)
    reviewer, master, root = reviewer_of(practice.theme), webmaster(), superuser()

    for number, person in enumerate((reviewer, master, root), start=1):
        practice.versions.create(number=number, content={}, made_by=person)

    assert [rights_of(person).may(act, practice) for person in (reviewer, master, root)] == [False] * 3
    assert rights_of(webmaster()).may(act, practice)


@pytest.mark.parametrize("role", ["coordinator", "reviewer", "webmaster", "superuser", "anonymous"])
def test_each_role_finds_at_the_desk_what_the_table_says(role, rf):
    request = rf.get("/admin/")
    request.user = {
        "coordinator": lambda: coordinator_of(CityFactory()),
        "reviewer": lambda: reviewer_of(ThemeFactory()),
        "webmaster": webmaster,
        "superuser": superuser,
        "anonymous": AnonymousUser,
    }[role]()

    found = {}
    for model, pages in admin.site._registry.items():
        may = pages.get_model_perms(request) if pages.has_module_permission(request) else {}
        found[str(model._meta.verbose_name_plural)] = {word for name, word in LEVELS.items() if may.get(name)}

    assert found == {thing: set(row[role].replace("–", "").split(", ")) - {""} for thing, row in THINGS.items()}


@pytest.mark.parametrize("person", ["left", "without a city", "no staff"])
def test_whoever_has_no_business_here_may_do_nothing(person):
    practice = PracticeFactory()
    somebody = coordinator_of(*([] if person == "without a city" else [practice.city]))
    somebody.is_active, somebody.is_staff = person != "left", person != "no staff"

    allowed = {act for act in ACTS_IN_WORDS if rights_of(somebody).may(act, practice)}

    assert allowed <= {"see"}
    assert list(rights_of(somebody).visible()) == []
