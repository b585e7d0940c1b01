"""What readers type finds what it should among the practices that the site ships with."""

import pytest

from practices.models import Practice
from search.finding import find

pytestmark = pytest.mark.usefixtures("demo")


def found(text, language="en"):
    """The slugs of the practices, the best first."""
    hits = find(text, language).hits
    slugs = dict(Practice.objects.filter(pk__in=[hit.key for hit in hits]).values_list("pk", "slug"))
    return [slugs[hit.key] for hit in hits]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        pytest.param("how do we teach SMEs to use design?", "en", "design-your-profit", id="question"),
        pytest.param("how can officials, creatives and firms meet", "en", "pakhuis-de-zwijger", id="another question"),
        pytest.param("wer gibt Wagniskapital für Kreativwirtschaft?", "de", "vc-fonds-kreativwirtschaft", id="German"),
        pytest.param("inovation vuocher lithunia", "en", "innovation-vouchers-lithuania", id="misspelling"),
        pytest.param("Kreativwirtschafscheck", "en", "kreativwirtschaftsscheck", id="misspelt name"),
        pytest.param('"open data"', "en", "open-commons-linz", id="phrase"),
        pytest.param("„open data“", "de", "open-commons-linz", id="German quotes"),
        pytest.param("«open data»", "en", "open-commons-linz", id="French quotes"),
        pytest.param("Zwischennutzung", "de", "lx-factory", id="synonym of another language"),
        pytest.param("digital fabrication", "en", "fablab-amsterdam", id="synonym"),
        pytest.param("plzen voucher", "en", "plzen-business-vouchers", id="name without accents"),
        pytest.param("Pilsen voucher", "en", "plzen-business-vouchers", id="another name of the city"),
        pytest.param("kūrybinės partnerystės", "lt", "creative-partnerships-lithuania", id="Lithuanian"),
        pytest.param(
            "kurybines partnerystes", "en", "creative-partnerships-lithuania", id="Lithuanian without accents"
        ),
        pytest.param("Gutscheine für kleine Unternehmen", "de", "kreativwirtschaftsscheck", id="German phrase"),
        pytest.param("bon na innowacje", "pl", "innovation-vouchers-lithuania", id="Polish phrase"),
    ],
)
def test_what_is_typed_finds_what_it_should_among_the_first_three(text, language, wanted):
    assert wanted in found(text, language)[:3]


def test_a_beginning_finds_while_somebody_types():
    keys = [hit.key for hit in find("kreativwirtsch", "en", prefix=True, correct=False).hits]

    assert Practice.objects.get(slug="kreativwirtschaftsscheck").pk in keys[:3]


def test_a_minus_leaves_out_what_is_not_wanted():
    vouchers = found("voucher")

    assert "plzen-business-vouchers" in vouchers
    assert "plzen-business-vouchers" not in found("voucher -plzen")
    assert set(found("voucher -plzen")) < set(vouchers)


def test_a_misspelling_says_what_was_understood_and_can_be_searched_as_it_is():
    assert find("innovatoin vuocher", "en").understood == "innovation voucher"
    assert find("vuocher", "en", correct=False).number == 0
