import json

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from psycopg import sql

from accounts import personal_data
from accounts.leaving import LastSuperuser, erase
from accounts.models import User
from tests.accounts.conftest import PASSWORD, in_group, sign_in
from tests.desk import change_page, save
from tests.factories import CityFactory, UserFactory


@pytest.fixture
def person():
    """A coordinator of one city with a name that occurs nowhere else, who was changed at the desk and got mail."""
    person = UserFactory(email="kunigunde@example.org", name="Kunigunde Adler", is_staff=True, second_factor=False)
    CityFactory(name="Vilnius").editors.add(in_group("Coordinators", person))
    return person


@pytest.fixture
def here(person, client):
    """The person's own browser, in which the password was given a moment ago."""
    sign_in(client, person.email)
    client.post("/account/confirm/", {"password": PASSWORD})
    return client


def places_with(words):
    """Every table and column in which one of these words stands, in whatever case."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json')"
        )
        for table, column in cursor.fetchall():
            question = sql.SQL("SELECT 1 FROM {} WHERE {}::text ~* %s LIMIT 1")
            cursor.execute(question.format(sql.Identifier(table), sql.Identifier(column)), ["|".join(words)])
            if cursor.fetchone():
                found.add((table, column))
    return found


def test_nothing_leads_to_an_erased_person_any_more(person, here, admin_client, run_queue):
    save(admin_client, change_page(person), name="Kunigunde von Adler")
    here.post("/account/e-mail/", {"email": "kunigunde@example.com", "action_add": "1"})
    run_queue()
    before = places_with(["kunigunde"])

    admin_client.post(f"/admin/accounts/user/{person.pk}/act/erase/")

    person.refresh_from_db()
    assert ("accounts_user", "email") in before
    assert ("account_emailaddress", "email") in before
    assert ("django_admin_log", "object_repr") in before
    assert ("mail_mail", "to") in before
    assert places_with(["kunigunde", "adler"]) == set()
    assert (str(person), person.email, person.is_active) == ("former editor", f"erased-{person.pk}@invalid", False)
    assert person.erased_at is not None
    assert not person.has_usable_password()
    assert [list(rows.all()) for rows in (person.groups, person.cities, person.authenticator_set)] == [[], [], []]
    assert here.get("/account/").status_code == 302
    assert sign_in(Client(), "kunigunde@example.org").status_code == 200


def test_log_of_what_an_erased_person_did_stays_and_names_nobody(person, here, client, admin_client):
    entry = LogEntry.objects.create(
        user=person, content_type_id=1, object_id="1", object_repr="A practice", action_flag=2, change_message="[]"
    )

    erase(person)

    entry.refresh_from_db()
    assert (str(entry.user), entry.object_repr) == ("former editor", "A practice")


def test_erased_account_is_shown_but_cannot_be_changed_or_invited(person, admin_client):
    erase(person)

    page = admin_client.get(change_page(person))
    refused = [
        admin_client.post(f"/admin/accounts/user/{person.pk}/act/{name}/").status_code
        for name in ("invite", "reset-second-factor", "close", "reopen", "erase")
    ]

    assert "former editor" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert refused == [403] * 5


def test_person_takes_everything_that_is_held_on_them(person, here):
    response = here.get("/account/data/export/")

    data = json.loads(response.content)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]
    assert set(data) >= {"account", "roles", "addresses", "second factors", "sessions", "acts in the admin", "mails"}
    assert (data["account"]["email"], data["account"]["name"]) == ("kunigunde@example.org", "Kunigunde Adler")
    assert (data["roles"]["groups"], data["roles"]["cities"]) == (["Coordinators"], ["Vilnius"])
    assert [session["ip"] for session in data["sessions"]] == ["127.0.0.1"]
    assert "secret" not in response.content.decode()


def test_apps_say_themselves_what_they_hold(person, here, monkeypatch):
    monkeypatch.setattr(personal_data, "_HOLDINGS", dict(personal_data._HOLDINGS))
    forgotten = []

    @personal_data.held("drafts", erase=lambda person: forgotten.append(person.email))
    def drafts(person):
        return [{"title": "Voucher"}]

    assert json.loads(here.get("/account/data/export/").content)["drafts"] == [{"title": "Voucher"}]
    erase(person)
    assert forgotten == ["kunigunde@example.org"]


@pytest.mark.parametrize("path", ["/account/data/", "/account/data/export/", "/account/data/erase/"])
def test_data_asks_once_more_for_the_password(person, client, path):
    sign_in(client, person.email)

    assert client.get(path).headers["Location"].split("?")[0] == "/account/confirm/"
    assert client.post("/account/data/erase/").headers["Location"].split("?")[0] == "/account/confirm/"
    assert Client().get(path).headers["Location"].split("?")[0] == "/account/sign-in/"
    assert User.objects.filter(email=person.email).exists()


def test_person_erases_their_own_account_after_a_question(person, here):
    asked = here.get("/account/data/erase/")
    response = here.post("/account/data/erase/", follow=True)

    person.refresh_from_db()
    assert "This cannot be undone" in asked.content.decode()
    assert "Your account is erased." in response.content.decode()
    assert person.erased_at is not None
    assert here.get("/account/").status_code == 302


def test_last_superuser_cannot_vanish():
    boss = UserFactory(is_superuser=True, is_staff=True)

    with pytest.raises(LastSuperuser):
        erase(boss)

    boss.refresh_from_db()
    assert boss.erased_at is None


def test_last_superuser_is_told_why_not(client):
    UserFactory(email="boss@example.org", is_superuser=True, is_staff=True, second_factor=False)
    sign_in(client, "boss@example.org")
    client.post("/account/confirm/", {"password": PASSWORD})

    response = client.post("/account/data/erase/", follow=True)

    assert "Make another superuser first" in response.content.decode()
