"""What people try who want to see or do what is not theirs, and the answer they get; in words `docs/intrusions.md`."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from editing import previews, typing
from editing.flow import ACTS, do
from editing.models import Step, Typed
from practices.models import Attachment, Practice
from tests import pdfs
from tests.editing.cases import in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, ImageFactory, ThemeFactory, UserFactory

SECRET = "Hush-hush"
DESK = "/admin/practices/practice/"
PUBLIC = ["/practices/", "/practices/?q=Hush", "/search/?q=Hush", "/suggestions/?q=hush", "/sitemap.xml"]
PUBLIC += ["/practices/feed.atom", "/practices/download.csv", "/practices/download.json", "/api/v1/practices/", "/"]
PUBLIC += ["/api/v1/practices/?q=Hush", "/sitemap-practices.xml", "/practices/?view=map", "/practices/?view=table"]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture(params=["draft", "in review", "changes requested", "rejected", "working copy", "archived"])
def theirs(request, media):
    """Something of another city that readers do not see, with everything that could leak."""
    practice = ready(
        title=f"{SECRET} plan",
        summary=f"{SECRET} summary.",
        slug="hush-hush-plan",
        state="published" if request.param in {"working copy", "archived"} else "draft",
    )
    writer, judge = coordinator_of(practice.city), webmaster()
    if request.param == "working copy":
        practice = do("revise", practice, writer)
        practice.case.translations.update(title="Open plan", summary="Open summary.")
        Practice.objects.filter(pk=practice.case.pk).update(slug="open-plan")
    elif request.param == "archived":
        do("archive", practice, judge, "It is over.")
    elif request.param != "draft":
        practice = in_review(practice, writer)
        if request.param != "in review":
            do("reject" if request.param == "rejected" else "request-changes", practice, judge, f"{SECRET} reason.")
    practice.case.comments.create(field="results", text=f"{SECRET} comment.", by=judge)
    ImageFactory(practice=practice, alternative_text=f"{SECRET} picture.")
    attached = SimpleUploadedFile("plan.pdf", pdfs.pdf())
    Attachment.objects.create(practice=practice, file=attached, title=f"{SECRET} paper")
    return Practice.objects.get(pk=practice.pk)


def desk_addresses(practice):
    """Every address at the desk that is about this practice."""
    pk = practice.pk
    own = ["change", "delete", "history", "review", "preview", "merge", "throw-away", "history/1/restore"]
    own += [f"acts/{name}" for name in ACTS]
    image = practice.images.get()
    attachment = practice.attachments.get()
    return [
        *(f"{DESK}{pk}/{page}/" for page in own),
        f"{DESK}{pk}/change/?typed=1",
        *(f"{DESK}{pk}/change/delete-translation/en/",),
        reverse("admin:practices_image_file", args=[image.pk]),
        reverse("admin:practices_attachment_file", args=[attachment.pk]),
    ]


def lists(practice):
    """Lists and offers in which it could turn up."""
    offers = "/admin/autocomplete/?app_label=events&model_name=practiceseen&field_name=practice&term=Hush"
    filters = (
        "",
        "?state__exact=draft",
        "?q=Hush",
        f"?city__id__exact={practice.city_id}",
        f"?id__exact={practice.pk}",
    )
    return [*(f"{DESK}{query}" for query in filters), offers, "/admin/", "/account/data/export/"]


def answers(client, address):
    """The answers to looking and to posting."""
    forged = {"state": "published", "title": "Mine", "post": "yes", "message": "x", "action": "export_csv"}
    return [client.get(address), client.post(address, forged)]


def as_it_is(practice):
    """What nobody may have changed."""
    row = Practice.objects.filter(pk=practice.pk).values("state", "slug", "city", "withdrawn_because").get()
    return row | {"steps": Step.objects.count(), "texts": list(practice.translations.values_list("title", "summary"))}


@pytest.mark.parametrize(
    "who", ["coordinator of another city", "reviewer of another theme", "without a role", "anonymous"]
)
def test_nothing_of_another_city_is_seen_or_moved_at_the_desk(theirs, who):
    person = {
        "coordinator of another city": lambda: coordinator_of(CityFactory()),
        "reviewer of another theme": lambda: reviewer_of(ThemeFactory()),
        "without a role": lambda: UserFactory(is_staff=True),
        "anonymous": lambda: None,
    }[who]()
    client, before = signed_in(person) if person else Client(), as_it_is(theirs)

    for address in [*desk_addresses(theirs), *lists(theirs)]:
        for answer in answers(client, address):
            assert answer.status_code in {200, 302, 403, 404, 405}, address
            assert SECRET.encode() not in answer.getvalue(), address
            if f"/{theirs.pk}/" in address or "/files/" in address:
                assert answer.status_code != 200, address

    assert as_it_is(theirs) == before


def test_readers_find_no_trace_of_what_is_not_published(theirs, client):
    slugs = [theirs.slug, theirs.case.slug]
    own = [f"/practices/{slug}/{page}" for slug in slugs for page in ("", "history/", "card.png")]
    image, attachment = theirs.images.get(), theirs.attachments.get()
    own += [image.get_absolute_url(), attachment.get_absolute_url(), f"/media/{image.file.name}"]
    own += [f"/api/v1/practices/{slug}/" for slug in slugs] + [f"/practices/compare/?p={slugs[0]}&p={slugs[1]}"]

    for address in [*PUBLIC, *own]:
        text = client.get(address).getvalue()
        if theirs.state != "archived":  # of what was withdrawn, readers are told that it was
            assert SECRET.encode() not in text, address


def test_chosen_practices_of_others_are_left_out_of_exports(theirs):
    client = signed_in(coordinator_of(CityFactory()))

    answer = client.post(DESK, {"action": "export_csv", "_selected_action": [theirs.pk]})

    assert SECRET.encode() not in answer.getvalue()


@pytest.mark.parametrize("state", ["published", "archived", "in-review", "rejected", "nonsense"])
def test_forged_states_are_not_taken_from_a_form(state):
    practice = ready(title="Mine")
    writer = coordinator_of(practice.city)
    client = signed_in(writer)
    form = {"title": "Mine", "slug": practice.slug, "summary": "Half.", "city": practice.city_id, "state": state}
    form |= {"theme": practice.theme_id, "outcome": "unknown", "original_language": "en", "evidence": "evaluated"}
    for prefix in ("sources", "participants", "images", "attachments"):
        form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}

    answer = client.post(f"{DESK}{practice.pk}/change/", {**form, "published_at": "2020-01-01", "copy_of": "1"})

    practice = Practice.objects.get()
    assert answer.status_code == 302
    assert (practice.state, practice.published_at, practice.evidence, practice.copy_of) == ("draft", None, "", None)


def test_a_case_cannot_be_moved_into_a_city_that_is_not_ones_own():
    practice, other = ready(), CityFactory()
    client = signed_in(coordinator_of(practice.city))
    form = {"title": "Mine", "slug": practice.slug, "summary": "Half.", "city": other.pk, "theme": practice.theme_id}
    form |= {"outcome": "unknown", "original_language": "en"}
    for prefix in ("sources", "participants", "images", "attachments"):
        form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}

    answer = client.post(f"{DESK}{practice.pk}/change/", form)

    assert answer.status_code == 200
    assert "city" in answer.context["adminform"].form.errors
    assert Practice.objects.get().city != other


@pytest.mark.parametrize("act", list(ACTS))
def test_writers_do_no_acts_that_are_not_theirs(act):
    practice = ready()
    writer = coordinator_of(practice.city)
    practice = in_review(practice, writer)

    answer = signed_in(writer).post(f"{DESK}{practice.pk}/acts/{act}/", {"message": "Because."})

    allowed = act == "take-back"
    assert answer.status_code == (302 if allowed else answer.status_code)
    assert Practice.objects.get().state == ("draft" if allowed else "in-review")
    assert answer.status_code in {302, 400, 403}


def test_acts_are_done_by_posting_only_and_unknown_ones_are_not_there():
    practice = ready()
    client = signed_in(coordinator_of(practice.city))

    looked, unknown = client.get(f"{DESK}{practice.pk}/acts/submit/"), client.post(f"{DESK}{practice.pk}/acts/drop/")

    assert (looked.status_code, unknown.status_code) == (200, 404)
    assert Practice.objects.get().state == "draft"


def test_token_of_one_form_is_of_no_use_for_another_case():
    mine, other = ready(), ready(title=SECRET)
    person = coordinator_of(mine.city)
    forged = typing.token_for(person, other, "en")

    answer = Client().post(f"{DESK}typed/", {"typing": forged, "summary": "Mine now."})

    assert answer.status_code == 403
    assert not Typed.objects.exists()


def test_previews_show_nothing_else_than_their_own_case(media):
    mine, other = ready(), ready(title=SECRET)
    image = ImageFactory(practice=other)
    shown = previews.address_of(previews.share(mine, coordinator_of(mine.city)))
    name = image.file.name.rsplit("/", 1)[1]

    assert Client().get(f"{shown}images/{name}").status_code == 404
    assert SECRET.encode() not in Client().get(shown).getvalue()


def test_somebody_who_was_deactivated_is_out_at_once():
    practice = ready()
    person = coordinator_of(practice.city)
    client = signed_in(person)
    assert client.get(f"{DESK}{practice.pk}/change/").status_code == 200
    person.is_active = False
    person.save()

    assert client.get(f"{DESK}{practice.pk}/change/").status_code == 302
    assert client.post(f"{DESK}{practice.pk}/acts/submit/").status_code == 302
    assert Practice.objects.get().state == "draft"


def test_the_table_in_the_docs_names_tests_that_are_there():
    root = Path(settings.BASE_DIR)
    rows = [line.split("|") for line in (root / "docs/intrusions.md").read_text().splitlines() if line.startswith("| ")]
    named = [row[3].strip().strip("`").split("::") for row in rows[1:] if "::" in row[3]]

    assert len(named) >= 25
    for file, test in named:
        assert f"def {test}(" in (root / "tests" / file).read_text(), (file, test)
