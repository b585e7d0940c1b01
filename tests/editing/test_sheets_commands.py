from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from editing.sheets.columns import HEADINGS
from practices.models import Practice
from tests.editing.people import coordinator_of
from tests.editing.sheet_files import records_of, sheet
from tests.factories import CityFactory, PracticeFactory, ThemeFactory, UserFactory


def run(*arguments, **options):
    said = StringIO()
    call_command(*map(str, arguments), stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as error:
        run(*arguments)
    return error.value.returncode, str(error.value)


@pytest.fixture
def city():
    return CityFactory(slug="lyon")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "practices.csv"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_writes_all_practices_with_drafts_or_those_of_a_city(tmp_path, city, form):
    PracticeFactory(city=city, slug="a", state=Practice.State.DRAFT)
    PracticeFactory(slug="b")
    file = tmp_path / f"practices.{form}"

    said = run("export_practices", file)

    assert said.startswith(f"{file}: 2 practices, ")
    assert sorted(record["slug"] for record in records_of(file.read_bytes())) == ["a", "b"]
    run("export_practices", "--city", "lyon", file)
    assert [record["slug"] for record in records_of(file.read_bytes())] == ["a"]
    run("export_practices", "--template", file, "--format", form)
    assert records_of(file.read_bytes()) == []


def test_export_says_what_it_cannot_do(tmp_path):
    assert refused("export_practices", tmp_path / "a.ods") == (
        2,
        "Give FILE the ending .xlsx or .csv, or say --format.",
    )
    assert refused("export_practices", tmp_path / "a.csv", "--city", "atlantis") == (
        2,
        "There is no city 'atlantis' with practices.",
    )
    assert refused("export_practices", tmp_path / "none" / "a.csv")[0] == 2


def test_import_does_what_the_person_may_and_tells_row_by_row(city, file):
    ThemeFactory(slug="brokerage")
    PracticeFactory(city=city, slug="seen", title="Seen")
    person = coordinator_of(city)
    new = {"slug": "", "title": "Voucher", "city": "lyon", "theme": "brokerage"}
    file.write_bytes(sheet(new, {**new, "slug": "seen", "title": "Other"}))
    told = [
        "row 2 (Voucher en): new: title, city, theme",
        "row 3 (seen en): changed: title, theme",
        "1 new, 1 changed, 0 unchanged, 0 refused",
    ]

    rehearsed = run("import_practices", file, "--as", person.email.upper(), "--dry-run")

    assert rehearsed.splitlines() == [*told, "Nothing was written: this was a dry run."]
    assert Practice.objects.count() == 1
    assert run("import_practices", file, "--as", person.email).splitlines() == told
    assert sorted(Practice.objects.values_list("state", flat=True)) == ["draft", "draft", "published"]


def test_import_refuses_all_if_one_row_is_wrong(city, file):
    file.write_bytes(sheet({"title": "A", "city": "lyon", "theme": "none"}, {"slug": "x\x1by", "title": "B" * 300}))
    said = StringIO()

    with pytest.raises(CommandError) as error:
        call_command("import_practices", str(file), "--as", coordinator_of(city).email, stdout=said, stderr=StringIO())

    assert (error.value.returncode, str(error.value)) == (1, "2 rows are refused; nothing was imported.")
    lines = said.getvalue().splitlines()
    assert lines[:2] == ["row 2 (A en): refused: title, city", "    theme: “none” is not known here."]
    assert "    slug: contains the character U+001B, which no page can show." in lines
    assert not Practice.objects.exists()


def test_import_says_which_person_or_file_it_cannot_use(city, file):
    person = coordinator_of(city)
    file.write_bytes(b"one,two\n1,2\n")

    assert refused("import_practices", file, "--as", "nobody@example.org") == (
        2,
        "There is no account 'nobody@example.org'.",
    )
    reader = UserFactory(is_staff=True)
    assert refused("import_practices", file, "--as", reader.email)[0] == 2
    assert refused("import_practices", file, "--as", person.email)[1].startswith(f"{file}: No row with column names")
    assert refused("import_practices", file.with_name("none.csv"), "--as", person.email)[0] == 2


def test_what_the_export_writes_the_import_finds_unchanged(city, file):
    PracticeFactory(city=city, slug="a")
    run("export_practices", file)

    said = run("import_practices", file, "--as", coordinator_of(city).email)

    assert said == "0 new, 0 changed, 1 unchanged, 0 refused\n"
    assert list(records_of(file.read_bytes())[0]) == HEADINGS
