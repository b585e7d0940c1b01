import pytest
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from mail.models import Mail


def write(**changes):
    facts = {"subject": "Hello", "body": "Come in.", "to": ["ona@example.org"], "reply_to": ["jonas@example.org"]}
    return EmailMessage(**facts | changes)


def test_a_mail_is_stored_and_sent_later(run_queue):
    send_mail("Hello", "Come in.", None, ["ona@example.org"])
    before = list(mail.outbox)

    run_queue()

    (sent,) = mail.outbox
    assert before == []
    assert (sent.to, sent.subject, sent.body) == (["ona@example.org"], "Hello", "Come in.")
    assert sent.from_email == "crossinno@localhost"


def test_what_is_rolled_back_sends_nothing(run_queue):
    with transaction.atomic():
        write().send()
        transaction.set_rollback(True)

    run_queue()

    assert mail.outbox == []
    assert Mail.objects.count() == ProcrastinateJob.objects.count() == 0


def test_everybody_gets_a_mail_of_their_own(run_queue):
    write(to=["a@example.org", "Bé <b@example.org>"], bcc=["c@example.org"]).send()

    run_queue()

    assert [sent.recipients() for sent in mail.outbox] == [["a@example.org"], ["Bé <b@example.org>"], ["c@example.org"]]
    assert {tuple(sent.reply_to) for sent in mail.outbox} == {("jonas@example.org",)}


def test_a_mail_that_is_sent_is_forgotten_but_for_its_subject(run_queue):
    write(body="https://example.org/secret").send()

    run_queue()

    kept = Mail.objects.get()
    assert (kept.state, kept.text, kept.subject, kept.attempts) == ("sent", "", "Hello", 1)
    assert kept.sent_at is not None


def test_what_cannot_stand_in_the_head_is_refused_at_once():
    with pytest.raises(BadHeaderError):
        write(subject="Hello\nBcc: all@example.org").send()

    assert Mail.objects.count() == 0


def test_files_are_refused_and_only_the_text_is_taken(run_queue):
    with pytest.raises(ValueError, match="has no files"):
        EmailMessage("Hello", "Come in.", to=["a@example.org"], attachments=[("a.txt", "a", "text/plain")]).send()
    letter = EmailMultiAlternatives("Hello", "Come in.", to=["a@example.org"])
    letter.attach_alternative("<p>Come in.", "text/html")
    letter.send()

    run_queue()

    (sent,) = mail.outbox
    assert sent.message().get_payload() == "Come in."
