"""What stands beside a practice on its page, in rows of its own: read in one query, because most have little of it."""

from typing import NamedTuple

from practices.models import Participant
from practices.models.choices import named
from search.asking import rows

ROWS = """
    SELECT
        (SELECT json_agg(json_build_array(title, url, supports) ORDER BY position, id)
            FROM practices_practicesource WHERE practice_id = %(key)s::bigint),
        (SELECT json_agg(json_build_array(name, role, url) ORDER BY position, id)
            FROM practices_participant WHERE practice_id = %(key)s::bigint),
        EXISTS (SELECT FROM practices_image WHERE practice_id = %(key)s::bigint),
        EXISTS (SELECT FROM practices_attachment WHERE practice_id = %(key)s::bigint)
"""
ROLES = ["lead", "partner", "funder", "beneficiary"]


class SourceRow(NamedTuple):
    """A document that a page rests on."""

    title: str
    url: str
    supports: str


class ParticipantRow(NamedTuple):
    """An organisation that takes part."""

    name: str
    role: str
    url: str

    def get_role_display(self):
        """The role in the language of the page."""
        return named(Participant.Role)[self.role]


class Beside(NamedTuple):
    """Sources in their order, participants by their role, pictures and attachments."""

    sources: list
    participants: list
    images: list
    attachments: list


def beside(practice):
    """What stands beside the practice; pictures and attachments are read only if there are any."""
    [[sources, participants, has_images, has_attachments]] = rows(ROWS, {"key": practice.pk})
    return Beside(
        [SourceRow(*row) for row in sources or ()],
        sorted((ParticipantRow(*row) for row in participants or ()), key=lambda row: ROLES.index(row.role)),
        list(practice.images.prefetch_related("translations")) if has_images else [],
        list(practice.attachments.all()) if has_attachments else [],
    )
