"""Draws a text as a QR code that stands in the page itself, because pages load no pictures made on the spot."""

import qrcode
from django.utils.html import format_html

QUIET = 4  # modules around the code, as the standard wants


def qr_code(text):
    """The code as an SVG element: dark squares on white, in light and dark pages alike."""
    code = qrcode.QRCode(border=QUIET)
    code.add_data(text)
    code.make()
    rows = code.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" aria-hidden="true" focusable="false">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{1}" fill="#000"/></svg>',
        len(rows),
        squares,
    )
