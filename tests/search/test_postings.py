import pytest

from search.postings import BLOCK, Layout


@pytest.mark.parametrize("blocks", [[], [0], [0, 1, 2], [2], [3, 0], [0, 2, 5]])
def test_things_have_their_places_block_behind_block_whether_some_are_missing_or_not(blocks):
    layout = Layout(blocks)
    keys = [block * BLOCK + offset for block in sorted(blocks) for offset in (0, 7, BLOCK - 1)]

    placed = layout.placed([(key, 3) for key in keys])

    assert placed == [(layout.place(key), 3) for key in keys]
    assert [layout.key(place) for place, _number in placed] == keys
    assert all(place < layout.size for place, _number in placed)
