import csv
import io
import json
import tracemalloc

import openpyxl
import pytest
from django.core.management import call_command
from django.utils import translation

from practices.models import Practice
from tests.factories import (
    CityFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSourceFactory,
    SectorFactory,
    ThemeFactory,
)

FORMS = ["csv", "xlsx", "json"]
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"]


@pytest.fixture(autouse=True)
def _english():
    """A request leaves the language of its page to the thread."""
    with translation.override("en"):
        yield


def full_practice():
    practice = PracticeFactory(
        slug="garage",
        title="Garage; “Łódź”",
        summary='Fish & "chips", <b>\nsecond line',
        challenge="Empty rooms.",
        city=CityFactory(slug="linz", name="Linz", country="AT"),
        theme=ThemeFactory(slug="brokerage", name="Brokerage"),
        creative_sectors=[SectorFactory(slug="design", name="Design"), SectorFactory(slug="music", name="Music")],
        growth_sectors=[SectorFactory(slug="health", name="Health", kind="growth")],
        tags=["SME", "vouchers"],
        further_countries="CZ,PL",
        start_year=2011,
        outcome="running",
        evidence="measured",
        cost_band="10k-50k",
        lat=0.0,
        lon=-8.6,
        website="https://example.org/",
        confirmed_by_project=True,
        analysis_fields=["challenge"],
        verified_at="2024-02-20",
    )
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")
    practice.further_cities.add(CityFactory(slug="berlin", name="Berlin", country="DE"))
    practice.further_themes.add(ThemeFactory(slug="spaces", name="Spaces"))
    ParticipantFactory(practice=practice, name="City of Linz", role="funder")
    ParticipantFactory(practice=practice, name="Design Centre", role="lead", url="https://example.org/centre")
    PracticeSourceFactory(practice=practice, title="Report", supports="Figures")
    return practice


def rows_of(answer, form):
    """The table that a spreadsheet program would show."""
    content = answer.getvalue()
    if form == "csv":
        return [dict(row) for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]
    headings, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
    return [dict(zip(headings, row, strict=True)) for row in rows]


def titles(answer, form):
    if form == "json":
        return [record["title"] for record in json.loads(answer.getvalue())]
    return [row["Title"] for row in rows_of(answer, form)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_tells_a_practice_in_words_that_people_use(client, form):
    full_practice()

    (row,) = rows_of(client.get(f"/practices/download.{form}"), form)

    assert row["Title"] == "Garage; “Łódź”"
    assert row["Page"] == "http://testserver/practices/garage/"
    assert (row["City"], row["Country"], row["Theme"]) == ("Linz", "Austria", "Brokerage")
    assert (row["Further cities"], row["Further countries"]) == ("Berlin", "Czechia; Poland")
    assert (row["Creative sectors"], row["Tags"]) == ("Design; Music", "SME; vouchers")
    assert (str(row["First year"]), row["What became of it"]) == ("2011", "Running")
    assert (float(row["Latitude"]), float(row["Longitude"])) == (0.0, -8.6)
    assert row["Organisations"] == "City of Linz (Funder); Design Centre (Lead)"
    assert row["Sources"] == "Report https://example.org/report"
    assert row["Summary"].split() == ["Fish", "&", '"chips",', "<b>", "second", "line"]
    assert row["Language of the texts"] == "en"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_speaks_the_language_of_the_page(client, form):
    full_practice()

    (row,) = rows_of(client.get(f"/de/practices/download.{form}"), form)

    values = [value for value in row.values() if value]
    assert {"Werkstatt", "Kurz.", "Österreich", "de", "http://testserver/de/practices/garage/"} <= set(values)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "search", ["", "q=design&city=a&city=b", "outcome=ended&sort=title", "q=design&page=2&view=table"]
)
def test_a_file_holds_the_whole_list_of_the_page_in_its_order(client, form, search):
    for number in range(15):
        PracticeFactory(
            city=CityFactory(slug="abc"[number % 3]),
            title=("design " if number % 4 else "food ") * (number + 1) + str(number),
            outcome=["ended", "running"][number % 2],
        )
    keys = client.get(f"/practices/?{search}").context["found"].keys[:]
    names = dict(Practice.objects.values_list("pk", "translations__title"))

    answer = client.get(f"/practices/download.{form}?{search}")

    assert titles(answer, form) == [names[key] for key in keys]


def test_a_file_says_what_it_is(client):
    PracticeFactory()

    answers = {form: client.get(f"/practices/download.{form}") for form in FORMS}

    assert all(answer.streaming for answer in answers.values())
    names = [answer["Content-Disposition"] for answer in answers.values()]
    assert all(name.startswith('attachment; filename="crossinno-practices-20') for name in names)
    assert answers["csv"]["Content-Type"] == "text/csv; charset=utf-8"
    assert answers["csv"].getvalue().startswith(b"\xef\xbb\xbfTitle,")
    assert answers["xlsx"]["Content-Type"].endswith("spreadsheetml.sheet")
    assert answers["json"]["Content-Type"] == "application/json"


@pytest.mark.parametrize("form", FORMS)
def test_a_list_without_practices_is_a_file_too(client, form):
    answer = client.get(f"/practices/download.{form}")

    assert titles(answer, form) == []


@pytest.mark.parametrize("form", FORMS)
def test_files_leave_out_what_is_not_published(client, form):
    for state in Practice.State.values:
        PracticeFactory(title=state, state=state)

    assert titles(client.get(f"/practices/download.{form}"), form) == ["published"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_be_run_as_a_formula(client, form, text):
    practice = PracticeFactory(title=text, summary=text, address=text, tags=[text.strip() or "x"])
    PracticeSourceFactory(practice=practice, title=text)

    (row,) = rows_of(client.get(f"/practices/download.{form}"), form)

    for value in filter(None, row.values()):
        assert not isinstance(value, str) or not value.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["Title"].startswith("'")


def test_a_workbook_stands_what_xml_does_not(client):
    text = "a\x01b\x0b]]><x>_x0041_ \ufffe" + "x" * 40_000
    PracticeFactory(title="Garage", description=text)

    (row,) = rows_of(client.get("/practices/download.xlsx"), "xlsx")

    # openpyxl leaves an escaped underline as it stands
    assert row["What was done"].startswith("ab]]><x>_x005F_x0041_ x")
    assert len(row["What was done"]) <= 32_767


def loaded(path):
    out = io.StringIO()
    call_command("load_content", practices=path, stdout=out, stderr=io.StringIO())
    return out.getvalue().split("practices")[1].split()[:4]


def test_records_are_in_the_format_that_loads_and_change_nothing(client, tmp_path):
    full_practice()
    PracticeFactory.create_batch(2)
    path = tmp_path / "practices.json"
    path.write_bytes(client.get("/practices/download.json").getvalue())

    assert loaded(path) == ["0", "0", "3", "0"]


def test_records_bring_back_what_was_lost(client, tmp_path):
    full_practice()
    path = tmp_path / "practices.json"
    path.write_bytes(client.get("/practices/download.json").getvalue())
    Practice.objects.all().delete()

    assert loaded(path) == ["1", "0", "0", "0"]
    assert client.get("/practices/download.json").getvalue() == path.read_bytes()


def test_a_practice_that_lacks_its_original_language_is_told_in_another(client, tmp_path):
    PracticeFactory(title="Garage", original_language="de")
    path = tmp_path / "practices.json"
    path.write_bytes(client.get("/practices/download.json").getvalue())

    (record,) = json.loads(path.read_bytes())

    assert (record["title"], record["language"]) == ("Garage", "en")
    assert loaded(path)[3] == "1"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("search", ["city=nowhere", "q=%00", "q=" + "a" * 10_000])
def test_a_filter_that_makes_no_sense_is_refused(client, form, search):
    assert client.get(f"/practices/download.{form}?{search}").status_code == 400


@pytest.mark.parametrize("form", ["pdf", "CSV", "csv2"])
def test_there_are_no_other_forms(client, form):
    assert client.get(f"/practices/download.{form}").status_code == 404


def test_the_head_of_a_file_can_be_had_alone(client):
    answer = client.head("/practices/download.csv")

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"", "text/csv; charset=utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [1, 20])
def test_files_ask_the_same_number_of_queries_for_one_practice_and_many(client, django_assert_num_queries, form, rows):
    PracticeFactory.create_batch(rows, city=CityFactory(), tags=["SME"])
    client.get(f"/practices/download.{form}").getvalue()

    with django_assert_num_queries(10):
        client.get(f"/practices/download.{form}").getvalue()


def test_a_long_list_is_sent_while_it_is_read(client, monkeypatch):
    monkeypatch.setattr("practices.exports.CHUNK", 25)  # few rows with long texts weigh as much as many
    city, theme = CityFactory(), ThemeFactory()
    practices = Practice.objects.bulk_create(
        Practice(slug=f"p{number}", city=city, theme=theme, state="published", published_at="2024-01-01T00:00:00Z")
        for number in range(25 * 20)
    )
    texts = Practice.translations.rel.related_model
    texts.objects.bulk_create(
        texts(master=practice, language_code="en", title=practice.slug, summary="s", description="long " * 8_000)
        for practice in practices
    )
    client.get("/practices/")

    sent = {form: measured(client.get(f"/practices/download.{form}").streaming_content) for form in FORMS}

    assert {form: pieces >= 20 for form, (pieces, _size, _peak) in sent.items()} == dict.fromkeys(FORMS, True)
    assert all(size > 100_000 for _pieces, size, _peak in sent.values()), sent
    assert all(peak < 14_000_000 for _pieces, _size, peak in sent.values()), sent  # all of it would be twenty and more


def measured(content):
    """In how many pieces it comes, how long it is in all, and how much memory it takes at most."""
    tracemalloc.start()
    pieces, size = 0, 0
    for piece in content:
        pieces, size = pieces + 1, size + len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return pieces, size, peak
