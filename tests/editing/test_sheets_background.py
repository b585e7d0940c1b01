"""Large sheets: compared and imported by the worker, while the page tells how far it is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import MailLevel
from editing import tasks
from editing.models import PlannedRow, Upload
from mail.models import Job
from practices.models import Practice
from tests.editing.people import coordinator_of
from tests.editing.sheet_files import csv_file, workbook
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

IMPORT = "/admin/practices/practice/import/"
LARGE = 650  # rows: too many to be compared while somebody waits
KEYS = ["slug", "title", "summary", "city", "theme"]


@pytest.fixture
def writer():
    ThemeFactory(slug="brokerage")
    return coordinator_of(CityFactory(slug="lyon"), email="ona@example.org")


@pytest.fixture
def desk(writer):
    client = Client()
    client.force_login(writer)
    return client


def rows(number, summary="A grant.", **facts):
    """So many practices, each with a slug of its own."""
    record = {"title": "Practice", "summary": summary, "city": "lyon", "theme": "brokerage"} | facts
    return [KEYS, *([f"p-{each}", *(record[key] for key in KEYS[1:])] for each in range(number))]


def upload(client, data, name="practices.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)}).url


def text(response):
    return " ".join(response.content.decode().split())


def waiting():
    """The tasks that wait in the queue for sheets."""
    return list(Job.objects.filter(task_name__contains="_sheet", status="todo").values_list("task_name", flat=True))


def test_a_large_sheet_is_compared_and_imported_by_the_worker(desk, run_queue, mailoutbox):
    page = upload(desk, csv_file(rows(201)))
    before, queued = desk.get(page), waiting()
    run_queue()
    planned = desk.get(page)
    confirmed = desk.post(page)
    during, drafts = desk.get(page), Practice.objects.count()
    run_queue()
    after = desk.get(page)

    assert "The rows are compared" in text(before)
    assert "Look again" in text(before)
    assert queued == ["editing.tasks.compare_sheet"]
    assert "Import 201 rows" in text(planned)
    assert (confirmed.status_code, confirmed.url, drafts) == (302, page, 0)
    assert "The rows are being imported" in text(during)
    assert "The sheet is imported: 201 new drafts, 0 practices changed, 0 rows unchanged." in text(after)
    assert (Practice.objects.count(), PlannedRow.objects.count(), waiting()) == (201, 0, [])
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [(["ona@example.org"], "Your sheet “practices.csv”")]
    assert "The sheet is imported: 201 new drafts" in mailoutbox[0].body


def test_two_hundred_rows_need_no_worker(desk):
    page = upload(desk, csv_file(rows(200)))

    assert "Import 200 rows" in text(desk.get(page))
    assert desk.post(page).url == "/admin/practices/practice/"
    assert (Practice.objects.count(), waiting()) == (200, [])


def test_a_heavy_file_is_read_by_the_worker_which_says_what_is_wrong_with_it(desk, run_queue):
    page = upload(desk, b"no columns\n" * 20_000)
    run_queue()

    answer = desk.get(page)

    assert (answer.status_code, "No row with column names" in text(answer)) == (400, True)
    assert bytes(Upload.objects.get().data or b"") == b""


def test_looking_and_confirming_again_begins_nothing_twice(desk, run_queue):
    page = upload(desk, csv_file(rows(201)))
    desk.get(page), desk.post(page)
    first = waiting()
    run_queue()
    desk.post(page), desk.post(page)

    assert first == ["editing.tasks.compare_sheet"]
    assert waiting() == ["editing.tasks.import_sheet"]
    run_queue()
    assert Practice.objects.count() == 201
    assert desk.post(page, follow=True).redirect_chain == [("/admin/practices/practice/", 302)]
    assert Practice.objects.count() == 201


def test_what_changed_before_the_worker_came_is_shown_again(desk, writer, run_queue, mailoutbox):
    drafts = [PracticeFactory(slug=f"p-{each}", city=writer.cities.get(), state="draft") for each in range(2)]
    page = upload(desk, csv_file(rows(201)))
    run_queue()
    desk.post(page)
    drafts[0].title = "By somebody else"
    drafts[0].save()
    run_queue()

    answer = desk.get(page)

    assert "something has changed since this was shown" in text(answer)
    assert "Import 201 rows" in text(answer)
    assert Practice.objects.count() == 2
    assert "Nothing was imported" in mailoutbox[0].body
    desk.post(page)
    run_queue()
    assert Practice.objects.count() == 201


def test_a_large_sheet_is_compared_anew_when_rights_have_changed(desk, writer, run_queue):
    page = upload(desk, csv_file(rows(201)))
    run_queue()
    writer.cities.set([CityFactory(slug="elsewhere")])

    during = desk.get(page)
    run_queue()
    after = desk.get(page)

    assert "The rows are compared" in text(during)
    assert "201 rows are refused" in text(after)


def test_rights_lost_after_confirming_stop_the_import(desk, writer, run_queue):
    page = upload(desk, csv_file(rows(201)))
    run_queue()
    desk.post(page)
    writer.cities.clear()
    run_queue()

    assert Practice.objects.count() == 0
    assert Upload.objects.get().state == "planned"


def test_nobody_else_sees_the_progress_and_who_wants_no_mail_gets_none(desk, writer, run_queue, mailoutbox):
    writer.mails = MailLevel.NONE
    writer.save()
    other = Client()
    other.force_login(coordinator_of(writer.cities.get()))
    page = upload(desk, csv_file(rows(201)))
    seen = other.get(page).status_code
    run_queue()
    desk.post(page)
    run_queue()

    assert (seen, other.post(page).status_code) == (404, 404)
    assert (Practice.objects.count(), mailoutbox) == (201, [])


def test_a_sheet_that_is_being_imported_is_not_forgotten(desk, run_queue):
    page = upload(desk, csv_file(rows(201)))
    run_queue()
    desk.post(page)
    Upload.objects.update(made_at="2020-01-01T00:00Z")
    upload(desk, csv_file(rows(2, slug="x")))
    tasks.forget_uploaded_sheets()

    run_queue()

    assert Practice.objects.count() == 201


def test_work_that_fails_for_the_last_time_is_said_on_the_page(desk, run_queue, monkeypatch):
    page = upload(desk, csv_file(rows(201)))
    monkeypatch.setattr(tasks.SOON, "pauses", ())
    Upload.objects.update(table={})
    run_queue(may_fail=True)

    answer = text(desk.get(page))

    assert "Something went wrong, and nothing was imported." in answer
    assert (Practice.objects.count(), PlannedRow.objects.count()) == (0, 0)


def test_the_plan_of_many_rows_takes_the_same_few_queries(desk, run_queue):
    def taken(number):
        page = upload(desk, csv_file(rows(number)))
        run_queue()
        with CaptureQueriesContext(connection) as queries:
            desk.get(page)
        return len(queries)

    assert taken(300) == taken(600)


@pytest.mark.slow
def test_all_rows_of_a_large_workbook_are_imported(desk, run_queue):
    page = upload(desk, workbook(rows(LARGE, summary="A grant. " * 60)), "practices.xlsx")
    run_queue()
    planned = desk.get(f"{page}?page={LARGE // 50}")
    desk.post(page)
    run_queue()

    assert f"Import {LARGE} rows" in text(planned)
    assert [row["number"] for row in planned.context["rows"]] == list(range(LARGE - 48, LARGE + 2))
    assert f"{LARGE} new drafts" in text(desk.get(page))
    assert Practice.objects.count() == LARGE
