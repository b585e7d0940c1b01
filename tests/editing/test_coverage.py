from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from editing.models import Appeal
from practices.models import Practice
from tests.desk import queries
from tests.editing.people import coordinator_of
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

MATRIX = "/admin/editing/appeal/coverage/"


@pytest.fixture
def city():
    return CityFactory(name="Vilnius")


@pytest.fixture
def theme():
    return ThemeFactory(name="Vouchers")


def cell(client, city, theme):
    """What the matrix says of a city and a theme."""
    rows = client.get(MATRIX).context["rows"]
    return next(found for _city, cells in rows for found in cells if (found.city, found.theme) == (city, theme))


def ask_page(city, theme):
    """Where the coordinators of a city are asked."""
    return reverse("admin:editing_ask", args=[city.pk, theme.pk])


def test_a_cell_counts_what_is_published_fresh_and_on_its_way(client, master, city, theme):
    PracticeFactory(city=city, theme=theme, verified_at=date(2015, 1, 1))
    PracticeFactory(city=city, theme=theme)
    PracticeFactory(further_cities=[city], theme=theme)
    PracticeFactory(city=city, further_themes=[theme])
    drafts = [PracticeFactory(city=city, theme=theme, state=state) for state in ("draft", "in-review")]
    PracticeFactory(city=city, theme=theme, state="archived")
    Practice.objects.create(slug="copy", city=city, theme=theme, copy_of=Practice.objects.published().first())

    found = cell(client, city, theme)

    assert (found.number, found.due, found.fresh, found.coming) == (4, 1, 75, 2)
    listed = client.get(found.in_work).context["cl"].result_list
    assert sorted(practice.pk for practice in listed) == sorted(draft.pk for draft in drafts)


def test_the_number_leads_to_the_practices_that_it_counts(client, master, city, theme):
    counted = {PracticeFactory(city=city, theme=theme).pk, PracticeFactory(further_cities=[city], theme=theme).pk}
    PracticeFactory(city=city)

    page = client.get(MATRIX).content.decode()
    address = f"/practices/?city={city.slug}&theme={theme.slug}"

    assert address.replace("&", "&amp;") in page
    assert {practice.pk for practice in client.get(address).context["page"].practices} == counted


@pytest.mark.parametrize(("practices", "stale", "is_weak"), [(0, 0, True), (3, 0, True), (4, 0, False), (4, 3, True)])
def test_cells_with_too_little_or_mostly_stale_lead_to_asking(client, master, city, theme, practices, stale, is_weak):
    for number in range(practices):
        PracticeFactory(city=city, theme=theme, verified_at=date(2015, 1, 1) if number < stale else date(2100, 1, 1))

    page = client.get(MATRIX)

    assert cell(client, city, theme).is_weak == is_weak
    assert (ask_page(city, theme) in page.content.decode()) == is_weak


def test_coordinators_get_the_letter_as_the_webmaster_wrote_it(client, master, run_queue, city, theme):
    coordinator, other = coordinator_of(city), coordinator_of(CityFactory())

    page = client.get(ask_page(city, theme)).content.decode()
    client.post(ask_page(city, theme), {"text": "Dear Ona, do you know one?"})
    run_queue()

    assert coordinator.email in page
    assert other.email not in page
    assert "about “Vouchers”, and Vilnius shows few" in page
    letter = mail.outbox[0]
    assert (len(mail.outbox), letter.to, letter.reply_to) == (1, [coordinator.email], [master.email])
    assert letter.subject == "Vilnius: practices about Vouchers"
    assert "Dear Ona, do you know one?" in letter.body
    assert f"/admin/practices/practice/add/?city={city.pk}&theme={theme.pk}" in letter.body


def test_the_cell_and_the_log_say_when_it_was_asked(client, master, city, theme):
    coordinator_of(city)
    client.post(ask_page(city, theme), {"text": "Please."})

    appeal = Appeal.objects.get()

    assert (appeal.by, appeal.number, appeal.text) == (master, 1, "Please.")
    assert cell(client, city, theme).asked_at == appeal.at
    assert "asked on" in client.get(MATRIX).content.decode()
    assert "Asked on" in client.get(ask_page(city, theme)).content.decode()
    assert list(client.get("/admin/editing/appeal/").context["cl"].result_list) == [appeal]


def test_an_empty_letter_is_not_sent(client, master, city, theme):
    coordinator_of(city)

    response = client.post(ask_page(city, theme), {"text": " "})

    assert (response.status_code, Appeal.objects.count()) == (400, 0)


def test_a_city_without_coordinator_leads_to_inviting_one(client, master, city, theme):
    response = client.get(ask_page(city, theme))
    posted = client.post(ask_page(city, theme), {"text": "Please."})

    group = response.context["group"]
    assert "Vilnius has no coordinator" in response.content.decode()
    assert f"/admin/accounts/user/add/?groups={group.pk}" in response.content.decode()
    assert (posted.status_code, Appeal.objects.count()) == (400, 0)


def test_who_wants_no_mail_gets_none(client, master, city, theme):
    person = coordinator_of(city)
    person.mails = "none"
    person.save()

    response = client.get(ask_page(city, theme))

    assert "wants no mails" in response.content.decode()
    assert "Send the letter" not in response.content.decode()


def test_only_webmasters_see_the_matrix_and_ask(client, city, theme):
    client.force_login(coordinator_of(city))

    answers = [client.get(address).status_code for address in (MATRIX, ask_page(city, theme), "/admin/editing/appeal/")]
    posted = client.post(ask_page(city, theme), {"text": "Please."}).status_code

    assert (answers, posted, Appeal.objects.count()) == ([403, 403, 403], 403, 0)


def test_the_matrix_takes_the_same_queries_for_three_practices_and_for_thirty(client, master):
    for _number in range(3):
        PracticeFactory()
    few = queries(client, MATRIX)
    for _number in range(27):
        PracticeFactory()

    assert queries(client, MATRIX) == few
