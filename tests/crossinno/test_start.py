"""What is loaded when the site starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED_LATER = {
    "cryptography": "passkeys",
    "drf_spectacular": "the description of the interface for machines",
    "fido2": "passkeys",
    "openpyxl": "workbooks",
    "PIL": "pictures",
    "pydantic": "checking of content files",
    "pypdf": "PDF files",
}
START = """
import sys
import crossinno.wsgi
from django.urls import get_resolver, reverse
reverse("home"), reverse("admin:index")
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.fixture(scope="module")
def loaded():
    """The libraries that a fresh site has loaded when it knows its addresses."""
    environment = os.environ | {"MODE": "development", "DATABASE_URL": "postgresql://nobody@localhost/none"}
    started = subprocess.run(
        [sys.executable, "-c", START], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return set(started.stdout.split())


@pytest.mark.parametrize("library", NEEDED_LATER, ids=NEEDED_LATER.get)
def test_site_starts_without_what_it_needs_only_for(library, loaded):
    assert library not in loaded
