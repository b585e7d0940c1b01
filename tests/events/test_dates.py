import calendar
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.dates import Precision, last_day

DAY = datetime.date(2012, 2, 6)


@pytest.mark.parametrize(
    ("precision", "last"),
    [
        (Precision.DAY, DAY),
        (Precision.MONTH, datetime.date(2012, 2, 29)),
        (Precision.YEAR, datetime.date(2012, 12, 31)),
    ],
)
def test_the_last_day_of_what_is_known(precision, last):
    assert last_day(DAY, precision) == last


@given(st.dates())
def test_the_last_day_of_a_month_is_in_it_and_followed_by_another(day):
    last = last_day(day, Precision.MONTH)

    assert (last.year, last.month) == (day.year, day.month)
    assert last.day == calendar.monthrange(day.year, day.month)[1]
