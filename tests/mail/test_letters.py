import pytest

from mail.letters import write
from mail.models import Mail

MESSAGE = {"subject": "Fish & chips <cheap>", "text": "\n\n\nHow much?\n\n\n\n\nOna"}


@pytest.fixture
def letter(settings):
    settings.SITE_URL = "https://crossinno.example"

    def letter(language="en", **context):
        facts = {"message": MESSAGE, "sender": "Ona <ona@example.org>", "page": "https://crossinno.example/x/"}
        return write("message", facts | context, language, to=["webmaster@example.org"], reply_to=["ona@example.org"])

    return letter


def test_the_first_line_is_the_subject_and_nothing_is_escaped(letter):
    assert letter().subject == "[Crossinno] Fish & chips <cheap>"


def test_the_text_follows_with_no_more_than_one_empty_line_and_ends_with_the_site(letter):
    assert letter().body == (
        "From: Ona <ona@example.org>\nAbout: https://crossinno.example/x/\n\n"
        "How much?\n\nOna\n\nCrossinno\nhttps://crossinno.example\n"
    )


def test_a_letter_speaks_the_language_of_who_gets_it(letter):
    assert letter("de").body.startswith("Von: Ona <ona@example.org>\n")


def test_a_language_that_the_interface_does_not_speak_becomes_that_of_the_site(letter):
    assert letter("pl").body.startswith("From: Ona <ona@example.org>\n")


def test_a_subject_of_several_lines_becomes_one(letter):
    assert letter(message={"subject": "Hello\nBcc: x@example.org", "text": ""}).subject == "[Crossinno] Hello"


def test_a_letter_is_known_by_its_template_when_it_is_sent(letter, run_queue, mailoutbox):
    letter().send()

    run_queue()

    assert Mail.objects.get().kind == "message"
    assert (mailoutbox[0].to, mailoutbox[0].reply_to) == (["webmaster@example.org"], ["ona@example.org"])


def test_a_mail_says_that_a_machine_wrote_it_and_keeps_its_number(letter, run_queue, mailoutbox):
    letter().send()
    number = Mail.objects.get().message().extra_headers["Message-ID"]

    run_queue()

    sent = mailoutbox[0].message()
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"] == number
    assert number.endswith("@crossinno.example>")
