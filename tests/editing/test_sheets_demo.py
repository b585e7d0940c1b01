import pytest

from editing.sheets.exporting import pieces, visible_keys
from editing.sheets.planning import planned
from editing.sheets.tables import table_of
from practices.models import Practice
from tests.editing.people import webmaster

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_demo_content_goes_out_and_comes_in_unchanged(form):
    person = webmaster()
    data = b"".join(pieces(form, visible_keys(person), Practice.objects.all()))

    plan = planned(person, table_of(data))

    assert plan.counts == {"new": 0, "changed": 0, "unchanged": 63, "refused": 0}
    assert plan.notes == []
