"""Cities and the people who keep them up, for editors."""

from cities.admin import city, people

__all__ = ["city", "people"]
