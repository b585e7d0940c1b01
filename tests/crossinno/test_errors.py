import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.test import Client
from django.urls import include, path

from crossinno import errors
from crossinno.urls import handler400, handler403, handler404, handler500, urlpatterns

FAILURES = {
    "400": SuspiciousOperation("no"),
    "403": PermissionDenied("no"),
    "404": Http404("no"),
    "500": RuntimeError("no"),
    "503": OperationalError("the database is gone"),
    "503-late": InterfaceError("the connection is closed"),
}


def fail(request, failure):
    raise FAILURES[failure]


failing = [path("fail/<failure>/", fail), path("gone/", errors.gone)]
urlpatterns = [*failing, path("de/", include(failing)), *urlpatterns]
__all__ = ["handler400", "handler403", "handler404", "handler500"]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def reader(client):
    """A reader who gets the page that production would show."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("failure", [*FAILURES, "410"])
@pytest.mark.parametrize(("prefix", "language"), [("/", "en"), ("/de/", "de")])
def test_error_page_has_its_status_and_the_language_of_the_address_and_sets_no_cookie(
    reader, failure, prefix, language
):
    address = "gone/" if failure == "410" else f"fail/{failure}/"

    response = reader.get(f"{prefix}{address}")

    assert response.status_code == int(failure[:3])
    assert f'<html lang="{language}"' in response.content.decode()
    assert response.content.decode().count("<h1") == 1
    assert not response.cookies


def test_missing_database_asks_the_reader_to_come_back(reader):
    response = reader.get("/fail/503/")

    assert (response["Retry-After"], response["Cache-Control"]) == ("30", "no-store")


@pytest.mark.parametrize("failure", ["500", "503"])
def test_page_of_a_breakdown_asks_nothing_of_the_database(reader, failure, django_assert_num_queries):
    with django_assert_num_queries(0):
        reader.get(f"/fail/{failure}/")


def test_host_that_is_not_ours_gets_a_page_too(reader, settings):
    settings.ALLOWED_HOSTS = ["crossinno.example"]

    response = reader.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_form_without_its_token_is_refused_with_a_page():
    response = Client(enforce_csrf_checks=True).post("/contact/", {})

    assert response.status_code == 403
    assert not response.cookies


def test_reader_gets_an_answer_even_if_the_error_page_is_broken(reader, settings, tmp_path):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path], "APP_DIRS": False}]

    response = reader.get("/fail/500/")

    assert (response.status_code, response.content) == (500, b"Internal Server Error")
