"""Markdown as the networks see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.networks.hypertext import html_text
from toolkit.networks.markup import read_blocks, read_markup
from toolkit.networks.plain import plain_text

LETTERS = "ab1 .\n\n\n-+>=#_*[]()<>!&~`\\:/@\t\r\x0b\x1c\x85\xa0\u2028\u3000\ufeff\0'\""
PIECES = st.one_of(
    st.sampled_from(
        [
            *LETTERS,
            "http://",
            "https://a.de/",
            "1. ",
            "## ",
            "&amp;",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "~~~",
            "===",
            "[x](https://b.de)",
            "[ä, b](http://b.de/x_y?z=1)",
            "![",
            "](https://c.de)",
            "(https://c.de)",
        ]
    ),
    st.characters(exclude_categories=["Cs"]),
)
MARKDOWN = st.lists(PIECES, max_size=25).map("".join)


def plain(markdown: str) -> str:
    return plain_text(read_markup(markdown))


@given(MARKDOWN)
def test_text_without_markdown_needs_no_parser(markdown: str) -> None:
    """The short way and the parser read the same blocks."""
    assert read_markup(markdown) == read_blocks(markdown)


@given(MARKDOWN)
def test_a_comment_is_never_sent(markdown: str) -> None:
    """Whatever stands around it, the text of an HTML comment reaches neither plain text nor HTML."""
    text = markdown.replace("`", "").replace("\\", "").replace("~~~", "").replace("\0", "") + "\n\n<!-- geheim -->\n"
    assert "geheim" not in plain(text)
    assert "geheim" not in html_text(read_markup(text))


@given(
    st.lists(st.sampled_from(["Tür", "100", "%", "*", "_", "#", "<", ">", "&", "[", "]", "!", "`", "|", " "])).map(
        "".join
    )
)
def test_escaped_characters_arrive_as_they_are(text: str) -> None:
    """A backslash before each punctuation mark gives back exactly the text."""
    escaped = "".join("\\" + char if not char.isalnum() and char != " " else char for char in text)
    assert plain(f"a{escaped}a") == f"a{text}a"


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Liebe Entwickler*innen und Kund*innen", "Liebe Entwickler*innen und Kund*innen"),
        ("jede*r und eine*n, ein*e Bäcker*in", "jede*r und eine*n, ein*e Bäcker*in"),
        ("*Neu* für Kund*innen", "Neu für Kund*innen"),
        ("**Kund*innen** und *Leser*innenbriefe*", "Kund*innen und Leser*innenbriefe"),
        (r"Kund\*innen und Leser\*innen", "Kund*innen und Leser*innen"),
        ("Das ist *neu*, *rund* und *innen* warm", "Das ist neu, rund und innen warm"),
    ],
)
def test_the_star_of_a_gender_form_is_no_emphasis(markdown: str, text: str) -> None:
    """What German writers mean by it is sent, however many there are; emphasis around it stays emphasis."""
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("eins\nzwei", "eins\nzwei"),
        ("eins  \nzwei\\\ndrei", "eins\nzwei\ndrei"),
        ("eins\r\nzwei", "eins\nzwei"),
        ("eins\n\n\n\nzwei", "eins\n\nzwei"),
        ("# Titel\n\nText", "Titel\n\nText"),
        ("- a\n- b\n  - c\n\n  d", "• a\n\n• b\n\n  • c\n\n  d"),
        ("* a\n* b", "• a\n• b"),
        ("2. a\n5. b", "2. a\n5. b"),
        ("1) a\n1) b", "1) a\n2) b"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("a <!-- x --> b", "a b"),
        ("a<!-- x --> b", "a b"),
        ("a<br>b <i>c</i>", "a\nb c"),
        ("<script>alert(1)</script>", ""),
        ("<div>\nHallo <b>du</b> &amp; ich\n</div>", "Hallo du & ich"),
        ("Hallo <Name>", "Hallo <Name>"),
        ("`a*b*`", "a*b*"),
        ("```py\nx = 1\n\ny\n```", "x = 1\n\ny"),
        ("a\n\n***\n\nb", "a\n\n***\n\nb"),
        ("https://a.de/_x_/*y*/z", "https://a.de/_x_/*y*/z"),
        ("**https://a.de/x**", "https://a.de/x"),
        ("@_foo_ _#tag_ snake_case_name", "@_foo_ #tag snake_case_name"),
        ("[Anzeige]: Kaffee", "[Anzeige]: Kaffee"),
        ("[x][1]\n\n[1]: https://a.de", "x: https://a.de"),
        ("&copy; &amp;amp; AT&T", "© &amp; AT&T"),
    ],
)
def test_markdown_becomes_what_people_read(markdown: str, text: str) -> None:
    """Line breaks stay, marks go, and what was meant literally stays."""
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("[Zum Shop](https://a.de/x)", "Zum Shop: https://a.de/x"),
        ("[Zum Shop!](https://a.de/x)", "Zum Shop! https://a.de/x"),
        ("[Zum Shop](https://a.de/x).", "Zum Shop: https://a.de/x."),
        ("([hier](https://a.de/x))", "(hier: https://a.de/x)"),
        ("[Shop](https://a.de/x)s", "Shop: https://a.de/x s"),
        ("[https://a.de](https://a.de/)", "https://a.de/"),
        ("[a.de](https://a.de)", "https://a.de"),
        ("<https://a.de>", "https://a.de"),
        ("[](https://a.de)", "https://a.de"),
        ("[*a* **b**](https://a.de)", "a b: https://a.de"),
        ("[Mail](mailto:a@b.de)", "Mail: a@b.de"),
        ("<a@b.de>", "a@b.de"),
        ("[Ruf an](tel:+4940123)", "Ruf an: +4940123"),
        ("[oben](/preise)", "oben"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](<https://a.de/b c>)", "x: https://a.de/b%20c"),
        ("[a](https://a.de)[b](https://b.de)", "a: https://a.de b: https://b.de"),
    ],
)
def test_addresses_are_written_out(markdown: str, text: str) -> None:
    """A link's address stands behind its label, once, and nothing sticks to it."""
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a\nb", "<p>a<br>\nb</p>"),
        ("*a* **b** `<c>`", "<p><em>a</em> <strong>b</strong> <code>&lt;c&gt;</code></p>"),
        ("<b onclick=x>a</b> <3", "<p>a &lt;3</p>"),
        ('[a](https://a.de/?x=1&y="2")', '<p><a href="https://a.de/?x=1&amp;y=&quot;2&quot;">a</a></p>'),
        ("[*a* b](a.de)", '<p><a href="https://a.de"><em>a</em> b</a></p>'),
        ("[a](/b)", "<p>a</p>"),
        ("https://a.de/x.", '<p><a href="https://a.de/x">https://a.de/x</a>.</p>'),
        ("3. a\n4. b", '<ol>\n<li value="3">a</li>\n<li value="4">b</li>\n</ol>'),
        ("- a\n\n- b", "<ul>\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ul>"),
        ("# T\n\n> q\n\n***", "<h1>T</h1>\n<blockquote>\n<p>q</p>\n</blockquote>\n<hr>"),
    ],
)
def test_html_holds_only_our_own_elements(markdown: str, html: str) -> None:
    """Structure becomes elements; raw HTML is gone and everything else is escaped."""
    assert html_text(read_markup(markdown)) == html
