"""Loaded before anything else: the tests run with their own settings, database server and files."""

import gc
import os
from pathlib import Path

import pytest
from django.utils import translation

os.environ["MODE"] = "test"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ.pop("EMAIL_URL", None)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each process that tests start compiles everything anew
os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
gc.set_threshold(50_000, 20, 50)  # the search for garbage finds little, and as often as usual takes a sixth of the time


def pytest_collection_finish():
    """What is loaded by now stays; the search for garbage leaves it alone."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _english():
    """Every test begins in English, whatever the page spoke that the test before it asked for."""
    with translation.override("en"):
        yield
