"""The editorial flow: what was done with a case, its versions, and what was said about it."""

from editing.models.flow import Step, Version

__all__ = ["Step", "Version"]
