"""What is done once a day: `@daily` on a function in the `tasks.py` of an app.

Each act runs in one transaction together with the note that it was done: it is done once a day or not at all, and two
runs at the same time wait for each other. What takes long, an act puts into the queue.
"""

import logging

from django.db import transaction
from django.utils import timezone

from mail.models import DailyAct

logger = logging.getLogger(__name__)

ACTS = {}


def daily(act):
    """Has this function, which takes nothing, done once a day."""
    ACTS[f"{act.__module__}.{act.__name__}"] = act
    return act


def do_daily_work(today=None):
    """Does what is not done yet today, and yields for each act its name and what became of it.

    That is "done", "done before" or "failed"; one that fails stops no other and is tried again by the next run.
    """
    today = today or timezone.localdate()
    for name, act in ACTS.items():
        yield name, do(name, act, today)


def do(name, act, today):
    """Does one act, unless it is done today already, and notes what became of it."""
    with transaction.atomic():
        DailyAct.objects.get_or_create(name=name)
        note = DailyAct.objects.select_for_update().get(name=name)
        if note.day == today:
            return "done before"
        try:
            with transaction.atomic():
                act()
        except Exception as error:  # whatever it is, the other acts are to be done
            logger.exception("The daily work %s failed.", name)
            note.error = f"{type(error).__name__}: {error}"
        else:
            note.day, note.error = today, ""
        note.save()
    return "failed" if note.error else "done"
