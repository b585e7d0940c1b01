import html5lib
import jsonschema
import openapi_spec_validator
import pytest

from tests.factories import CityFactory, EventFactory, PracticeFactory, SectorFactory

ANSWERS = [
    "practices/",
    "practices/?q=garage&page_size=1&lang=de",
    "practices/garage/",
    "practices/garage/?lang=de",
    "cities/",
    "cities/linz/",
    "themes/",
    "themes/theme-x/",
    "sectors/",
    "events/",
    "events/visit/",
]


@pytest.fixture
def description(client):
    return client.get("/api/v1/schema/").json()


@pytest.fixture
def _content():
    city = CityFactory(slug="linz", country="AT")
    practice = PracticeFactory(
        slug="garage",
        title="Garage",
        city=city,
        theme__slug="theme-x",
        tags=["SME"],
        lat=1.5,
        lon=2,
        creative_sectors=[SectorFactory()],
    )
    practice.participants.create(name="City", role="lead")
    practice.sources.create(title="Report")
    PracticeFactory(title="Garage 2")
    event = EventFactory(slug="visit", host_city=city)
    event.practices_seen.create(practice=practice)
    city.partners.create(name="City")


def test_the_description_is_valid_openapi_of_version_3_1(description):
    assert description["openapi"].startswith("3.1")
    openapi_spec_validator.validate(description)


def test_every_address_is_described(description):
    kinds = ["practices", "cities", "themes", "events"]

    paths = {f"/api/v1/{kind}/" for kind in [*kinds, "sectors"]} | {f"/api/v1/{kind}/{{slug}}/" for kind in kinds}

    assert set(description["paths"]) == paths
    assert all(set(methods) == {"get"} for methods in description["paths"].values())


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize("address", ANSWERS)
def test_answers_are_what_the_description_says(client, description, address):
    path, _, _ = address.partition("?")
    parts = path.strip("/").split("/")
    described = f"/api/v1/{parts[0]}/" + ("{slug}/" if len(parts) > 1 else "")
    schema = description["paths"][described]["get"]["responses"]["200"]["content"]["application/json"]["schema"]

    answer = client.get(f"/api/v1/{address}").json()

    jsonschema.validate(answer, schema | {"components": description["components"]})
    name = schema["$ref"].rsplit("/", 1)[-1]
    assert set(answer) == set(description["components"]["schemas"][name]["properties"])


def test_all_parameters_that_lists_take_are_described(client, description):
    for kind in ("practices", "events"):
        told = {one["name"] for one in description["paths"][f"/api/v1/{kind}/"]["get"]["parameters"]}
        (error,) = client.get(f"/api/v1/{kind}/", {"nothing": "1"}).json()["errors"]
        taken = set(error["detail"].partition("there are: ")[2].strip(".").split(", "))
        assert told == taken


def test_the_first_address_leads_on(client):
    for address in client.get("/api/v1/").json().values():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("prefix", ["", "/de"])
def test_the_documentation_is_a_page_of_ours_without_script_or_style_of_its_own(client, prefix):
    page = client.get(f"{prefix}/api/")

    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page.content.decode())
    assert page.status_code == 200
    assert root.findall(".//style") == []
    assert [
        script for script in root.findall(".//script") if not script.get("src") and script.get("type") is None
    ] == []
    assert all(not name.startswith("on") and name != "style" for element in root.iter() for name in element.attrib)
    shown = {"".join(heading.itertext()) for heading in root.findall(".//h3")}
    assert "GET /api/v1/practices/" in shown
    assert "PracticeDetail" in shown
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    inner = [link.get("href")[1:] for link in root.findall(".//a") if link.get("href", "").startswith("#")]
    assert set(inner) <= set(ids)


def test_the_documentation_names_the_limit(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 77

    assert "77 requests a minute" in client.get("/api/").content.decode()
