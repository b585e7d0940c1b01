import io
import struct
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from practices.images import Shown, drawn

NOTES = b"Ona Petraite was here at 54.68N"


def file_of(picture, form, **options):
    content = io.BytesIO()
    picture.save(content, form, **options)
    return ContentFile(content.getvalue(), name=f"picture.{form.lower()}")


def seen(file):
    """The picture that is kept of this file."""
    picture = Image.open(drawn(file))
    picture.load()
    return picture


def near(colour, other):
    return all(abs(one - two) <= 6 for one, two in zip(colour, other, strict=True))


def png_of(width, height, depth, kind, rows, *chunks):
    """A PNG as Pillow itself cannot write it."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(rows))
    more = b"".join(chunk(name, data) for name, data in chunks)
    return ContentFile(b"\x89PNG\r\n\x1a\n" + header + more + data + chunk(b"IEND", b""), name="own.png")


def test_nothing_of_the_file_is_kept_but_what_one_sees():
    exif = Image.Exif()
    exif[0x8298] = NOTES.decode()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (54.0, 41.0, 0.0)
    picture = Image.new("RGB", (60, 40), "teal")
    file = file_of(picture, "JPEG", exif=exif, comment=NOTES, dpi=(300, 300), xmp=b"<x>" + NOTES + b"</x>")
    polyglot = ContentFile(file.read() + b"<script>alert(1)</script>" + NOTES, name="../../<script>.jpg")

    kept = drawn(polyglot)

    for content in (kept.read(), *kept.smaller.values()):
        assert NOTES not in content
        assert b"script" not in content
        again = Image.open(io.BytesIO(content))
        assert not again.getexif()
        assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert kept.name.removesuffix(".jpg").isalnum()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_picture_stands_upright_however_the_camera_was_held(form, orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("red", (0, 0, 32, 16))
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the camera turned it, undone by the viewer
    stored = upright.transpose(Image.Transpose(turned[orientation])) if orientation > 1 else upright

    kept = seen(file_of(stored, form, exif=exif))

    assert kept.size == (64, 32)
    assert near(kept.getpixel((10, 5)), (254, 0, 0))
    assert near(kept.getpixel((50, 25)), (255, 255, 255))


@pytest.mark.parametrize(
    ("size", "expected", "widths"),
    [
        ((3000, 2000), (2400, 1600), [480, 960, 1600]),
        ((500, 5000), (240, 2400), [240]),
        ((1200, 900), (1200, 900), [480, 960, 1200]),
        ((1, 1), (1, 1), [1]),
    ],
)
def test_picture_is_made_in_the_sizes_that_pages_need_and_never_larger(size, expected, widths):
    kept = drawn(file_of(Image.new("RGB", size, "teal"), "JPEG"))

    assert (kept.width, kept.height) == Image.open(kept).size == expected
    assert list(kept.smaller) == widths
    for width, content in kept.smaller.items():
        small = Image.open(io.BytesIO(content))
        assert (small.format, small.width) == ("AVIF", width)
        assert small.height == max(round(expected[1] * width / expected[0]), 1)


def test_first_image_of_a_moving_picture_is_taken():
    frames = [Image.new("P", (20, 10), colour) for colour in (1, 2)]
    for frame in frames:
        frame.putpalette([0, 0, 0, 0, 128, 0, 250, 0, 0])

    for form in ("GIF", "PNG", "WEBP", "AVIF"):
        pictures = [frame.convert("RGB") for frame in frames]
        kept = seen(file_of(pictures[0], form, save_all=True, append_images=pictures[1:]))
        assert near(kept.getpixel((10, 5)), (0, 128, 0)), form


def test_what_is_transparent_becomes_white():
    palette = Image.new("P", (20, 10), 0)
    palette.putpalette([255, 0, 0, 0, 0, 255])
    palette.paste(1, (0, 0, 10, 10))
    pictures = {
        "palette": file_of(palette, "PNG", transparency=0),
        "gif": file_of(palette, "GIF", transparency=0),
        "alpha": file_of(Image.new("RGBA", (20, 10), (255, 0, 0, 0)), "WEBP", lossless=True, exact=True),
        "grey": file_of(Image.new("LA", (20, 10), (0, 0)), "PNG"),
        "one colour": file_of(Image.new("RGB", (20, 10), (255, 0, 0)), "PNG", transparency=(255, 0, 0)),
    }

    for name, file in pictures.items():
        assert near(seen(file).getpixel((17, 5)), (255, 255, 255)), name
    assert near(seen(pictures["palette"]).getpixel((2, 5)), (0, 0, 254))


def test_pictures_for_print_are_shown_in_the_colours_of_the_web():
    cmyk = Image.new("CMYK", (20, 10), (0, 255, 255, 0))

    kept = seen(file_of(cmyk, "JPEG", quality=100))

    assert kept.mode == "RGB"
    assert near(kept.getpixel((10, 5)), (254, 0, 0))


def test_grey_in_sixteen_bits_keeps_its_greys():
    picture = Image.new("I;16", (20, 10), 40_000)
    colours = png_of(4, 4, 16, 2, (b"\0" + struct.pack(">HHH", 65535, 32896, 0) * 4) * 4)

    assert near(seen(file_of(picture, "PNG")).getpixel((10, 5)), (155, 155, 155))
    assert near(seen(colours).getpixel((2, 2)), (255, 128, 0))


def test_colours_of_a_profile_are_told_in_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    right = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for wrong in (profile, b"no profile at all", right):
        kept = seen(file_of(Image.new("RGB", (20, 10), (10, 120, 200)), "PNG", icc_profile=wrong))
        assert near(kept.getpixel((10, 5)), (10, 120, 200))
        assert "icc_profile" not in kept.info


def test_colours_of_another_profile_are_changed_into_those_of_the_web():
    """In this profile red and green have changed places."""
    srgb = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    srgb = srgb.replace(b"rXYZ", b"tmp_").replace(b"gXYZ", b"rXYZ").replace(b"tmp_", b"gXYZ")

    kept = seen(file_of(Image.new("RGB", (20, 10), (255, 0, 0)), "JPEG", icc_profile=bytes(srgb), quality=100))

    assert near(kept.getpixel((10, 5)), (0, 255, 0))


@pytest.mark.parametrize("pixels", [60_000, 10_000])
def test_bomb_is_refused_before_it_is_unpacked(pixels):
    bomb = png_of(pixels, pixels, 8, 0, b"\0" * 1_000_000)

    with pytest.raises(ValidationError, match="more than 50 megapixels"):
        drawn(bomb)


def test_bomb_in_a_note_is_refused():
    text = zlib.compress(b"a" * 80_000_000)
    note = b"Comment\0\0" + text

    with pytest.raises(ValidationError):
        drawn(png_of(4, 4, 8, 0, b"\0\0\0\0\0" * 4, (b"zTXt", note)))


SAMPLES = [
    file_of(Image.effect_noise((40, 30), 80).convert(mode), form).read()
    for mode, form in [("RGB", "JPEG"), ("P", "PNG"), ("RGBA", "WEBP"), ("P", "GIF"), ("RGB", "AVIF")]
]


@given(st.sampled_from(SAMPLES), st.data())
def test_file_that_is_damaged_anywhere_is_drawn_or_refused(sample, data):
    content = bytearray(sample)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    content = content[: data.draw(st.integers(1, len(content)))]

    with suppress(ValidationError):
        assert Image.open(drawn(ContentFile(bytes(content), name="x.jpg"))).format == "JPEG"


def test_page_names_every_size_of_a_picture():
    shown = Shown("/practices/loom/images/", "practices/2026/11/abc.jpg", 1000)

    assert shown.src == "/practices/loom/images/abc.jpg"
    assert shown.srcset == ", ".join(f"/practices/loom/images/abc-{width}.avif {width}w" for width in (480, 960, 1000))
