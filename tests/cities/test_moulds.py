import pytest
from django.template import engines
from django.utils import translation
from django.utils.safestring import SafeString

from cities import moulds
from cities.meta import path_in

PIECES = {
    "link.html": '<a href="{{ address }}"{% if current %} aria-current="true"{% endif %}>{{ name }} 100 %</a>\n',
    "words.html": "{% load i18n %}{% translate 'Practices' %}: {{ number }}",
}


@pytest.fixture(autouse=True)
def pieces(monkeypatch):
    """Templates of these tests alone."""
    made = {name: engines["django"].from_string(text) for name, text in PIECES.items()}
    monkeypatch.setattr(moulds, "render_to_string", lambda name, context: made[name].render(context))
    moulds._mould.cache_clear()
    yield
    moulds._mould.cache_clear()


def test_a_mould_is_poured_like_the_template_it_is_made_of():
    poured = moulds.cast("link.html", {"address": "/a/", "name": "A"}, current=True)

    assert poured == '<a href="/a/" aria-current="true">A 100 %</a>'
    assert moulds.cast("link.html", {"address": "/b/", "name": "B"}, current=False) == '<a href="/b/">B 100 %</a>'


def test_what_is_poured_is_escaped_unless_it_is_safe():
    poured = moulds.cast("link.html", {"address": '"><script>', "name": SafeString("<b>%(x)s</b>")}, current=False)

    assert poured == '<a href="&quot;&gt;&lt;script&gt;"><b>%(x)s</b> 100 %</a>'


def test_each_language_has_its_own_mould():
    with translation.override("de"):
        german = moulds.cast("words.html", {"number": 3})

    assert (moulds.cast("words.html", {"number": 3}), german) == ("Practices: 3", "Praxisbeispiele: 3")


@pytest.mark.parametrize(
    ("path", "code", "other"),
    [
        ("/", "de", "/de/"),
        ("/de/", "en", "/"),
        ("/de/", "de", "/de/"),
        ("/practices/?q=de/", "de", "/de/practices/?q=de/"),
        ("/de/practices/?page=2", "en", "/practices/?page=2"),
        ("/design/", "de", "/de/design/"),
        ("/cs/", "de", "/de/cs/"),
    ],
)
def test_only_the_beginning_of_an_address_says_its_language(path, code, other):
    assert path_in(path, code) == other
