from practices.beside import beside
from tests.factories import ImageFactory, PracticeFactory


def test_what_stands_beside_a_practice_comes_in_its_order():
    practice = PracticeFactory()
    practice.sources.create(title="Second", position=2)
    practice.sources.create(title="First", url="https://first.example/", supports="All of it.", position=1)
    for name, role in (("Fund", "funder"), ("Lab", "lead"), ("Users", "beneficiary"), ("Firm", "partner")):
        practice.participants.create(name=name, role=role)
    PracticeFactory().sources.create(title="Of another")

    rows = beside(practice)

    assert [tuple(source) for source in rows.sources] == [
        ("First", "https://first.example/", "All of it."),
        ("Second", "", ""),
    ]
    assert [participant.name for participant in rows.participants] == ["Lab", "Firm", "Fund", "Users"]
    assert [row.name for row in practice.participants.by_role()] == [row.name for row in rows.participants]
    assert rows.participants[0].get_role_display() == "Lead"


def test_pictures_are_read_only_if_there_are_any(media, django_assert_num_queries):
    bare, illustrated = PracticeFactory(), PracticeFactory()
    second, first = ImageFactory(practice=illustrated, position=2), ImageFactory(practice=illustrated, position=1)

    with django_assert_num_queries(1):
        nothing = beside(bare)

    assert tuple(nothing) == ([], [], [], [])
    assert beside(illustrated).images == [first, second]
