"""Practices, and the words they are sorted by, for editors."""

from practices.admin import feature, people, practice, tag, vocabulary

__all__ = ["feature", "people", "practice", "tag", "vocabulary"]
