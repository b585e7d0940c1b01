"""What is made ready before the web server has workers."""

import gc

import pytest
from django.db import connection

from crossinno.kept import KeptPages
from crossinno.warm import share, warm
from search.versions import content_version
from tests.crossinno.test_kept import ask, django  # noqa: F401
from tests.factories import PracticeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_first_pages_in_each_language_are_ready_when_the_first_reader_comes(django, settings, caplog):  # noqa: F811
    settings.ALLOWED_HOSTS = [".crossinno.example", "testserver"]
    PracticeFactory()
    site = KeptPages(django, content_version, 4_000_000)

    warm(site)

    paths = ["/practices/", "/", "/de/practices/", "/de/"]
    answers = [ask(site, path, host="crossinno.example", x_forwarded_proto="https") for path in paths]
    assert [answer.status for answer in answers] == [200] * 4
    assert django.asked == paths
    assert not caplog.records


def test_no_connection_is_left_to_be_shared_by_two_workers(django):  # noqa: F811
    warm(django)

    assert connection.connection is None


def test_site_starts_without_its_database(django, monkeypatch):  # noqa: F811
    connection.close()

    with monkeypatch.context() as gone:
        gone.setitem(connection.settings_dict, "HOST", "/nowhere")
        warm(KeptPages(django, content_version, 4_000_000))

    assert connection.connection is None


def test_what_is_there_is_left_alone_by_the_search_for_garbage():
    before = gc.get_freeze_count()

    share()

    assert gc.get_freeze_count() > before
