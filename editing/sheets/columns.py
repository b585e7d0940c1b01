"""The columns of a sheet of practices, in their order."""

from django.utils.translation import gettext_lazy

from editing.sheets.kinds import (
    Column,
    Countries,
    Decided,
    Number,
    OneOf,
    RichText,
    Sections,
    Several,
    Standing,
    Tags,
    Text,
    Year,
    Yes,
)
from editing.sheets.lines import Lines
from practices.models import Participant, Practice, PracticeSource

IDENTITY = [
    Column(
        "slug",
        explained=gettext_lazy(
            "Which practice the row is about: the last part of its address. A new one gets the slug that stands here, "
            "or, if the cell is empty, one made from its title. Rows with the same slug are one practice in several "
            "languages."
        ),
    ),
    OneOf(
        "language",
        "languages",
        field="original_language",
        explained=gettext_lazy(
            "The language of the texts in this row. Empty means the original language, and English for a new practice."
        ),
    ),
]
ORGANISATION = gettext_lazy(
    "One to a line: role | name | address. The role is lead, partner, funder or beneficiary; no address is needed."
)
SOURCE = gettext_lazy("One to a line: title | address | what it supports. The last two may be left out.")
BY_REVIEWERS = gettext_lazy("set by reviewers.")
COLUMNS = [
    *(
        RichText(name) if name in Practice.Section.values else Text(name, needed=name == "title")
        for name in Practice._parler_meta.get_translated_fields()
    ),
    OneOf("city", "cities", needed=True, explained=gettext_lazy("The city of the practice: one that you write for.")),
    Several("further_cities", "cities"),
    Countries("further_countries", "countries"),
    OneOf("theme", "themes", needed=True, explained=gettext_lazy("What it is mainly about.")),
    Yes("theme_from_source", explained=gettext_lazy("Yes only if the original project itself assigned the theme.")),
    Several("further_themes", "themes", explained=gettext_lazy("Other themes that it touches.")),
    Several("creative_sectors", "creative sectors"),
    Several("growth_sectors", "growth sectors"),
    Tags("tags", explained=gettext_lazy("Three to six words that a reader would look for.")),
    Year("start_year"),
    Year("end_year"),
    OneOf("outcome", "outcomes", emptied=Practice.Outcome.UNKNOWN.value),
    Year("outcome_year"),
    Column("address"),
    Number("lat"),
    Number("lon"),
    Column("website"),
    Lines("organisations", Participant, ["role", "name", "url"], ORGANISATION, field="participants",
          explained=gettext_lazy("Who takes part.")),
    Lines("sources", PracticeSource, ["title", "url", "supports"], SOURCE,
          explained=gettext_lazy("What the texts rest on.")),
    Yes("confirmed_by_project",
        explained=gettext_lazy("Yes only if the original project named it as a good practice. Readers see it.")),
    Sections("analysis_fields", "sections"),
    OneOf("original_language", "languages", needed=True),
    Decided("evidence", BY_REVIEWERS),
    Decided("cost_band", BY_REVIEWERS),
    Standing("state", gettext_lazy("moved by the acts of the editorial flow.")),
]  # fmt: skip
HEADINGS = [column.key for column in (*IDENTITY, *COLUMNS)]
