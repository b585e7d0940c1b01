from taggit.models import Tag

from practices.models import Theme
from search.models import Document
from tests.desk import change_page, errors_of, filled, save
from tests.factories import EventFactory, PracticeFactory, SectorFactory, ThemeFactory


def names(kind="practice"):
    """The words under which the things of a kind are found, by title."""
    return {document.title: document.names.split() for document in Document.objects.filter(kind=kind)}


def test_renamed_tag_finds_its_practices_at_once_and_keeps_its_address(admin_client):
    PracticeFactory(title="Voucher", tags=["old"])
    PracticeFactory(title="Other")
    tag = Tag.objects.get()

    response = save(admin_client, change_page(tag), name="new")

    tag.refresh_from_db()
    assert response.status_code == 302
    assert (tag.name, tag.slug) == ("new", "old")
    assert [title for title, words in names().items() if "new" in words] == ["Voucher"]
    assert [title for title, words in names().items() if "old" in words] == []


def test_tag_cannot_take_the_name_of_another(admin_client):
    PracticeFactory(tags=["Design", "craft"])

    response = save(admin_client, change_page(Tag.objects.get(name="craft")), name="design")

    assert errors_of(response) == {"name": ["There is a tag of this name already."]}


def test_deleted_tag_finds_nothing_any_more(admin_client):
    PracticeFactory(title="Voucher", tags=["craft"])

    admin_client.post(f"/admin/taggit/tag/{Tag.objects.get().pk}/delete/", {"post": "yes"})

    assert "craft" not in names()["Voucher"]


def test_tags_in_use_are_offered_and_counted(admin_client):
    PracticeFactory(tags=["craft", "a, b"])
    PracticeFactory(tags=["craft"])

    form = admin_client.get("/admin/practices/practice/add/").content.decode()
    rows = admin_client.get("/admin/taggit/tag/").context["cl"].result_list

    assert '<option value="a, b"></option><option value="craft"></option>' in form
    assert [(tag.name, tag.uses) for tag in rows] == [("a, b", 1), ("craft", 2)]


def test_tags_stay_as_they_are_when_nothing_is_changed(admin_client):
    practice = PracticeFactory(tags=["open data", "a, b", "craft"], state="draft")

    save(admin_client, change_page(practice))

    assert set(practice.tags.names()) == {"open data", "a, b", "craft"}


def test_one_tag_of_two_words_stays_one_tag(admin_client):
    practice = PracticeFactory(state="draft")

    save(admin_client, change_page(practice), tags="open data")

    assert list(practice.tags.names()) == ["open data"]


def test_renamed_sector_finds_its_practices(admin_client):
    sector = SectorFactory(name="Fashion")
    PracticeFactory(title="Voucher", creative_sectors=[sector])

    save(admin_client, change_page(sector), name="Textiles")

    assert "Textiles" in names()["Voucher"]
    assert "Fashion" not in names()["Voucher"]


def test_renamed_theme_finds_itself_its_practices_and_events(admin_client):
    theme = ThemeFactory(name="Brokerage")
    PracticeFactory(title="Voucher", theme=theme)
    EventFactory(title="Clinic", theme=theme)

    save(admin_client, change_page(theme), name="Matchmaking")

    assert list(names("theme")) == ["Matchmaking"]
    assert "Matchmaking" in names()["Voucher"]
    assert "Matchmaking" in names("event")["Clinic"]


def test_theme_in_use_cannot_be_deleted_and_says_why(admin_client):
    theme = ThemeFactory(name="Brokerage")
    PracticeFactory(title="Voucher", theme=theme)

    response = admin_client.post(f"/admin/practices/theme/{theme.pk}/delete/", {"post": "yes"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "would require deleting the following protected related objects" in page
    assert "Voucher" in page
    assert list(Theme.objects.all()) == [theme]


def test_examples_of_a_theme_are_written_one_to_a_line(admin_client):
    theme = ThemeFactory(examples=["A, B and C", "Creative Factory"])

    page = admin_client.get(change_page(theme))
    save(admin_client, change_page(theme), examples="A, B and C\r\n\r\n  New  \r\n")

    assert filled(page)["examples"].split("\n") == ["A, B and C", "Creative Factory"]
    assert Theme.objects.get().examples == ["A, B and C", "New"]
