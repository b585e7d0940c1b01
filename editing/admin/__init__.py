"""Practices in the editorial flow, for those who write and judge them."""

from editing.admin import board, freshness, links, practice

__all__ = ["board", "freshness", "links", "practice"]
