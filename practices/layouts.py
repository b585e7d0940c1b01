"""Which columns and parts of themes, sectors, practices and features are written and read as a whole.

Apart from their records, because only content files are checked by the large library that those stand on.
"""

from cities.parts import References, Rows, Tags, Texts
from cities.rows import Layout
from practices.models import Feature, FormerSlug, Practice, Sector, Theme


class PracticeLayout(Layout):
    """Practices, whose former addresses keep working."""

    def update(self, changes, slugs):
        super().update(changes, slugs)
        moved = {pk: old["slug"] for pk, (old, new) in changes.items() if old["slug"] != new["slug"]}
        if moved:
            FormerSlug.objects.filter(slug__in=[changes[pk][1]["slug"] for pk in moved]).delete()
            FormerSlug.objects.bulk_create(
                [FormerSlug(slug=slug, practice_id=pk) for pk, slug in moved.items()], ignore_conflicts=True
            )


THEMES = Layout(
    Theme, ["slug", "colour", "position"], [Texts(Theme), Rows(Theme, "sources", ["title", "url", "supports"])]
)
SECTORS = Layout(Sector, ["slug", "kind"], [Texts(Sector)])
PRACTICES = PracticeLayout(
    Practice,
    [
        "slug", "city", "theme", "theme_from_source", "further_countries", "start_year", "end_year", "outcome",
        "outcome_year", "evidence", "cost_band", "address", "lat", "lon", "website", "confirmed_by_project",
        "analysis_fields", "original_language", "state", "published_at", "verified_at",
    ],
    [
        Texts(Practice),
        References(Practice, "further_cities"),
        References(Practice, "further_themes"),
        References(Practice, "creative_sectors"),
        References(Practice, "growth_sectors"),
        Tags(Practice),
        Rows(Practice, "participants", ["name", "role", "url"]),
        Rows(Practice, "sources", ["title", "url", "supports"]),
    ],
)  # fmt: skip
FEATURES = Layout(Feature, ["practice", "place", "starts", "ends"], [Texts(Feature)], identity=("practice", "starts"))
