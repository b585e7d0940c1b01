"""People with their roles."""

from django.contrib.auth.models import Group

from tests.factories import UserFactory


def with_role(role, **facts):
    """Somebody in the group of a role."""
    person = UserFactory(is_staff=True, **facts)
    person.groups.add(Group.objects.get(name=role))
    return person


def coordinator_of(*cities):
    """Somebody who writes the practices of these cities."""
    person = with_role("Coordinators")
    person.cities.set(cities)
    return person


def reviewer_of(*themes):
    """Somebody who judges the practices of these themes."""
    person = with_role("Reviewers")
    person.reviewed_themes.set(themes)
    return person


def webmaster():
    """Somebody who keeps all of it in order."""
    return with_role("Webmasters")
