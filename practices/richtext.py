"""Texts with paragraphs, lists, bold, emphasis and links, and with nothing else.

A text without any mark is plain: an empty line starts a paragraph. Otherwise it is HTML, cleaned when it comes in and
once more before it is shown (docs/decisions/rich-text.md). Whoever needs words only, such as the index, a table or a
count, reads it by `as_text`.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import takewhile
from operator import eq

import nh3
from django.utils.html import linebreaks
from django.utils.safestring import SafeString

MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
LISTS = {"ul", "ol"}
ITEMS = {"li", *LISTS}
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", *ITEMS}
UNDERSTOOD = {*MARKS, *BLOCKS, "a", "br"}
END = re.compile(rf"</(?:{'|'.join(sorted({*MARKS, *BLOCKS, 'a', 'span', 'table', 'u'}))})\s*>", re.IGNORECASE)
BLOCK = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))}|br)\b", re.IGNORECASE)
EMPTY_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')
SPACE = re.compile(r"[ \t\r\n\f]+|\xa0{2,}")
TAG = re.compile(r"<[^>]*>")
EMPTY_MARK = re.compile(r"<(strong|em|a)\b[^>]*></\1>")
AROUND = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")
WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
DEEPEST = 3  # lists in lists
MOST_CHARACTERS = 50_000


def is_marked(text):
    """Whether the text is HTML and not plain: it has an end of something; a single <b> is what somebody wrote about."""
    return bool(text) and END.search(text) is not None


def clean(text):
    """The text as it is kept: plain if it has no more than paragraphs, otherwise HTML of what is allowed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not is_marked(text):
        return text
    lines = lines_of(text)
    if any(line.path or TAG.search(line.html.replace("<br>", "")) for line in lines):
        return html_of(lines)
    plain = text_of(lines)
    return html_of(lines) if is_marked(plain) else plain


def as_html(text):
    """The text as a page shows it, safe whatever the database holds."""
    if is_marked(text):
        return SafeString(html_of(lines_of(text)))  # nosec B703 - made of what is allowed
    return SafeString(linebreaks(text, autoescape=True) if text else "")  # nosec B703 - escaped there


def as_text(text, addresses=False):
    """The words alone, lists as lines with a dash or a number; with the addresses of links if wanted."""
    return text_of(lines_of(text), addresses) if is_marked(text) else text or ""


def said(thing, *fields):
    """What a translation says in these fields, as words."""
    return "\n".join(filter(None, (as_text(getattr(thing, field)) for field in fields)))


def words(text):
    """How many words the text has."""
    lines = lines_of(text) if is_marked(text) else [Line(html=html.escape(text or ""))]
    return sum(len(WORD.findall(words_of(line.html))) for line in lines)


@dataclass
class Line:
    """A paragraph, or an item of the lists `path` from the outermost in, as HTML of marks, links and line breaks."""

    path: tuple = ()
    html: str = ""


class Reader(HTMLParser):
    """Takes cleaned HTML apart into lines, whatever stands in whatever."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.path, self.pieces = [], [], []
        self.marks, self.depth = {}, Counter()  # how the open marks begin, in their order, and how often each is open
        self.begins = True  # whether what comes is a new item of a list

    def handle_starttag(self, tag, attrs):
        tag = MARKS.get(tag, tag)
        if tag == "br" and self.pieces[-2:] != ["<br>", "<br>"]:
            self.pieces.append("<br>")
        elif tag in BLOCKS:
            self.end_line(tag)
            if tag in LISTS:
                self.path.append(tag)
        elif start := start_of(tag, dict(attrs)):
            self.depth[tag] += 1
            if tag not in self.marks:
                self.marks[tag] = start
                self.pieces.append(start)

    def handle_endtag(self, tag):
        tag = MARKS.get(tag, tag)
        if tag in BLOCKS:
            self.end_line(tag)
            if tag in LISTS and self.path:
                self.path.pop()
        elif tag in self.marks:
            self.depth[tag] -= 1
            if not self.depth[tag]:
                self.end_mark(tag)

    def handle_data(self, data):
        self.pieces.append(html.escape(SPACE.sub(" ", data), quote=False))

    def end_mark(self, tag):
        """Ends a mark, and for a moment all others, so that each lies whole in another."""
        self.pieces.extend(f"</{mark}>" for mark in reversed(self.marks))
        del self.marks[tag]
        self.pieces.extend(self.marks.values())

    def end_line(self, tag=""):
        """Ends the line before a block begins or ends; marks that are open go on in the next one."""
        line = trimmed("".join([*self.pieces, *(f"</{mark}>" for mark in reversed(self.marks))]))
        self.pieces = list(self.marks.values())
        path = tuple(self.path[:DEEPEST])
        if line and path and not self.begins:
            self.lines[-1].html += f"<br>{line}"
        elif line:
            self.lines.append(Line(path, line))
        self.begins = tag in ITEMS or not self.path or (self.begins and not line)


def trimmed(line):
    """The line without marks around nothing and without space around it; nothing if it has no words."""
    while (shorter := AROUND.sub("", EMPTY_MARK.sub("", line))) != line:
        line = shorter
    return line if TAG.sub("", line).strip() else ""


def start_of(tag, attributes):
    """How a mark or a link begins; nothing if there is no such mark, or no address that one may be led to."""
    if tag in MARKS.values():
        return f"<{tag}>"
    address = (attributes.get("href") or "").strip()
    return f'<a href="{html.escape(address)}" rel="external">' if tag == "a" and ADDRESS.fullmatch(address) else ""


def lines_of(text):
    """The paragraphs and items of a text with marks; without any block, an empty line starts a paragraph there too."""
    if not BLOCK.search(text):
        text = f"<p>{EMPTY_LINE.sub('</p><p>', text)}</p>"
    cleaned = nh3.clean(
        text,
        tags=UNDERSTOOD,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    reader = Reader()
    reader.feed(cleaned)
    reader.close()
    reader.end_line()
    return reader.lines


def html_of(lines):
    """The lines as paragraphs and lists."""
    pieces, opened = [], ()
    for line in (*lines, Line()):
        shared = sum(1 for _tag in takewhile(bool, map(eq, opened, line.path)))
        pieces.extend(f"</li></{tag}>" for tag in reversed(opened[shared:]))
        if line.path and shared == len(line.path):
            pieces.append("</li><li>")
        pieces.extend(f"<{tag}><li>" for tag in line.path[shared:])
        pieces.append(line.html if line.path else f"<p>{line.html}</p>" * bool(line.html))
        opened = line.path
    return "".join(pieces)


def text_of(lines, addresses=False):
    """The lines as words."""
    text, numbers, before = [], {}, None
    for line in lines:
        numbers = {path: number for path, number in numbers.items() if line.path[: len(path)] == path}
        numbers[line.path] = numbers.get(line.path, 0) + 1
        sign = {"ol": f"{numbers[line.path]}. ", "ul": "- "}[line.path[-1]] if line.path else ""
        indent = "  " * (len(line.path) - 1)
        together = before and line.path and before[0] == line.path[0]
        text.append(("\n" if together else "\n\n") + indent + sign + words_of(line.html, addresses))
        before = line.path
    return "".join(text).strip()


def words_of(line, addresses=False):
    """What a line says."""
    if addresses:
        line = LINK.sub(with_address, line)
    return html.unescape(TAG.sub("", line.replace("<br>", "\n")))


def with_address(link):
    """A link with its address behind it, unless it is written there already."""
    whole, address, text = link[0], link[1], link[2]
    return whole if address.removeprefix("mailto:") in text else f"{whole} ({address})"
