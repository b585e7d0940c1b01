import json
import re

import pytest
from django.conf import settings
from django.urls import reverse

from editing.alike import alike
from editing.guidance import EXAMPLES
from editing.readiness import TEXTS
from practices.models import Practice
from tests.desk import change_page, save
from tests.editing.people import coordinator_of, reviewer_of
from tests.factories import CityFactory, PracticeFactory, ThemeFactory

State = Practice.State
ADD = "/admin/practices/practice/add/"


@pytest.fixture
def city():
    return CityFactory()


@pytest.fixture
def writer(client, city):
    person = coordinator_of(city)
    client.force_login(person)
    return person


def draft(city, **facts):
    return PracticeFactory(city=city, state=State.DRAFT, **facts)


def words_of(page):
    """What stands below each text of the form."""
    found = re.findall(r'data-words-of="id_(\w+)"[^>]*>([^<]+)<', page)
    return dict(found)


def test_form_says_how_many_words_there_are_and_how_many_are_wanted(client, writer, city):
    few = "<p>Few <strong>firms</strong></p>"
    practice = draft(city, summary="Designers and a factory.", challenge=few, lessons="Wait")

    said = words_of(client.get(change_page(practice)).content.decode())

    assert set(said) == {wanted.name for wanted in TEXTS}
    assert (said["summary"], said["challenge"], said["lessons"], said["description"]) == (
        "4 words, about 20 wanted",
        "2 words, about 30 wanted",
        "1 word, about 30 wanted",
        "0 words, about 120 wanted",
    )


def test_form_says_how_complete_the_case_is_and_what_it_lacks(client, writer, city):
    practice = draft(city, summary="word " * 20, challenge="word " * 30)

    text = client.get(change_page(practice)).content.decode()

    assert "18 % complete" in text
    assert '<a href="#id_description_helptext">What was done: with it another city could do the same' in text
    assert "There is no source: name at least one document or page" in text


def test_empty_form_begins_with_nothing(client, writer):
    text = client.get(ADD).content.decode()

    assert "0 % complete" in text
    assert words_of(text)["summary"] == "0 words, about 20 wanted"


def test_what_is_needed_before_submitting_is_marked(client, writer):
    text = client.get(ADD).content.decode()

    marked = re.findall(r'for="id_(\w+)"[^>]*>[^<]*</label> <span class="needed">', text)
    assert marked == ["summary", "challenge", "description", "results", "transferability"]


def test_only_whoever_may_write_is_guided(client, city):
    practice = PracticeFactory(city=city, state=State.IN_REVIEW)
    client.force_login(reviewer_of(practice.theme))

    text = client.get(change_page(practice)).content.decode()

    assert words_of(text) == {}
    assert "% complete" not in text


def test_examples_are_sentences_of_a_real_case():
    cases = json.loads((settings.BASE_DIR / "fixtures/practices.json").read_text())
    (case,) = (case for case in cases if case["slug"] == "design-transfer-bonus")

    assert set(EXAMPLES) == {wanted.name for wanted in TEXTS}
    assert [name for name, example in EXAMPLES.items() if str(example) not in case[name]] == []


def enter(client, city, title):
    """Enters a new case, and returns what the desk says then."""
    facts = {"title": title, "slug": "new-case", "city": city.pk, "theme": ThemeFactory().pk, "summary": "Short."}
    assert save(client, ADD, **facts).status_code == 302
    return client.get("/admin/").content.decode()


def test_title_like_that_of_another_case_of_the_city_is_warned_of(client, writer, city):
    other = draft(city, title="Design Clinic for Carpenters")

    said = enter(client, city, "The design clinic for carpenters")

    address = reverse("admin:practices_practice_change", args=[other.pk])
    assert f'There is a case of nearly the same name in this city: <a href="{address}">Design Clinic for' in said


def test_titles_that_are_not_alike_or_in_other_cities_are_not_warned_of(client, writer, city):
    draft(city, title="A night of looms")
    draft(CityFactory(), title="Design clinic for carpenters")

    assert "nearly the same name" not in enter(client, city, "Design clinic for carpenters")


def test_case_that_somebody_may_not_see_is_not_named(city):
    draft(city, title="Design clinic")
    mine = draft(city, title="Design clinic")

    assert alike(mine, Practice.objects.none()) is None


def test_title_with_marks_cannot_become_part_of_the_page(client, writer, city):
    draft(city, title="<img src=x onerror=alert(1)> clinic")

    said = enter(client, city, "<img src=x onerror=alert(1)> clinic")

    assert "nearly the same name" in said
    assert "<img src=x" not in said
