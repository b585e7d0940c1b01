from pathlib import Path

import polib
import pytest
from django.conf import settings

CATALOGUES = sorted(Path(settings.BASE_DIR).glob("locale/*/LC_MESSAGES/*.po"))


@pytest.mark.parametrize(("address", "language"), [("/about/", "en"), ("/de/about/", "de")])
def test_page_speaks_the_language_of_its_address(client, address, language):
    response = client.get(address)

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()
    assert response["Content-Language"] == language


@pytest.mark.parametrize(
    "language", sorted({code for code, _ in settings.LANGUAGES} - set(settings.INTERFACE_LANGUAGES))
)
def test_language_that_only_content_is_written_in_has_no_addresses(client, language):
    response = client.get(f"/{language}/about/")

    assert response.status_code == 404
    assert '<html lang="en"' in response.content.decode()


def test_address_decides_the_language_whatever_the_browser_asks_for(client):
    response = client.get("/about/", headers={"accept-language": "de"})

    assert response["Content-Language"] == "en"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_compiled_catalogue_says_what_its_source_says(catalogue):
    source = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in polib.pofile(str(catalogue)).translated_entries()
    }
    compiled = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in polib.mofile(str(catalogue.with_suffix(".mo")))
    }

    assert compiled == source
