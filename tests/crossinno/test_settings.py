import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from crossinno.safety import kept, refuse_production

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = Path("/srv/crossinno/var/postgres")
GOOD = {
    "debug": False,
    "secret_key": "a-key-of-0123456789-" * 3,
    "allowed_hosts": ["crossinno.example"],
    "database_url": "postgresql://crossinno:secret@db:5432/crossinno",
    "embedded_folder": EMBEDDED,
    "second_factor": True,
}
PRODUCTION = {
    "MODE": "production",
    "SECRET_KEY": GOOD["secret_key"],
    "ALLOWED_HOSTS": "testserver",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none",
}


def in_production(*arguments, **changes):
    """Runs Python in the project with the environment of production and nothing else of ours."""
    ours = {"MODE", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "VAR_DIR", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in ours} | PRODUCTION | changes
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"debug": True}, "DEBUG is on"),
        ({"secret_key": ""}, "SECRET_KEY is missing"),
        ({"secret_key": "short"}, "SECRET_KEY is weak"),
        ({"secret_key": "x" * 80}, "SECRET_KEY is weak"),
        ({"secret_key": "django-insecure-0123456789" * 3}, "SECRET_KEY is weak"),
        ({"allowed_hosts": []}, "ALLOWED_HOSTS is missing"),
        ({"allowed_hosts": ["crossinno.example", "*"]}, "ALLOWED_HOSTS has '*'"),
        ({"database_url": ""}, "DATABASE_URL is missing"),
        ({"database_url": "sqlite:///db.sqlite3"}, "DATABASE_URL is not the address of a PostgreSQL"),
        (
            {"database_url": f"postgresql://postgres@/crossinno?host={EMBEDDED}"},
            "DATABASE_URL is the embedded database",
        ),
        ({"second_factor": False}, "SECOND_FACTOR_REQUIRED is off"),
    ],
)
def test_production_refuses(change, sentence):
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_production(**GOOD | change)

    assert str(refusal.value).startswith(f"The site does not start in production:\n- {sentence}")
    assert str(refusal.value).count("\n") == 1


def test_production_accepts_good_settings():
    assert refuse_production(**GOOD) is None


def test_production_names_everything_that_is_wrong_at_once_without_a_traceback():
    refused = in_production("manage.py", "check", DEBUG="1", SECRET_KEY="", ALLOWED_HOSTS="*", DATABASE_URL="")

    assert refused.returncode == 1
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()] == [
        "The site does not start in production",
        "- DEBUG is on",
        "- SECRET_KEY is missing",
        "- ALLOWED_HOSTS has '*'",
        "- DATABASE_URL is missing",
    ]


def test_web_server_refuses_what_production_refuses_and_ends():
    refused = in_production("-m", "gunicorn", SECRET_KEY="short", BIND="127.0.0.1:0")

    assert refused.returncode == 1
    assert "- SECRET_KEY is weak" in refused.stderr
    assert "Traceback" not in refused.stdout + refused.stderr


def test_production_passes_the_deployment_check_without_a_warning():
    checked = in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert (checked.returncode, checked.stderr) == (0, "")


def test_production_answers_with_every_safety_header_and_logs_no_search_words():
    ask = (
        "import django, json; django.setup(); from django.test import Client; "
        "answer = Client().get('/robots.txt?q=whispered', secure=True, headers={'X-Request-ID': 'abc-1'}); "
        "print(json.dumps(dict(answer.headers)))"
    )

    answered = in_production("-c", ask, DJANGO_SETTINGS_MODULE="crossinno.settings", PYTHONPATH=str(ROOT))

    log, headers = (json.loads(line) for line in answered.stdout.splitlines())
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Request-ID"] == "abc-1"
    assert "Set-Cookie" not in headers
    del log["ms"], log["timestamp"]
    assert log == {
        "event": "request_finished",
        "code": 200,
        "request": "GET /robots.txt",
        "request_id": "abc-1",
        "level": "info",
        "logger": "django_structlog.middlewares.request",
    }


def test_failing_request_leaves_one_line_in_the_log_and_a_page_for_the_reader():
    ask = (
        "import django; django.setup(); from django.test import Client; "
        "answer = Client(raise_request_exception=False).get('/de/practices/', secure=True); "
        "print(answer.status_code)"
    )

    answered = in_production("-c", ask, DJANGO_SETTINGS_MODULE="crossinno.settings", PYTHONPATH=str(ROOT))

    *logs, status = (json.loads(line) for line in answered.stdout.splitlines())
    failed = [log for log in logs if "request" in log]
    assert [(log["event"], log["request"], log["level"]) for log in failed] == [
        ("request_failed", "GET /de/practices/", "error")
    ]
    assert "OperationalError" in failed[0]["exception"]
    assert status == 503
    assert "Unavailable" not in answered.stderr


def test_unknown_mode_is_refused_by_name():
    refused = in_production("manage.py", "check", MODE="prod")

    assert refused.stderr == "MODE is 'prod'; it is one of production, demo, development, test.\n"


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "gunicorn"]])
@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"TRUSTED_PROXIES": "10.0.0.1"}, 'Environment variable "TRUSTED_PROXIES" invalid: Not a valid integer.'),
        ({"DEBUG": "perhaps"}, 'Environment variable "DEBUG" invalid: Not a valid boolean.'),
        ({"EMAIL_URL": "post office"}, "EMAIL_URL is not understood"),
    ],
)
def test_setting_that_is_not_understood_is_refused_by_name_without_a_traceback(command, setting, sentence):
    refused = in_production(*command, BIND="127.0.0.1:0", **setting)

    assert refused.returncode == 1
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stdout + refused.stderr


def test_kept_secret_is_made_once_for_its_owner_only(tmp_path):
    first = kept(tmp_path / "var" / "secret", lambda: "first")
    second = kept(tmp_path / "var" / "secret", lambda: "second")

    assert (first, second) == ("first", "first")
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret"]


def test_secret_that_cannot_be_kept_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ImproperlyConfigured, match=r"file/var/secret cannot be kept: Not a directory\."):
        kept(tmp_path / "file" / "var" / "secret", lambda: "never")


@pytest.mark.parametrize(
    ("given", "address"),
    [({}, "https://testserver"), ({"SITE_URL": "https://practices.example/"}, "https://practices.example")],
)
def test_mails_begin_addresses_with_the_first_host_or_as_they_are_told(given, address):
    ask = "from django.conf import settings; print(settings.SITE_URL)"

    told = in_production("-c", ask, DJANGO_SETTINGS_MODULE="crossinno.settings", PYTHONPATH=str(ROOT), **given)

    assert told.stdout.strip() == address
