import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from accounts.invitations import invite, key_for
from tests.accounts.conftest import PASSWORD, code_of
from tests.barriers import barriers
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(open_strictly):
    """A page of a browser on a device that can hold passkeys."""
    page = open_strictly()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE})
    return page


@pytest.fixture
def webmaster():
    """Somebody who was just invited to be a webmaster."""
    person = UserFactory(email="ona@example.org", password=None, is_staff=True, second_factor=False)
    person.groups.add(Group.objects.get(name="Webmasters"))
    invite(person, None)
    return person


def is_accessible(page):
    """Nothing on this page stands in the way of anybody, as far as a machine can tell."""
    assert barriers(page) == []


def press(page, name, role="button"):
    """Presses what is called so in the middle of the page."""
    page.get_by_role("main").get_by_role(role, name=name).click()


def test_invited_webmaster_makes_a_passkey_and_signs_in_with_it(page, webmaster):
    page.goto(f"/account/invitation/?key={key_for(webmaster)}")
    is_accessible(page)
    page.get_by_label("Your name").fill("Ona Petraitė")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    press(page, "Open my account")

    expect(page.get_by_text("a password alone is not enough")).to_be_visible()
    is_accessible(page)
    press(page, "Add a passkey", "link")
    is_accessible(page)
    press(page, "Make the passkey")
    expect(page.locator(".codes li")).to_have_count(10)
    is_accessible(page)
    press(page, "I have kept them: go on", "link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Editing desk")

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/?next=/admin/practices/practice/")
    is_accessible(page)
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/admin/practices/practice/")

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/sign-in/")
    page.get_by_label("E-mail address").fill("ona@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    is_accessible(page)
    press(page, "Use a passkey instead")
    expect(page.get_by_role("heading", level=1)).to_have_text("Editing desk")


def test_app_is_set_up_in_the_browser_and_asked_for_next_time(page):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=False)
    page.goto("/account/sign-in/?next=/account/second-factor/app/")
    page.get_by_label("E-mail address").fill("ona@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    is_accessible(page)
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Go on")
    is_accessible(page)
    page.get_by_label("Code").fill(code_of(page.locator(".key code").inner_text()))
    press(page, "Set it up")

    expect(page.locator(".codes li")).to_have_count(10)
    for path in ("", "sessions/", "data/", "e-mail/", "password/"):
        page.goto(f"/account/{path}")
        is_accessible(page)


def test_without_scripts_no_passkey_is_offered(open_browser):
    page = open_browser(java_script_enabled=False)

    page.goto("/account/sign-in/")

    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
