"""The connection to the database: what it notices without asking, and statements that are planned once."""

import psycopg
import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import CaptureQueriesContext

from search.asking import rows


@pytest.fixture
def connect():
    """Makes connections of their own to the database of the tests."""
    made = []

    def connect():
        made.append(connections.create_connection("default"))
        made[-1].ensure_connection()
        return made[-1]

    yield connect
    for one in made:
        one.close()


@pytest.mark.django_db
def test_a_connection_is_usable_until_the_server_ends_it(connect):
    another = connect()
    process = another.connection.info.backend_pid
    assert another.is_usable()

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])

    assert not another.is_usable()


@pytest.mark.django_db
def test_a_connection_that_only_heard_a_notice_is_still_usable(connect):
    another = connect()
    another.connection.execute("LISTEN something")
    connect().connection.execute("NOTIFY something")

    assert another.is_usable()


@pytest.mark.django_db
def test_a_connection_is_not_usable_without_a_server_or_in_a_broken_transaction(connect):
    another = connect()
    another.set_autocommit(False)
    with another.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT nothing")

    assert not another.is_usable()
    another.close()
    assert not another.is_usable()


@pytest.mark.django_db
def test_statements_of_our_own_are_planned_once_for_a_connection_and_logged_as_others():
    with CaptureQueriesContext(connection) as asked:
        assert [rows("SELECT %s::int + 1", [number]) for number in (1, 2, 3)] == [[(2,)], [(3,)], [(4,)]]

    assert len(asked) == 3
    planned = rows("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE '%%::int + 1'")
    assert planned == [(3, 0)]


@pytest.mark.django_db
def test_a_statement_that_is_planned_finds_the_tables_that_took_the_place_of_others():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE things AS SELECT 1 AS number; CREATE TABLE things_next AS SELECT 2 AS number")
    before = rows("SELECT number FROM things")

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE things; ALTER TABLE things_next RENAME TO things")

    assert (before, rows("SELECT number FROM things")) == ([(1,)], [(2,)])


@pytest.mark.django_db
def test_a_statement_without_rows_answers_none_and_a_wrong_one_is_an_error_of_the_database():
    assert rows("CREATE TEMPORARY TABLE things (number int)") == []

    with pytest.raises(DatabaseError) as failure:
        rows("SELECT number FROM nothing")
    assert isinstance(failure.value.__cause__, psycopg.errors.UndefinedTable)
