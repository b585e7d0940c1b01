"""A case can be looked at as readers will see it, by whoever knows the address, for some days."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from editing import previews
from editing.flow import do
from editing.models import Preview
from practices.models import Practice
from tests.editing.cases import approve, ready
from tests.editing.people import coordinator_of, reviewer_of
from tests.factories import CityFactory, ImageFactory, PracticeFactory


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def draft():
    return ready(title="Secret voucher", summary="Half of the fee.", tags=["craft"])


@pytest.fixture
def address(draft):
    return previews.address_of(previews.share(draft, coordinator_of(draft.city)))


def test_preview_looks_as_the_page_will_look(client, draft, address):
    judge, writer = reviewer_of(draft.theme), coordinator_of(draft.city)

    early = client.get(address).content.decode()
    do("submit", draft, writer)
    approve(draft, judge)
    page = client.get(draft.get_absolute_url()).content.decode()

    for part in ("Secret voucher", "Half of the fee.", "About the results.", "craft", str(draft.city)):
        assert part in early
        assert part in page
    assert "Readers do not see this yet." in early
    assert "Readers do not see this yet." not in page


def test_preview_is_kept_by_nobody_and_passed_on_to_nobody(client, address):
    answer = client.get(address)

    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_preview_of_a_working_copy_shows_its_text_under_the_name_of_the_case(client):
    practice = ready(state=Practice.State.PUBLISHED, title="Voucher", slug="voucher")
    writer = coordinator_of(practice.city)
    copy = do("revise", practice, writer)
    copy.set_current_language("en")
    copy.title = "Voucher, second round"
    copy.save()

    shown = client.get(previews.address_of(previews.share(copy, writer))).content.decode()

    assert "Voucher, second round" in shown
    assert "--copy" not in shown
    assert "second round" not in client.get("/practices/voucher/").content.decode()


def test_address_ends_by_time_by_hand_and_with_publication(client, draft, address):
    shown, writer = Preview.objects.get(), coordinator_of(draft.city)
    other = previews.share(draft, writer)
    signed_in(writer).post(f"/admin/practices/practice/{draft.pk}/preview/", {"end": other.pk})
    ended = client.get(previews.address_of(other))
    Preview.objects.filter(pk=shown.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    expired = client.get(address)

    assert (ended.status_code, expired.status_code) == (410, 410)
    for answer in (ended, expired):
        assert "Secret voucher" not in answer.content.decode()
    Practice.objects.get().move_to("published")
    assert client.get(address).url == draft.get_absolute_url()


def test_made_up_addresses_lead_nowhere(client, draft, address):
    key = address.rstrip("/").rsplit("/", 1)[1]
    number, _dot, signature = key.partition(".")

    for made_up in (f"{int(number) + 1}.{signature}", number, f"{key}x", "x", f"{number}."):
        assert client.get(f"/preview/{made_up}/").status_code == 404


def test_pictures_of_a_draft_are_seen_at_its_secret_address_only(client, draft, media):
    image = ImageFactory(practice=draft)
    shown = previews.share(draft, coordinator_of(draft.city))
    page = client.get(previews.address_of(shown)).content.decode()
    name = image.file.name.rsplit("/", 1)[1]

    answer = client.get(f"{previews.address_of(shown)}images/{name}")
    public = client.get(image.get_absolute_url())
    previews.end(shown, coordinator_of(draft.city))

    answer.getvalue()
    assert f"{previews.address_of(shown)}images/" in page
    assert (answer.status_code, public.status_code) == (200, 404)
    assert client.get(f"{previews.address_of(shown)}images/{name}").status_code == 404


def test_only_those_who_write_the_case_share_it(draft):
    outsiders = [coordinator_of(CityFactory()), reviewer_of(draft.theme)]

    answers = [signed_in(person).post(f"/admin/practices/practice/{draft.pk}/preview/") for person in outsiders]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert not Preview.objects.exists()


def test_published_practice_needs_no_preview():
    practice = PracticeFactory()

    answer = signed_in(coordinator_of(practice.city)).post(f"/admin/practices/practice/{practice.pk}/preview/")

    assert answer.status_code == 403
    assert not Preview.objects.exists()


def test_writer_gets_the_address_at_the_desk(draft):
    client = signed_in(coordinator_of(draft.city))
    page = f"/admin/practices/practice/{draft.pk}/preview/"

    client.post(page)

    address = previews.address_of(Preview.objects.get())
    assert f'value="http://testserver{address}"' in client.get(page).content.decode()
