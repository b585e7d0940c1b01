"""Practices, and the words they are sorted by, for editors."""

from practices.admin import feature, practice, tag, vocabulary

__all__ = ["feature", "practice", "tag", "vocabulary"]
