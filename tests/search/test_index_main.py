from search.index import replace, texts_of
from search.models import Document
from tests.factories import ThemeFactory


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
