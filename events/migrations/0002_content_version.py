from django.db import migrations

from search.triggers import count_changes_of


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("search", "0003_content_version")]
    operations = count_changes_of(
        "events_event",
        "events_event_translation",
        "events_event_participating_cities",
        "events_programmeitem",
        "events_practiceseen",
        "events_eventdocument",
        "events_eventsource",
    )
