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


def upload(client, practice, file, **texts):
    data = filled(client.get(change_page(practice)))
    return client.post(change_page(practice), data | picture_row(file, **texts))


def picture_row(file, **texts):
    """What the row of a new picture posts."""
    return {
        "images-TOTAL_FORMS": "1",
        "images-0-file": file,
        "images-0-alternative_text": "Ten people around a laser cutter.",
        "images-0-credit": "Ona",
        "images-0-licence": "CC BY 4.0",
        **{f"images-0-{name}": text for name, text in texts.items()},
    }


def test_picture_is_kept_with_its_text_and_shown_to_editors(admin_client, client):
    practice = PracticeFactory(state="draft")

    response = upload(admin_client, practice, picture())

    image = Image.objects.get()
    assert response.status_code == 302
    assert (image.alternative_text, image.width, image.height) == ("Ten people around a laser cutter.", 4, 3)
    address = f"/admin/practices/practice/images/{image.pk}/"
    assert f'src="{address}"' in admin_client.get(change_page(practice)).content.decode()
    shown = admin_client.get(address)
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown.streaming_content)
    assert client.get(address).status_code == 302


def test_draft_may_have_a_picture_of_which_nothing_is_said_yet(admin_client):
    practice = PracticeFactory(state="draft")

    upload(admin_client, practice, picture(), alternative_text="", credit=" ", licence="")

    assert Image.objects.get().lacks == ["alternative_text", "credit", "licence"]


def test_alternative_text_is_written_in_german_too(admin_client):
    practice = PracticeFactory(state="draft")
    practice.create_translation("de", title="Gutschein", summary="Die Hälfte.")
    upload(admin_client, practice, picture())

    data = filled(admin_client.get(change_page(practice, "de")))
    admin_client.post(change_page(practice, "de"), {**data, "images-0-alternative_text": "Zehn Leute."})

    texts = Image.objects.get().translations.values_list("language_code", "alternative_text")
    assert sorted(texts) == [("de", "Zehn Leute."), ("en", "Ten people around a laser cutter.")]


def test_practice_whose_picture_file_is_lost_can_still_be_edited(admin_client, tmp_path):
    practice = PracticeFactory(state="draft")
    upload(admin_client, practice, picture())
    image = Image.objects.get()
    for file in tmp_path.rglob("*.*"):
        file.unlink()

    response = admin_client.post(
        change_page(practice), filled(admin_client.get(change_page(practice)), title="New title")
    )

    assert response.status_code == 302
    assert admin_client.get(f"/admin/practices/practice/images/{image.pk}/").status_code == 404


NO_PICTURE = (
    "This is no picture that we can read, whatever its name says. Save it as JPEG, PNG or WebP and choose it again."
)
TOO_MANY = "The picture has more than 50 megapixels. Make it smaller, 2400 pixels wide for example, and try again."
BROKEN = "The picture is broken or not complete. Open it, save it anew as JPEG or PNG and choose it again."
HEIC = "This is a HEIC picture, as some phones take them. Save it as JPEG and choose it again."


def file(name, content):
    return SimpleUploadedFile(name, content)


UNFIT = [
    (file("report.jpg", b"A report, not a picture."), NO_PICTURE),
    (file("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), NO_PICTURE),
    (file("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'), NO_PICTURE),
    (file("page.jpg", b"<!doctype html><script>alert(1)</script>"), NO_PICTURE),
    (file("print.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"), NO_PICTURE),
    (picture("lab.jpg", "BMP"), NO_PICTURE),
    (file("empty.png", b""), "The submitted file is empty."),
    (file("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), HEIC),
    (file("large.png", huge_png(10_000, 6_000)), TOO_MANY),
    (file("bomb.png", huge_png(60_000, 60_000)), TOO_MANY),
    (file("hollow.png", huge_png(7_000, 7_000)), BROKEN),
    (file("half.png", picture(size=(400, 300)).read()[:400]), BROKEN),
]


def test_file_that_is_no_fitting_picture_is_refused_beside_its_field(admin_client):
    practice = PracticeFactory(state="draft")
    form = filled(admin_client.get(change_page(practice)))

    for unfit, message in UNFIT:
        unfit.seek(0)

        response = admin_client.post(change_page(practice), form | picture_row(unfit))

        assert errors_of(response) == {"images-0-file": [message]}, unfit.name
        assert filled(response)["images-0-credit"] == "Ona"
    assert not Image.objects.exists()


def test_picture_of_too_many_bytes_is_refused(admin_client, settings):
    settings.IMAGE_MAX_BYTES = 50

    response = upload(admin_client, PracticeFactory(state="draft"), picture())

    [[message]] = errors_of(response).values()
    assert message.endswith("at most 50\xa0bytes are possible. Save it in a smaller size and try again.")


def test_picture_that_is_replaced_stays_on_disk_for_the_versions_that_show_it(admin_client):
    practice = PracticeFactory(state="draft")
    upload(admin_client, practice, picture())
    old = Image.objects.get()

    data = filled(admin_client.get(change_page(practice)))
    admin_client.post(change_page(practice), {**data, "images-0-file": picture(size=(8, 6))})

    new = Image.objects.get()
    assert (new.pk, new.width) == (old.pk, 8)
    assert new.file.name != old.file.name
    assert Path(old.file.path).exists()
