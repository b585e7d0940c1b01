from datetime import date, timedelta

import pytest
from django.utils import timezone

from editing.models import Enquiry, Step
from practices.models import Practice
from tests.desk import change_page, queries
from tests.editing.people import coordinator_of, reviewer_of, with_role
from tests.factories import CityFactory, PracticeFactory


def enquiry_about(practice, person):
    number = Enquiry.objects.count()
    return Enquiry.objects.create(
        practice=practice, person=person, token_hash=str(number), expires_at=timezone.now() + timedelta(days=60)
    )


def test_a_coordinator_verifies_at_the_desk_after_one_more_question(client):
    practice = PracticeFactory(title="Design voucher", verified_at=date(2020, 1, 1))
    person = coordinator_of(practice.city)
    client.force_login(person)

    page = client.get(change_page(practice)).content.decode()
    address = f"/admin/editing/enquiry/verify/{practice.pk}/"
    question = client.get(address)
    before = Practice.objects.get().verified_at
    answer = client.post(address, follow=True)

    assert f'href="{address}"' in page
    assert (question.status_code, "Design voucher" in question.content.decode()) == (200, True)
    assert before == date(2020, 1, 1)
    assert "“Design voucher” is verified today." in answer.content.decode()
    assert (Practice.objects.get().verified_at, Practice.objects.get().verified_by) == (timezone.localdate(), person)


def test_who_may_not_verify_gets_no_button_and_no_page(client):
    practice = PracticeFactory()
    for stranger in (coordinator_of(CityFactory()), reviewer_of(practice.theme)):
        client.force_login(stranger)

        page = client.get(change_page(practice))
        answers = [
            client.get(f"/admin/editing/enquiry/verify/{practice.pk}/"),
            client.post(f"/admin/editing/enquiry/verify/{practice.pk}/"),
        ]

        assert "/verify/" not in page.content.decode()
        assert [answer.status_code for answer in answers] == [403, 403]
    assert Step.objects.count() == 0


@pytest.mark.parametrize("state", sorted(set(Practice.State.values) - {"published"}))
def test_what_is_not_published_cannot_be_verified(client, state):
    practice = PracticeFactory(state=state)
    client.force_login(coordinator_of(practice.city))

    answers = [
        client.get(f"/admin/editing/enquiry/verify/{practice.pk}/"),
        client.post(f"/admin/editing/enquiry/verify/{practice.pk}/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "/verify/" not in client.get(change_page(practice)).content.decode()


def test_the_log_says_that_a_practice_was_verified(client):
    practice = PracticeFactory()
    client.force_login(coordinator_of(practice.city))
    client.post(f"/admin/editing/enquiry/verify/{practice.pk}/")

    page = client.get(f"/admin/practices/practice/{practice.pk}/history/").content.decode()

    assert "Verified: still true" in page


def test_webmasters_see_whom_we_asked_and_what_they_said(client):
    practice = PracticeFactory(title="Design voucher")
    person = coordinator_of(practice.city)
    enquiry = enquiry_about(practice, person)
    client.force_login(with_role("Webmasters"))

    page = client.get("/admin/editing/enquiry/")
    found = client.get("/admin/editing/enquiry/?q=voucher")

    assert "Design voucher" in page.content.decode()
    assert list(found.context["cl"].result_list) == [enquiry]


def test_nobody_else_sees_or_changes_what_was_asked(client):
    practice = PracticeFactory()
    enquiry = enquiry_about(practice, coordinator_of(practice.city))
    client.force_login(coordinator_of(practice.city))
    refused = [client.get(address).status_code for address in ("/admin/editing/enquiry/", change_page(enquiry))]

    client.force_login(with_role("Webmasters"))
    kept = [
        client.get("/admin/editing/enquiry/add/").status_code,
        client.post(change_page(enquiry), {"number": 9}).status_code,
    ]

    assert (refused, kept) == ([403, 403], [403, 403])
    assert Enquiry.objects.get().number == 1


def test_the_list_takes_the_same_queries_for_one_question_and_for_many(client):
    client.force_login(with_role("Webmasters"))
    enquiry_about(PracticeFactory(), coordinator_of(CityFactory()))
    one = queries(client, "/admin/editing/enquiry/")
    for _number in range(3):
        enquiry_about(PracticeFactory(), coordinator_of(CityFactory()))

    assert queries(client, "/admin/editing/enquiry/") == one
