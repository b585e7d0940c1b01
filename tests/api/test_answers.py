import pytest

from api.models import Client
from practices.filters import PracticeFilter
from search.versions import content_version
from tests.factories import CityFactory, PracticeFactory

LIST = "/api/v1/practices/"
PROBLEM = "application/problem+json"


def test_whoever_has_the_answer_is_told_so_until_something_changes(client):
    practice = PracticeFactory(title="Old")
    first = client.get(LIST)

    unchanged = client.get(LIST, headers={"If-None-Match": first["ETag"]})
    practice.title = "New"
    practice.save()
    changed = client.get(LIST, headers={"If-None-Match": first["ETag"]})

    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", first["ETag"])
    assert changed.status_code == 200
    assert changed.json()["results"][0]["title"] == "New"
    assert first["Cache-Control"] == unchanged["Cache-Control"] == "public, no-cache"


def test_every_address_and_language_has_its_own_tag(client):
    searches = ["", "?q=a", "?q=b", "?lang=de", "?page_size=5"]

    tags = {client.get(LIST + search)["ETag"] for search in searches}

    assert len(tags) == len(searches)


@pytest.mark.parametrize("address", [LIST, "/api/v1/", "/api/v1/schema/", "/api/v1/nothing/", LIST + "?x=1"])
def test_scripts_of_any_site_may_read_the_answers(client, address):
    answer = client.get(address, headers={"Origin": "https://example.org"})

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert not answer.cookies


def test_browsers_may_ask_beforehand(client):
    asking = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}

    answer = client.options(LIST, headers=asking)

    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_a_client_that_asks_too_often_is_told_when_to_go_on(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 3

    answers = [client.get(LIST) for _time in range(8)]  # a new minute may begin in between

    assert {answer.status_code for answer in answers} == {200, 429}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused["Content-Type"] == PROBLEM
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Cache-Control"] == "no-store"
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert refused.json()["status"] == 429


def test_clients_are_counted_one_by_one_and_their_addresses_are_not_stored(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 1

    answers = [client.get(LIST, REMOTE_ADDR=f"192.0.2.{number}").status_code for number in range(5)]

    assert answers == [200] * 5
    assert Client.objects.count() == 5
    assert all("192.0.2" not in key and len(key) == 64 for key in Client.objects.values_list("key", flat=True))


def test_clients_that_have_gone_are_forgotten(client):
    Client.objects.create(key="gone", minute=1, requests=9)

    client.get(LIST)

    assert not Client.objects.filter(key="gone").exists()


def test_counting_a_client_does_not_change_the_content(client):
    PracticeFactory()
    before = content_version()

    client.get(LIST)

    assert content_version() == before


@pytest.mark.parametrize(
    ("search", "parameter"),
    [
        ("colour=red", "colour"),
        ("city=nowhere", "city"),
        ("outcome=', DROP TABLE", "outcome"),
        ("page_size=-1", "page_size"),
        ("page_size=0", "page_size"),
        ("page_size=101", "page_size"),
        ("page_size=1000000000", "page_size"),
        ("page_size=9" + "9" * 4000, "page_size"),
        ("page_size=<script>", "page_size"),
        ("page_size=5&page_size=6", "page_size"),
        ("lang=xx", "lang"),
        ("lang=%00", "lang"),
        ("q=%00", "q"),
        ("q=" + "a" * 10_000, "q"),
        ("page=2", "page"),
        ("%00=1", "\x00"),
        ("a" * 10_000 + "=1", "a" * 100),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_by_name(client, search, parameter):
    answer = client.get(f"{LIST}?{search}")

    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert [error["parameter"] for error in answer.json()["errors"]] == [parameter]


@pytest.mark.parametrize(
    "search", ["q=%ff%fe", "q=%22", "q=-", "q=or or", "q=((((", "q='%3B--", "q=%F0%9F%98%80", "&&=&", "q", "?"]
)
def test_strange_words_are_no_failure(client, search):
    PracticeFactory()

    assert client.get(f"{LIST}?{search}").status_code in (200, 400)


def test_too_many_parameters_are_refused(client):
    answer = client.get(f"{LIST}?{'city=a&' * 1100}")

    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/nothing/",
        "/api/v1/practices/nothing/",
        "/api/v1/cities/x/",
        "/api/v1/events/x/",
        "/api/v1/themes/x/",
        "/api/v1/%00",
    ],
)
def test_what_is_not_there_is_a_problem_too(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer["Content-Type"], answer.json()["title"]) == (404, PROBLEM, "Not Found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client, method):
    answer = getattr(client, method)(LIST)

    assert (answer.status_code, answer["Content-Type"]) == (405, PROBLEM)
    assert answer["Allow"] == "GET, HEAD, OPTIONS"


def test_only_json_is_spoken(client):
    answer = client.get(LIST, headers={"Accept": "text/html"})

    assert (answer.status_code, answer["Content-Type"]) == (406, PROBLEM)
    assert client.get(LIST, headers={"Accept": "text/html, */*;q=0.1"}).status_code == 200


def test_a_failure_is_a_problem_that_gives_nothing_away(client, monkeypatch):
    monkeypatch.setattr(PracticeFilter, "keys", property(lambda self: 1 / 0))

    answer = client.get(LIST)

    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "division" not in answer.content.decode()


def test_the_head_of_an_answer_can_be_had_alone(client):
    answer = client.head(LIST)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == client.get(LIST)["ETag"]


def test_years_in_the_wrong_order_are_refused(client):
    answer = client.get(LIST, {"from": "2015", "to": "2010"})

    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == ["from"]


def test_hostile_content_stays_text(client):
    PracticeFactory(title="</script><b>&", summary="\u2028x", city=CityFactory(name='"'))

    (row,) = client.get(LIST).json()["results"]

    assert (row["title"], row["city"]["name"]) == ("</script><b>&", '"')


@pytest.mark.parametrize("address", ["/api/v1/practices", "/api/v1/practices/garage", "/api/v1/schema"])
def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client, address):
    answer = client.get(f"{address}?lang=de")

    assert (answer.status_code, answer["Location"]) == (301, f"{address}/?lang=de")
    assert answer["Access-Control-Allow-Origin"] == "*"
