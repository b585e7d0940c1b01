"""PDFs as people and as attackers make them."""

import io
import zlib

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"


def pdf(pages=2, action=None, file=None, password=None):
    """A PDF of some empty pages, that does or holds something."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if action:
        names = {NameObject(key): value for key, value in action.items()}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(names)
    if file:
        writer.add_attachment("prices.txt", file)
    if password is not None:
        writer.encrypt(password)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def script():
    """A PDF that runs a script when it is opened."""
    return pdf(action={"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")})


def launch():
    """A PDF that starts another program when it is opened."""
    return pdf(action={"/S": NameObject("/Launch"), "/F": TextStringObject("cmd.exe")})


def written(*objects):
    """A PDF of these objects, whatever they say."""
    content, places = io.BytesIO(), []
    content.write(b"%PDF-1.7\n")
    for number, thing in enumerate(objects, 1):
        places.append(content.tell())
        content.write(b"%d 0 obj\n" % number + thing + b"\nendobj\n")
    table = content.tell()
    content.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    content.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    content.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, table))
    return content.getvalue()


def packed(stream):
    """A PDF whose objects are packed into this compressed stream."""
    content = io.BytesIO()
    content.write(b"%PDF-1.7\n")
    holder = content.tell()
    content.write(b"3 0 obj\n<</Type/ObjStm/N 2/First 8/Filter/FlateDecode/Length %d>>stream\n" % len(stream))
    content.write(stream + b"\nendstream\nendobj\n")
    table = content.tell()
    rows = bytes(5) + b"".join(b"\2" + (3).to_bytes(3, "big") + bytes([place]) for place in (0, 1))
    rows += b"".join(b"\1" + place.to_bytes(3, "big") + b"\0" for place in (holder, table))
    head = b"4 0 obj\n<</Type/XRef/Size 5/W[1 3 1]/Root 1 0 R/Length %d>>stream\n" % len(rows)
    content.write(head + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table)
    return content.getvalue()


def bomb():
    """A PDF of less than a megabyte, of which a part has a gigabyte when it is unpacked."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b" " * 10_000_000) for _part in range(100)) + packer.flush()
    return packed(stream)


def endless():
    """A PDF of which a page is a page of itself."""
    return written(CATALOG, b"<</Type/Pages/Count 1/Kids[2 0 R]>>")


def nested():
    """A PDF with lists in lists in lists."""
    return written(CATALOG, PAGES, PAGE, b"[" * 200_000 + b"]" * 200_000)
