import pytest

from search.alphabet import sort_key


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Ábc", "abd", "Čap", "Čas", "cb", "Łódź", "Lom", "Zoo"]),
        ("de", ["Äpfel", "Apfelz", "Muße", "Mut", "Öl", "Zoo"]),
        ("cs", ["car", "čas", "had", "chata", "inn", "řada", "sto", "šok", "žena"]),
        ("pl", ["lot", "łata", "nit", "ósemka", "sok", "środa", "zoo", "źle", "żaba"]),
        ("et", ["sina", "šokk", "zoo", "žanr", "tund", "võim", "õlu", "äike", "öö", "üks"]),
        ("lt", ["cukrus", "čekis", "yda", "ilgas", "įmonė", "kas", "sodas", "šuo", "žodis"]),
        ("sv", ["zon", "ål", "ägg", "öl"]),
    ],
)
def test_titles_stand_as_in_the_dictionary_of_the_reader(language, words):
    assert sorted(sorted(words), key=lambda word: sort_key(word, language)) == words


def test_case_marks_and_quotes_do_not_count():
    titles = ["“Beta” one", "alpha", "BETA two", "(gamma)"]

    assert sorted(titles, key=lambda title: sort_key(title, "en")) == ["alpha", "“Beta” one", "BETA two", "(gamma)"]


def test_different_titles_never_have_the_same_key():
    assert sort_key("Cafe", "en") != sort_key("Café", "en")
