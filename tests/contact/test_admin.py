import pytest
from django.contrib.messages import get_messages

from contact.models import Message
from tests.desk import change_page


@pytest.fixture
def message():
    return Message.objects.create(
        name="Jonas", email="jonas+c@example.org", subject="Voucher & more?", text="<b>How</b>\nmuch?", sender_key="k"
    )


def test_message_is_read_not_rewritten(admin_client, message):
    page = admin_client.get(change_page(message)).content.decode()
    admin_client.post(change_page(message), {"text": "Forged.", "email": "x@example.org", "answered": "on"})

    message.refresh_from_db()
    assert "&lt;b&gt;How&lt;/b&gt;" in page
    assert 'href="mailto:jonas%2Bc@example.org?subject=Re%3A%20Voucher%20%26%20more%3F"' in page
    assert (message.text, message.email, message.answered) == ("<b>How</b>\nmuch?", "jonas+c@example.org", True)


def test_messages_cannot_be_added(admin_client):
    assert admin_client.get("/admin/contact/message/add/").status_code == 403


def test_open_messages_come_first_and_are_ticked_off_together(admin_client, message):
    answered = Message.objects.create(email="a@example.org", subject="Old", text="Hi", answered=True)

    before = list(admin_client.get("/admin/contact/message/").context["cl"].result_list)
    response = admin_client.post(
        "/admin/contact/message/", {"action": "mark_answered", "_selected_action": [message.pk]}
    )

    message.refresh_from_db()
    assert before == [message, answered]
    assert message.answered
    assert [str(text) for text in get_messages(response.wsgi_request)] == ["1 message is answered."]


def test_answered_message_is_opened_again(admin_client, message):
    Message.objects.update(answered=True)

    admin_client.post("/admin/contact/message/", {"action": "mark_open", "_selected_action": [message.pk]})

    message.refresh_from_db()
    assert not message.answered
