"""Practices in the editorial flow, for those who write and judge them."""

from editing.admin import freshness, links, practice

__all__ = ["freshness", "links", "practice"]
