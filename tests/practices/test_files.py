import io
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Picture

from practices.models import Image, Practice
from search.versions import content_version
from tests.factories import AttachmentFactory, ImageFactory, PracticeFactory

KEPT = "public, max-age=31536000, s-maxage=0, immutable"


def addresses_of(image):
    """Every address at which somebody could look for the picture."""
    jpeg = f"/practices/{image.practice.slug}/images/{Path(image.file.name).name}"
    return [jpeg, jpeg.replace(".jpg", "-40.avif"), f"/practices/{image.practice.slug}/images/{image.pk}/"]


def test_reader_gets_every_size_of_a_picture_as_what_it_is_and_may_keep_it(client, media):
    image = ImageFactory()
    jpeg, avif, _former = addresses_of(image)

    answers = [client.get(jpeg), client.get(avif)]

    assert [answer["Content-Type"] for answer in answers] == ["image/jpeg", "image/avif"]
    contents = [b"".join(answer.streaming_content) for answer in answers]
    assert contents[0] == Path(image.file.path).read_bytes()
    assert contents[1][4:12] == b"ftypavif"
    for answer in answers:
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == (KEPT, "nosniff")
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"].startswith("inline")


def test_pages_show_the_picture_in_every_size_with_room_kept_for_it(client, media):
    image = ImageFactory(practice__slug="loom")
    jpeg, avif, _former = addresses_of(image)

    page = client.get("/practices/loom/").content.decode()

    assert f'<source type="image/avif" srcset="{avif} 40w"' in page
    assert f'<img src="{jpeg}" width="40" height="30" alt="Two people at a loom.">' in page
    assert f'srcset="{avif} 40w"' in client.get("/practices/").content.decode()


def test_former_address_of_a_picture_leads_to_it(client, media):
    image = ImageFactory()

    response = client.get(addresses_of(image)[2])

    assert (response.status_code, response["Location"]) == (302, image.get_absolute_url())


@pytest.mark.parametrize("state", [state for state in Practice.State.values if state != "published"])
def test_picture_of_an_unpublished_practice_is_never_served(client, media, state):
    image = ImageFactory(practice=PracticeFactory(state=state))

    assert [client.get(address).status_code for address in addresses_of(image)] == [404, 404, 404]


def test_picture_is_found_at_its_own_practice_only(client, media):
    image, other = ImageFactory(), PracticeFactory(slug="other")
    own = addresses_of(image)[0]

    assert client.get(own.replace(image.practice.slug, other.slug)).status_code == 404


@pytest.mark.parametrize(
    "name", ["%2e%2e%2fsecret.jpg", "..jpg", "abc-480.png", "abc.avif", "_.jpg", "%25.jpg", "x-1.avif", "settings.py"]
)
def test_no_other_file_can_be_asked_for(client, media, name):
    image = ImageFactory(practice__slug="loom")
    image.file.storage.save("practices/secret.jpg", ContentFile(b"secret"))

    assert client.get(f"/practices/loom/images/{name}").status_code == 404


def test_picture_whose_files_are_lost_is_missing_and_breaks_no_page(client, media):
    image = ImageFactory(practice__slug="loom")
    for file in Path(image.file.path).parent.iterdir():
        file.unlink()

    assert [client.get(address).status_code for address in addresses_of(image)[:2]] == [404, 404]
    assert client.get("/practices/loom/").status_code == 200
    assert client.get("/practices/").status_code == 200


def test_practice_that_gets_its_pictures_written_anew_keeps_their_addresses(client, media):
    image = ImageFactory()
    addresses = addresses_of(image)[:2]

    image.pk, image._state.adding = None, True
    image.save()
    image.practice.images.exclude(pk=image.pk).delete()

    assert [b"".join(client.get(address).streaming_content) != b"" for address in addresses] == [True, True]


def test_alternative_text_is_told_in_the_language_of_the_page_or_another(client, media):
    image = ImageFactory(practice__slug="loom")
    image.create_translation("de", alternative_text="")

    assert 'alt="Two people at a loom."' in client.get("/de/practices/loom/").content.decode()


def test_picture_says_what_is_still_to_be_said_of_it(media):
    complete = ImageFactory()
    bare = ImageFactory(alternative_text=" ", credit="", licence="")

    assert (complete.lacks, bare.lacks) == ([], ["alternative_text", "credit", "licence"])


def test_pictures_from_before_are_drawn_when_the_site_is_brought_up_to_date(client, media):
    practice, raw = PracticeFactory(), io.BytesIO()
    Picture.new("RGB", (40, 30), "teal").save(raw, "PNG")
    name = default_storage.save("practices/2020/01/loom.png", ContentFile(raw.getvalue()))
    broken = default_storage.save("practices/2020/01/broken.png", ContentFile(b"no picture"))
    for file in (name, broken, "practices/2020/01/lost.png"):
        Image.objects.bulk_create([Image(practice=practice, file=file)])

    import_module("practices.migrations.0005_pictures_drawn").draw(apps, None)

    pictures = list(Image.objects.order_by("pk"))
    assert [picture.width for picture in pictures] == [40, None, None]
    assert all(b"".join(client.get(address).streaming_content) for address in addresses_of(pictures[0])[:2])
    assert client.get(practice.get_absolute_url()).status_code == 200


# Attachments


def test_reader_saves_an_attachment_and_never_opens_it_in_a_page_of_ours(client, media):
    attachment = AttachmentFactory(practice__slug="loom", title="Évaluation / 2019")

    response = client.get(attachment.get_absolute_url())

    assert attachment.get_absolute_url() == f"/practices/loom/attachments/{attachment.key}/evaluation-2019.pdf"
    assert b"".join(response.streaming_content) == b"%PDF-1.7 in a test"
    headers = ["Content-Type", "Content-Disposition", "X-Content-Type-Options", "Content-Security-Policy"]
    assert [response[header] for header in headers] == [
        "application/pdf",
        'attachment; filename="evaluation-2019.pdf"',
        "nosniff",
        "default-src 'none'; sandbox",
    ]
    assert response["Cache-Control"] == KEPT


def test_page_lists_attachments_with_title_size_pages_and_language(client, media):
    practice = PracticeFactory(slug="loom")
    AttachmentFactory(practice=practice, title="Second", position=2)
    AttachmentFactory(practice=practice, title="Erste", language="de", position=1)

    page = " ".join(client.get("/practices/loom/").content.decode().split())

    assert page.index("Erste</a>") < page.index("Second</a>")
    assert ' lang="de">Erste</a> <span class="soft">(PDF, 12 pages, 18 bytes, in German)</span>' in page
    assert '<a href="#attachments">Downloads</a>' in page


@pytest.mark.parametrize("state", [state for state in Practice.State.values if state != "published"])
def test_attachment_of_an_unpublished_practice_is_never_served(client, media, state):
    attachment = AttachmentFactory(practice=PracticeFactory(state=state))

    assert client.get(attachment.get_absolute_url()).status_code == 404


def test_attachment_is_found_at_its_own_practice_only_and_not_when_it_is_lost(client, media):
    attachment, other = AttachmentFactory(), PracticeFactory()
    own = attachment.get_absolute_url()
    elsewhere = client.get(own.replace(attachment.practice.slug, other.slug))

    Path(attachment.file.path).unlink()

    assert [elsewhere.status_code, client.get(own).status_code] == [404, 404]
    assert client.get(attachment.practice.get_absolute_url()).status_code == 200


def test_attachment_without_latin_letters_is_named_after_its_practice(client, media):
    attachment = AttachmentFactory(practice__slug="loom", title="Доклад")

    assert attachment.get_absolute_url().endswith("/loom.pdf")
    assert b"".join(client.get(attachment.get_absolute_url()).streaming_content)


def test_attachment_moves_the_content_version(media):
    before = content_version()

    AttachmentFactory()

    assert content_version() > before
