from django.core import mail

from editing.models import Step
from practices.models import Practice
from tests.editing.people import coordinator_of
from tests.factories import PracticeFactory

LIST = "/admin/practices/practice/"
DONE, UNDO = f"{LIST}bulk/", f"{LIST}bulk/undo/"


def act(client, name, practices, **posted):
    """Chooses practices in the list and an act; with `confirmed` also confirms it."""
    chosen = [practice.pk for practice in practices]
    return client.post(LIST, {"action": f"bulk_{name}", "_selected_action": chosen, **posted}, follow=True)


def states(*practices):
    """In which states the practices are."""
    return [Practice.objects.get(pk=practice.pk).state for practice in practices]


def test_it_asks_first_with_the_number_and_the_titles(client, master):
    practices = [PracticeFactory(title="Loom"), PracticeFactory(title="Kiln")]

    page = act(client, "archive", practices).content.decode()

    assert "2 practices" in page
    assert "Loom" in page
    assert "Kiln" in page
    assert states(*practices) == ["published", "published"]


def test_practices_are_withdrawn_with_a_reason_and_published_again_by_the_undo(client, master):
    practices = [PracticeFactory(), PracticeFactory()]

    page = act(client, "archive", practices, confirmed="yes", message="The project asked for it.")
    archived = states(*practices)
    reasons = set(Practice.objects.values_list("withdrawn_because", flat=True))
    gone = client.get(f"/practices/{practices[0].slug}/").status_code
    undone = client.post(UNDO, follow=True)

    assert "Done with 2 practices." in page.content.decode()
    assert (archived, reasons, gone) == (["archived", "archived"], {"The project asked for it."}, 410)
    assert states(*practices) == ["published", "published"]
    assert "That undoes what was done before." in undone.content.decode()
    assert client.get(f"/practices/{practices[0].slug}/").status_code == 200
    assert sorted(Step.objects.values_list("act", flat=True)) == ["archive", "archive", "republish", "republish"]


def test_what_is_in_no_state_for_it_stays_and_says_why(client, master):
    seen, draft = PracticeFactory(), PracticeFactory(state="draft", title="Half a case")

    page = act(client, "archive", [seen, draft], confirmed="yes", message="Gone.").content.decode()

    assert states(seen, draft) == ["archived", "draft"]
    assert "1 stays as it was" in page
    assert "“Half a case” stands elsewhere by now. Its state: Draft." in page


def test_without_a_reason_nothing_is_withdrawn(client, master):
    practice = PracticeFactory()

    response = act(client, "archive", [practice], confirmed="yes", message=" ")

    assert (response.status_code, states(practice)) == (400, ["published"])


def test_practices_are_published_again_and_withdrawn_for_the_same_reason_by_the_undo(client, master):
    other = PracticeFactory()
    practice = PracticeFactory()
    act(client, "archive", [practice], confirmed="yes", message="Out of date.")
    Practice.objects.filter(pk=practice.pk).update(replaced_by=other)

    act(client, "republish", [practice], confirmed="yes")
    published = states(practice)
    client.post(UNDO)

    practice = Practice.objects.get(pk=practice.pk)
    assert published == ["published"]
    assert (practice.state, practice.withdrawn_because, practice.replaced_by) == ("archived", "Out of date.", other)


def test_what_was_undone_is_not_undone_twice(client, master):
    practice = PracticeFactory()
    act(client, "archive", [practice], confirmed="yes", message="Gone.")
    client.post(UNDO)

    client.post(UNDO)

    assert states(practice) == ["published"]


def test_coordinators_are_asked_in_one_mail_whether_practices_are_still_true(client, master, run_queue):
    practice = PracticeFactory(title="Loom")
    other = PracticeFactory(title="Kiln", city=practice.city)
    coordinator, draft = coordinator_of(practice.city), PracticeFactory(state="draft")

    page = act(client, "ask", [practice, other, draft], confirmed="yes").content.decode()
    run_queue()

    (letter,) = [letter for letter in mail.outbox if "Loom" in letter.body]
    assert letter.to == [coordinator.email]
    assert "Kiln" in letter.body
    assert "Done with 2 practices." in page
    assert "It is not published." in page
    assert "/bulk/undo/" not in page


def test_too_many_are_refused_before_anything_is_done(client, master, monkeypatch):
    monkeypatch.setattr("editing.admin.bulk.MOST", 1)
    practices = [PracticeFactory(), PracticeFactory()]

    page = act(client, "archive", practices, confirmed="yes", message="Gone.").content.decode()

    assert "at most 1 can be done at once" in page
    assert states(*practices) == ["published", "published"]


def test_nobody_but_webmasters_acts_on_many(client):
    practice = PracticeFactory()
    client.force_login(coordinator_of(practice.city))

    act(client, "archive", [practice], confirmed="yes", message="Gone.")

    assert states(practice) == ["published"]
    assert [client.get(DONE).status_code, client.post(UNDO).status_code] == [403, 403]
    assert "bulk_archive" not in client.get(LIST).content.decode()
