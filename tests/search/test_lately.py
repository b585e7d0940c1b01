from search.lately import Lately


def test_what_was_not_used_for_the_longest_time_is_forgotten():
    lately = Lately(2)
    lately.put("a", 1)
    lately.put("b", 2)
    lately.get("a")

    lately.put("c", 3)

    assert [lately.get(key) for key in ("a", "b", "c")] == [1, None, 3]


def test_a_thing_that_is_put_again_is_the_new_one():
    lately = Lately(2)
    lately.put("a", 1)
    lately.put("a", 2)

    assert (lately.get("a"), len(lately.things)) == (2, 1)
