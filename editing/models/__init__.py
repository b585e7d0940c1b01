"""The editorial flow: what was done with a case, its versions, and what was said about it."""

from editing.models.coverage import Appeal
from editing.models.flow import Step, Version
from editing.models.freshness import Enquiry
from editing.models.links import Link, LinkUse
from editing.models.preview import Preview
from editing.models.review import Comment, Judgement
from editing.models.sheets import PlannedRow, Upload
from editing.models.typed import Typed

__all__ = [
    "Appeal",
    "Comment",
    "Enquiry",
    "Judgement",
    "Link",
    "LinkUse",
    "PlannedRow",
    "Preview",
    "Step",
    "Typed",
    "Upload",
    "Version",
]
