import io

import pytest
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, ImageChops, ImageStat

from practices.cards import card_png
from practices.drawing import SITE_TONES, TEXT_WIDTH, TITLE_SIZES, TONES, fit
from practices.models import Practice, Theme
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

TITLES = [
    "Garage48",
    "Smolna Entrepreneurship Centre (Centrum Przedsiębiorczości Smolna)",
    "Donaudampfschifffahrtsgesellschaftskapitänskajüte",
    "Nebeprisikiškiakopūsteliaujantiesiems skirta kūrybinių industrijų ir tradicinės pramonės programa",
    "Северное измерение: “creative” мост",
    "W" * 200,
    "word " * 40,
    "",
]


def picture(response):
    return Image.open(io.BytesIO(response.content))


def test_a_card_is_a_small_picture_of_fixed_size(client):
    PracticeFactory(slug="garage", title="Garage48")

    response = client.get("/practices/garage/card.png")

    assert response["Content-Type"] == "image/png"
    assert (picture(response).format, picture(response).size) == ("PNG", (1200, 630))
    assert len(response.content) < 60_000
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=86400"}


@pytest.mark.parametrize("state", [state for state in Practice.State if state != Practice.State.PUBLISHED])
def test_a_practice_that_is_not_published_has_no_card(client, state):
    PracticeFactory(slug="secret", state=state)

    assert client.get("/practices/secret/card.png").status_code == 404


def test_a_card_is_not_drawn_again_for_one_who_has_it(client):
    practice = PracticeFactory(slug="garage")
    first = client.get("/practices/garage/card.png")
    card_png.cache_clear()

    unchanged = client.get("/practices/garage/card.png", headers={"If-None-Match": first["ETag"]})

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert card_png.cache_info().misses == 0
    practice.title = "A new name"
    practice.save()
    changed = client.get("/practices/garage/card.png", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content


def test_a_card_speaks_the_language_of_the_address(client):
    practice = PracticeFactory(slug="garage", title="Garage")
    practice.create_translation("de", title="Werkstatt", summary="Kurz.")

    english, german = client.get("/practices/garage/card.png"), client.get("/de/practices/garage/card.png")

    assert english["ETag"] != german["ETag"]


def test_the_same_practice_has_the_same_card_and_another_one_another(client):
    for slug in ("one", "two"):
        PracticeFactory(slug=slug, title="Same", city=CityFactory(slug="c"), theme=ThemeFactory(slug="t"))
    one, two = client.get("/practices/one/card.png").content, client.get("/practices/two/card.png").content
    card_png.cache_clear()

    assert client.get("/practices/one/card.png").content == one
    assert one != two


@pytest.mark.parametrize("colour", Theme.Colour)
def test_every_theme_colour_has_a_ground_of_its_own(client, colour):
    PracticeFactory(slug="p", theme=ThemeFactory(colour=colour))

    ground = picture(client.get("/practices/p/card.png")).convert("RGB").getpixel((5, 5))

    assert "#{:02x}{:02x}{:02x}".format(*ground) == TONES[colour][0]


@pytest.mark.parametrize("title", TITLES)
def test_every_title_has_room(title):
    lines, face = fit(title)

    assert face.size in TITLE_SIZES
    assert [line for line in lines if face.width(line) > TEXT_WIDTH] == []
    assert len(lines) * face.size <= 358


def test_a_title_loses_words_only_when_it_is_very_long():
    assert [" ".join(fit(title)[0]) for title in TITLES[:2]] == TITLES[:2]
    assert fit(TITLES[2])[0] == ["Donaudampfschifffahrtsgesellschaf-", "tskapitänskajüte"]
    assert fit(TITLES[6])[0][-1].endswith("word…") or fit(TITLES[6])[0][-1].endswith("word")
    assert fit("W" * 300)[0][-1].endswith("…")


def test_hostile_titles_are_drawn(client):
    PracticeFactory(slug="p", title="</svg>\x01\n\u202e漢字 🎭 \ufffe" + "x" * 100)

    assert picture(client.get("/practices/p/card.png")).size == (1200, 630)


def test_a_card_takes_few_queries(client, django_assert_num_queries):
    practice = PracticeFactory()

    with django_assert_num_queries(4):
        client.get(reverse("practices:card", args=[practice.slug]))


def test_the_card_of_the_site_is_drawn_by_a_command(tmp_path, settings):
    call_command("draw_site_card", output=tmp_path / "card.png")

    drawn = Image.open(tmp_path / "card.png").convert("RGB")
    kept = Image.open(settings.BASE_DIR / "static" / "img" / "card.png").convert("RGB")
    assert drawn.size == kept.size == (1200, 630)
    assert "#{:02x}{:02x}{:02x}".format(*kept.getpixel((5, 5))) == SITE_TONES[0]
    assert max(ImageStat.Stat(ImageChops.difference(drawn, kept)).mean) < 1
