"""Writing tables for spreadsheet programs piece by piece, so that a table of any length needs little memory."""

import csv
import io
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

BOM = "\ufeff"  # by which spreadsheet programs recognise UTF-8
FORMULA = re.compile(r"\s*[=+\-@\t\r]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_NAMES = re.compile(r"[][:*?/\\]")
LONGEST = 32_767  # characters of a cell, by the limits of Excel
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def harmless(cell):
    """The cell, with an apostrophe before a text that a spreadsheet program would take for a formula and run."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def csv_pieces(pages):
    """Pages of rows as CSV (RFC 4180) in UTF-8, a piece for each page."""
    mark = BOM
    for rows in pages:
        piece = io.StringIO(mark, newline="")
        piece.seek(0, io.SEEK_END)
        csv.writer(piece).writerows([harmless(cell) for cell in row] for row in rows)
        mark = ""
        yield piece.getvalue().encode()


class Outgoing(io.RawIOBase):
    """A file that is handed on while it is written."""

    def __init__(self):
        self.pieces = []

    def writable(self):
        return True

    def write(self, piece):
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self):
        """What was written since the last time."""
        piece, self.pieces = b"".join(self.pieces), []
        return piece


def xlsx_pieces(pages, title):
    """Pages of rows as a workbook (ECMA-376) with one sheet, whose first row is its heading."""
    outgoing = Outgoing()
    with zipfile.ZipFile(outgoing, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, text in frame(title).items():
            archive.writestr(name, DECLARATION + text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"{DECLARATION}{SHEET_BEGINS}".encode())
            number = 0
            for rows in pages:
                for row in rows:
                    number += 1
                    sheet.write(xlsx_row(number, row).encode())
                if outgoing.pieces:
                    yield outgoing.taken()
            sheet.write(b"</sheetData></worksheet>")
    yield outgoing.taken()


def xlsx_row(number, cells):
    """One row of a sheet; the first is bold. Texts stand in it as text, numbers as numbers."""
    style = ' s="1"' if number == 1 else ""
    written = []
    for cell in cells:
        if isinstance(cell, int | float):
            written.append(f"<c{style}><v>{cell}</v></c>")
        elif cell:
            text = ESCAPED.sub("_x005F_", FORBIDDEN.sub("", harmless(cell)))[:LONGEST]
            written.append(f'<c{style} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>')
        else:
            written.append("<c/>")
    return f'<row r="{number}">{"".join(written)}</row>'


SHEET_BEGINS = (
    f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="50" width="24" customWidth="1"/></cols><sheetData>'
)


def frame(title):
    """The parts of a workbook around its sheet."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>'
        ),
        "_rels/.rels": relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            f'<sheet name={quoteattr(NOT_IN_NAMES.sub(" ", title)[:31])} sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations("worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"),
        "xl/styles.xml": (
            f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
            '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        ),
    }


def relations(*kinds_and_targets):
    """Which parts a part leads to."""
    pairs = zip(kinds_and_targets[::2], kinds_and_targets[1::2], strict=True)
    rows = [
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, start=1)
    ]
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'
