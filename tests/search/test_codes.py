"""Frequency and length as one number."""

import pytest
from django.db import connection

from search.codes import MEANINGS, saturations


def code(frequency, length):
    """The number that the database gives."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_code(%s, %s)", [frequency, length])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("frequency", [1, 2, 3])
@pytest.mark.parametrize("length", [3, 4, 5])
def test_small_frequencies_and_lengths_are_kept_as_they_are(frequency, length):
    assert MEANINGS[code(frequency, length) - 1] == (frequency, length)


# Hardly a text says the same word again and again.
@pytest.mark.parametrize(
    ("frequency", "length"),
    [(often, long) for often in (1, 2, 3, 4, 5, 6, 8) for long in (9, 40, 250, 1000, 9000) if often <= long / 4],
)
def test_a_number_says_what_counts_to_some_per_cent(frequency, length):
    often, long = MEANINGS[code(frequency, length) - 1]

    for average in (100, 300):
        k = 1.2 * (0.25 + 0.75 * length / average)
        right = frequency * 2.2 / (frequency + k)
        told = often * 2.2 / (often + 1.2 * (0.25 + 0.75 * long / average))
        assert told == pytest.approx(right, rel=0.18)


def test_there_are_as_many_numbers_as_an_octet_has_and_none_means_nothing():
    assert len(MEANINGS) == 255
    assert {code(often, length) for often in range(1, 60) for length in (often, 30, 10**6) if length >= often} <= set(
        range(1, 256)
    )
    assert saturations(100)[0] == 0
