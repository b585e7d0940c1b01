import html5lib
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from contact.models import Message
from contact.senders import sender_key
from mail.models import Mail
from tests.factories import PracticeFactory

WRITTEN = {
    "name": "Ona Petraitė",
    "email": "ona@example.org",
    "subject": "A practice in Kaunas",
    "text": "We know one.\r\nShall we tell?",
    "page": "/practices/",
    "homepage": "",
}


@pytest.fixture(autouse=True)
def _webmaster(settings):
    settings.CONTACT_EMAIL = "webmaster@example.org"


def send(client, **changes):
    return client.post(reverse("contact:contact"), {**WRITTEN, **changes})


def page_of(response):
    return html5lib.parse(response.content, namespaceHTMLElements=False)


def typed(response):
    """What stands in the fields of the form."""
    page = page_of(response)
    fields = {field.get("name"): field.get("value") or "" for field in page.iter("input")}
    fields |= {field.get("name"): (field.text or "").removeprefix("\n") for field in page.iter("textarea")}
    return {name: value for name, value in fields.items() if name in WRITTEN}


def summary(response):
    """The links and lines of the error summary."""
    (box,) = [box for box in page_of(response).iter("div") if box.get("class") == "error-summary"]
    return [(line.find("a").get("href") if line.find("a") is not None else None) for line in box.iter("li")]


def test_a_message_is_stored_and_mailed_and_reloading_sends_nothing(client, run_queue):
    response = client.post(reverse("contact:contact"), WRITTEN, follow=True)
    run_queue()

    message = Message.objects.get()
    assert (message.name, message.email, message.subject) == ("Ona Petraitė", "ona@example.org", "A practice in Kaunas")
    assert (message.text, message.page) == ("We know one.\nShall we tell?", "/practices/")
    assert response.redirect_chain == [("/contact/thanks/", 302)]
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == (["webmaster@example.org"], ["ona@example.org"])
    assert sent.subject == "[Crossinno] A practice in Kaunas"
    assert "We know one.\nShall we tell?" in sent.body
    assert "http://testserver/practices/" in sent.body


def test_a_message_in_german_is_thanked_for_in_german_and_mailed_in_the_language_of_the_site(client, run_queue):
    assert client.post("/de/contact/", WRITTEN).url == "/de/contact/thanks/"

    run_queue()

    assert mail.outbox[0].body.startswith("From: Ona Petraitė <ona@example.org>\nAbout: http://testserver/practices/\n")


def test_a_message_is_stored_when_no_address_is_set(client, settings):
    settings.CONTACT_EMAIL = ""

    send(client)

    assert Message.objects.count() == 1
    assert Mail.objects.count() == 0


def test_a_message_is_stored_when_the_mail_cannot_be_sent(client, settings, run_queue):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = send(client)
    run_queue(may_fail=True)

    assert response.url == "/contact/thanks/"
    assert Message.objects.count() == 1
    assert Mail.objects.get().state == "waiting"


def test_nothing_can_be_added_to_the_head_of_the_mail(client, run_queue):
    send(client, subject="Hello\r\nBcc: all@example.org", name="Ona\nBcc: x@example.org")
    run_queue()

    (sent,) = mail.outbox
    assert sent.subject == "[Crossinno] Hello Bcc: all@example.org"
    assert sent.recipients() == ["webmaster@example.org"]
    assert "Bcc" not in sent.message()


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({"email": ""}, ["#id_email"]),
        ({"email": "ona"}, ["#id_email"]),
        ({"email": "ona@example.org\nBcc: x@example.org"}, ["#id_email"]),
        ({"email": "o" * 250 + "@example.org"}, ["#id_email"]),
        ({"subject": "  \n "}, ["#id_subject"]),
        ({"subject": "s" * 151}, ["#id_subject"]),
        ({"text": ""}, ["#id_text"]),
        ({"text": "t" * 5001}, ["#id_text"]),
        ({"text": "nul \x00"}, ["#id_text"]),
        ({"name": "nul \x00"}, ["#id_name"]),
        ({"page": "nul \x00"}, ["#id_page"]),
        ({"page": "https://elsewhere.example.org/practices/"}, ["#id_page"]),
        ({"email": "", "subject": "", "text": ""}, ["#id_email", "#id_subject", "#id_text"]),
    ],
)
def test_an_error_is_named_and_what_was_typed_survives(client, changes, links):
    response = send(client, **changes)

    assert summary(response) == links
    kept = {name: value for name, value in WRITTEN.items() if name not in changes}
    assert {name: value.replace("\r\n", "\n") for name, value in typed(response).items() if name in kept} == {
        name: value.replace("\r\n", "\n") for name, value in kept.items()
    }
    assert Message.objects.count() == Mail.objects.count() == 0


def test_line_breaks_count_once(client):
    send(client, text="line\r\n" * 999 + "end")

    assert len(Message.objects.get().text) == 4998


def test_an_enormous_message_is_refused(client):
    response = send(client, text="t" * 3_000_000)

    assert response.status_code == 400
    assert Message.objects.count() == 0


def test_each_error_stands_at_its_field(client):
    page = page_of(send(client, email="ona"))

    (field,) = [field for field in page.iter("input") if field.get("name") == "email"]
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "id_email_helptext id_email_error"
    assert {"id_email_helptext", "id_email_error"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert page.findtext(".//title").startswith("Error: ")


def test_every_field_has_a_label_and_says_how_to_fill_it_in(client):
    page = page_of(client.get(reverse("contact:contact")))

    fields = [field for field in page.iter() if field.get("name") in WRITTEN]
    labels = {label.get("for") for label in page.iter("label")}
    assert {field.get("id") for field in fields} <= labels
    assert {field.get("name"): field.get("autocomplete") for field in fields} == {
        "name": "name",
        "email": "email",
        "subject": "off",
        "text": "off",
        "page": "off",
        "homepage": "off",
    }


def test_a_robot_that_fills_in_every_field_is_asked_again_and_a_person_loses_nothing(client):
    response = send(client, homepage="https://example.org/")

    assert summary(response) == [None]
    assert Message.objects.count() == 0
    again = typed(response)
    assert again["homepage"] == ""
    client.post(reverse("contact:contact"), again)
    assert Message.objects.count() == 1


def test_the_trap_is_hidden_from_everybody(client):
    page = page_of(client.get(reverse("contact:contact")))

    (box,) = [box for box in page.iter("div") if box.get("hidden") is not None]
    assert (box.find("input").get("name"), box.find("input").get("tabindex")) == ("homepage", "-1")


def test_the_sixth_message_of_an_hour_has_to_wait(client):
    for _number in range(5):
        assert send(client).status_code == 302

    response = send(client)

    assert response.status_code == 429
    assert 3500 < int(response["Retry-After"]) <= 3600
    assert {name: value.replace("\r\n", "\n") for name, value in typed(response).items()} == {
        name: value.replace("\r\n", "\n") for name, value in WRITTEN.items()
    }
    assert Message.objects.count() == Mail.objects.count() == 5


def test_after_an_hour_one_can_write_again(client):
    for _number in range(5):
        send(client)
    Message.objects.update(sent_at=timezone.now() - timezone.timedelta(minutes=61))

    assert send(client).status_code == 302


def test_another_sender_does_not_wait(client):
    for _number in range(5):
        send(client)

    response = client.post(reverse("contact:contact"), WRITTEN, REMOTE_ADDR="192.0.2.7")

    assert response.status_code == 302


def test_no_address_is_stored(client):
    client.post(reverse("contact:contact"), WRITTEN, REMOTE_ADDR="192.0.2.7")

    message = Message.objects.get()
    assert len(message.sender_key) == 64
    assert "192.0.2.7" not in str(vars(message))


def test_the_page_it_is_about_is_filled_in(client):
    PracticeFactory(slug="x")

    assert typed(client.get("/contact/?about=/practices/x/"))["page"] == "/practices/x/"
    assert typed(client.get("/de/contact/?about=/de/practices/x/"))["page"] == "/de/practices/x/"


@pytest.mark.parametrize(
    "about",
    [
        "https://elsewhere.example.org/practices/",
        "//elsewhere.example.org/practices/",
        "javascript:/practices/",
        "/no/such/page/",
        "practices/",
        "/\\elsewhere.example.org/",
        "/practices/%00/",
        "http://[",
        "BUY NOW",
    ],
)
def test_only_a_page_of_this_site_is_filled_in(client, about):
    assert typed(client.get("/contact/", {"about": about}))["page"] == ""


def test_the_whole_address_of_a_page_of_this_site_is_taken_too(client):
    send(client, page="http://testserver/de/practices/?theme=x")

    assert Message.objects.get().page == "/de/practices/?theme=x"


def test_only_the_page_with_the_form_sets_a_cookie(client):
    assert list(client.get(reverse("contact:thanks")).cookies) == []
    assert list(client.get(reverse("contact:contact")).cookies) == ["csrftoken"]


def test_the_key_of_a_sender_changes_every_day(rf):
    request = rf.get("/")
    now = timezone.now()

    assert sender_key(request, now) == sender_key(request, now)
    assert sender_key(request, now) != sender_key(request, now + timezone.timedelta(days=1))


def test_a_form_without_its_token_is_refused(client):
    client.handler.enforce_csrf_checks = True

    assert send(client).status_code == 403
    assert Message.objects.count() == 0
