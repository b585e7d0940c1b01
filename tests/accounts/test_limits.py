"""Nobody learns who has an account, and nobody tries as often as they like."""

import re

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import link_in, sign_in
from tests.factories import UserFactory

KNOWN, UNKNOWN = "ona@example.org", "ana@example.org"


@pytest.fixture
def person():
    """Somebody with an account, who has been here before."""
    person = UserFactory(email=KNOWN, is_staff=True, second_factor=False)
    sign_in(Client(), KNOWN)
    return person


@pytest.fixture
def hashes(monkeypatch):
    """Counts how often a password is hashed; that is what takes time when somebody signs in."""
    counted = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args, **more: counted.append(1) or encode(*args, **more))
    return counted


def without_token(response, email):
    """What the reader sees, apart from the token of the form and what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return page.replace(email, "")


def work_of(hashes, act):
    """The answer to a request, how many passwords it hashed, and how many questions it asked the database."""
    hashes.clear()
    with CaptureQueriesContext(connection) as captured:
        response = act()
    return response, len(hashes), len(captured)


def test_wrong_password_and_unknown_address_get_the_same_answer_for_the_same_work(person, hashes):
    UserFactory(email="invited@example.org", password=None, second_factor=False)

    answers = [
        (work_of(hashes, lambda email=email: sign_in(Client(), email, "a-wrong-password")), email)
        for email in (KNOWN, UNKNOWN, "invited@example.org")
    ]

    assert [number for (_response, number, _queries), _email in answers] == [1, 1, 1]
    assert {response.status_code for (response, _number, _queries), _email in answers} == {200}
    assert len({without_token(response, email) for (response, _number, _queries), email in answers}) == 1


def test_asking_for_a_password_gets_the_same_answer_for_the_same_work(person, hashes, run_queue, mailoutbox):
    UserFactory(email="closed@example.org", is_active=False)
    emails = [KNOWN, UNKNOWN, "closed@example.org"]

    answers = [
        work_of(hashes, lambda email=email: Client().post("/account/forgotten/", {"email": email})) for email in emails
    ]
    run_queue()

    assert {(response.status_code, response.headers["Location"]) for response, _hashes, _queries in answers} == {
        (302, "/account/forgotten/sent/")
    }
    assert {(hashed, asked) for _response, hashed, asked in answers} == {(0, answers[0][2])}
    assert [(mail.to, mail.subject.split("] ")[1]) for mail in mailoutbox] == [
        ([KNOWN], "Choose a new password"),
        ([UNKNOWN], "There is no account with this address"),
        (["closed@example.org"], "There is no account with this address"),
    ]


def test_job_that_answers_knows_no_address(client, person):
    client.post("/account/forgotten/", {"email": KNOWN})

    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name LIKE %s", ["accounts.%"])
        assert [KNOWN in args for (args,) in cursor] == [False]


def test_guessing_one_password_is_stopped_wherever_the_guesses_come_from(person):
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/account/sign-in/", {"login": KNOWN, "password": "wrong"})
        for number in range(6)
    ]
    right = sign_in(Client(REMOTE_ADDR="192.0.2.99"), KNOWN)

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert (right.status_code, right.headers["Retry-After"]) == (429, "300")
    assert "That was too often" in right.content.decode()


def test_guessing_at_an_address_without_account_is_stopped_alike(person):
    answers = [sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), UNKNOWN, "wrong") for number in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


def test_guessing_at_many_accounts_from_one_place_is_stopped():
    answers = [sign_in(Client(), f"person{number}@example.com", "wrong") for number in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]


@pytest.mark.parametrize(("proxies", "status"), [(0, 429), (1, 200)])
def test_place_is_read_behind_our_proxies_only(settings, proxies, status):
    settings.TRUSTED_PROXIES = proxies
    for number in range(11):
        answer = Client(headers={"x-forwarded-for": f"10.0.0.1, 192.0.2.{number}"}).post(
            "/account/sign-in/", {"login": f"person{number}@example.com", "password": "wrong"}
        )

    assert answer.status_code == status


def test_asking_for_passwords_is_limited_for_each_address(client):
    answers = [client.post("/account/forgotten/", {"email": KNOWN}) for _time in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]


def test_codes_cannot_be_tried_one_after_the_other(client):
    UserFactory(email=KNOWN, is_staff=True)
    sign_in(client, KNOWN)

    answers = [client.post("/account/sign-in/code/", {"code": f"{number:06}"}) for number in range(6)]

    assert "This code is not right" in answers[4].content.decode()
    assert "too many attempts" in answers[5].content.decode()


def test_link_chooses_a_new_password_once_and_signs_out_everywhere(client, person, run_queue, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, KNOWN)
    client.post("/account/forgotten/", {"email": KNOWN})
    run_queue()
    link = link_in(mailoutbox[0])

    page = client.get(link, follow=True)
    chosen = {"password1": "blue-kettle-5723", "password2": "blue-kettle-5723"}
    saved = client.post(page.request["PATH_INFO"], chosen)
    replayed = Client().get(link)

    assert saved.headers["Location"] == "/account/forgotten/done/"
    assert (replayed.status_code, elsewhere.get("/admin/").status_code) == (410, 302)
    assert sign_in(Client(), KNOWN).status_code == 200
    assert sign_in(Client(), KNOWN, "blue-kettle-5723").status_code == 302


@pytest.mark.parametrize(
    "path", ["/account/forgotten/1-x/", "/account/forgotten/zzzzzzzzzz-bad-token/", "/account/e-mail/x/"]
)
def test_forged_link_is_refused(client, person, path):
    assert client.get(path).status_code == 410


def test_key_in_an_address_stays_out_of_the_log(client, caplog):
    client.get("/account/forgotten/1-secret/")

    lines = [record.msg for record in caplog.records if record.name != "django.request"]  # which goes nowhere
    assert [line["request"] for line in lines] == ["GET /account/forgotten/1-…/"]
