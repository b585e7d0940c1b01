import pytest
from taggit.models import Tag

from editing import versions
from practices import tags as tagging
from practices.models import FormerTag, Practice, TagMerge
from search.finding import find
from tests.desk import queries
from tests.editing.people import coordinator_of
from tests.factories import CityFactory, PracticeFactory

ALIKE, MERGE = "/admin/taggit/tag/alike/", "/admin/taggit/tag/merge/"


def tag(name):
    return Tag.objects.get(name=name)


def names(practice):
    """The tags of a practice."""
    return sorted(practice.tags.names())


def merge(client, kept, *others):
    """Merges the others into this tag by the page."""
    keys = [tag(name).pk for name in (kept, *others)]
    return client.post(MERGE, {"tag": keys, "kept": tag(kept).pk}, follow=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("co-working", "coworking"),
        ("Open Data", "open data"),
        ("voucher", "vouchers"),
        ("creative city", "creative cities"),
        ("café culture", "cafe culture"),
        ("innovation voucher", "innovation vouchers scheme"),
        ("hackathon", "hackathlon"),
    ],
)
def test_names_that_differ_by_little_are_found(one, other):
    Tag.objects.bulk_create(Tag(name=name, slug=str(number)) for number, name in enumerate([one, other, "festival"]))

    groups = tagging.alike(tagging.with_uses(Tag.objects.all()))

    assert [{found.name for found in group} for group in groups] == [{one, other}]


@pytest.mark.parametrize(("one", "other"), [("design", "designation of origin"), ("music", "museum"), ("bus", "bu")])
def test_names_of_different_things_are_not_found(one, other):
    PracticeFactory(tags=[one, other])

    assert tagging.alike(tagging.with_uses(Tag.objects.all())) == []


def test_the_page_shows_them_the_most_used_first_with_counts(client, master):
    PracticeFactory(tags=["vouchers"])
    PracticeFactory(tags=["vouchers", "voucher"])

    response = client.get(ALIKE)

    (group,) = response.context["groups"]
    assert [(found.name, found.uses) for found in group] == [("vouchers", 2), ("voucher", 1)]


def test_when_no_two_are_alike_the_page_says_so(client, master):
    assert "No two tags look alike." in client.get(ALIKE).content.decode()


def test_merging_changes_published_practices_and_drafts_and_says_how_many(client, master):
    seen = PracticeFactory(tags=["voucher", "design"])
    both = PracticeFactory(tags=["voucher", "vouchers"])
    draft = PracticeFactory(tags=["vouchers scheme"], state="draft")
    keys = [tag(name).pk for name in ("vouchers", "voucher", "vouchers scheme")]

    asked = client.get(MERGE, {"tag": keys}).content.decode()
    page = merge(client, "vouchers", "voucher", "vouchers scheme").content.decode()

    assert "3 practices, drafts among them, have one of these tags" in asked
    assert [names(practice) for practice in (seen, both, draft)] == [["design", "vouchers"], ["vouchers"], ["vouchers"]]
    assert not Tag.objects.filter(name__in=["voucher", "vouchers scheme"]).exists()
    assert "3 practices have “vouchers” now." in page


def test_the_search_finds_merged_practices_by_the_tag_that_stays(client, master):
    practice = PracticeFactory(tags=["cowork"])
    PracticeFactory(tags=["togetherness"])

    merge(client, "togetherness", "cowork")

    assert practice.pk in {hit.key for hit in find("togetherness", "en").hits}
    assert practice.pk not in {hit.key for hit in find("cowork", "en", correct=False).hits}


def test_the_address_of_a_merged_tag_leads_to_the_one_that_stays(client, master):
    practice = PracticeFactory(tags=["voucher"])
    PracticeFactory(tags=["vouchers"])
    PracticeFactory(tags=["design"])
    before = client.get("/practices/?tag=voucher")

    merge(client, "vouchers", "voucher")
    merged = client.get("/practices/?tag=voucher")
    merge(client, "design", "vouchers")
    twice = client.get("/practices/?tag=voucher")

    assert [response.context["page"].paginator.count for response in (before, merged, twice)] == [1, 2, 3]
    assert [response.status_code for response in (before, merged, twice)] == [200, 200, 200]
    assert practice.pk in {found.pk for found in twice.context["page"].practices}


def test_a_merged_name_becomes_the_one_that_stays_when_somebody_types_it(master):
    PracticeFactory(tags=["voucher"])
    PracticeFactory(tags=["vouchers"])
    tagging.merge(tag("vouchers"), [tag("voucher")], master)

    assert tagging.current(["Voucher", "design", "vouchers"]) == ["vouchers", "design"]


def test_a_merging_is_undone_with_all_that_it_changed(client, master):
    first, both = PracticeFactory(tags=["voucher"]), PracticeFactory(tags=["voucher", "vouchers"])
    slug = tag("voucher").slug
    merge(client, "vouchers", "voucher")
    merging = TagMerge.objects.get()

    page = client.get(ALIKE).content.decode()
    client.post(f"/admin/taggit/tag/part/{merging.pk}/")

    assert "“voucher” → “vouchers”" in page
    assert (names(first), names(both)) == (["voucher"], ["voucher", "vouchers"])
    assert (tag("voucher").slug, FormerTag.objects.count()) == (slug, 0)
    assert client.get(f"/practices/?tag={slug}").context["page"].paginator.count == 2


def test_a_merging_is_not_undone_after_the_tag_was_used_again(client, master):
    PracticeFactory(tags=["voucher"])
    PracticeFactory(tags=["vouchers"])
    merge(client, "vouchers", "voucher")
    PracticeFactory(tags=["vouchers"])

    response = client.post(f"/admin/taggit/tag/part/{TagMerge.objects.get().pk}/", follow=True)

    assert "These tags have been used or changed since" in response.content.decode()
    assert not Tag.objects.filter(name="voucher").exists()


def test_nothing_is_merged_without_saying_which_stays(client, master):
    PracticeFactory(tags=["voucher", "vouchers"])

    response = client.post(MERGE, {"tag": [tag("voucher").pk, tag("vouchers").pk, "x"]})

    assert (response.status_code, TagMerge.objects.count()) == (400, 0)
    assert "Choose which tag stays." in response.content.decode()


def test_only_webmasters_merge(client):
    practice = PracticeFactory(tags=["voucher", "vouchers"])
    client.force_login(coordinator_of(CityFactory()))

    posted = client.post(MERGE, {"tag": [tag("voucher").pk, tag("vouchers").pk], "kept": tag("voucher").pk})

    assert [client.get(address).status_code for address in (ALIKE, MERGE)] == [403, 403]
    assert (posted.status_code, names(practice)) == (403, ["voucher", "vouchers"])


def test_the_page_takes_the_same_queries_for_three_tags_and_for_thirty(client, master):
    PracticeFactory(tags=["alpha", "alphas", "beta"])
    few = queries(client, ALIKE)
    PracticeFactory(tags=[f"number {number}" for number in range(27)])

    assert queries(client, ALIKE) == few
    assert Practice.objects.count() == 2


def test_an_old_version_that_is_restored_follows_the_merging(master):
    practice = PracticeFactory(tags=["voucher", "design"], state="draft")
    PracticeFactory(tags=["vouchers"])
    old = versions.record(practice, master)
    practice.tags.set(["design"])
    tagging.merge(tag("vouchers"), [tag("voucher")], master)

    newest = versions.restore(practice, old, master)

    assert names(practice) == newest.content["tags"] == ["design", "vouchers"]
    assert not Tag.objects.filter(name="voucher").exists()


def test_a_tag_that_came_back_after_the_merging_is_restored_as_it_was(master):
    practice = PracticeFactory(tags=["voucher"], state="draft")
    PracticeFactory(tags=["vouchers"])
    old = versions.record(practice, master)
    tagging.part(tagging.merge(tag("vouchers"), [tag("voucher")], master))
    practice.tags.clear()

    versions.restore(practice, old, master)

    assert names(practice) == ["voucher"]
