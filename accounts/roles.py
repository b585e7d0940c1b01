"""The roles that people have: what each may do is decided in `editing/rights.py`, to which practices in rows."""

COORDINATORS, REVIEWERS, WEBMASTERS = "Coordinators", "Reviewers", "Webmasters"


def roles_of(person):
    """The names of this person's roles, asked for once; a superuser is a webmaster, one who has left is nothing."""
    if not getattr(person, "is_active", False) or not person.is_staff:
        return frozenset()
    if not hasattr(person, "_roles"):
        person._roles = frozenset(person.groups.values_list("name", flat=True))
    return person._roles | {WEBMASTERS} if person.is_superuser else person._roles
