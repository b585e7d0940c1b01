import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from practices.models import Attachment
from tests import pdfs
from tests.desk import change_page, errors_of, filled
from tests.factories import PracticeFactory

pytestmark = pytest.mark.usefixtures("media")


def upload(client, practice, content, **changes):
    data = filled(client.get(change_page(practice)))
    row = {
        "attachments-TOTAL_FORMS": "1",
        "attachments-0-file": SimpleUploadedFile("Bericht 2019 (final).pdf", content),
        "attachments-0-title": "Report",
        "attachments-0-language": "de",
    }
    return client.post(change_page(practice), {**data, **row, **changes})


def test_pdf_is_kept_with_its_size_and_pages_and_shown_to_editors(admin_client, client):
    practice, content = PracticeFactory(state="draft"), pdfs.pdf(pages=3)

    response = upload(admin_client, practice, content)

    assert response.status_code == 302
    attachment = Attachment.objects.get()
    assert (attachment.title, attachment.language, attachment.pages) == ("Report", "de", 3)
    assert attachment.size == len(content)
    address = f"/admin/practices/practice/attachments/{attachment.pk}/"
    assert f'<a href="{address}">3 pages</a>' in admin_client.get(change_page(practice)).content.decode()
    shown = admin_client.get(address)
    assert b"".join(shown.streaming_content) == content
    assert shown["Cache-Control"].startswith("private, no-store")
    assert client.get(address).status_code == 302


def test_attachment_can_be_renamed_without_its_file(admin_client):
    practice = PracticeFactory(state="draft")
    upload(admin_client, practice, pdfs.pdf())
    attachment = Attachment.objects.get()
    attachment.file.storage.delete(attachment.file.name)

    data = filled(admin_client.get(change_page(practice)))
    admin_client.post(change_page(practice), {**data, "attachments-0-title": "Final report"})

    assert Attachment.objects.get().title == "Final report"
    assert admin_client.get(f"/admin/practices/practice/attachments/{attachment.pk}/").status_code == 404


@pytest.mark.parametrize("content", [b"Dear reader", pdfs.script()])
def test_file_that_is_no_harmless_pdf_is_refused_beside_its_field(admin_client, content):
    response = upload(admin_client, PracticeFactory(state="draft"), content)

    [(field, [message])] = errors_of(response).items()
    assert field == "attachments-0-file"
    assert message.endswith(("and choose it again.", "and choose that one."))
    assert filled(response)["attachments-0-title"] == "Report"
    assert not Attachment.objects.exists()


def test_attachment_needs_a_file_and_a_title(admin_client):
    practice = PracticeFactory(state="draft")

    without_title = upload(admin_client, practice, pdfs.pdf(), **{"attachments-0-title": ""})
    without_file = upload(admin_client, practice, pdfs.pdf(), **{"attachments-0-file": ""})

    required = ["This field is required."]
    assert errors_of(without_title) == {"attachments-0-title": required}
    assert errors_of(without_file) == {"attachments-0-file": required}
