"""Content files for a test, and the city and the theme that their practices name."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import CityFactory, ThemeFactory

MINIMAL = {"title": "Design vouchers", "city": "berlin", "theme": "brokerage", "summary": "The city pays half."}


@pytest.fixture
def places():
    """Berlin and the theme brokerage."""
    return CityFactory(slug="berlin"), ThemeFactory(slug="brokerage")


@pytest.fixture
def load(tmp_path):
    """Writes the files named, loads their folder and returns what the command says."""

    def load(*options, **files):
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_content", tmp_path, *options, stdout=out, stderr=StringIO())
        return out.getvalue()

    return load


@pytest.fixture
def problems(load):
    """Loads what cannot be loaded and returns the lines of complaint."""

    def problems(*options, **files):
        with pytest.raises(CommandError) as error:
            load(*options, **files)
        return str(error.value).strip().splitlines()

    return problems


def counts(output):
    """What became of the records of each kind: added, changed, unchanged, kept."""
    rows = [line.split() for line in output.splitlines() if line[:1].isalpha() and line.split()[-1].isdigit()]
    return {kind: [int(number) for number in numbers] for kind, *numbers in rows}
