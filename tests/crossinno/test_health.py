import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.parametrize("address", ["/health/live", "/health/ready"])
def test_health_answers_by_any_host_name_and_is_never_kept(client, settings, address):
    settings.ALLOWED_HOSTS = ["crossinno.example"]

    response = client.get(address, headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert not response.cookies


def test_liveness_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/health/live")


def test_site_is_not_ready_before_all_migrations_are_applied(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.content.startswith(b"Migrations not applied yet: ")


def test_health_cannot_be_posted_to(client):
    response = client.post("/health/live")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
