import pytest

from editing.models import Step, Version
from editing.rights import rights_of
from editing.sheets.importing import Outdated, imported
from editing.sheets.planning import planned
from editing.sheets.tables import table_of
from practices.models import Practice
from search.models import Document
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.editing.sheet_files import FILES, sheet
from tests.factories import (
    CityFactory,
    ImageFactory,
    ParticipantFactory,
    PracticeFactory,
    PracticeSourceFactory,
    ThemeFactory,
)

NEW = {"title": "Design voucher", "summary": "A grant.", "city": "lyon", "theme": "brokerage"}


@pytest.fixture
def lyon():
    ThemeFactory(slug="brokerage")
    return CityFactory(slug="lyon")


@pytest.fixture
def writer(lyon):
    return coordinator_of(lyon)


def bring_in(person, *records, digest=None):
    return imported(person, table_of(sheet(*records)), digest)


def practice(slug):
    return Practice.objects.get(slug=slug)


def versions_of(case):
    return list(case.versions.order_by("number").values_list("number", "made_by"))


def test_new_rows_become_drafts_of_their_city_that_no_reader_sees(writer, lyon):
    record = NEW | {"slug": "voucher", "tags": "Craft; wood", "sources": "Report | https://example.org | all"}
    record |= {"organisations": "lead | Atelier", "start_year": "2012", "lat": "45.7", "lon": "4.8"}

    bring_in(writer, record, {"slug": "voucher", "language": "it", "title": "Buono"})

    made = practice("voucher")
    assert (made.state, made.published_at, made.city, made.theme.slug) == ("draft", None, lyon, "brokerage")
    assert (made.start_year, made.lat, made.lon, made.original_language) == (2012, 45.7, 4.8, "en")
    assert sorted(made.translations.values_list("language_code", "title")) == [
        ("en", "Design voucher"),
        ("it", "Buono"),
    ]
    assert sorted(made.tags.names()) == ["Craft", "wood"]
    assert list(made.sources.values_list("title", "url", "supports")) == [("Report", "https://example.org", "all")]
    assert list(made.participants.values_list("role", "name", "url")) == [("lead", "Atelier", "")]
    assert versions_of(made) == [(1, writer.pk)]
    assert not Document.objects.filter(kind="practice").exists()


def test_a_draft_is_changed_where_it_is_and_what_it_said_is_kept(writer, lyon):
    draft = PracticeFactory(city=lyon, slug="a", title="One", state=Practice.State.DRAFT, tags=["craft"])
    ImageFactory(practice=draft)
    ParticipantFactory(practice=draft)

    bring_in(writer, {"slug": "a", "title": "Two", "tags": ""})

    changed = practice("a")
    assert (changed.pk, changed.state, changed.title, list(changed.tags.names())) == (draft.pk, "draft", "Two", [])
    assert (changed.summary, changed.images.count(), changed.participants.count()) == (draft.summary, 1, 1)
    assert versions_of(changed) == [(1, None), (2, writer.pk)]
    old, new = (version.content["texts"]["en"]["title"] for version in changed.versions.order_by("number"))
    assert (old, new) == ("One", "Two")


def test_a_published_practice_keeps_its_face_and_the_working_copy_is_changed(writer, lyon):
    case = PracticeFactory(city=lyon, slug="a", title="One")
    ImageFactory(practice=case)

    bring_in(writer, {"slug": "a", "title": "Two"})

    case = practice("a")
    assert (case.state, case.title, case.copy.title, case.copy.state) == ("published", "One", "Two", "draft")
    assert case.copy.images.count() == 1
    assert list(case.steps.values_list("act", "by")) == [("revise", writer.pk)]
    assert versions_of(case) == [(1, None), (2, writer.pk)]
    assert list(Document.objects.filter(kind="practice").values_list("title", flat=True)) == ["One"]

    bring_in(writer, {"slug": "a", "title": "Three"})

    assert Practice.objects.count() == 2
    assert practice("a").copy.title == "Three"
    assert versions_of(case)[2:] == [(3, writer.pk)]


def test_what_somebody_imported_somebody_else_approves(lyon, writer):
    case = ready(city=lyon, slug="a")
    importer = webmaster()

    bring_in(importer, {"slug": "a", "title": "Two"})

    read = in_review(case, writer)
    judges = [importer, writer, reviewer_of(case.theme)]
    assert [rights_of(person).may("approve", read) for person in judges] == [False, False, True]


def test_an_import_is_all_or_nothing(writer, lyon):
    PracticeFactory(city=lyon, slug="a", title="One")

    rows = [NEW | {"slug": "a", "title": "Two"}, NEW, NEW | {"theme": "none"}]
    with pytest.raises(Outdated) as refused:
        bring_in(writer, *rows)

    assert refused.value.plan.counts["refused"] == 1
    assert [practice.title for practice in Practice.objects.all()] == ["One"]
    assert not Version.objects.exists()
    assert not Step.objects.exists()


def test_nothing_is_imported_if_it_is_not_any_more_what_was_shown(writer, lyon):
    draft = PracticeFactory(city=lyon, slug="a", title="One", state=Practice.State.DRAFT)
    table = table_of(sheet({"slug": "a", "title": "Two"}))
    digest = planned(writer, table).digest()
    draft.title = "Somebody else's"
    draft.save()

    with pytest.raises(Outdated) as outdated:
        imported(writer, table, digest)

    assert outdated.value.plan.rows[0].changes == [["title", "Somebody else's", "Two"]]
    assert practice("a").title == "Somebody else's"
    imported(writer, table, outdated.value.plan.digest())
    assert practice("a").title == "Two"


def test_slugs_are_made_from_titles_and_give_way_to_others(writer, lyon):
    PracticeFactory(slug="design-voucher", state=Practice.State.DRAFT)
    moved = practice(PracticeFactory(slug="market").slug)
    moved.slug = "fair"
    moved.save()

    bring_in(writer, NEW, NEW, NEW | {"title": "Market"}, NEW | {"title": "Ł’atelier d’été"})

    made = Practice.objects.filter(city=lyon).order_by("pk").values_list("slug", flat=True)
    assert list(made) == ["design-voucher-lyon", "design-voucher-lyon-2", "market-lyon", "latelier-dete"]


def test_an_unchanged_sheet_writes_nothing(writer, lyon):
    case = PracticeFactory(city=lyon, slug="a", title="One")
    before = practice("a").updated_at

    plan = bring_in(writer, {"slug": "a", "title": "One"})

    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert practice("a").updated_at == before
    assert not Practice.objects.filter(copy_of=case).exists()
    assert not Version.objects.exists()


def test_many_practices_take_few_queries(writer, lyon, django_assert_max_num_queries):
    for number in range(30):
        PracticeFactory(city=lyon, slug=f"p{number}", state=Practice.State.DRAFT)
    old = [NEW | {"slug": f"p{number}", "title": f"Title {number}", "tags": f"tag {number}"} for number in range(30)]
    new = [NEW | {"slug": f"n{number}", "tags": f"tag {number}"} for number in range(30)]

    with django_assert_max_num_queries(140):
        bring_in(writer, *old, *new)

    assert Practice.objects.count() == 60
    assert Version.objects.count() == 90


def test_a_sheet_of_libreoffice_comes_in_whole(writer, lyon):
    PracticeSourceFactory(practice=PracticeFactory(city=lyon, slug="other"))

    for name in ("libreoffice.xlsx", "libreoffice-western.csv", "libreoffice-utf16.csv"):
        Practice.objects.exclude(slug="other").delete()
        imported(writer, table_of((FILES / name).read_bytes()))

        first, second = Practice.objects.exclude(slug="other").order_by("pk")
        assert (first.slug, first.title) == ("cafe-des-metiers-latelier", "Café des métiers – l’atelier")
        assert first.summary == "A “maker” café\u00a0: one line.\n\nAnd a second paragraph."
        assert (first.start_year, first.end_year, first.lat, first.lon) == (2012, 2015, 45.76, 4.83)
        assert sorted(first.tags.names()) == ["design", "textile"]
        assert list(first.participants.values_list("name", flat=True)) == ["Atelier d’été", "Métropole"]
        assert list(first.sources.values_list("title", "url", "supports")) == [
            ("Report", "https://example.org/r", "figures")
        ]
        assert sorted(second.translations.values_list("language_code", "title", "summary")) == [
            ("de", "Zwei Sprachen", "@home"),
            ("en", "=1+1 is a title", "-10 % for all"),
        ]
        assert (second.slug, second.start_year, second.end_year) == ("minus", 2012, 2014)
