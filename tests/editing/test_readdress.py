import pytest

from practices.models import Practice
from tests.desk import change_page
from tests.editing.people import coordinator_of, webmaster
from tests.factories import PracticeFactory


def page_of(practice):
    """Where the address of a practice is changed."""
    return f"/admin/practices/practice/{practice.pk}/address/"


def test_a_new_address_is_given_the_old_one_leads_there_and_the_log_says_so(client, master):
    practice = PracticeFactory(slug="old", title="Loom")

    button = f'href="{page_of(practice)}"' in client.get(change_page(practice)).content.decode()
    client.post(page_of(practice), {"slug": "New-Loom"})

    former = client.get("/practices/old/")
    step = practice.steps.get()
    assert button
    assert (former.status_code, former["Location"]) == (301, "/practices/new-loom/")
    assert client.get("/practices/new-loom/").status_code == 200
    assert (step.act, step.by, step.message) == ("readdress", master, "From “old” to “new-loom”.")
    assert "Change the address" in client.get(f"/admin/practices/practice/{practice.pk}/history/").content.decode()


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("loom", "This is its address already."),
        ("kiln", "Another practice has this address."),
        ("was-kiln", "and still leads there."),
        ("compare", "Another page of the site has this address."),
        ("a b", "Enter a valid"),
        ("", "This field is required."),
        ("x" * 151, "at most 150 characters"),
    ],
)
def test_an_address_that_is_not_free_is_refused(client, master, slug, said):
    practice, kiln = PracticeFactory(slug="loom"), PracticeFactory(slug="kiln")
    kiln.former_slugs.create(slug="was-kiln")

    response = client.post(page_of(practice), {"slug": slug})

    assert (response.status_code, Practice.objects.get(pk=practice.pk).slug) == (400, "loom")
    assert said in response.content.decode()


def test_its_own_former_address_can_be_taken_back(client, master):
    practice = PracticeFactory(slug="old")
    client.post(page_of(practice), {"slug": "new"})

    client.post(page_of(practice), {"slug": "old"})

    assert client.get("/practices/old/").status_code == 200
    assert client.get("/practices/new/")["Location"] == "/practices/old/"


def test_only_webmasters_do_and_only_with_what_readers_know(client):
    practice, draft = PracticeFactory(slug="loom"), PracticeFactory(state="draft")
    client.force_login(coordinator_of(practice.city))
    refused = client.post(page_of(practice), {"slug": "new"}).status_code
    client.force_login(webmaster())

    assert (refused, Practice.objects.get(pk=practice.pk).slug) == (403, "loom")
    assert client.get(page_of(draft)).status_code == 404
