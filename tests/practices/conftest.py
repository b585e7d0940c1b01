"""What several tests of lists of practices stand on."""

import pytest

from practices.models import Practice, Sector
from tests.factories import CityFactory, PracticeFactory, SectorFactory, ThemeFactory


@pytest.fixture
def three():
    """Three practices that differ in everything, and a draft like the first."""
    design, opera = SectorFactory(slug="design"), SectorFactory(slug="opera")
    health, energy = (SectorFactory(slug=slug, kind=Sector.Kind.GROWTH) for slug in ("health", "energy"))
    berlin, lyon, tallinn = (
        CityFactory(slug=slug, country=country)
        for slug, country in [("berlin", "DE"), ("lyon", "FR"), ("tallinn", "EE")]
    )
    brokerage, spaces, culture = (ThemeFactory(slug=slug) for slug in ("brokerage", "spaces", "culture"))
    first = {
        "city": berlin,
        "theme": brokerage,
        "creative_sectors": [design],
        "growth_sectors": [health],
        "outcome": "running",
        "tags": ["co-working"],
        "summary": "A loom.",
    }
    PracticeFactory(slug="a", **first)
    PracticeFactory(slug="hidden", state=Practice.State.DRAFT, **first)
    PracticeFactory(
        slug="b",
        city=lyon,
        theme=spaces,
        creative_sectors=[opera],
        growth_sectors=[energy],
        outcome="ended",
        tags=["felt"],
    )
    PracticeFactory(slug="c", city=tallinn, theme=culture, summary="A loom and a kiln.")
