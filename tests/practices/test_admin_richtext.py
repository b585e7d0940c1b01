import csv
import io
import json

import pytest

from events.models import Event
from practices.models import Practice
from search.index import drift
from search.models import Document
from tests.desk import change_page, errors_of, filled, save
from tests.factories import EventFactory, PracticeFactory

MARKED = (
    '<p>We <strong>pay</strong> half.</p><ul><li>one <a href="https://example.org/x">page</a></li><li>two</li></ul>'
)
KEPT = MARKED.replace('/x">', '/x" rel="external">')
HOSTILE = '<p onclick="alert(1)">Half<script>alert(1)</script></p><a href="javascript:alert(1)">more</a>'


@pytest.mark.parametrize("section", Practice.Section.values)
def test_what_is_typed_into_a_section_is_cleaned_before_it_is_kept(admin_client, section):
    practice = PracticeFactory(state="draft")

    save(admin_client, change_page(practice), **{section: MARKED})
    marked = getattr(Practice.objects.get(), section)
    save(admin_client, change_page(practice), **{section: HOSTILE})

    assert (marked, getattr(Practice.objects.get(), section)) == (KEPT, "Half\n\nmore")


def test_what_is_typed_into_the_description_of_an_event_is_cleaned_and_shown(admin_client, client):
    event = EventFactory(slug="visit")

    save(admin_client, change_page(event), description=MARKED)

    assert Event.objects.get().description == KEPT
    assert KEPT in client.get("/events/visit/").content.decode()
    told = client.get("/api/v1/events/visit/").json()["description"]
    assert told == "We pay half.\n\n- one page (https://example.org/x)\n- two"


def test_form_shows_the_source_and_saving_it_as_it_is_changes_nothing(admin_client):
    texts = {"challenge": KEPT, "description": "Plain & <b>\n\nTwo", "results": "Line\nline"}
    practice = PracticeFactory(state="draft", **texts)
    before = Practice.objects.get().updated_at

    page = admin_client.get(change_page(practice))
    data = filled(page)
    posted = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in data.items()}
    form = page.context["adminform"].form
    changed = type(form)(data=posted, instance=Practice.objects.get()).changed_data
    admin_client.post(change_page(practice), posted)

    assert {name: data[name] for name in texts} == texts
    assert not set(texts) & set(changed)
    kept = Practice.objects.get()
    assert {name: getattr(kept, name) for name in texts} == texts
    assert kept.updated_at >= before


def test_text_that_is_far_too_long_is_sent_back(admin_client):
    response = save(admin_client, change_page(PracticeFactory(state="draft")), lessons="<ul><li>" * 7_000)

    message = "The text is far too long: at most 50,000 characters with all marks are possible."
    assert errors_of(response) == {"lessons": [message]}
    assert filled(response)["lessons"].startswith("<ul><li>")


def test_everybody_who_reads_a_text_with_marks_gets_what_they_can_use(client):
    PracticeFactory(slug="loom", challenge=KEPT)
    PracticeFactory(slug="kiln", challenge="Plain.")
    words = "We pay half.\n\n- one page\n- two"
    with_address = words.replace("page", "page (https://example.org/x)")

    page = client.get("/practices/loom/").content.decode()
    compared = client.get("/practices/compare/?p=loom&p=kiln").content.decode()
    [row, _other] = sorted(
        csv.DictReader(io.StringIO(client.get("/practices/download.csv").getvalue().decode("utf-8-sig"))),
        key=lambda row: row["Title"],
        reverse=True,
    )
    records = {record["slug"]: record for record in json.loads(client.get("/practices/download.json").getvalue())}

    assert KEPT in page
    assert KEPT in compared
    assert row["Challenge"] == with_address
    assert records["loom"]["challenge"] == KEPT
    assert client.get("/api/v1/practices/loom/").json()["texts"]["en"]["challenge"] == with_address
    assert words in Document.objects.get(kind="practice", title="Loom").text
    assert not [line for line in drift() if line.startswith("practice")]
    found = client.get("/practices/?q=pay+half").content.decode()
    assert "&lt;strong" not in found
    assert "<mark>pay</mark>" in found
