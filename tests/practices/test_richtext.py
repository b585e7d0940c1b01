import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from practices.richtext import as_html, as_text, clean, words
from tests.factories import PracticeFactory

ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em", "a"}
LINK = '<a href="https://example.org/" rel="external">here</a>'
ATTEMPTS = [
    "<script>alert(1)</script><p>x</p>",
    "<p onclick=alert(1)>x</p>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:x">x</a><a href="//example.org">y</a><a href="/admin/">z</a>',
    '<a href="https://x.org/" onmouseover="alert(1)" target="_blank" style="x">x</a>',
    '<a href="https://x.org/&quot; onmouseover=&quot;alert(1)">x</a>',
    "<p><img src=x onerror=alert(1)></p>",
    "<p><svg><script>alert(1)</script></svg></p>",
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>"></p>',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></p>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></p></noscript>',
    "<form><input autofocus onfocus=alert(1)></form><p>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><p>x</p>",
    "<scr<script>ipt>alert(1)</scr</script>ipt></p>",
    "<p><<script>script>alert(1)<</script>/script></p>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<template><p><script>alert(1)</script></p></template>",
    "<title><p></title><img src=x onerror=alert(1)></p>",
    "<img src=x onerror=alert(1)>",
]


def is_harmless(shown):
    """Whether a browser finds nothing in it but what is allowed."""
    page = html5lib.parseFragment(shown, namespaceHTMLElements=False)
    elements = list(page.iter())[1:]
    addresses = [element.get("href") for element in elements if element.tag == "a"]
    return (
        {element.tag for element in elements} <= ALLOWED
        and all(set(element.attrib) <= ({"href", "rel"} if element.tag == "a" else set()) for element in elements)
        and all(address.lower().startswith(("https://", "http://", "mailto:")) for address in addresses)
    )


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_that_could_run_is_kept_or_shown(attempt):
    assert is_harmless(as_html(attempt))
    assert is_harmless(as_html(clean(attempt)))


@given(
    st.lists(
        st.sampled_from(
            [
                *"<>\"'/&= ;x",
                "p",
                "</p>",
                "<a href=",
                "javascript:",
                "onload=",
                "<ul>",
                "<li>",
                "</b>",
                "<svg",
                "<style>",
                "<!--",
                "-->",
                "<![CDATA[",
                "&lt;",
                "&#60;",
                "\x00",
                "<table>",
                "<math>",
            ]
        ),
        max_size=40,
    )
)
@example(["<p>", "&lt;", "/p", "&#62;"])
def test_whatever_is_written_is_harmless_and_cleaning_it_again_changes_nothing(pieces):
    text = "".join(pieces)

    kept = clean(text)

    assert is_harmless(as_html(text))
    assert clean(kept) == kept
    assert as_html(clean(text)) == as_html(kept)
    assert words(kept) >= 0


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_hostile_value_in_the_database_is_shown_without_harm(client, attempt):
    PracticeFactory(slug="loom", challenge=f"<p>Own</p>{attempt}", description=attempt)

    page = html5lib.parse(client.get("/practices/loom/").content.decode(), namespaceHTMLElements=False)

    shown = [section for section in page.iter("section") if section.get("id") in {"challenge", "description"}]
    assert shown
    for section in shown:
        for element in section.iter():
            assert element.tag in {*ALLOWED, "section", "h2", "div"}
            assert not any(name.startswith("on") or name == "style" for name in element.attrib)
            assert not element.get("href", "https:").lower().startswith(("javascript", "data", "vbscript"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("One.\r\n\r\nTwo\r\nlines.", "One.\n\nTwo\nlines."),
        ("5 < 6, and a <b> is a tag", "5 < 6, and a <b> is a tag"),
        ("<p>One.</p><p>Two<br>lines.</p>", "One.\n\nTwo\nlines."),
        ("<p>A &amp; B</p>", "A & B"),
        ("<p>Write &lt;/b&gt;</p>", "<p>Write &lt;/b&gt;</p>"),
        ("Some <b>bold</b> and <i>fine</i>", "<p>Some <strong>bold</strong> and <em>fine</em></p>"),
        ("One.\n\nSome <b>bold</b>", "<p>One.</p><p>Some <strong>bold</strong></p>"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a<ol><li>b</ol></ul>end</p>", "<ul><li>a<ol><li>b</li></ol></li></ul><p>end</p>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<strong>a<p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<em>a<strong>b</em>c</strong>", "<p><em>a<strong>b</strong></em><strong>c</strong></p>"),
        ('<a href="https://example.org/">here</a>', f"<p>{LINK}</p>"),
        ('<a href="https://example.org/"></a>x', "x"),
        ('<a name="top">x</a>', "x"),
        ("<h2>Title</h2><div>Text</div>", "Title\n\nText"),
        ("<p> </p><ul><li></li></ul>", ""),
        ("<ul>" * 9 + "<li>x</li>" + "</ul>" * 9, "<ul><li><ul><li><ul><li>x</li></ul></li></ul></li></ul>"),
    ],
)
def test_text_is_kept_in_one_form(written, kept):
    assert clean(written) == kept


def test_only_allowed_marks_are_left_of_what_was_pasted_from_word():
    pasted = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><style>p.MsoNormal{margin:0}</style></head>"
        "<body><!--StartFragment--><p class=MsoNormal style='color:red'><b><span lang=EN-GB style='font-size:14pt'>"
        "Costs:<o:p></o:p></span></b> €&nbsp;10 <a href='https://example.org/'><u>here</u></a></p>"
        "<p class=MsoListParagraph><![if !supportLists]><span>·</span><![endif]>First</p><!--EndFragment--></body>"
        "</html>"
    )

    assert clean(pasted) == f"<p><strong>Costs:</strong> €\xa010 {LINK}</p><p>·First</p>"


def test_text_without_marks_is_shown_in_paragraphs():
    assert as_html("A & <b>\n\nB\nC") == "<p>A &amp; &lt;b&gt;</p>\n\n<p>B<br>C</p>"
    assert as_html(None) == as_html("") == ""


def test_words_alone_keep_the_order_of_lists_and_the_addresses_of_links():
    marked = (
        f"<p>See {LINK} &amp; <strong>more</strong></p><ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol>"
        '<p><a href="mailto:ona@example.org">ona@example.org</a></p><ol><li>again</li></ol>'
    )

    assert as_text(marked) == "See here & more\n\n1. one\n  - deep\n2. two\n\nona@example.org\n\n1. again"
    assert as_text(marked, addresses=True).startswith("See here (https://example.org/) & more\n")
    assert as_text("A <b>\n\nB") == "A <b>\n\nB"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        (None, 0),
        ("One, two. Three's 1.5 well-known", 5),
        ("<ol><li>one <strong>two</strong></li><li>three</li></ol>", 3),
        (f"<p>{LINK}</p>", 1),
        ("<p>bo<strong>ld</strong></p>", 1),
    ],
)
def test_words_are_counted_without_marks_numbers_of_items_and_addresses(text, number):
    assert words(text) == number
