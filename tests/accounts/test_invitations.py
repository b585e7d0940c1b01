from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core import signing
from django.utils import timezone

from accounts.invitations import invite, invited_by_key, key_for
from tests.accounts.conftest import in_group, link_in, sign_in
from tests.factories import UserFactory

CHOSEN = {"name": "Ona Petraitė", "password1": "blue-kettle-5723", "password2": "blue-kettle-5723"}


@pytest.fixture
def invited(webmaster):
    """Somebody who was invited and has not come yet."""
    person = UserFactory(email="ona@example.org", name="Ona", password=None, is_staff=True, second_factor=False)
    invite(person, webmaster)
    return person


def link_of(person):
    return f"/account/invitation/?key={key_for(person)}"


def test_invited_person_chooses_name_and_password_and_is_offered_a_second_factor(client, invited):
    page = client.get(link_of(invited))
    response = client.post(link_of(invited), CHOSEN, follow=True)

    invited.refresh_from_db()
    assert b"You were invited as ona@example.org" in page.content
    assert (invited.name, invited.check_password("blue-kettle-5723")) == ("Ona Petraitė", True)
    assert response.redirect_chain == [("/account/second-factor/", 302)]
    assert "Welcome, Ona Petraitė" in response.content.decode()
    assert client.get("/admin/").status_code == 200
    assert client.get("/account/second-factor/app/").status_code == 200  # the password was given a moment ago


def test_invited_webmaster_is_kept_from_the_desk_until_the_second_factor_is_there(client, invited):
    in_group("Webmasters", invited)

    response = client.post(link_of(invited), CHOSEN, follow=True)

    assert "a password alone is not enough" in response.content.decode()
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"password2": "something-else-9"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "ona@example.org", "password2": "ona@example.org"}, "password1"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_choice_is_said_beside_the_field_and_keeps_the_link_good(client, invited, values, field):
    response = client.post(link_of(invited), CHOSEN | values)

    invited.refresh_from_db()
    assert list(response.context["form"].errors) == [field]
    assert not invited.has_usable_password()
    assert client.get(link_of(invited)).status_code == 200


def test_link_works_once(client, invited):
    link = link_of(invited)
    client.post(link, CHOSEN)
    client.logout()

    opened, replayed = client.get(link), client.post(link, CHOSEN | {"password1": "grey-kettle-5723"})

    invited.refresh_from_db()
    assert (opened.status_code, replayed.status_code) == (410, 410)
    assert "ask the webmaster to invite you again" in opened.content.decode()
    assert invited.check_password("blue-kettle-5723")


def test_inviting_again_makes_the_older_link_no_longer_good(client, invited, webmaster):
    older = link_of(invited)
    invite(invited, webmaster)

    assert [client.get(link).status_code for link in (older, link_of(invited))] == [410, 200]


def test_link_expires(client, invited, settings):
    link = link_of(invited)
    settings.INVITATION_DAYS = 0

    assert client.get(link).status_code == 410


def test_link_of_somebody_whose_account_is_closed_is_gone(client, invited):
    link = link_of(invited)
    invited.is_active = False
    invited.save()

    assert client.get(link).status_code == 410


@pytest.mark.parametrize("key", ["", "x", "1:2:3", "\x00"])
def test_forged_link_is_not_found_and_says_what_to_do(client, invited, key):
    response = client.get("/account/invitation/", {"key": key})

    assert response.status_code == 404
    assert "ask the webmaster to invite you again" in response.content.decode()


def test_link_for_another_person_cannot_be_made_from_ones_own(client, invited):
    other = UserFactory(password=None, invited_at=timezone.now() - timedelta(hours=1), second_factor=False)
    forged = key_for(other).split(":")[0] + ":" + ":".join(key_for(invited).split(":")[1:])
    with_other_salt = signing.dumps([other.pk, other.invited_at.isoformat()], salt="something-else")

    statuses = [client.get("/account/invitation/", {"key": key}).status_code for key in (forged, with_other_salt)]

    assert statuses == [404, 404]


def test_reading_the_link_does_not_use_it_up_as_scanners_of_mail_do(client, invited):
    assert [client.get(link_of(invited)).status_code for _time in range(2)] == [200, 200]


def test_whoever_else_is_signed_in_is_signed_out(client, invited, webmaster):
    client.force_login(webmaster)

    client.post(link_of(invited), CHOSEN)

    assert client.session["_auth_user_id"] == str(invited.pk)


def test_somebody_who_has_not_come_yet_cannot_sign_in_nor_ask_for_a_password(client, invited, run_queue, mailoutbox):
    run_queue()
    mailoutbox.clear()

    signed_in = sign_in(client, "ona@example.org", "")
    client.post("/account/forgotten/", {"email": "ona@example.org"})
    run_queue()

    assert signed_in.status_code == 200
    assert [mail.subject for mail in mailoutbox] == ["[Crossinno] There is no account with this address"]


def test_mail_speaks_the_language_chosen_and_says_who_invites(webmaster, run_queue, mailoutbox):
    person = UserFactory(email="ona@example.org", password=None, language="de", second_factor=False)

    invite(person, webmaster)
    run_queue()

    assert link_in(mailoutbox[0]).startswith("/de/account/invitation/?key=")
    assert "Web Master" in mailoutbox[0].body
    assert invited_by_key(unquote(link_in(mailoutbox[0]).split("key=")[1])) == person


def test_trying_links_is_limited(client, invited):
    statuses = [client.get("/account/invitation/", {"key": "x"}).status_code for _time in range(21)]

    assert statuses == [404] * 20 + [429]
