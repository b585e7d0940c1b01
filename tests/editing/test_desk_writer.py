from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.roles import REVIEWERS
from editing.flow import do
from editing.models import Link, Typed
from editing.review import comment
from practices.models import Practice, Reads
from tests.desk import queries
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster, with_role
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

DESK = "/admin/"
State = Practice.State


@pytest.fixture
def city():
    return CityFactory(name="Vilnius")


@pytest.fixture
def writer(client, city):
    person = coordinator_of(city)
    client.force_login(person)
    return person


def page(client):
    return client.get(DESK).content.decode()


def part(client, name):
    return client.get(DESK).context[name]


def asked(client):
    return [(task.kind, task.title) for task in part(client, "writer")["asked"]]


def of_city(city, **facts):
    return PracticeFactory(city=city, **facts)


def aged(practice, days):
    """The practice, last changed so many days ago."""
    Practice.objects.filter(pk=practice.pk).update(updated_at=timezone.now() - timedelta(days=days))
    return practice


def test_cases_stand_below_their_states_and_those_of_other_cities_nowhere(client, writer, city):
    draft = of_city(city, state=State.DRAFT, title="Looms")
    published = of_city(city, title="Kilns")
    PracticeFactory(state=State.DRAFT, title="Secret plan elsewhere")
    PracticeFactory(title="Published elsewhere")

    groups = part(client, "writer")["groups"]

    assert [(group.state, group.practices, group.number) for group in groups] == [
        (State.DRAFT, [draft], 1),
        (State.PUBLISHED, [published], 1),
    ]
    assert "elsewhere" not in page(client)


def test_working_copy_stands_beside_its_case(client, writer, city):
    case = of_city(city, title="Kilns")
    copy = do("revise", case, writer)

    text = page(client)

    assert f'{reverse("admin:practices_practice_change", args=[case.pk])}">what readers see now' in text
    assert f'{reverse("admin:practices_practice_change", args=[copy.pk])}">working copy: Draft' in text


def test_whoever_has_no_case_yet_is_told_what_to_do_first(client, writer):
    text = page(client)

    assert "Enter your first case" in text
    assert reverse("admin:practices_practice_add") in text
    assert "Your cases" not in text


def test_requested_changes_come_with_message_and_open_comments(client, writer, city):
    practice = in_review(ready(city=city, title="Looms"), writer)
    reviewer = reviewer_of(practice.theme)
    comment(practice, reviewer, "results", "Where from?")
    do("request-changes", practice, reviewer, "Please add a figure.")

    (task,) = part(client, "writer")["asked"]

    assert (task.kind, task.title, task.said) == ("changes-requested", "Looms", "1 open comment")
    assert task.quote == f"{reviewer}: Please add a figure."
    assert task.address == reverse("admin:editing_review", args=[practice.pk])


def test_changes_requested_of_a_working_copy_are_asked_for(client, writer, city):
    copy = do("revise", ready(city=city, state=State.PUBLISHED, title="Kilns"), writer)
    do("submit", copy, writer)
    do("request-changes", copy, reviewer_of(copy.theme), "Shorter, please.")

    (task,) = part(client, "writer")["asked"]

    assert (task.kind, task.address) == ("changes-requested", reverse("admin:editing_review", args=[copy.pk]))
    assert task.quote.endswith("Shorter, please.")


def test_everything_that_is_asked_comes_with_its_act(client, writer, city):
    today = timezone.localdate()
    Typed.objects.create(person=writer, practice=None, language="en", fields={"title": ["Music boxes"]})
    Typed.objects.create(person=webmaster(), practice=None, language="en", fields={"title": ["Not mine"]})
    of_city(city, title="Late", verified_at=today - timedelta(days=380))
    of_city(city, title="Soon", verified_at=today - timedelta(days=350))
    of_city(city, title="Fresh", verified_at=today)
    broken = of_city(city, title="Broken", verified_at=today)
    link = Link.objects.create(
        url="https://example.org/gone", host="example.org", status="broken", first_seen_broken=today
    )
    link.uses.create(practice=broken, field="source")
    aged(of_city(city, title="Lies", state=State.DRAFT), 31)
    aged(of_city(city, title="Written lately", state=State.DRAFT), 29)

    tasks = part(client, "writer")["asked"]

    assert [(task.kind, task.title) for task in tasks] == [
        ("unsaved", "Music boxes"),
        ("verify", "Late"),
        ("verify", "Soon"),
        ("broken", "Broken"),
        ("draft", "Lies"),
    ]
    assert [(task.day - today).days for task in tasks if task.is_due] == [-15, 15]
    assert [task.is_late for task in tasks if task.is_due] == [True, False]
    assert all(client.get(task.address).status_code == 200 for task in tasks)


def test_what_was_typed_into_a_case_that_is_in_review_by_now_is_not_asked_for(client, writer, city):
    practice = in_review(ready(city=city), writer)
    Typed.objects.create(person=writer, practice=practice, language="en", fields={})

    assert asked(client) == []
    assert "Nothing is asked of you now." in page(client)


def test_field_that_helps_most_is_named_and_led_to(client, writer, city):
    practice = of_city(city, state=State.DRAFT)

    text = page(client)

    assert "What was done: with it another city could do the same; about 120 words" in text
    assert f"{reverse('admin:practices_practice_change', args=[practice.pk])}#id_description_helptext" in text


def test_row_of_the_matrix_counts_as_the_home_page_does(client, writer, city):
    looms, kilns = ThemeFactory(slug="looms", position=1), ThemeFactory(slug="kilns", position=2)
    PracticeFactory.create_batch(4, city=city, theme=looms)
    PracticeFactory(theme=kilns, further_cities=[city], further_themes=[looms])
    of_city(city, theme=kilns, state=State.DRAFT)
    PracticeFactory(theme=kilns, further_cities=[city], state=State.DRAFT)
    of_city(city, theme=kilns, state=State.ARCHIVED)

    ((found, cells),) = part(client, "writer")["coverage"]

    assert found == city
    cells = [cell for cell in cells if cell.theme in {looms, kilns}]
    assert [(cell.theme, cell.number, cell.coming, cell.missing) for cell in cells] == [
        (looms, 5, 0, 0),
        (kilns, 1, 1, 2),
    ]


def test_missing_theme_leads_to_a_form_that_knows_theme_and_city(client, writer, city):
    theme = ThemeFactory()
    second = CityFactory()
    writer.cities.add(second)

    cells = dict(part(client, "writer")["coverage"])[second]
    form = client.get(cells[0].address).context["adminform"].form

    assert (form["city"].value(), form["theme"].value()) == (str(second.pk), str(theme.pk))


def test_readers_of_the_last_days_are_told_with_where_it_goes(client, writer, city):
    today = timezone.localdate()
    rising, falling, quiet = (of_city(city) for _number in range(3))
    for practice, days, kind, number in [
        (rising, 1, "read", 20),
        (rising, 31, "read", 10),
        (rising, 2, "download", 3),
        (rising, 0, "read", 999),
        (falling, 5, "read", 5),
        (falling, 45, "read", 30),
        (falling, 61, "read", 999),
        (quiet, 1, "read", 9),
    ]:
        Reads.objects.create(practice=practice, day=today - timedelta(days=days), kind=kind, number=number)

    shown = {practice: practice.readers for group in part(client, "writer")["groups"] for practice in group.practices}

    facts = {practice: (readers.reads, readers.downloads, readers.trend) for practice, readers in shown.items()}
    assert facts == {rising: (20, 3, "rising"), falling: (5, 0, "falling"), quiet: (9, 0, "")}
    assert "read 20 times, downloaded 3 times" in page(client)


def test_reviewer_sees_what_waits_the_longest_first_and_what_they_sent_back(client, city):
    writer, theme = coordinator_of(city), ThemeFactory()
    reviewer = reviewer_of(theme)
    client.force_login(reviewer)
    first, second, back, other = (
        in_review(ready(city=city, theme=of), writer) for of in (theme, theme, theme, ThemeFactory())
    )
    first.steps.update(at=timezone.now() - timedelta(days=12))
    do("request-changes", back, reviewer, "A figure, please.")

    desk = part(client, "reviewer")
    text = page(client)

    assert [(practice, days) for practice, _submitter, days in desk["queue"]] == [(first, 12), (second, 0)]
    assert [practice for practice, _days in desk["sent_back"]] == [back]
    for practice in (first, second, back):
        assert reverse("admin:editing_review", args=[practice.pk]) in text
    assert reverse("admin:editing_review", args=[other.pk]) not in text


def test_reviewer_is_not_shown_what_others_sent_back(client, city):
    practice = in_review(ready(city=city), coordinator_of(city))
    do("request-changes", practice, webmaster(), "Shorter.")
    client.force_login(reviewer_of(practice.theme))

    assert part(client, "reviewer")["sent_back"] == []
    assert "Nothing waits for you." in page(client)


def test_whoever_has_several_roles_sees_all_their_parts(client, writer, city):
    writer.groups.add(Group.objects.get(name=REVIEWERS))
    theme = ThemeFactory()
    writer.reviewed_themes.add(theme)
    practice = in_review(ready(city=city, theme=theme), writer)

    text = page(client)

    assert "Your cases" in text
    assert "Yours to judge" in text
    assert "submitted by you: somebody else judges it" in text
    assert practice.title in text


def test_whoever_has_no_role_yet_is_told_whom_to_ask(client):
    client.force_login(with_role("Coordinators"))

    text = page(client)

    assert "Ask the webmaster, who invited you." in text
    assert "Your cases" not in text


def test_everything_else_stays_below(client, writer):
    text = page(client)

    assert text.index("What your city shows") < text.index("Everything") < text.index("app-practices")


def fill(city, number):
    """So many cases of each state, each with something to ask about."""
    for state in State.values:
        for practice in PracticeFactory.create_batch(number, city=city, state=state):
            practice.sources.create(title="Report", url="https://example.org/")
            aged(practice, 40)


def test_desk_takes_as_many_queries_for_many_cases_as_for_few(client, writer, city):
    fill(city, 1)
    with_few = queries(client, DESK)

    fill(city, 10)

    assert queries(client, DESK) == with_few
    assert part(client, "writer")["number"] == 66


def test_long_lists_are_cut_and_lead_on(client, writer, city):
    PracticeFactory.create_batch(14, city=city, state=State.DRAFT)

    (group,) = part(client, "writer")["groups"]

    assert (len(group.practices), group.number, group.more) == (12, 14, 2)
    assert client.get(group.address).context["cl"].result_count == 14
