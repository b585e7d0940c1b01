"""The interface says everything in each of its languages, and says it right."""

import ast
import html
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize

from tests.factories import CityFactory, PracticeFactory

LANGUAGES = [code for code in settings.INTERFACE_LANGUAGES if code != "en"]
APPS = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))

MARKERS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
MARKED_IN_TEMPLATE = re.compile(r"""\b(?:_|n?gettext)\(\s*((?:u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*"))""")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")

TEMPLATE_SYNTAX = re.compile(
    r"""{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}
    |{%\s*comment\b.*?{%\s*endcomment\s*%}
    |{%\s*block\ bodyclass\s*%}.*?{%\s*endblock\s*%}
    |{\#.*?\#}|{%.*?%}|{{.*?}}""",
    re.DOTALL | re.VERBOSE,
)
SAID_ALOUD = re.compile(r"""\b(?:alt|title|placeholder|label|aria-label|aria-description)="([^"]*)\"""")
NOT_READ = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
ALLOWED = {"Crossinno", "CSV", "GET", "JSON", "XLSX"}


def catalogue(language, suffix="po"):
    path = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / f"django.{suffix}"
    return polib.pofile(str(path)) if suffix == "po" else polib.mofile(str(path))


def marked_in_python(path):
    """The first string of every call that marks a string for translation."""
    for node in ast.walk(ast.parse(path.read_text())):
        name = getattr(node, "func", None) and (getattr(node.func, "id", "") or getattr(node.func, "attr", ""))
        if name in MARKERS and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def marked_in_template(path):
    """Every string that a template marks for translation, in the form in which catalogues hold it."""
    for found in MARKED_IN_TEMPLATE.finditer(templatize(path.read_text())):
        yield ast.literal_eval(found[1])


def bare_words(template):
    """The words that a reader meets on the page though no translation tag holds them."""
    left = NOT_READ.sub(" ", TEMPLATE_SYNTAX.sub(" ", template))
    said = " ".join(SAID_ALOUD.findall(left))
    seen = re.sub(r"<[^>]*>", " ", left)
    return [word for word in re.findall(r"[^\W\d_]{2,}", html.unescape(f"{seen} {said}")) if word not in ALLOWED]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text))


def broken_forms(entry):
    """The forms of an entry whose placeholders are neither those of the singular nor those of the plural."""
    originals = [placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid)]
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return [form for form in forms if placeholders(form) not in originals]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_string_that_is_marked(language):
    marked = {text for app in APPS for path in app.rglob("*.py") for text in marked_in_python(path)}
    marked |= {text for path in TEMPLATES for text in marked_in_template(path)}

    missing = marked - {entry.msgid for entry in catalogue(language)}

    assert len(marked) > 500
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_translates_every_entry(language):
    incomplete = [entry.msgid for entry in catalogue(language) if not entry.translated() or entry.fuzzy]

    assert incomplete == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(language):
    assert [form for entry in catalogue(language) for form in broken_forms(entry)] == []


def test_lost_and_invented_placeholders_are_noticed():
    plural = {0: "%(number)s Stadt", 1: "viele Städte"}

    assert broken_forms(polib.POEntry(msgid="in %(name)s", msgstr="auf %(nahme)s")) == ["auf %(nahme)s"]
    assert broken_forms(
        polib.POEntry(msgid="%(number)s city", msgid_plural="%(number)s cities", msgstr_plural=plural)
    ) == ["viele Städte"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalogue_is_up_to_date(language):
    written = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in catalogue(language)}
    compiled = {entry.msgid: (entry.msgstr, entry.msgstr_plural) for entry in catalogue(language, "mo")}

    assert compiled == written


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1 Praxisbeispiel"), (2, "2 Praxisbeispiele"), (0, "0 Praxisbeispiele")]
)
def test_numbers_take_their_form_in_german(number, words):
    with translation.override("de"):
        assert translation.ngettext("%(number)s practice", "%(number)s practices", number) % {"number": number} == words


@pytest.mark.parametrize(("number", "words"), [(1, "1 Praxisbeispiel aus Kaunas"), (2, "2 Praxisbeispiele aus Kaunas")])
def test_german_page_counts_in_german(client, number, words):
    city = CityFactory(slug="kaunas")
    PracticeFactory.create_batch(number, city=city)

    with translation.override("de"):
        response = client.get(reverse("cities:detail", args=["kaunas"]))

    heading = re.search(r'<h2 id="practices-title">(.*?)</h2>', response.content.decode())
    assert heading[1] == words


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR / "templates")))
def test_templates_mark_every_word_for_translation(template):
    assert bare_words(template.read_text()) == []


def test_bare_words_are_noticed():
    template = """{# Not this. #}<p class="lead">{% translate "Nor this" %} but <b>this</b>, {{ name }}
    {% blocktranslate %}not that{% endblocktranslate %}</p><img alt="and a picture"><script>let code;</script>"""

    assert bare_words(template) == ["but", "this", "and", "picture"]
