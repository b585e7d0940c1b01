import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from search.models import ContentVersion
from search.versions import KeptWhileUnchanged, content_version
from tests.factories import ThemeFactory


def test_the_version_is_moved_by_what_is_shipped_and_only_grows():
    versions = [content_version()]
    for name in "ab":
        ThemeFactory(slug=name)
        versions.append(content_version())
    ContentVersion.objects.all().delete()
    lost = content_version()
    ThemeFactory(slug="c")
    versions.append(content_version())

    assert lost == 0 < versions[0]
    assert versions == sorted(set(versions))


def test_what_is_kept_is_built_once_for_each_version():
    built = []
    kept = KeptWhileUnchanged(lambda: built.append(content_version()) or len(built))

    before = [kept(), kept()]
    ThemeFactory()
    after = [kept(), kept()]

    assert (before, after) == ([1, 1], [2, 2])


def test_keeping_costs_one_query(django_assert_num_queries):
    kept = KeptWhileUnchanged(lambda: "built")
    kept()

    with django_assert_num_queries(1):
        assert kept() == "built"


def test_readers_who_ask_at_once_wait_for_one_build():
    built, readers = [], threading.Barrier(4)

    def build():
        built.append(1)
        time.sleep(0.05)
        return "built"

    kept = KeptWhileUnchanged(build)

    def read(_number):
        readers.wait()
        try:
            return kept()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(read, range(4)))

    assert (answers, built) == (["built"] * 4, [1])


def test_a_build_that_fails_is_tried_again():
    attempts = []

    def build():
        attempts.append(1)
        if len(attempts) == 1:
            raise ValueError("once")
        return "built"

    kept = KeptWhileUnchanged(build)
    with pytest.raises(ValueError, match="once"):
        kept()

    assert kept() == "built"
