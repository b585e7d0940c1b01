import pytest

from tests.accounts.conftest import PASSWORD, code_of, in_group, sign_in
from tests.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_person_signs_in_with_the_e_mail_address_however_it_is_spelt(client):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=False)

    page = client.get("/account/sign-in/").content.decode()
    response = sign_in(client, "Ona@Example.org")

    assert 'type="email"' in page
    assert 'autocomplete="current-password"' in page
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert client.get("/admin/").status_code == 200


def test_person_arrives_where_they_wanted_to_go_but_never_elsewhere(client):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=False)

    inside = sign_in(client, "ona@example.org", next="/de/admin/practices/practice/")
    client.logout()
    outside = sign_in(client, "ona@example.org", next="https://example.com/")

    assert inside.headers["Location"] == "/de/admin/practices/practice/"
    assert outside.headers["Location"] == "/admin/"


def test_second_factor_is_asked_for_before_anything_opens(client):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=SECRET)

    first = sign_in(client, "ona@example.org")
    between = client.get("/admin/")
    wrong = client.post("/account/sign-in/code/", {"code": "000000"})
    right = client.post("/account/sign-in/code/", {"code": code_of(SECRET)})

    assert first.headers["Location"] == "/account/sign-in/code/"
    assert between.headers["Location"] == "/admin/login/?next=/admin/"
    assert "This code is not right" in wrong.content.decode()
    assert right.headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_code_works_once(client, django_user_model):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=SECRET)
    code = code_of(SECRET)

    sign_in(client, "ona@example.org")
    client.post("/account/sign-in/code/", {"code": code})
    client.post("/account/sign-out/")
    sign_in(client, "ona@example.org")
    again = client.post("/account/sign-in/code/", {"code": code})

    assert again.status_code == 200
    assert "it has been used already" in again.content.decode()


@pytest.mark.parametrize("path", ["/admin/login/", "/de/admin/login/"])
def test_login_page_of_the_admin_is_no_second_way_in(client, path):
    UserFactory(email="ona@example.org", is_staff=True, second_factor=False)

    page = client.get(f"{path}?next=/admin/practices/practice/")
    posted = client.post(path, {"username": "ona@example.org", "password": PASSWORD, "next": "/admin/"})

    assert page.headers["Location"].endswith("/account/sign-in/?next=/admin/practices/practice/")
    assert (posted.status_code, "sessionid" in posted.cookies) == (302, False)
    assert "_auth_user_id" not in client.session


def test_admin_leads_to_our_pages_for_signing_out_and_for_passwords(client):
    client.force_login(UserFactory(is_staff=True))

    password = client.get("/admin/password_change/")
    asked = client.get("/admin/logout/")
    out = client.post("/admin/logout/")

    assert password.headers["Location"] == "/account/password/"
    assert "Sign out?" in asked.content.decode()
    assert (out.status_code, client.get("/admin/").status_code) == (302, 302)


@pytest.mark.parametrize("is_superuser", [True, False])
def test_webmaster_gets_to_nothing_before_having_a_second_factor(client, is_superuser):
    person = UserFactory(is_staff=True, is_superuser=is_superuser, second_factor=False)
    client.force_login(person if is_superuser else in_group("Webmasters", person))

    refused = [client.get(path) for path in ("/admin/", "/admin/accounts/user/", "/admin/jsi18n/")]
    led = client.get("/admin/login/?next=/admin/")
    explained = client.get(led.headers["Location"]).content.decode()

    assert [response.headers["Location"].split("?")[0] for response in refused] == ["/admin/login/"] * 3
    assert led.headers["Location"] == "/account/second-factor/"
    assert "a password alone is not enough" in explained


def test_coordinator_may_do_without_a_second_factor(client):
    client.force_login(in_group("Coordinators", UserFactory(is_staff=True, second_factor=False)))

    assert client.get("/admin/").status_code == 200
    assert "a password alone is not enough" not in client.get("/account/second-factor/").content.decode()


def test_site_to_try_out_opens_the_desk_without_and_says_so(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(UserFactory(is_staff=True, is_superuser=True, second_factor=False))

    assert "webmasters need no second factor here" in client.get("/admin/").content.decode()


def test_nobody_makes_an_account_by_themselves(client):
    assert [client.get(f"/account/{path}/").status_code for path in ("signup", "sign-up")] == [404, 404]
