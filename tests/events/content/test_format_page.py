import json
import re

import pytest
from django.conf import settings

from cities.records import CityRecord, PartnerRecord, SourceRecord
from events.records import DocumentRecord, EventRecord, PracticeSeenRecord
from practices.records import FeatureRecord, ParticipantRecord, PracticeRecord, SectorRecord, ThemeRecord

PAGE = (settings.BASE_DIR / "docs" / "content-format.md").read_text(encoding="utf-8")
RECORDS = {
    "Practices": PracticeRecord,
    "Organisation": ParticipantRecord,
    "Source": SourceRecord,
    "Cities": CityRecord,
    "Partner organisation": PartnerRecord,
    "Themes": ThemeRecord,
    "Sectors": SectorRecord,
    "Events": EventRecord,
    "Practice seen": PracticeSeenRecord,
    "Document": DocumentRecord,
    "Features": FeatureRecord,
}


def rows(heading):
    """The rows of the table under a heading: field, type, needed, meaning."""
    section = re.split(r"^#+ ", PAGE.split(f"# {heading}\n")[1], flags=re.MULTILINE)[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:3] == "| `"]


def fields(record):
    """The fields of a record as a file has them; the kind of a sector is the list in which it stands."""
    fields = {field.alias or name: field for name, field in record.model_fields.items()}
    return {name: field for name, field in fields.items() if (record, name) != (SectorRecord, "kind")}


@pytest.mark.parametrize("heading", RECORDS)
def test_the_page_describes_every_field_and_no_other(heading):
    assert sorted(row[0].strip("`") for row in rows(heading)) == sorted(fields(RECORDS[heading]))


@pytest.mark.parametrize("heading", RECORDS)
def test_the_page_says_which_fields_are_needed(heading):
    needed = [name for name, field in fields(RECORDS[heading]).items() if field.is_required()]

    assert sorted(row[0].strip("`") for row in rows(heading) if row[2] == "yes") == sorted(needed)


@pytest.mark.parametrize("heading", RECORDS)
def test_the_page_says_how_long_texts_may_be_and_what_can_be_chosen(heading):
    schema = RECORDS[heading].model_json_schema()

    for name, kind, _needed, _meaning in rows(heading):
        rules = json.dumps(
            [schema["properties"][name.strip("`")], references(schema, schema["properties"][name.strip("`")])]
        )
        for length in re.findall(r"(?:line|lines|text|slug), (\d+)", kind):
            assert f'"maxLength": {length}' in rules, name
        if kind.startswith("one of"):
            assert re.findall(r"`([^`]+)`", kind) == json.loads(re.search(r'"enum": (\[.*?\])', rules)[1]), name


def references(schema, rules):
    """The parts of a schema that these rules refer to."""
    return [schema["$defs"][name] for name in re.findall(r"#/\$defs/(\w+)", json.dumps(rules))]


def test_the_examples_are_records_and_the_full_one_leaves_out_nothing():
    minimal, full = (json.loads(example) for example in re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL))

    assert PracticeRecord.model_validate(minimal).content()["state"] == "published"
    assert PracticeRecord.model_validate(full)
    assert sorted(full) == sorted(fields(PracticeRecord))


def test_the_page_names_every_language():
    named = re.search(r"^\| language \| (.*) \|$", PAGE, flags=re.MULTILINE)[1]

    assert re.findall(r"`(\w+)`", named) == [code for code, _name in settings.LANGUAGES]
