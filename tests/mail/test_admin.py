import pytest
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.html import escape

from mail.models import Job, JobError, Mail
from tests.desk import queries
from tests.factories import UserFactory

JOBS = "/admin/mail/job/"


@pytest.fixture
def failed(settings, run_queue):
    """The job of a mail that nobody could send."""
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send_mail("Come in", "https://example.org/secret", None, ["ona@example.org"])
    Job.objects.all().update(attempts=8)
    run_queue(may_fail=True)
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return Job.objects.get()


@pytest.fixture
def desk(client, settings):
    """A webmaster at the desk."""
    settings.SECOND_FACTOR_REQUIRED = False
    webmaster = UserFactory(is_staff=True)
    webmaster.groups.add(Group.objects.get(name="Webmasters"))
    client.force_login(webmaster)
    return client


def act(client, name, *jobs, **more):
    return client.post(JOBS, {"action": name, "_selected_action": [job.pk for job in jobs], **more})


def test_a_failed_job_says_what_it_was_why_and_how_often_it_was_tried(desk, failed):
    page = desk.get(JOBS).content.decode()

    assert "Send a mail" in page
    assert "ConnectionRefusedError" in page
    assert f'<a href="{reverse("admin:mail_mail_change", args=[Mail.objects.get().pk])}">ona@example.org</a>' in page
    assert (failed.status, failed.attempts) == ("failed", 9)


def test_trying_again_asks_first_and_then_sends(desk, failed, run_queue, mailoutbox):
    asked = act(desk, "try_again", failed).content.decode()
    before = Job.objects.get().status

    act(desk, "try_again", failed, confirmed="yes")
    run_queue()

    assert "Try 1 job again now?" in asked
    assert before == "failed"
    assert [mail.to for mail in mailoutbox] == [["ona@example.org"]]
    assert (Job.objects.get().status, Mail.objects.get().state) == ("succeeded", "sent")


def test_giving_up_asks_first_and_then_forgets_what_the_mail_said(desk, failed, run_queue, mailoutbox):
    asked = act(desk, "give_up", failed).content.decode()
    before = Mail.objects.get().state

    act(desk, "give_up", failed, confirmed="yes")
    run_queue()

    mail = Mail.objects.get()
    assert "Give up 1 job?" in asked
    assert before == "failed"
    assert mailoutbox == []
    assert (Job.objects.get().status, mail.state, mail.text) == ("cancelled", "given-up", "")


def test_what_is_done_is_neither_tried_again_nor_given_up(desk, run_queue, mailoutbox):
    send_mail("Come in", "Hello", None, ["ona@example.org"])
    run_queue()
    done = Job.objects.get()

    asked = act(desk, "try_again", done).content.decode()
    act(desk, "give_up", done, confirmed="yes")
    act(desk, "try_again", done, confirmed="yes")
    run_queue()

    assert "there is nothing to be done" in asked
    assert Job.objects.get().status == "succeeded"
    assert len(mailoutbox) == 1


def test_choosing_all_of_a_filtered_list_touches_no_others(desk, failed, settings):
    send_mail("Another", "Hello", None, ["jonas@example.org"])
    waiting = Job.objects.get(status="todo")
    address = f"{JOBS}?state=failed"
    chosen = {"action": "give_up", "_selected_action": [failed.pk], "select_across": "1", "index": "0"}

    asked = desk.post(address, chosen).content.decode()
    desk.post(address, {**chosen, "confirmed": "yes"})

    waiting.refresh_from_db()
    failed.refresh_from_db()
    assert f'action="{address}"' in asked
    assert (waiting.status, failed.status) == ("todo", "cancelled")


def test_the_page_of_a_job_offers_both_and_tells_its_history(desk, failed):
    page = desk.get(f"{JOBS}{failed.pk}/change/").content.decode()

    assert 'value="try_again"' in page
    assert 'value="give_up"' in page
    assert "+00:00" not in page
    assert [f": {step}</li>" in page for step in ("put into the queue", "begun", "failed")] == [True] * 3


def test_what_a_mail_says_is_not_shown_where_mails_are_sent(desk, failed):
    page = desk.get(reverse("admin:mail_mail_change", args=[Mail.objects.get().pk])).content.decode()

    assert "Come in" in page
    assert "ona@example.org" in page
    assert "ConnectionRefusedError" in page
    assert "secret" not in page


def test_where_mails_are_kept_they_can_be_read_and_their_links_followed(desk, settings, run_queue, mailoutbox):
    settings.MAIL_IS_KEPT = True
    send_mail("Come in", "<b>Hi</b>\nhttps://example.org/secret", None, ["ona@example.org"])
    run_queue()

    page = desk.get(reverse("admin:mail_mail_change", args=[Mail.objects.get().pk])).content.decode()

    assert mailoutbox == []
    assert '<a href="https://example.org/secret" rel="nofollow">https://example.org/secret</a>' in page
    assert escape("<b>Hi</b>") in page
    assert "kept here, not sent" in page


def test_nobody_writes_mails_or_jobs_by_hand(admin_client, failed):
    mail = Mail.objects.get()

    answers = [
        admin_client.get("/admin/mail/mail/add/").status_code,
        admin_client.post(f"/admin/mail/mail/{mail.pk}/change/", {"to": "x@example.org"}).status_code,
        admin_client.post(f"/admin/mail/mail/{mail.pk}/delete/", {"post": "yes"}).status_code,
        admin_client.get(f"{JOBS}add/").status_code,
        admin_client.post(f"{JOBS}{failed.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert answers == [403] * 5
    assert Mail.objects.get().to == "ona@example.org"


def test_coordinators_see_neither_mails_nor_jobs(client, failed):
    coordinator = UserFactory(is_staff=True)
    coordinator.groups.add(Group.objects.get(name="Coordinators"))
    client.force_login(coordinator)

    answers = [client.get(page).status_code for page in (JOBS, "/admin/mail/mail/", f"{JOBS}{failed.pk}/change/")]
    answers.append(act(client, "give_up", failed, confirmed="yes").status_code)

    failed.refresh_from_db()
    assert answers == [403] * 4
    assert failed.status == "failed"


def test_a_job_of_the_queue_that_nobody_knows_any_more_is_shown_by_its_name(desk):
    send_mail("Come in", "Hello", None, ["ona@example.org"])
    Job.objects.all().update(task_name="gone.tasks.forgotten", args={"word": "<b>"})

    page = desk.get(JOBS).content.decode()

    assert "gone.tasks.forgotten" in page
    assert "word: &lt;b&gt;" in page


def test_lists_take_the_same_queries_for_one_row_and_for_many(desk, run_queue):
    def write(number):
        for _one in range(number):
            send_mail("Come in", "Hello", None, ["ona@example.org"])
        Job.objects.all().update(attempts=1)
        for job in Job.objects.filter(error=None):
            JobError.objects.create(job=job, text="Refused", at="2026-01-01T00:00Z")

    write(1)
    one = [queries(desk, page) for page in (JOBS, "/admin/mail/mail/")]
    write(5)

    assert [queries(desk, page) for page in (JOBS, "/admin/mail/mail/")] == one
