import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest

from practices.models import Practice

pytestmark = [pytest.mark.usefixtures("demo"), pytest.mark.xdist_group("crawl")]

MOST_QUERIES = 3  # of one page
MOST_PAGES = {"/": 1000, "/de/": 15}  # of one kind: every practice in English, some of them in German
ELSEWHERE = ("/static/", "/admin/")
PAGES = ("canonical", "alternate")
PHRASES = ["None", "nan", "{{", "{%", "__proxy__", "<bound method", "&amp;amp;"]


class Crawl:
    """What a reader who follows every link of the site finds, in one language."""

    def __init__(self, client, start):
        self.client, self.start, self.visits = client, start, Counter()
        self.pages, self.statuses, self.links, self.files = {}, {}, {}, set()
        waiting = [start]
        while waiting:
            address = waiting.pop()
            if address not in self.statuses and self.follows(address):
                waiting += self.read(address)

    def follows(self, address):
        """Whether the address is one of this language, and not yet another of a kind of which there are very many."""
        path, asks, query = address.partition("?")
        kind = f"{path}?" if asks else path.rsplit("/", 2)[0]
        if address.startswith("/de/") != (self.start == "/de/"):
            return False
        if asks and re.fullmatch(r"page=\d+", query):
            return True  # all practices are found by turning over pages
        self.visits[kind] += 1
        most = MOST_QUERIES if asks else MOST_PAGES[self.start]
        return self.visits[kind] <= most

    def read(self, address):
        """Reads one page and returns the addresses it leads to."""
        response = self.client.get(address)
        self.statuses[address] = response.status_code
        if not response.get("Content-Type", "").startswith("text/html"):
            return []
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        document = parser.parse(response.content, transport_encoding="utf-8")
        self.pages[address] = document, parser.errors, response.content.decode()
        self.links[address] = [urljoin(address, link.get("href")) for link in document.iter("a")]
        self.files |= {src for element in document.iter() if (src := element.get("src"))}
        self.files |= {link.get("href") for link in document.iter("link") if link.get("rel") not in PAGES}
        inner = [link for link in self.links[address] if not urlsplit(link).netloc]
        return [urldefrag(link).url for link in inner if not link.startswith(ELSEWHERE)]

    def documents(self):
        """Every page with its address."""
        return [(address, document) for address, (document, _errors, _text) in self.pages.items()]


@pytest.fixture(scope="module")
def crawls():
    """The crawls made so far, by the address they start from."""
    return {}


@pytest.fixture(params=["/", "/de/"], ids=["en", "de"])
def crawl(request, client, crawls):
    if request.param not in crawls:
        crawls[request.param] = Crawl(client, request.param)
    return crawls[request.param]


def words(document):
    """What a reader reads on the page."""
    body = document.find("body")
    return " ".join(" ".join(body.itertext()).split())


def test_every_link_leads_somewhere_and_some_link_to_every_practice(crawl):
    assert {address: status for address, status in crawl.statuses.items() if status != 200} == {}
    named = {urlsplit(link).path.rstrip("/").rsplit("/")[-1] for links in crawl.links.values() for link in links}
    assert set(Practice.objects.values_list("slug", flat=True)) <= named


def test_every_page_has_a_title_of_its_own_a_language_a_description_and_one_heading(crawl):
    titles = Counter()
    for address, document in crawl.documents():
        head = document.find("head")
        (title,) = [element.text for element in head.iter("title")]
        (description,) = [meta.get("content") for meta in head.iter("meta") if meta.get("name") == "description"]
        assert document.get("lang") == ("de" if address.startswith("/de/") else "en"), address
        assert title.endswith(" · Crossinno"), address
        assert 20 <= len(description) <= 200, address
        assert len(list(document.iter("h1"))) == len(list(document.iter("main"))) == 1, address
        if "?" not in address:
            titles[title, document.get("lang")] += 1
    assert [title for title, number in titles.items() if number > 1] == []


def test_every_page_is_valid_html_without_duplicate_ids(crawl):
    for address, (document, errors, _text) in crawl.pages.items():
        ids = Counter(element.get("id") for element in document.iter() if element.get("id"))
        assert [name for name, number in ids.items() if number > 1] == [], address
        assert errors == [], address


def test_every_fragment_and_every_label_names_something_on_the_page(crawl):
    for address, document in crawl.documents():
        ids = {element.get("id") for element in document.iter()}
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            named = {name for element in document.iter() for name in element.get(attribute, "").split()}
            assert named - ids == set(), address
        for link in crawl.links[address]:
            page, fragment = urldefrag(link)
            if fragment and page == address:
                assert fragment in ids, link


def test_headings_leave_no_level_out(crawl):
    for address, document in crawl.documents():
        levels = [int(element.tag[1]) for element in document.iter() if re.fullmatch("h[1-6]", str(element.tag))]
        assert [after - before for before, after in pairwise(levels) if after - before > 1] == [], address


def test_every_picture_has_an_alternative_text_and_every_link_a_name(crawl):
    for address, document in crawl.documents():
        assert [image.attrib for image in document.iter("img") if image.get("alt") is None] == [], address
        for link in document.iter("a"):
            named = (
                "".join(link.itertext()).strip()
                or link.get("aria-label")
                or any(i.get("alt") for i in link.iter("img"))
            )
            assert named, (address, link.attrib)


def test_no_page_shows_what_was_meant_for_the_machine(crawl):
    for address, document in crawl.documents():
        text = words(document)
        assert [phrase for phrase in PHRASES if re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text)] == [], (
            address
        )


def test_every_file_that_a_page_names_exists_here(crawl, client):
    for file in crawl.files:
        assert urlsplit(file).netloc in ("", "testserver"), file
        response = client.get(urlsplit(file).path)
        response.close()
        assert response.status_code == 200, file


def test_links_to_other_sites_are_marked_and_complete(crawl):
    for address, document in crawl.documents():
        for link in document.iter("a"):
            if urlsplit(link.get("href")).netloc not in ("", "testserver"):
                assert (urlsplit(link.get("href")).scheme, link.get("rel")) in {
                    ("https", "external"),
                    ("http", "external"),
                }, (
                    address,
                    link.get("href"),
                )
