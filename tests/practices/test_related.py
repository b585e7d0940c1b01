from practices.catalogue import catalogue
from practices.related import related_keys
from search.finding import find
from tests.factories import CityFactory, PracticeFactory, ThemeFactory


def related(practice, number=3):
    find("anything", "en")
    return related_keys(catalogue().facets, practice.pk, number)


def test_related_practices_share_tags_before_themes():
    theme = ThemeFactory()
    practice = PracticeFactory(theme=theme, tags=["voucher"], summary="")
    same_theme = PracticeFactory(theme=theme, summary="")
    same_tag = PracticeFactory(theme=theme, tags=["voucher"], summary="")

    assert related(practice, 2) == [same_tag.pk, same_theme.pk]


def test_related_practices_share_telling_words():
    practice = PracticeFactory(title="Robots in the theatre", summary="")
    likest = PracticeFactory(title="Theatre of robots", summary="")
    PracticeFactory(title="School of music", summary="")
    PracticeFactory(title="Design week", summary="")

    assert related(practice, 1) == [likest.pk]


def test_related_practices_come_from_different_cities_while_there_are_enough():
    city, theme = CityFactory(), ThemeFactory()
    practice = PracticeFactory(theme=theme, tags=["voucher"], summary="")
    first = PracticeFactory(theme=theme, city=city, tags=["voucher"], summary="")
    second = PracticeFactory(theme=theme, city=city, tags=["voucher"], summary="")
    elsewhere = PracticeFactory(theme=theme, summary="")

    keys = related(practice)

    assert set(keys[:2]) == {keys[0], elsewhere.pk}
    assert set(keys) == {first.pk, second.pk, elsewhere.pk}


def test_related_practices_leave_out_the_practice_itself_and_unpublished_ones():
    practice = PracticeFactory(tags=["voucher"])
    PracticeFactory(tags=["voucher"], state="draft")

    assert related(practice) == []
