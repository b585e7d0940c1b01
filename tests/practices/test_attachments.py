import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from pypdf.generic import NameObject

from practices.attachments import MOST_BYTES, PROBLEMS, checked
from tests import pdfs

REFUSED = {
    "a text": (b"Dear reader", "other"),
    "a page": (b"<!doctype html><script>alert(1)</script>%PDF-1.7", "other"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "other"),
    "a beginning": (pdfs.pdf()[:60], "broken"),
    "no pages": (pdfs.written(pdfs.CATALOG, b"<</Type/Pages/Count 0/Kids[]>>"), "other"),
    "a password": (pdfs.pdf(password="secret"), "encrypted"),
    "an empty password": (pdfs.pdf(password=""), "encrypted"),
    "a script": (pdfs.script(), "script"),
    "a script in other letters": (pdfs.script().replace(b"/JS", b"/J#53").replace(b"/Java", b"/#4aava"), "script"),
    "a script nobody refers to": (
        pdfs.written(pdfs.CATALOG, pdfs.PAGES, pdfs.PAGE, b"<</JS(app.alert(1))>>"),
        "script",
    ),
    "a script outside of the table": (pdfs.pdf() + b"9 0 obj<</S/JavaScript>>endobj", "script"),
    "a script deep inside": (
        pdfs.written(pdfs.CATALOG, pdfs.PAGES, pdfs.PAGE, b"[<</A[<</B<</JS(x)>>>>]>>]"),
        "script",
    ),
    "a packed script": (
        pdfs.packed(
            zlib.compress(
                b"1 0 2 68"
                + b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(alert)>>>>".ljust(68)
                + b"<</Type/Pages/Count 1/Kids[<</Type/Page/MediaBox[0 0 9 9]>>]>>"
            )
        ),
        "script",
    ),
    "a program": (pdfs.launch(), "launch"),
    "data": (pdfs.pdf(action={"/S": NameObject("/ImportData")}), "launch"),
    "another file": (pdfs.pdf(file=b"MZ"), "embedded"),
    "a bomb": (pdfs.bomb(), "broken"),
    "itself": (pdfs.endless(), "broken"),
    "lists in lists": (pdfs.nested(), "costly"),
}


def file(content):
    return ContentFile(content, name="report.pdf")


def test_pdf_is_kept_as_it_is_under_another_name():
    content = pdfs.pdf(pages=3)

    kept = checked(file(content))

    assert (kept.pages, kept.size, kept.read()) == (3, len(content), content)
    assert kept.name.removesuffix(".pdf").isalnum()


@pytest.mark.parametrize("name", REFUSED)
def test_file_that_is_no_harmless_pdf_is_refused(name):
    content, problem = REFUSED[name]

    with pytest.raises(ValidationError) as refusal:
        checked(file(content))

    assert refusal.value.messages == [PROBLEMS[problem]]


def test_pdf_of_too_many_bytes_is_refused():
    with pytest.raises(ValidationError) as refusal:
        checked(file(pdfs.pdf().ljust(MOST_BYTES + 1)))

    [message] = refusal.value.messages
    assert message.startswith("The file has 20.0\xa0MB; at most 20.0\xa0MB are possible.")
