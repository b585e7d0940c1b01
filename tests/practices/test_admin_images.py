import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from practices.models import Image
from tests.desk import change_page, errors_of, filled
from tests.factories import PracticeFactory


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(name="lab.png", form="PNG", size=(4, 3)):
    file = io.BytesIO()
    Picture.new("RGB", size, "teal").save(file, form)
    return SimpleUploadedFile(name, file.getvalue())


def huge_png(width, height):
    """The beginning of a picture that says it is very large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def upload(client, practice, file):
    data = filled(client.get(change_page(practice)))
    return client.post(
        change_page(practice),
        {
            **data,
            "images-TOTAL_FORMS": "1",
            "images-0-file": file,
            "images-0-alternative_text": "Ten people around a laser cutter.",
            "images-0-credit": "Ona",
            "images-0-licence": "CC BY 4.0",
        },
    )


def test_picture_is_kept_with_its_text_and_shown_to_editors(admin_client, client):
    practice = PracticeFactory(state="draft")

    response = upload(admin_client, practice, picture())

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.alternative_text, image.width, image.height) == ("Ten people around a laser cutter.", 4, 3)
    address = f"/admin/practices/practice/images/{image.pk}/"
    assert f'src="{address}"' in admin_client.get(change_page(practice)).content.decode()
    shown = admin_client.get(address)
    assert (shown["Content-Type"], b"".join(shown.streaming_content)) == (
        "image/png",
        Path(image.file.path).read_bytes(),
    )
    assert client.get(address).headers["Location"] == f"/admin/login/?next={address}"


def test_alternative_text_is_written_in_german_too(admin_client):
    practice = PracticeFactory()
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    upload(admin_client, practice, picture())

    data = filled(admin_client.get(change_page(practice, "de")))
    admin_client.post(change_page(practice, "de"), {**data, "images-0-alternative_text": "Zehn Leute."})

    texts = Image.objects.get().translations.values_list("language_code", "alternative_text")
    assert sorted(texts) == [("de", "Zehn Leute."), ("en", "Ten people around a laser cutter.")]


def test_practice_whose_picture_file_is_lost_can_still_be_edited(admin_client, tmp_path):
    practice = PracticeFactory()
    upload(admin_client, practice, picture())
    image = Image.objects.get()
    image.file.storage.delete(image.file.name)

    response = admin_client.post(
        change_page(practice), filled(admin_client.get(change_page(practice)), title="New title")
    )

    assert response.status_code == 302
    assert admin_client.get(f"/admin/practices/practice/images/{image.pk}/").status_code == 404


NO_IMAGE = "Upload a valid image. The file you uploaded was either not an image or a corrupted image."


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("report.jpg", b"A report, not a picture."), NO_IMAGE),
        (SimpleUploadedFile("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'), NO_IMAGE),
        (SimpleUploadedFile("empty.png", b""), "The submitted file is empty."),
        (
            picture("lab.gif"),
            "File extension “gif” is not allowed. Allowed extensions are: jpg, jpeg, png, webp.",
        ),
        (
            picture("moving.png", "GIF"),
            "The file is not a JPEG, PNG or WebP picture, whatever its name says.",
        ),
        (
            SimpleUploadedFile("large.png", huge_png(10_000, 6_000)),
            "The picture has 60 megapixels; at most 50 are possible. Make it smaller and try again.",
        ),
        (SimpleUploadedFile("bomb.png", huge_png(60_000, 60_000)), NO_IMAGE),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_file_that_is_no_fitting_picture_is_refused_beside_its_field(admin_client, file, message):
    practice = PracticeFactory()
    file.seek(0)

    response = upload(admin_client, practice, file)

    assert errors_of(response) == {"images-0-file": [message]}
    assert filled(response)["images-0-credit"] == "Ona"
    assert not Image.objects.exists()


def test_picture_of_too_many_bytes_is_refused(admin_client, settings):
    settings.IMAGE_MAX_BYTES = 50

    response = upload(admin_client, PracticeFactory(), picture())

    [[message]] = errors_of(response).values()
    assert message.endswith("at most 50\xa0bytes are possible. Save it in a smaller size and try again.")
