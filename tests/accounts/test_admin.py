import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from tests.desk import change_page, errors_of, filled, save
from tests.factories import UserFactory

ADD = "/admin/accounts/user/add/"
PASSWORDS = {"password1": "orange-lamp-57", "password2": "orange-lamp-57"}


@pytest.fixture
def webmaster(client):
    """A client signed in as a member of the webmasters, who is no superuser."""
    person = UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name="Webmasters"))
    client.force_login(person)
    return client


def test_person_is_added_with_the_password_typed_twice(admin_client):
    response = save(admin_client, ADD, email="ona@Example.org", name="Ona", **PASSWORDS)

    person = User.objects.get(email="ona@example.org")
    assert response.headers["Location"] == change_page(person)
    assert person.check_password("orange-lamp-57")
    assert (person.is_staff, person.is_superuser) == (False, False)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ({"password2": "orange-lamp-58"}, {"password2": ["The two password fields didn’t match."]}),
        ({"email": "ONA@example.org"}, {"email": ["There is an account with this e-mail address already."]}),
        ({"email": "ona"}, {"email": ["Enter a valid email address."]}),
    ],
)
def test_wrong_account_is_refused_beside_the_field(admin_client, values, errors):
    UserFactory(email="ona@example.org")

    response = save(admin_client, ADD, **{"email": "jonas@example.org", "name": "Jonas", **PASSWORDS, **values})

    assert errors_of(response) == errors
    assert filled(response)["name"] == "Jonas"


def test_webmaster_gives_rights_but_makes_no_superuser(webmaster):
    person = UserFactory(email="jonas@example.org")
    group = Group.objects.get(name="Webmasters")

    page = webmaster.get(change_page(person))
    values = filled(page, is_staff="on", groups=[str(group.pk)], is_superuser="on", user_permissions=["1"])
    response = webmaster.post(change_page(person), values)

    person.refresh_from_db()
    assert response.status_code == 302
    assert "is_superuser" not in page.content.decode()
    assert (person.is_staff, person.is_superuser) == (True, False)
    assert list(person.groups.all()) == [group]
    assert not person.user_permissions.exists()


def test_webmaster_does_not_touch_superusers(webmaster):
    boss = UserFactory(email="boss@example.org", is_superuser=True, is_staff=True)
    before = boss.password

    webmaster.post(change_page(boss), {"email": "mine@example.org", "is_active": "on"})
    webmaster.post(f"/admin/accounts/user/{boss.pk}/password/", {**PASSWORDS, "usable_password": "true"})
    webmaster.post(f"/admin/accounts/user/{boss.pk}/delete/", {"post": "yes"})
    webmaster.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"})

    boss.refresh_from_db()
    assert (boss.email, boss.password) == ("boss@example.org", before)


def test_webmaster_may_edit_everything_that_readers_see(webmaster):
    apps = webmaster.get("/admin/").context["available_apps"]

    assert [model["object_name"] for app in apps for model in app["models"]] == [
        "Practice",
        "Feature",
        "Theme",
        "Sector",
        "Event",
        "City",
        "Message",
        "Tag",
        "User",
    ]
    assert [model["object_name"] for app in apps for model in app["models"] if not model["perms"]["change"]] == []
