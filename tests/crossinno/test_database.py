import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured

from crossinno.database import PACKAGE, EmbeddedServer, connection_settings, embedded_url

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.skipif(PACKAGE is None, reason="the embedded server is not installed"),
    pytest.mark.xdist_group("database"),
]
ASK = "import sys; from pathlib import Path; from crossinno.database import embedded_url; "


@pytest.mark.parametrize("address", ["sqlite:///db.sqlite3", "localhost", "postgresql://db:port/name"])
def test_address_of_anything_but_a_postgresql_is_refused(address):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is no address of a PostgreSQL"):
        connection_settings(address)


def test_database_that_does_not_answer_is_given_up_after_five_seconds_unless_the_address_says_otherwise():
    patient = connection_settings("postgresql://name@host/site?connect_timeout=9")

    assert connection_settings("postgresql://name@host/site")["OPTIONS"]["connect_timeout"] == 5
    assert patient["OPTIONS"]["connect_timeout"] == 9


def test_statements_are_not_planned_ahead_where_the_address_says_so():
    for_a_pooler = connection_settings("postgresql://name@host/site?prepare_threshold=none")

    assert connection_settings("postgresql://name@host/site")["OPTIONS"]["prepare_threshold"] == 0
    assert for_a_pooler["OPTIONS"]["prepare_threshold"] is None


@pytest.fixture
def server(tmp_path):
    """An embedded server in a folder with a space and a quote in its name, stopped after the test."""
    server = EmbeddedServer(tmp_path / "someone's own folder" / "postgres", durable=False)
    yield server
    server.leave(os.getpid())


def asked_by_another_process(folder, then="pass"):
    code = f"{ASK} embedded_url(Path(sys.argv[1]), 'crossinno', durable=False); {then}"
    return subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True, timeout=60)


def one(address, question):
    with psycopg.connect(address) as connection:
        return connection.execute(question).fetchone()[0]


def test_server_starts_in_a_folder_with_a_space_and_a_quote(server):
    server.use("crossinno")

    assert one(server.url("crossinno"), "SELECT current_database()") == "crossinno"


def test_server_listens_on_no_network_address(server):
    server.use("crossinno")

    assert one(server.url("crossinno"), "SHOW listen_addresses") == ""


def test_server_knows_the_letters_of_all_our_languages(server):
    server.use("crossinno")

    with psycopg.connect(server.url("crossinno"), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
    assert one(server.url("crossinno"), "SELECT similarity('Łódź', 'ŁÓDŹ') = 1 AND lower('ŽÕÅ') = 'žõå'")


def test_server_stays_up_while_anyone_uses_it(server):
    server.use("crossinno")

    asked_by_another_process(server.folder)

    assert one(server.url("crossinno"), "SELECT 1") == 1


def test_server_stops_when_the_last_process_that_used_it_ends(server):
    done = asked_by_another_process(server.folder)

    assert (done.returncode, done.stderr) == (0, "")
    assert not (server.folder / "postmaster.pid").exists()


def test_server_left_behind_by_a_killed_process_is_used_and_then_stopped(server):
    asked_by_another_process(server.folder, then="import os; os.kill(os.getpid(), 9)")
    left_behind = (server.folder / "postmaster.pid").read_text().split()[0]

    server.use("crossinno")

    assert (server.folder / "postmaster.pid").read_text().split()[0] == left_behind
    server.leave(os.getpid())
    assert not (server.folder / "postmaster.pid").exists()


def test_server_starts_beside_the_number_of_a_process_that_is_another_now(server):
    asked_by_another_process(server.folder)
    for left_behind in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (server.folder / left_behind).write_text(
            f"{os.getpid()}\n{server.folder}\n1\n5432\n{server.folder}\n\n0 0\nready\n"
        )

    server.use("crossinno")

    assert one(server.url("crossinno"), "SELECT 1") == 1


def test_data_outlives_the_server(server):
    server.use("crossinno")
    with psycopg.connect(server.url("crossinno")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.leave(os.getpid())

    server.use("crossinno")

    assert one(server.url("crossinno"), "SELECT answer FROM kept") == 42


def test_half_made_data_is_made_anew(server):
    half_made = server.folder.with_name("postgres.new")
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")

    server.use("crossinno")

    assert one(server.url("crossinno"), "SELECT 1") == 1


def test_path_too_long_for_a_socket_is_reached_by_a_link(tmp_path):
    server = EmbeddedServer(tmp_path / ("x" * 120) / "postgres", durable=False)

    server.use("crossinno")

    assert one(server.url("crossinno"), "SELECT 1") == 1
    server.leave(os.getpid())
    server.socket_folder.unlink()


def test_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(
        Exception, match=re.escape(f"The database cannot be kept in {tmp_path}/file/var/postgres: Not a directory.")
    ):
        embedded_url(tmp_path / "file" / "var" / "postgres", "crossinno")
