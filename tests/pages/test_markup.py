from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as some

from toolkit.pages.markup import HOLE, Html, clean, element, join, link, mould, outside, prose, tag, text, when


@given(some.text())
def test_text_is_only_text(value: str) -> None:
    """Whatever somebody wrote becomes one line without a tag, and reads as it was written."""
    made = text(value)
    assert "<" not in made
    assert ">" not in made
    assert len(made.splitlines()) <= 1 or not set("\n\r") & set(made)
    expected = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in expected if char >= " " or char in "\n\t")
    assert unescape(made) == kept.replace("\x7f", "")


@given(some.text(), some.text())
def test_children_and_attributes_are_escaped(child: str, value: str) -> None:
    """A plain string can neither open an element nor leave its attribute."""
    made = tag("p", child, title=value)
    assert made.count("<") == 2
    assert made.count('"') == 2


def test_markup_is_taken_as_it_is() -> None:
    """Only `Html` is markup; None is nothing; False and None leave an attribute out."""
    assert (
        tag("p", Html("<b>x</b>"), None, "<i>", hidden=False, lang=None, open=True) == "<p open><b>x</b>&lt;i&gt;</p>"
    )


@given(some.text(), some.lists(some.one_of(some.none(), some.text(), some.text().map(text))))
def test_an_element_kept_for_many_is_the_same_as_a_tag(value: str, children: list[str | None]) -> None:
    """Its attributes and its children are escaped as those of a tag are."""
    assert element("p", title=value, open=True)(*children) == tag("p", *children, title=value, open=True)


@given(some.lists(some.none() | some.text() | some.text().map(text), min_size=1, max_size=4))
def test_a_mould_makes_what_was_made_in_it(children: list[str | None]) -> None:
    """Each child stands where its hole was, escaped as in an element made for it alone."""
    made = mould(tag("tr", *(tag("td", HOLE, class_="a") for _child in children)))
    assert made(*children) == tag("tr", *(tag("td", child, class_="a") for child in children))


def test_a_mould_leaves_no_child_out() -> None:
    """More children than holes, or fewer, are a mistake."""
    made = mould(join((HOLE, " ", HOLE)))
    for children in ("a", "abc"):
        with pytest.raises(ValueError, match="size"):
            made(*children)


@given(some.text(), some.text())
def test_links_and_moments_are_tags(target: str, words: str) -> None:
    """Their own attribute comes first, and nothing gets out of it."""
    assert link(target, words, class_="a", hidden=True) == tag("a", words, href=target, class_="a", hidden=True)
    assert when(target, words, class_="a") == tag("time", words, datetime=target, class_="a")


def test_a_mark_is_no_number() -> None:
    """An attribute that is there and one that says 1 are told apart, whichever was asked for first."""
    assert (tag("p", open=True), tag("p", open=1), tag("p", open=True)) == (
        "<p open></p>",
        '<p open="1"></p>',
        "<p open></p>",
    )


def test_addresses_that_run_something_are_no_links() -> None:
    """Only http, https and mailto become links."""
    assert outside("javascript:alert(1)", "x") == "<span>x</span>"
    assert outside("https://example.com", "x").startswith('<a href="https://example.com"')


def test_clean_takes_out_what_could_run_or_load() -> None:
    """A network's HTML keeps its words and links; scripts, pictures, styles and handlers go."""
    dirty = (
        '<p onclick="x()" style="position:fixed">a<script>alert(1)</script>'
        '<img src="https://t.example/p.gif"><a href="javascript:x">b</a><a href="https://example.com">c</a></p>'
    )
    made = clean(dirty)
    for word in ("script", "onclick", "style", "img", "javascript", "t.example"):
        assert word not in made
    assert 'href="https://example.com"' in made


def test_prose_is_markdown_without_html() -> None:
    """A campaign's text may use Markdown; HTML inside it stays text; its highest heading becomes level two."""
    made = prose("### Idee\n\n#### Kleiner\n\n**fett** <script>x</script>\n\n| a |\n|---|\n| b |\n")
    assert "<h2>Idee</h2>" in made
    assert "<h3>Kleiner</h3>" in made
    assert "<strong>fett</strong> &lt;script&gt;" in made
    assert "<td>b</td>" in made
