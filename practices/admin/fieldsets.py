"""The form of a practice, in the order of the case template."""

from django.utils.translation import gettext_lazy as _

FIELDSETS = [
    (
        _("Name and place"),
        {
            "fields": ["title", "slug", "city", "further_cities", "further_countries", "website"],
            "description": _("What people call it, and where it happens."),
        },
    ),
    (
        _("Summary"),
        {"fields": ["summary"], "description": _("The lead of the page and the text on every card. Write it last.")},
    ),
    (
        _("The case"),
        {
            "fields": [
                "challenge",
                "description",
                "partners_role",
                "resources",
                "results",
                "lessons",
                "transferability",
            ],
            "description": _(
                "Write for someone from another city who has never heard of it. Say what you know and from where; "
                "leave a section empty rather than guess. An empty line starts a new paragraph."
            ),
        },
    ),
    (
        _("Facts"),
        {
            "fields": [("start_year", "end_year"), ("outcome", "outcome_year"), "evidence", "cost_band"],
            "description": _("Readers filter by these. What nobody knows stays empty."),
        },
    ),
    (
        _("Place on the map"),
        {
            "fields": ["address", ("lat", "lon")],
            "description": _(
                "In degrees with a decimal point: 54.687 and 25.280. Without a position it is shown at its city."
            ),
        },
    ),
    (
        _("Sectors and tags"),
        {
            "fields": ["theme", "theme_from_source", "further_themes", "creative_sectors", "growth_sectors", "tags"],
            "description": _("By which readers find it: one main theme, every sector that takes part, a few words."),
        },
    ),
    (
        _("Project and analysis"),
        {
            "fields": ["confirmed_by_project", "project_link", "analysis_fields"],
            "description": _("What the original project said itself, and what the compilers concluded."),
        },
    ),
    (
        _("Publication"),
        {
            "fields": [
                "original_language",
                ("published_at", "created_at", "updated_at"),
                "former_addresses",
            ],
            "description": _("Readers see it when it has been reviewed and approved."),
        },
    ),
]
