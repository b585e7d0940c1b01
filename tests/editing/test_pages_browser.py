"""No page of the desk or of an account bars anybody, as far as a machine can tell."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from contact.models import Message
from editing import freshness, previews
from editing.flow import do
from editing.models import Link
from editing.review import comment
from practices.models import Practice
from tests.barriers import OVERFLOW, barriers
from tests.desk import change_page
from tests.editing.cases import approve, in_review, ready
from tests.editing.people import coordinator_of, reviewer_of, webmaster
from tests.factories import CityFactory, FeatureFactory, ImageFactory, ThemeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]
CALM = {"reduced_motion": "reduce"}
LISTS = [
    "practices_practice",
    "taggit_tag",
    "editing_link",
    "contact_message",
    "accounts_user",
    "mail_job",
    "cities_city",
]
OF_THE_DESK = ["editing_import", "editing_export", "editing_coverage", "practices_tags_alike"]
OWN = ["account", "account_email", "account_change_password", "usersessions_list", "account_data", "mfa_index"]
OWN += ["mfa_list_webauthn", "account_reauthenticate", "account_logout"]
SIGNED_OUT = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]


def barred(page, addresses):
    """What axe finds wrong with each of these pages on a phone, and which scroll sideways, there or on a desk."""
    found = {}
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        sideways = [1280] if page.evaluate(OVERFLOW) > 0 else []
        page.set_viewport_size({"width": 360, "height": 800})
        sideways += [360] if page.evaluate(OVERFLOW) > 0 else []
        wrong = barriers(page)
        if wrong or sideways:
            found[address] = wrong, sideways
    return found


def published(writer, judge, **facts):
    """A case that was written, judged and published."""
    return approve(in_review(ready(**facts), writer), judge, "New.")


def at_desk(name, *args):
    """The address of a page of the desk."""
    return reverse(f"admin:{name}", args=args)


def test_pages_on_which_a_case_is_written_and_judged_bar_nobody(open_browser):
    place = {"city": CityFactory(), "theme": ThemeFactory()}
    writer, judge = coordinator_of(place["city"]), reviewer_of(place["theme"])
    draft, read, asked = ready(**place), in_review(ready(**place), writer), in_review(ready(**place), writer)
    ImageFactory(practice=draft)
    comment(read, judge, "results", "How were they counted?")
    do("request-changes", asked, judge, "Please say what it cost.")
    seen = published(writer, judge, **place)
    copy = do("revise", seen, writer)
    Practice.objects.get(pk=copy.pk).save()
    link = previews.address_of(previews.share(draft, writer))

    of_writer = ["/admin/", at_desk("practices_practice_add"), change_page(draft), change_page(seen)]
    of_writer += [at_desk("editing_act", draft.pk, "submit"), at_desk("editing_previews", draft.pk)]
    of_writer += [at_desk("practices_practice_history", seen.pk), at_desk("editing_restore", asked.pk, 1)]
    of_judge = ["/admin/", change_page(read), at_desk("editing_review", read.pk), at_desk("editing_review", copy.pk)]
    of_judge += [at_desk("editing_act", read.pk, act) for act in ("approve", "request-changes", "reject")]
    of_reader = [link, reverse("editing:history", args=[seen.slug])]

    wrong = barred(open_browser(writer, **CALM), of_writer) | barred(open_browser(judge, **CALM), of_judge)
    wrong |= barred(open_browser(**CALM), of_reader)

    assert wrong == {}


def test_pages_of_the_webmaster_bar_nobody(open_browser):
    place = {"city": CityFactory(), "theme": ThemeFactory()}
    writer, keeper = coordinator_of(place["city"]), webmaster()
    seen, other = (published(writer, keeper, tags=tags, **place) for tags in (["voucher"], ["vouchers", "design"]))
    FeatureFactory(practice=seen)
    FeatureFactory(practice=other, place=2, starts=timezone.localdate() + timedelta(days=3))
    Message.objects.create(email="a@example.org", subject="Hello", text="Hi")
    broken = {"status": Link.Status.BROKEN, "code": 404, "first_seen_broken": timezone.localdate()}
    Link.objects.create(url="https://example.org/gone", host="example.org", **broken)

    addresses = ["/admin/", *(at_desk(f"{name}_changelist") for name in [*LISTS, "practices_feature"])]
    addresses += [at_desk(name) for name in OF_THE_DESK] + [change_page(seen), change_page(writer)]
    addresses += [at_desk("editing_ask", place["city"].pk, place["theme"].pk), at_desk("editing_readdress", seen.pk)]
    addresses += [at_desk("editing_act", seen.pk, "archive"), at_desk("editing_verify", seen.pk)]
    addresses += [at_desk("practices_practice_changelist") + "?q=xylophonist", reverse("home-on")]

    assert barred(open_browser(keeper, **CALM), addresses) == {}


def test_pages_of_an_account_bar_nobody(open_browser):
    place = {"city": CityFactory(), "theme": ThemeFactory()}
    writer, keeper = coordinator_of(place["city"]), webmaster()
    seen, gone = published(writer, keeper, **place), published(writer, keeper, **place)
    do("archive", gone, keeper, "The programme ended.", replaced_by=seen)
    seen.asked = 0
    link = freshness.link_for(seen, writer)

    of_nobody = [*map(reverse, SIGNED_OUT), reverse("invitation") + "?key=none", gone.get_absolute_url()]
    of_nobody += [reverse("editing:still-true", args=[link]), reverse("editing:still-true", args=["none"])]

    assert barred(open_browser(writer, **CALM), map(reverse, OWN)) | barred(open_browser(**CALM), of_nobody) == {}
