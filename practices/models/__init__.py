"""Practices, the words they are sorted by, what belongs to them, and what the home page puts forward."""

from practices.models.feature import Feature
from practices.models.parts import Attachment, FormerSlug, Image, Participant, PracticeSource
from practices.models.practice import Practice
from practices.models.reads import Reads
from practices.models.tags import FormerTag, TagMerge
from practices.models.vocabulary import Sector, Theme, ThemeSource

__all__ = [
    "Attachment",
    "Feature",
    "FormerSlug",
    "FormerTag",
    "Image",
    "Participant",
    "Practice",
    "PracticeSource",
    "Reads",
    "Sector",
    "TagMerge",
    "Theme",
    "ThemeSource",
]
