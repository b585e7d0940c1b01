import re

import pytest
from django.http import QueryDict
from django.utils import translation

from practices import shown
from practices.filters import PracticeFilter
from practices.models import Practice
from tests.factories import CityFactory, PracticeFactory, ThemeFactory


def found(query=""):
    return PracticeFilter(QueryDict(query))


@pytest.fixture
def two():
    berlin, lyon = CityFactory(slug="berlin", name="Berlin"), CityFactory(slug="lyon", name="Lyon & <co>")
    theme = ThemeFactory(slug="spaces", name="Spaces", colour="teal")
    PracticeFactory(city=berlin, theme=theme, start_year=2010, end_year=2010, tags=['"felt"'])
    PracticeFactory(city=lyon, theme=theme, start_year=2012, end_year=2012)


def counts(html, facet):
    """{value: (count, whether it is ticked)} of a facet of the form."""
    rows = re.findall(rf'id="{facet}-([^"]*)" type="checkbox" name="{facet}" value="\1"( checked)?>(.*?)</label>', html)
    return {value: (int(re.findall(r">(\d+)<", rest)[-1]), bool(ticked)) for value, ticked, rest in rows}


def test_every_choice_stands_with_its_count_and_is_ticked_if_it_is_chosen(two):
    html = shown.filters(found("city=berlin"))

    assert counts(html, "city") == {"berlin": (1, True), "lyon": (1, False)}
    assert counts(html, "theme") == {"spaces": (1, False)}
    assert re.search(r'id="facet-city" open>\s*<summary>City <span class="filters-number">1</span>', html)


def test_names_that_editors_wrote_are_escaped(two):
    html = shown.filters(found()) + shown.charts(found())

    assert "Lyon &amp; &lt;co&gt;" in html
    assert "<co>" not in html
    assert "&quot;felt&quot;" in html


@pytest.mark.parametrize("act", [shown.filters, shown.charts, shown.toolbar])
def test_what_is_kept_of_the_unnarrowed_list_is_what_would_be_made_anew(two, act):
    kept, anew = (
        act(found()),
        {shown.filters: shown._filters, shown.charts: shown._charts, shown.toolbar: shown._toolbar},
    )

    assert kept == anew[act](found())
    assert act(found("page=2")) is act(found())
    assert act(found("view=table&city=berlin")) != kept


def test_what_is_kept_goes_with_the_content_and_has_its_language(two):
    before = shown.filters(found())
    with translation.override("de"):
        german = shown.filters(found())

    PracticeFactory(city=Practice.objects.first().city, theme=Practice.objects.first().theme)

    assert "Stadt" in german
    assert "Stadt" not in before
    assert counts(shown.filters(found()), "theme") == {"spaces": (3, False)}


def test_bars_lead_to_their_practices_only_while_nothing_narrows(two):
    free, narrowed = shown.charts(found()), shown.charts(found("city=berlin"))

    assert 'href="?city=lyon"' in free
    assert "href" not in narrowed
    assert 'class="theme-teal"' in free
    assert narrowed.count("chart-chosen") == 1


def test_years_are_drawn_and_what_was_typed_stays(two):
    html = shown.filters(found("from=2012&to=x%22"))

    assert 'name="from" inputmode="numeric" maxlength="20" value="2012"' in html
    assert 'value="x&quot;" aria-invalid="true"' in html
    assert html.count("bars-chosen") == 1


def test_the_state_of_the_address_goes_along_with_every_form(two):
    practices = found("q=felt&city=berlin&sort=title")

    forms = shown.toolbar(practices), shown.take(practices), shown.finder_form(practices)

    for form, names in zip(forms, (["q", "city", "sort"], ["q", "city", "sort"], ["sort"]), strict=True):
        assert {name for name in names if f'<input type="hidden" name="{name}"' in form} == set(names)
    assert 'name="q" value="felt"' in forms[2]
