from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.conftest import PASSWORD, code_of, in_group, link_in, sign_in
from tests.factories import UserFactory

NEW = "blue-kettle-5723"


@pytest.fixture
def person():
    """A coordinator without a second factor."""
    return in_group("Coordinators", UserFactory(email="ona@example.org", is_staff=True, second_factor=False))


@pytest.fixture
def here(person, client):
    """The person's own browser."""
    sign_in(client, person.email)
    return client


def confirm(client):
    """Gives the password once more."""
    return client.post("/account/confirm/", {"password": PASSWORD})


def test_desk_leads_to_the_account(here):
    assert 'href="/account/"' in here.get("/admin/").content.decode()


def test_person_says_name_language_and_how_much_mail(here, person):
    response = here.post("/account/", {"name": "Ona P.", "language": "de", "mails": "all"})

    person.refresh_from_db()
    assert response.status_code == 302
    assert (person.name, person.language, person.mails) == ("Ona P.", "de", "all")


def test_mails_are_about_what_one_must_act_on_unless_chosen_otherwise(person):
    assert person.mails == "mine"


@pytest.mark.parametrize(("field", "value"), [("language", "xx"), ("mails", "weekly"), ("name", "x" * 151)])
def test_wrong_profile_is_sent_back(here, person, field, value):
    response = here.post("/account/", {"name": "Ona", "language": "", "mails": "none", field: value})

    assert list(response.context["form"].errors) == [field]
    assert User.objects.get(pk=person.pk).name == "Ona Petraitė"


def test_language_chosen_is_that_of_the_desk_after_signing_in(client):
    UserFactory(email="ona@example.org", is_staff=True, language="de", second_factor=False)

    assert sign_in(client, "ona@example.org").headers["Location"] == "/de/admin/"


def test_new_password_ends_the_sessions_elsewhere_and_is_told(here, person, run_queue, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, person.email)

    response = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    run_queue()

    assert response.headers["Location"] == "/account/"
    assert (here.get("/admin/").status_code, elsewhere.get("/admin/").status_code) == (200, 302)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["ona@example.org"], "[Crossinno] Your password was changed")
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"oldpassword": "wrong"}, "oldpassword"),
        ({"password2": "other"}, "password2"),
        ({"password1": "x"}, "password1"),
    ],
)
def test_wrong_new_password_is_said_beside_the_field(here, values, field):
    response = here.post("/account/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | values)

    assert field in response.context["form"].errors


def test_sessions_are_listed_and_ended_elsewhere(here, person):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0"})
    sign_in(elsewhere, person.email)

    listed = here.get("/account/sessions/").content.decode()
    here.post("/account/sessions/", {"where": "elsewhere"})

    assert "Firefox · Linux" in listed
    assert listed.count("this device") == 1
    assert (here.get("/admin/").status_code, elsewhere.get("/admin/").status_code) == (200, 302)


def test_sessions_are_ended_everywhere(here, person):
    elsewhere = Client()
    sign_in(elsewhere, person.email)

    here.post("/account/sessions/", {"where": "everywhere"})

    assert (here.get("/admin/").status_code, elsewhere.get("/admin/").status_code) == (302, 302)


def test_session_ends_two_weeks_after_signing_in_however_often_it_is_used(here):
    begun = Session.objects.get(session_key=here.session.session_key).expire_date
    confirm(here)  # writes to the session
    used = Session.objects.get(session_key=here.session.session_key).expire_date

    assert used == begun
    assert abs(begun - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600


def test_new_address_counts_once_its_mail_is_followed_and_the_former_one_is_told(here, person, run_queue, mailoutbox):
    confirm(here)
    here.post("/account/e-mail/", {"email": "Ona@Example.com", "action_add": "1"})
    run_queue()
    before = User.objects.get(pk=person.pk).email
    link = link_in(mailoutbox[-1])
    here.get(link)
    here.post(link)
    run_queue()

    person.refresh_from_db()
    assert (before, person.email) == ("ona@example.org", "ona@example.com")
    assert [mail.to for mail in mailoutbox] == [["ona@example.com"], ["ona@example.org"]]
    assert sign_in(Client(), "ona@example.com").status_code == 302
    assert sign_in(Client(), "ona@example.org").status_code == 200
    assert here.get(link).status_code == 410


def test_address_of_another_account_is_not_given_away_and_not_taken(here, person, run_queue, mailoutbox):
    UserFactory(email="jonas@example.org", second_factor=False)
    confirm(here)

    said = here.post("/account/e-mail/", {"email": "jonas@example.org", "action_add": "1"}, follow=True)
    run_queue()
    here.post(link_in(mailoutbox[0]))

    person.refresh_from_db()
    assert "A mail with a link is on its way." in said.content.decode()
    assert person.email == "ona@example.org"
    assert User.objects.get(email="jonas@example.org") != person


def test_change_of_address_can_be_called_off(here, person):
    confirm(here)
    here.post("/account/e-mail/", {"email": "ona@example.com", "action_add": "1"})
    here.post("/account/e-mail/", {"email": "ona@example.com", "action_remove": "1"})

    assert list(person.emailaddress_set.values_list("email", flat=True)) == ["ona@example.org"]
    assert sign_in(Client(), "ona@example.org").status_code == 302


def test_superuser_made_on_the_command_line_can_change_the_address_too(client, run_queue, mailoutbox):
    boss = User.objects.create_superuser("Boss@Example.org", PASSWORD)
    sign_in(client, "boss@example.org")
    confirm(client)

    client.post("/account/e-mail/", {"email": "chief@example.org", "action_add": "1"})
    run_queue()
    client.post(link_in(mailoutbox[0]))

    boss.refresh_from_db()
    assert boss.email == "chief@example.org"


def secret_of(page):
    """The key on the page for setting up an app."""
    return page.context["form"].secret


def test_app_is_set_up_and_recovery_codes_are_handed_out(
    here, person, run_queue, mailoutbox, django_capture_on_commit_callbacks
):
    confirm(here)
    page = here.get("/account/second-factor/app/")
    secret = secret_of(page)

    wrong = here.post("/account/second-factor/app/", {"code": "12"})
    with django_capture_on_commit_callbacks(execute=True):
        done = here.post("/account/second-factor/app/", {"code": code_of(secret)})
    codes = here.get("/account/second-factor/codes/")
    file = here.get("/account/second-factor/codes/download/")
    run_queue()

    assert '<svg class="qr"' in page.content.decode()
    assert "data:image" not in page.content.decode()
    assert "This code is not right" in wrong.content.decode()
    assert done.headers["Location"] == "/account/second-factor/codes/"
    assert len(codes.context["unused_codes"]) == 10
    assert file.content.decode().split() == codes.context["unused_codes"]
    assert User.objects.get(pk=person.pk).has_second_factor
    assert [mail.subject for mail in mailoutbox] == ["[Crossinno] An authenticator app was set up"]


def test_recovery_code_signs_in_once(here, person):
    confirm(here)
    here.post("/account/second-factor/app/", {"code": code_of(secret_of(here.get("/account/second-factor/app/")))})
    code = here.get("/account/second-factor/codes/").context["unused_codes"][0]
    elsewhere = Client()

    sign_in(elsewhere, person.email)
    first = elsewhere.post("/account/sign-in/code/", {"code": code})
    elsewhere.post("/account/sign-out/")
    sign_in(elsewhere, person.email)
    second = elsewhere.post("/account/sign-in/code/", {"code": code})

    assert (first.status_code, second.status_code) == (302, 200)


def test_second_factor_asks_once_more_for_the_password(here):
    paths = ["app/", "passkeys/add/", "codes/new/"]

    answers = [here.get(f"/account/second-factor/{path}").headers["Location"].split("?")[0] for path in paths]

    assert answers == ["/account/confirm/"] * 3


def test_webmaster_cannot_remove_the_only_second_factor(client, webmaster):
    secret = webmaster.authenticator_set.get().data["secret"]
    sign_in(client, webmaster.email)
    client.post("/account/sign-in/code/", {"code": code_of(secret)})
    confirm(client)

    page = client.post("/account/second-factor/app/remove/")

    assert "Add a passkey before you remove the app" in page.content.decode()
    assert webmaster.authenticator_set.exists()


def test_coordinator_may_remove_the_second_factor(client):
    person = UserFactory(email="ona@example.org", is_staff=True)
    client.force_login(person)
    confirm(client)

    client.post("/account/second-factor/app/remove/")

    assert not person.authenticator_set.exists()


def test_pages_of_the_account_are_for_whoever_is_signed_in(client):
    paths = ["", "sessions/", "data/", "password/", "e-mail/", "second-factor/", "second-factor/codes/"]

    answers = [client.get(f"/account/{path}").headers["Location"].split("?")[0] for path in paths]

    assert answers == ["/account/sign-in/"] * len(paths)


@pytest.mark.parametrize("path", ["sign-in/", "forgotten/", "forgotten/sent/", "inactive/", "forgotten/done/"])
def test_pages_before_signing_in_speak_german_under_their_address(client, path):
    assert client.get(f"/de/account/{path}").status_code == 200
