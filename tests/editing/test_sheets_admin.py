import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from editing.admin.dry_run import shown
from editing.models import Upload
from editing.tasks import forget_uploaded_sheets
from practices.models import Practice
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.editing.sheet_files import records_of, sheet, workbook
from tests.factories import CityFactory, PracticeFactory, ThemeFactory, UserFactory

NEW = {"slug": "", "title": "Voucher", "city": "lyon", "theme": "brokerage"}
IMPORT, EXPORT = "/admin/practices/practice/import/", "/admin/practices/practice/export/"
LIST = "/admin/practices/practice/"


@pytest.fixture
def lyon():
    ThemeFactory(slug="brokerage")
    return CityFactory(slug="lyon")


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def writer(lyon):
    return coordinator_of(lyon)


@pytest.fixture
def desk(writer):
    return signed_in(writer)


def upload(client, data, name="practices.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def text(response):
    return " ".join(response.content.decode().split())


def body(response):
    return b"".join(response.streaming_content)


def test_a_sheet_is_shown_before_it_is_imported(desk, lyon):
    PracticeFactory(city=lyon, slug="a", title="One", theme=ThemeFactory(slug="brokerage"))
    data = sheet(NEW, NEW | {"slug": "a", "title": "Two"})

    answer = upload(desk, data)

    page = desk.get(answer.url)
    assert [(row["number"], row["status"]) for row in page.context["rows"]] == [(2, "new"), (3, "changed")]
    assert "Import 2 rows" in text(page)
    assert "<del>One</del><ins>Two</ins>" in text(page)
    assert (Practice.objects.count(), Upload.objects.count()) == (1, 1)

    done = desk.post(answer.url, follow=True)

    assert done.redirect_chain == [(LIST, 302)]
    assert "The sheet is imported: 1 new draft, 1 practice changed, 0 rows unchanged." in text(done)
    assert sorted(Practice.objects.values_list("state", flat=True)) == ["draft", "draft", "published"]
    assert not Upload.objects.exists()
    assert desk.post(answer.url).status_code == 404
    assert Practice.objects.count() == 3


def test_refused_rows_say_why_and_leave_no_button(desk):
    answer = upload(desk, sheet(NEW | {"theme": "none"}, NEW))

    page = desk.get(answer.url)

    assert "1 row is refused, so nothing can be imported." in text(page)
    assert "<code>theme</code> “none” is not known here." in text(page)
    assert "Import 1 row" not in text(page)
    assert [row["status"] for row in page.context["rows"]] == ["refused", "new"]
    assert [row["status"] for row in desk.get(f"{answer.url}?show=new").context["rows"]] == ["new"]
    assert desk.get(f"{answer.url}?show=changed").context["rows"] == []
    again = desk.post(answer.url)
    assert (again.status_code, Practice.objects.count()) == (409, 0)


def test_what_changed_in_between_is_shown_again_and_nothing_is_imported(desk, lyon):
    draft = PracticeFactory(city=lyon, slug="a", title="One", state=Practice.State.DRAFT)
    answer = upload(desk, sheet({"slug": "a", "title": "Two"}))
    draft.title = "Three"
    draft.save()

    again = desk.post(answer.url)

    assert again.status_code == 409
    assert "something has changed since this was shown" in text(again)
    assert "<del>Three</del><ins>Two</ins>" in text(again)
    assert Practice.objects.get().title == "Three"
    assert desk.post(answer.url).status_code == 302
    assert Practice.objects.get().title == "Two"


def test_a_kept_sheet_is_for_the_person_who_uploaded_it_and_for_a_day(desk, lyon, writer):
    url = upload(desk, sheet(NEW)).url
    others = [signed_in(coordinator_of(lyon)), signed_in(webmaster())]

    for other in others:
        assert (other.get(url).status_code, other.post(url).status_code) == (404, 404)
    assert Client().get(url).status_code == 302
    Upload.objects.update(made_at=timezone.now() - datetime.timedelta(days=1, seconds=1))
    expired = desk.post(url)

    assert (expired.status_code, Practice.objects.count()) == (404, 0)
    assert "This file is not kept any more. Upload it again." in text(expired)
    upload(others[0], sheet(NEW))
    assert not Upload.objects.filter(person=writer).exists()


def test_expired_sheets_are_deleted_every_day(desk):
    upload(desk, sheet(NEW))
    forget_uploaded_sheets()
    assert Upload.objects.count() == 1
    Upload.objects.update(made_at=timezone.now() - datetime.timedelta(days=2))

    forget_uploaded_sheets()

    assert not Upload.objects.exists()


def test_a_kept_sheet_does_not_outlive_the_rights_of_the_person(desk, lyon, writer):
    PracticeFactory(city=lyon, slug="a", title="Secret", state=Practice.State.DRAFT)
    url = upload(desk, sheet({"slug": "a", "title": "Two"})).url
    assert "Secret" in text(desk.get(url))

    writer.cities.set([CityFactory(slug="elsewhere")])

    page = desk.get(url)
    assert "Secret" not in text(page)
    assert [row["status"] for row in page.context["rows"]] == ["refused"]
    assert desk.post(url).status_code == 409
    writer.groups.clear()
    assert desk.get(url).status_code == 403
    assert Practice.objects.get().title == "Secret"


@pytest.mark.parametrize(
    ("data", "name", "status", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "practices.xlsx", 400, "This is neither a workbook (XLSX) nor a CSV file."),
        (b"PK\x03\x04rubbish", "practices.csv", 400, "The file is damaged"),
        (b"", "practices.csv", 400, "The file is empty."),
        (b"<svg onload='alert(1)'/>", "practices.csv", 400, "No row with column names"),
        (b"x" * (10 * 1024 * 1024 + 1), "practices.csv", 413, "The file is larger than 10 MB."),
    ],
)
def test_what_is_no_sheet_is_refused_on_the_page(desk, data, name, status, said):
    answer = upload(desk, data, name)

    assert (answer.status_code, said in text(answer)) == (status, True)
    assert not Upload.objects.exists()


def test_a_form_without_a_file_asks_for_one(desk):
    answer = desk.post(IMPORT, {})

    assert (answer.status_code, "Choose a file first." in text(answer)) == (400, True)


def test_what_is_in_cells_is_shown_as_text(desk):
    answer = upload(desk, sheet(NEW | {"title": "<script>alert(1)</script>", "theme": "<b>"}))

    page = text(desk.get(answer.url))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "“&lt;b&gt;” is not known here." in page


def test_who_may_import_and_who_may_export(lyon):
    reviewer, reader = reviewer_of(ThemeFactory()), UserFactory(is_staff=True)
    pages = [IMPORT, f"{IMPORT}template.csv", EXPORT, f"{EXPORT}?form=csv"]

    def answers(person):
        client = signed_in(person)
        return [client.get(page).status_code for page in pages]

    assert answers(coordinator_of(lyon)) == answers(webmaster()) == [200, 200, 200, 200]
    assert answers(reviewer) == [403, 403, 200, 200]
    assert answers(reader) == answers(coordinator_of()) == [403, 403, 403, 403]
    assert [Client().get(page).status_code for page in pages] == [302] * 4
    assert signed_in(reviewer).post(IMPORT, {"file": SimpleUploadedFile("a.csv", sheet(NEW))}).status_code == 403
    assert signed_in(webmaster()).put(IMPORT).status_code == 405
    assert signed_in(webmaster()).get(f"{IMPORT}template.pdf").status_code == 404


def test_the_list_leads_to_import_and_export_as_far_as_one_may(lyon, desk):
    reviewer = signed_in(reviewer_of(ThemeFactory()))

    assert [f'href="{page}"' in text(desk.get(LIST)) for page in (IMPORT, EXPORT)] == [True, True]
    assert [f'href="{page}"' in text(reviewer.get(LIST)) for page in (IMPORT, EXPORT)] == [False, True]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_holds_what_the_person_may_see(desk, lyon, form):
    other = CityFactory(slug="elsewhere")
    for city in (lyon, other):
        PracticeFactory(city=city, slug=f"{city.slug}-draft", title="=Secret", state=Practice.State.DRAFT)
        PracticeFactory(city=city, slug=f"{city.slug}-seen")

    def slugs(**asked):
        response = desk.get(EXPORT, {"form": form, **asked})
        assert response.headers["Content-Disposition"].endswith(f'.{form}"')
        assert "no-store" in response.headers["Cache-Control"]
        return [record["slug"] for record in records_of(body(response))]

    assert slugs() == ["elsewhere-seen", "lyon-draft", "lyon-seen"]
    assert slugs(city="lyon") == ["lyon-draft", "lyon-seen"]
    assert slugs(city="elsewhere") == ["elsewhere-seen"]
    assert desk.get(EXPORT, {"form": form, "city": "atlantis"}).status_code == 400
    assert desk.get(EXPORT, {"form": "pdf"}).status_code == 400


@pytest.mark.parametrize(("action", "form"), [("export_csv", "csv"), ("export_xlsx", "xlsx")])
def test_the_chosen_practices_are_exported_and_others_cannot_be_chosen(desk, lyon, action, form):
    mine = [PracticeFactory(city=lyon, slug=slug, state=Practice.State.DRAFT) for slug in ("a", "b")]
    theirs = PracticeFactory(slug="theirs", state=Practice.State.DRAFT)
    chosen = {"action": action, "_selected_action": [mine[0].pk, theirs.pk]}

    response = desk.post(LIST, chosen)

    assert [record["slug"] for record in records_of(body(response))] == ["a"]
    assert response.headers["Content-Disposition"].endswith(f'.{form}"')


def test_the_export_page_begins_with_the_own_city(desk, lyon):
    assert desk.get(EXPORT).context["form"].initial == {"city": lyon}
    assert signed_in(webmaster()).get(EXPORT).context["form"].initial == {"city": None}


def test_templates_are_files(desk):
    for form, begin in (("csv", b"\xef\xbb\xbfslug,language,title"), ("xlsx", b"PK")):
        response = desk.get(reverse("admin:editing_template", args=[form]))

        assert response.content.startswith(begin)
        assert response.headers["Content-Disposition"] == f'attachment; filename="crossinno-template.{form}"'


def test_many_rows_are_shown_some_at_a_time_with_the_same_queries(desk, lyon, django_assert_num_queries):
    few = upload(desk, workbook([list(NEW), *[list(NEW.values())] * 2]), "few.xlsx").url
    with django_assert_num_queries(11):
        desk.get(few)
    many = upload(desk, workbook([list(NEW), *[list(NEW.values())] * 120]), "many.xlsx").url

    with django_assert_num_queries(11):
        page = desk.get(many)

    assert len(page.context["rows"]) == 50
    assert [row["number"] for row in desk.get(f"{many}?page=3").context["rows"]] == list(range(102, 122))
    assert desk.get(f"{many}?page=none").status_code == 200


def test_differences_are_shown_with_what_is_around_them():
    long = "word " * 100

    assert shown("city", "lyon", "rome") == [("del", "lyon"), ("same", " → "), ("ins", "rome")]
    assert shown("title", "", "New") == [("ins", "New")]
    assert shown("summary", f"{long}old {long}", f"{long}new {long}") == [
        ("same", "… " + "word " * 11),
        ("del", "old"),
        ("ins", "new"),
        ("same", " word" * 11 + " …"),
    ]
    assert shown("summary", "a" * 15_000, "b" * 15_000)[0] == ("del", "a" * 15_000)
