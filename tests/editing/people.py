"""People with their roles."""

from django.contrib.auth.models import Group

from tests.factories import UserFactory


def with_role(role, **facts):
    """Somebody in the group of a role."""
    person = UserFactory(is_staff=True, **facts)
    person.groups.add(Group.objects.get(name=role))
    return person


def coordinator_of(*cities, **facts):
    """Somebody who writes the practices of these cities."""
    person = with_role("Coordinators", **facts)
    person.cities.set(cities)
    return person


def reviewer_of(*themes, **facts):
    """Somebody who judges the practices of these themes."""
    person = with_role("Reviewers", **facts)
    person.reviewed_themes.set(themes)
    return person


def webmaster(**facts):
    """Somebody who keeps all of it in order."""
    return with_role("Webmasters", **facts)
