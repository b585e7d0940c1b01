"""The index is never stale, whoever writes what and how."""

import random

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from taggit.models import Tag

from cities.models import City
from events.models import Event
from practices.models import Participant, Practice, Sector, Theme
from search.finding import find
from search.index import catch_up, drift, rebuild, renew, replace, texts_of
from search.models import Document
from tests.factories import CityFactory, EventFactory, ParticipantFactory, PracticeFactory, SectorFactory, ThemeFactory

WORDS = ["design", "voucher", "music", "factory", "Plzeň", "Łódź", "school", "open", "data", "artist"]


def keys(text):
    """The practices that have the word."""
    return {hit.key for hit in find(text, "en", correct=False).hits}


def tables():
    """Everything the index holds, apart from its own numbers."""
    queries = [
        "SELECT kind, key, language, title, names, text FROM search_document",
        "SELECT kind, language, stem, documents FROM search_term",
        "SELECT stem, kind, language, entry.key, entry.code FROM search_posting JOIN search_term ON id = term,"
        " search_unpacked(block, data) AS entry",
        "SELECT language, spelling, folded, stem, documents FROM search_word",
        "SELECT kind, language, documents, length FROM search_size",
    ]
    with connection.cursor() as cursor:
        return [sorted(cursor.execute(query).fetchall(), key=str) for query in queries]


def test_renamed_things_are_found_by_their_new_names_only():
    city, theme, sector = CityFactory(name="Bilbao"), ThemeFactory(name="Zebra"), SectorFactory(name="Okapi")
    practice = PracticeFactory(city=city, theme=theme, creative_sectors=[sector], tags=["quagga"])
    ParticipantFactory(practice=practice, name="Tapir")
    for word in ("Bilbao", "Zebra", "Okapi", "quagga", "Tapir"):
        assert keys(word) == {practice.pk}

    city.translations.update(name="Vigo")
    City.objects.update(local_name="Vigo")
    theme.translations.update(name="Lynx")
    sector.translations.update(name="Otter")
    Tag.objects.filter(name="quagga").update(name="marten")
    Participant.objects.update(name="Stoat")

    for word in ("Bilbao", "Zebra", "Okapi", "quagga", "Tapir"):
        assert keys(word) == set()
    for word in ("Vigo", "Lynx", "Otter", "marten", "Stoat"):
        assert keys(word) == {practice.pk}


def test_changes_by_plain_sql_are_found():
    practice = PracticeFactory(title="Before")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE practices_practice_translation SET title = 'Bilbao'")

    assert keys("Bilbao") == {practice.pk}


def test_unpublished_and_deleted_practices_are_gone_at_once():
    hidden, deleted, kept = (PracticeFactory(title=f"Bilbao {number}") for number in range(3))
    Practice.objects.filter(pk=hidden.pk).update(state="archived")
    deleted.delete()

    assert keys("Bilbao") == {kept.pk}
    assert not Document.objects.filter(kind="practice", key__in=[hidden.pk, deleted.pk]).exists()


def test_events_are_found_by_their_cities():
    event = EventFactory(host_city=CityFactory(name="Bilbao"))
    City.objects.get().translations.update(name="Vigo")

    assert [hit.key for hit in find("Vigo", "en", kind="event").hits] == [event.pk]


def test_documents_are_put_in_the_place_of_others_never_changed():
    PracticeFactory(title="Before")

    with pytest.raises(Exception, match="never changed"):
        Document.objects.update(title="After")


def test_rebuilding_puts_right_what_was_tampered_with(capsys):
    PracticeFactory(title="Bilbao")
    catch_up()
    right = tables()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_posting; UPDATE search_term SET documents = 9; DELETE FROM search_word")
    with pytest.raises(SystemExit) as failure:
        call_command("check_index")
    assert failure.value.code == 1
    assert {"terms", "postings", "words"} == {line.split(":")[0] for line in capsys.readouterr().out.splitlines()}

    call_command("rebuild_index")

    assert tables() == right
    call_command("check_index")


def test_many_documents_at_once_are_counted_as_one_by_one(monkeypatch):
    practices = [PracticeFactory(title=f"Bilbao {number}", tags=["felt"]).pk for number in range(5)]
    PracticeFactory(title="Garage")
    catch_up()
    Practice.objects.filter(pk=practices[0]).update(state=Practice.State.DRAFT)
    Practice.objects.get(pk=practices[1]).translations.update(title="Porto")
    monkeypatch.setattr("search.index.MANY", 2)
    told = []

    renew("practice", practices, lambda *far: told.append(far))

    assert told == [(5, 5)]
    assert (keys("Bilbao"), keys("Porto")) == (set(practices[2:]), {practices[1]})
    call_command("check_index")


def test_many_documents_wait_as_few_do_while_another_writes_for_long(monkeypatch):
    practices = [PracticeFactory(title=f"Bilbao {number}").pk for number in range(5)]
    catch_up()
    Practice.objects.get(pk=practices[0]).translations.update(title="Porto")
    monkeypatch.setattr("search.index.MANY", 2)
    monkeypatch.setattr("search.index._alone", lambda patience=0: False)

    renew("practice", practices)
    assert keys("Porto") == set()
    monkeypatch.undo()

    assert keys("Porto") == {practices[0]}
    call_command("check_index")


def test_check_names_the_thing_that_drifted(capsys):
    practice = PracticeFactory(title="Bilbao")
    Document.objects.filter(kind="practice", key=practice.pk).delete()

    with pytest.raises(SystemExit):
        call_command("check_index")

    assert f"practice {practice.pk} (en): Bilbao" in capsys.readouterr().out


def test_the_index_waits_for_whoever_writes_for_long(monkeypatch):
    practice = PracticeFactory(title="Before")
    catch_up()
    monkeypatch.setattr("search.index._alone", lambda patience=0: False)

    practice.translations.update(title="Bilbao")
    renew("practice", [practice.pk])
    assert keys("Bilbao") == set()
    monkeypatch.undo()

    assert keys("Bilbao") == {practice.pk}


def document(kind, key, title, language="en"):
    return Document(kind=kind, key=key, language=language, title=title)


def held():
    return sorted(Document.objects.values_list("kind", "key", "language", "title"))


def test_documents_of_the_things_named_are_replaced_and_no_others():
    replace(
        "theme", [1, 2], [document("theme", 1, "One"), document("theme", 1, "Eins", "de"), document("theme", 2, "Two")]
    )
    replace("city", [1], [document("city", 1, "Berlin")])

    replace("theme", [1], [document("theme", 1, "First")])
    replace("theme", [2], [])

    assert held() == [("city", 1, "en", "Berlin"), ("theme", 1, "en", "First")]


def test_the_text_of_a_thing_is_what_its_fields_say():
    theme = ThemeFactory(one_line="One.", definition="Two.")

    assert texts_of(theme, "one_line", "definition_note", "definition") == "One.\nTwo."


def rename(model, field):
    """An edit that gives a word to every or one row of a model."""
    return lambda row, word: model.objects.filter(pk=row.pk).update(**{field: word})


def translate(row, word):
    row.translations.filter(language_code="en").update(**{row.translations.model._meta.fields[2].name: word})


EDITS = {
    "title": lambda at, word: at(Practice).translations.update(title=word),
    "state": lambda at, word: Practice.objects.filter(pk=at(Practice).pk).update(
        state="draft" if word < "d" else "published"
    ),
    "german": lambda at, word: at(Practice).translations.update_or_create(
        language_code="de", defaults={"title": word, "summary": word}
    ),
    "city": lambda at, word: at(City).translations.update(name=word),
    "local name": lambda at, word: City.objects.filter(pk=at(City).pk).update(local_name=word),
    "move": lambda at, word: Practice.objects.filter(pk=at(Practice).pk).update(city=at(City)),
    "theme": lambda at, word: at(Theme).translations.update(name=word),
    "sector": lambda at, word: at(Sector).translations.update(name=word),
    "take part": lambda at, word: at(Practice).creative_sectors.set([at(Sector)]),
    "tag": lambda at, word: at(Practice).tags.set([word], clear=True),
    "rename tag": lambda at, word: (
        Tag.objects.filter(name__gt=word).update(slug=word, name=word)
        if Tag.objects.filter(name__gt=word).count() == 1 and not Tag.objects.filter(slug=word).exists()
        else None
    ),
    "organisation": lambda at, word: Participant.objects.create(practice=at(Practice), name=word, role="lead"),
    "further city": lambda at, word: at(Practice).further_cities.set([at(City)]),
    "event": lambda at, word: at(Event).translations.update(title=word),
    "guest": lambda at, word: at(Event).participating_cities.set([at(City)]),
    "new": lambda at, word: (
        Practice.objects.create(
            slug=f"new-{Practice.objects.count()}-{word[:1].lower()}x{Tag.objects.count()}",
            city=at(City),
            theme=at(Theme),
            title=word,
            state="published",
        )
        if not Practice.objects.filter(
            slug=f"new-{Practice.objects.count()}-{word[:1].lower()}x{Tag.objects.count()}"
        ).exists()
        else None
    ),
    "delete": lambda at, word: at(Practice).delete() if Practice.objects.count() > 2 else None,
    "search": lambda at, word: find(word, "en", kind=None),
}


def start():
    """Some things to edit."""
    cities = [CityFactory(slug=f"city-{number}") for number in range(3)]
    themes = [ThemeFactory(slug=f"theme-{number}") for number in range(2)]
    sectors = [SectorFactory(slug=f"sector-{number}") for number in range(2)]
    for number in range(4):
        PracticeFactory(
            slug=f"practice-{number}",
            city=cities[number % 3],
            theme=themes[number % 2],
            creative_sectors=sectors[number % 2 :],
            tags=[WORDS[number]],
        )
    EventFactory(slug="event-0", host_city=cities[0], theme=themes[0])


def edit(name, place, word):
    """Does one edit."""
    EDITS[name](lambda model: (rows := list(model.objects.order_by("pk")))[place % len(rows)], word)


steps = st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 9), st.sampled_from(WORDS))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12))
def test_rebuilding_changes_nothing_after_any_edits(edits):
    if not Practice.objects.exists():
        start()

    for step in edits:
        edit(*step)
    catch_up()

    held = tables()
    rebuild()
    assert tables() == held


def test_rebuilding_changes_nothing_after_500_edits():
    start()
    chance = random.Random(7)

    for _number in range(500):
        edit(chance.choice(sorted(EDITS)), chance.randrange(10), chance.choice(WORDS))
    catch_up()

    assert list(drift()) == []
    held = tables()
    rebuild()
    assert tables() == held
