"""What several tests of the editorial side stand on."""

import pytest

from tests.editing.people import webmaster


@pytest.fixture
def master(client):
    """A webmaster who is signed in."""
    person = webmaster()
    client.force_login(person)
    return person
