import pytest
from django.core.management import CommandError, call_command

from events.content.checking import settled
from events.content.problems import SHOWN
from events.content.slugs import slug_from
from practices.models import Practice
from tests.events.content.conftest import MINIMAL
from tests.factories import PracticeFactory, SectorFactory

CITY = {"slug": "linz", "name": "Linz", "local_name": "Linz", "country_code": "AT", "lat": 48.3, "lon": 14.3}
EVENT = {"slug": "visit", "title": "Visit", "kind": "workshop", "summary": "Cities met."}


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"title": None}, "title: must be a text"),
        ({"title": " "}, "title: must not be empty"),
        ({"title": "a\nb"}, "title: must be one line, without line breaks"),
        ({"title": "x" * 201}, "title: must have at most 200 characters"),
        ({"title": 7}, "title: must be a text"),
        ({"title": "a\ud800"}, "title: contains the character U+D800, which no page can show"),
        ({"summary": "a\0b"}, "summary: contains the character U+0000, which no page can show"),
        ({"summary": "x" * 601}, "summary: must have at most 600 characters"),
        ({"lesson": "Ask."}, "lesson: is not a field of the format; did you mean lessons?"),
        ({"colour": "red"}, "colour: is not a field of the format"),
        ({"slug": "design vouchers"}, "slug: 'design vouchers' may hold only letters a to z, digits and hyphens"),
        ({"slug": "x" * 151}, "slug: must have at most 150 characters"),
        ({"city": "Berlim"}, "city: 'Berlim' is not one of the cities; did you mean berlin?"),
        ({"city": ["berlin"]}, "city: must be a text"),
        ({"theme": "broker"}, "theme: 'broker' is not one of the themes; did you mean brokerage?"),
        ({"further_cities": ["berlin", "x"]}, "further_cities 2: 'x' is not one of the cities"),
        (
            {"creative_sectors": ["desing"]},
            "creative_sectors 1: 'desing' is not one of the sectors; did you mean design?",
        ),
        ({"creative_sectors": ["finance"]}, "creative_sectors 1: 'finance' is a growth sector, not a creative one"),
        ({"growth_sectors": "finance"}, "growth_sectors: must be a list"),
        ({"tags": ["x" * 101]}, "tags 1: must have at most 100 characters"),
        ({"start_year": 2014, "end_year": 2012}, "end_year: 2012 lies before start_year, 2014"),
        ({"start_year": "2014"}, "start_year: must be a whole number"),
        ({"start_year": True}, "start_year: must be a whole number"),
        ({"start_year": 1066}, "start_year: must be at least 1800"),
        ({"status_as_of": 2999}, "status_as_of: must be at most 2100"),
        ({"lat": 91, "lon": 0}, "lat: must be at most 90"),
        ({"lat": 52.5}, "lon: a position needs both lat and lon"),
        ({"lat": "52", "lon": 13}, "lat: must be a number"),
        ({"website": "www.berlin.de"}, "website: is not a web address (http or https): 'www.berlin.de'"),
        ({"website": "javascript:alert(1)"}, "website: is not a web address (http or https): 'javascript:alert(1)'"),
        ({"website": "https://a.de/" + "x" * 500}, "website: must have at most 500 characters"),
        (
            {"outcome": "runing"},
            "outcome: 'runing' is not one of running, ended, mixed, did-not-work, unknown; did you mean running?",
        ),
        ({"language": "fr"}, "language: 'fr' is not one of en, de, cs, et, it, lt, nl, pl, pt, sv"),
        ({"confirmed_by_project": "yes"}, "confirmed_by_project: must be true or false"),
        ({"analysis_fields": ["summary"]}, "analysis_fields 1: 'summary' is not one of"),
        ({"organisations": [{"name": "A"}]}, "organisations 1 role: is needed"),
        (
            {"organisations": [{"name": "A", "role": "boss"}]},
            "organisations 1 role: 'boss' is not one of lead, partner",
        ),
        ({"sources": {"title": "A"}}, "sources: must be a list"),
        ({"sources": ["A"]}, "sources 1: must be an object"),
        ({"sources": [{"title": "A"}, {"titel": "B"}]}, "sources 2 title: is needed"),
        ({"sources": [{"title": "A", "url": "x"}]}, "sources 1 url: is not a web address (http or https): 'x'"),
        ({"translations": {"fr": {"title": "A", "summary": "B"}}}, "translations: 'fr' is not one of the languages"),
        (
            {"translations": {"en": {"title": "A", "summary": "B"}}},
            "translations: the record itself is in 'en' already",
        ),
        ({"translations": {"de": {"title": "A"}}}, "translations de summary: is needed"),
        (
            {"translations": {"de": {"title": "A", "summary": "B", "x": 1}}},
            "translations de x: is not a field of the format",
        ),
        (
            {"further_countries": ["UK"]},
            "further_countries 1: is not a country code of two capital letters (ISO 3166): 'UK'",
        ),
        ({"state": "public"}, "state: 'public' is not one of draft, in-review, changes-requested, published, archived"),
        ({"published_at": "2024-02-30"}, "published_at: 2024-02-30 is a date that does not exist"),
        ({"published_at": "2024-02-03T10:00:00"}, "published_at: must have a time zone"),
        ({"published_at": 5}, "published_at: must be a day or a moment written as text"),
        ({"verified_at": "2024-13-01"}, "verified_at: 2024-13-01 is a date that does not exist"),
        ({"verified_at": "2024"}, "verified_at: must be a day written YYYY-MM-DD"),
        ({"evidence": "strong"}, "evidence: 'strong' is not one of described, reported, measured, evaluated"),
    ],
)
def test_a_practice_with_a_mistake_is_refused(places, problems, wrong, complaint):
    SectorFactory(slug="design", kind="creative")
    SectorFactory(slug="finance", kind="growth")

    lines = problems(practices=[MINIMAL | {"slug": "vouchers"} | wrong])

    place, what = lines[0].split(", ", 2)[:2], lines[0].split(", ", 2)[2]
    assert place[0] == "practices.json"
    assert place[1].startswith("record 1 (")
    assert what.startswith(complaint)
    assert not Practice.objects.exists()


@pytest.mark.parametrize("field", MINIMAL)
def test_what_every_practice_needs(places, problems, field):
    record = {name: value for name, value in MINIMAL.items() if name != field} | {"slug": "vouchers"}

    assert problems(practices=[record]) == [
        f"practices.json, record 1 (vouchers), {field}: is needed",
        "1 problem; nothing was loaded.",
    ]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"start_date": "2014-02-30"}, "start_date: 2014-02-30 is a date that does not exist"),
        ({"start_date": "2014-2"}, "start_date: must be written YYYY, YYYY-MM or YYYY-MM-DD, not '2014-2'"),
        ({"start_date": 2014}, "start_date: must be a text"),
        ({"end_date": "2014"}, "start_date: is needed when there is an end_date"),
        (
            {"start_date": "2014-02", "end_date": "2014"},
            "end_date: 2014 is not known as exactly as start_date, 2014-02",
        ),
        ({"start_date": "2014-03", "end_date": "2014-02"}, "end_date: 2014-02 lies before start_date, 2014-03"),
        ({"start_date": "2014", "date_precision": "day"}, "date_precision: day does not fit the date 2014"),
        ({"date_precision": "day"}, "date_precision: there is no date that it could be about"),
        ({"kind": "policy clinic"}, "kind: 'policy clinic' is not one of"),
        ({"host_city": "bonn"}, "host_city: 'bonn' is not one of the cities"),
        ({"practices": [{"practice": "vouchers"}]}, "practices 1 practice: 'vouchers' is not one of the practices"),
        ({"practices": [{}]}, "practices 1 name: give the name, the practice or both"),
        ({"practices": [7]}, "practices 1: must be an object"),
        ({"documents": [{"title": "A"}]}, "documents 1 url: is needed"),
    ],
)
def test_an_event_with_a_mistake_is_refused(places, problems, wrong, complaint):
    assert problems(events=[EVENT | wrong])[0].startswith(f"events.json, record 1 (visit), {complaint}")


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"country_code": "at"}, "country_code: is not a country code of two capital letters (ISO 3166): 'at'"),
        ({"country": "Australia"}, "country: 'Australia' is not the country of the code AT, Austria"),
        ({"lon": 181}, "lon: must be at most 180"),
        ({"partner_organisations": [{"role": "lead"}]}, "partner_organisations 1 name: is needed"),
    ],
)
def test_a_city_with_a_mistake_is_refused(problems, wrong, complaint):
    assert problems(cities=[CITY | wrong])[0] == f"cities.json, record 1 (linz), {complaint}"


def test_sectors_stand_in_two_lists(problems):
    assert problems(sectors=[]) == [
        'sectors.json: is broken at line 1, column 1: expected an object: {"creative": […], "growth": […]}',
        "1 problem; nothing was loaded.",
    ]
    assert (
        problems(sectors={"digital": []})[0]
        == "sectors.json: holds 'digital': expected the lists 'creative' and 'growth'"
    )
    assert problems(sectors={"creative": [{"slug": "design"}], "growth": [{"slug": "design"}]})[0] == (
        "sectors.json, record 2 (design), slug: is in the file already, as record 1"
    )


def test_records_must_be_objects(problems):
    assert problems(practices=[["a"], "b", 3, None]) == [
        "practices.json, record 1: expected an object, found a list",
        "practices.json, record 2: expected an object, found a text",
        "practices.json, record 3: expected an object, found a number",
        "practices.json, record 4: expected an object, found null",
        "4 problems; nothing was loaded.",
    ]


def test_two_records_with_one_slug_are_refused(places, problems):
    record = MINIMAL | {"slug": "vouchers"}

    assert problems(practices=[record, MINIMAL, record])[0] == (
        "practices.json, record 3 (vouchers), slug: is in the file already, as record 1"
    )


def test_every_problem_of_every_file_is_told(places, problems):
    lines = problems(
        cities=[CITY | {"lat": 100}],
        practices=[MINIMAL | {"city": "linz", "outcome": "done", "start_year": 1}, MINIMAL | {"theme": "x"}],
        events=[EVENT | {"host_city": "linz", "theme": "y"}],
    )

    assert [line.split(": ")[0] for line in lines] == [
        "cities.json, record 1 (linz), lat",
        "practices.json, record 1 (Design vouchers), start_year",
        "practices.json, record 1 (Design vouchers), outcome",
        "practices.json, record 2 (Design vouchers), theme",
        "events.json, record 1 (visit), theme",
        "5 problems; nothing was loaded.",
    ]


def test_long_lists_of_problems_are_cut(places, problems):
    lines = problems(practices=[MINIMAL | {"city": f"city {number}"} for number in range(2000)])

    assert len(lines) == SHOWN + 2
    assert lines[-2:] == ["and 1,950 more", "2,000 problems; nothing was loaded."]


def test_a_broken_file_does_not_make_all_that_names_it_wrong(problems):
    assert problems(cities="[{", practices=[MINIMAL | {"theme": "brokerage"}])[0].startswith("cities.json: is broken")
    assert len(problems(cities="[{", themes="[{", practices=[MINIMAL])) == 3


def test_slugs_are_made_from_titles():
    assert slug_from("Plzeň-Bavaria know-how exchange (2014)") == "plzen-bavaria-know-how-exchange-2014"
    assert slug_from("Łódź: Straße & Æther") == "lodz-strasse-aether"
    assert slug_from("x" * 300) == "x" * 140
    assert slug_from("Культура") == ""


def test_slugs_made_from_titles_give_way_to_others():
    assert settled([None, "lab", None, None, "lab-2"], {0: "lab", 2: "fab", 3: "lab"}) == [
        "lab-3",
        "lab",
        "fab",
        "lab-4",
        "lab-2",
    ]


def test_a_title_without_latin_letters_needs_a_slug(places, problems):
    assert problems(practices=[MINIMAL | {"title": "Культура"}])[0] == (
        "practices.json, record 1 (Культура), slug: is needed: the title has no Latin letters to make it from"
    )


def test_a_slug_made_from_a_title_never_stands_for_a_practice_entered_by_hand(places, problems):
    PracticeFactory(slug="design-vouchers")

    assert problems("--overwrite", practices=[MINIMAL])[0] == (
        "practices.json, record 1 (design-vouchers), slug: the one made from the title belongs to a practice entered "
        "by hand; give the record its own"
    )


def test_features_name_practices_and_take_one_place_at_a_time(places, problems):
    feature = {"practice": "vouchers", "place": 1, "starts": "2024-01-01", "reason": "It works."}
    practices = [MINIMAL | {"slug": "vouchers"}, MINIMAL | {"slug": "other"}]

    assert problems(practices=practices, features=[feature | {"practice": "voucher"}])[0] == (
        "features.json, record 1 (voucher), practice: 'voucher' is not one of the practices; did you mean vouchers?"
    )
    assert problems(practices=practices, features=[feature | {"ends": "2023-12-31"}])[0] == (
        "features.json, record 1 (vouchers), ends: 2023-12-31 lies before starts, 2024-01-01"
    )
    assert problems(practices=practices, features=[feature, feature | {"practice": "other", "starts": "2024-02-01"}])[
        0
    ] == ("features.json, record 2 (other 2024-02-01), place: is taken on some of these days by record 1")
    assert problems(practices=practices, features=[feature | {"place": 4}])[0] == (
        "features.json, record 1 (vouchers), place: must be at most 3"
    )


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("nowhere", "nowhere does not exist."), ("practices.json", "is a file; name the folder it lies in")],
)
def test_a_folder_that_is_none_is_refused(tmp_path, load, name, complaint):
    (tmp_path / "practices.json").write_text("[]")
    with pytest.raises(CommandError, match=complaint):
        call_command("load_content", tmp_path / name)
