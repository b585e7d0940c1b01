"""Practices in the editorial flow, for those who write and judge them."""

from editing.admin import board, coverage, freshness, links, practice

__all__ = ["board", "coverage", "freshness", "links", "practice"]
