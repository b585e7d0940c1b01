"""People get what the editorial side holds on them, and their cases outlive them."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from accounts import leaving, personal_data
from editing import previews
from editing.flow import do
from editing.models import Step, Typed, Version
from tests.desk import change_page, filled, save
from tests.editing.cases import ready
from tests.editing.people import coordinator_of


def test_people_are_handed_out_what_they_did_wrote_and_typed():
    practice = ready(slug="voucher")
    writer, other = coordinator_of(practice.city), coordinator_of(practice.city)
    client = Client()
    client.force_login(writer)
    save(client, change_page(practice), summary="A third of the fee.")
    practice.comments.create(field="results", text="In which year?", by=writer)
    practice.comments.create(field="results", text="Not mine.", by=other)
    previews.share(practice, writer)
    form = filled(client.get(change_page(practice)), summary="Half a thought.")
    client.post("/admin/practices/practice/typed/", form)
    do("submit", practice, writer)

    held = personal_data.everything_on(writer)

    data = json.dumps(held, cls=DjangoJSONEncoder)
    for part in ("submit", "In which year?", "Half a thought.", "voucher"):
        assert part in data
    assert "Not mine." not in data
    assert {"acts", "versions", "comments", "unsaved texts", "previews"} <= held.keys()


def test_cases_of_somebody_who_is_erased_stay_and_name_a_former_editor():
    practice = ready(title="Voucher")
    writer = coordinator_of(practice.city, name="Ona Petraitė")
    do("submit", practice, writer)
    Typed.objects.create(person=writer, practice=practice, language="en", fields={"summary": ["Half a thought."]})

    leaving.erase(writer)

    assert [str(step.by) for step in Step.objects.all()] == ["former editor"]
    assert [str(version.made_by) for version in Version.objects.all()] == ["former editor"]
    assert not Typed.objects.exists()
