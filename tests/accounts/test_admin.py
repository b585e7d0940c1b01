import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.accounts.conftest import in_group, link_in, sign_in
from tests.desk import change_page, errors_of, filled, save
from tests.factories import CityFactory, ThemeFactory, UserFactory

ADD = "/admin/accounts/user/add/"


@pytest.fixture
def desk(client, webmaster):
    """A client signed in as a webmaster."""
    client.force_login(webmaster)
    return client


def act(client, person, name):
    """Confirms an act on the account of this person."""
    return client.post(f"/admin/accounts/user/{person.pk}/act/{name}/")


def test_invitation_makes_an_account_without_password_and_mails_a_link(desk, webmaster, run_queue, mailoutbox):
    group, city, theme = Group.objects.get(name="Coordinators"), CityFactory(), ThemeFactory()

    page = desk.get(ADD)
    chosen = {"email": "ona@Example.org", "name": "Ona", "language": "de", "groups": [str(group.pk)]}
    chosen |= {"City_editors-TOTAL_FORMS": "1", "City_editors-0-city": city.pk}
    chosen |= {"Theme_reviewers-TOTAL_FORMS": "1", "Theme_reviewers-0-theme": theme.pk}
    response = desk.post(ADD, filled(page, **chosen))
    run_queue()

    person = User.objects.get(email="ona@example.org")
    assert response.headers["Location"] == "/admin/accounts/user/"
    assert (person.has_usable_password(), person.is_staff, person.invited_by) == (False, True, webmaster)
    assert [list(rows.all()) for rows in (person.groups, person.cities, person.reviewed_themes)] == [
        [group],
        [city],
        [theme],
    ]
    assert [mail.to for mail in mailoutbox] == [["ona@example.org"]]
    assert link_in(mailoutbox[0]).startswith("/de/account/invitation/?key=")


@pytest.mark.parametrize(
    ("email", "error"),
    [
        ("ONA@example.org", "There is an account with this e-mail address already."),
        ("ona", "Enter a valid email address."),
    ],
)
def test_wrong_address_is_refused_beside_the_field_and_nobody_is_written_to(desk, run_queue, mailoutbox, email, error):
    UserFactory(email="ona@example.org")

    response = save(desk, ADD, email=email, name="Jonas")
    run_queue()

    assert errors_of(response) == {"email": [error]}
    assert filled(response)["name"] == "Jonas"
    assert mailoutbox == []


def test_list_of_people_shows_how_far_everybody_is_in_the_same_queries(desk, queries):
    person = UserFactory(email="a@example.org", second_factor=False)
    few = queries("/admin/accounts/user/")
    UserFactory.create_batch(3)
    invited = UserFactory(email="b@example.org", password=None, invited_at=timezone.now(), second_factor=False)
    left = UserFactory(email="c@example.org", is_active=False)

    many = queries("/admin/accounts/user/")
    rows = {row.email: row.standing for row in desk.get("/admin/accounts/user/").context["cl"].queryset}
    found = {
        standing: [row.email for row in desk.get(f"/admin/accounts/user/?standing={standing}").context["cl"].queryset]
        for standing in ("invited", "left", "erased")
    }

    assert many == few
    assert [rows[one.email] for one in (person, invited, left)] == ["active", "invited", "left"]
    assert found == {"invited": ["b@example.org"], "left": ["c@example.org"], "erased": []}


def test_webmaster_gives_roles_but_makes_no_superuser(desk):
    person = UserFactory(email="jonas@example.org")
    group = Group.objects.get(name="Webmasters")

    page = desk.get(change_page(person))
    forged = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    response = desk.post(change_page(person), filled(page, groups=[str(group.pk)], **forged))

    person.refresh_from_db()
    assert response.status_code == 302
    assert "is_superuser" not in page.content.decode()
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert list(person.groups.all()) == [group]
    assert not person.user_permissions.exists()


def test_webmaster_gives_no_rights_to_themselves(desk, webmaster):
    city, group = CityFactory(), Group.objects.get(name="Reviewers")

    page = desk.get(change_page(webmaster))
    forged = {"groups": [str(group.pk)], "is_superuser": "on", "email": "other@example.org"}
    inline = {"City_editors-TOTAL_FORMS": "1", "City_editors-INITIAL_FORMS": "0", "City_editors-0-city": city.pk}
    desk.post(change_page(webmaster), {**filled(page), **forged, **inline})

    webmaster.refresh_from_db()
    assert [group.name for group in webmaster.groups.all()] == ["Webmasters"]
    assert (webmaster.is_superuser, webmaster.email, city.editors.count()) == (False, "webmaster@example.org", 0)


def test_webmaster_does_not_touch_superusers(desk):
    boss = UserFactory(email="boss@example.org", is_superuser=True, is_staff=True)
    before = boss.password

    desk.post(change_page(boss), {"email": "mine@example.org", "is_active": "on"})
    desk.post(
        f"/admin/accounts/user/{boss.pk}/password/", {"password1": "orange-lamp-57", "password2": "orange-lamp-57"}
    )
    desk.post(f"/admin/accounts/user/{boss.pk}/delete/", {"post": "yes"})
    desk.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"})
    acts = [act(desk, boss, name).status_code for name in ("invite", "reset-second-factor", "close", "erase")]

    boss.refresh_from_db()
    assert (boss.email, boss.password, boss.is_active) == ("boss@example.org", before, True)
    assert acts == [403] * 4
    assert boss.has_second_factor


@pytest.mark.parametrize("name", ["reset-second-factor", "close", "erase"])
def test_nobody_does_it_to_their_own_account(admin_client, admin_user, name):
    response = act(admin_client, admin_user, name)

    admin_user.refresh_from_db()
    assert (response.status_code, admin_user.is_active, admin_user.erased_at) == (403, True, None)


def test_coordinator_sees_no_people(client):
    person = UserFactory()
    client.force_login(in_group("Coordinators", UserFactory(is_staff=True)))

    paths = ["/admin/accounts/user/", ADD, change_page(person), f"/admin/accounts/user/{person.pk}/act/close/"]

    assert [client.get(path).status_code for path in paths] == [403] * 4


def test_closing_an_account_asks_first_and_ends_its_sessions_at_once(desk, run_queue):
    person = UserFactory(email="ona@example.org", is_staff=True, second_factor=False)
    elsewhere = Client()
    sign_in(elsewhere, "ona@example.org")

    asked = desk.get(f"/admin/accounts/user/{person.pk}/act/close/")
    still = elsewhere.get("/admin/").status_code
    act(desk, person, "close")
    after = elsewhere.get("/admin/").status_code
    again = sign_in(Client(), "ona@example.org")
    act(desk, person, "reopen")

    assert b"signed out at once" in asked.content
    assert (still, after, again.headers["Location"]) == (200, 302, "/account/inactive/")
    assert elsewhere.get("/admin/").status_code == 302  # the session does not come back with the account
    assert sign_in(elsewhere, "ona@example.org").headers["Location"] == "/admin/"


def test_lost_second_factor_is_reset_logged_and_told(desk, webmaster, run_queue, mailoutbox):
    person = UserFactory(email="ona@example.org", is_staff=True)

    act(desk, person, "reset-second-factor")
    run_queue()

    entry = LogEntry.objects.get(object_id=str(person.pk))
    assert not person.authenticator_set.exists()
    assert (entry.user, entry.get_change_message()) == (webmaster, "Second factor reset.")
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["ona@example.org"], "[Crossinno] Your second factor was reset")
    ]


def test_change_of_address_by_the_webmaster_closes_the_former_one_and_tells_it(desk, run_queue, mailoutbox):
    person = UserFactory(email="ona@example.org", is_staff=True, second_factor=False)
    elsewhere = Client()
    sign_in(elsewhere, "ona@example.org")

    save(desk, change_page(person), email="ona@example.com")
    run_queue()

    assert [mail.to for mail in mailoutbox] == [["ona@example.org"]]
    assert "now ona@example.com" in mailoutbox[0].body
    assert elsewhere.get("/admin/").status_code == 302
    assert sign_in(Client(), "ona@example.org").status_code == 200
    assert sign_in(Client(), "ona@example.com").status_code == 302


def test_invited_person_whose_address_was_wrong_gets_a_link_at_the_right_one(desk, run_queue, mailoutbox):
    save(desk, ADD, email="on@example.org", name="Ona")
    person = User.objects.get(email="on@example.org")

    save(desk, change_page(person), email="ona@example.org")
    run_queue()

    assert [mail.to for mail in mailoutbox] == [["on@example.org"], ["ona@example.org"]]
    assert [Client().get(link_in(mail)).status_code for mail in mailoutbox] == [410, 200]


def test_webmaster_may_edit_everything_that_readers_see(desk):
    apps = desk.get("/admin/").context["available_apps"]

    models = {model["object_name"]: model["perms"]["change"] for app in apps for model in app["models"]}
    kinds = ["Practice", "Feature", "Theme", "Sector", "Event", "City", "Message", "Tag", "User"]
    assert [models.get(kind) for kind in kinds] == [True] * len(kinds)
    assert not models.keys() & {"Group", "EmailAddress", "Authenticator", "UserSession", "Count"}
