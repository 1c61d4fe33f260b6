from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.style.book import find, rule
from toolkit.style import Rulebook
from toolkit.style.document import Reading
from toolkit.style.markdown import read_markdown

WORDS = st.sampled_from(["very", "Äpfel", "a", "x y", "€", "👩‍👩‍👧", "ﬁ", "e\u0301", "\u2028"])
PIECES = st.one_of(
    WORDS,
    st.sampled_from(
        [
            " ",
            "\n",
            "\n\n",
            "  \n",
            "\\\n",
            "\r\n",
            "*",
            "**",
            "_",
            "~~",
            "`",
            "``",
            "[",
            "](u)",
            '](<u v> "t")',
            "![",
            "<b>",
            "</b>",
            "<!-- c -->",
            "<http://x.y>",
            "http://x.y",
            "&amp;",
            "&#228;",
            "&x",
            "\\*",
            "\\",
            "# ",
            "## ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\t",
            "```\n",
            "| a | b |\n| - | - |\n| c \\| d | e |\n",
            "---\n",
            "===\n",
            "<p>",
            "</p>\n",
            "<kbd>",
            "</kbd>",
            "$$\n",
            "[^1]: ",
            "[r]: /u\n",
        ]
    ),
)
MARKDOWN = st.lists(PIECES, max_size=25).map("".join)
BOOK = Rulebook(
    [
        rule("extends: existence\ntokens: [very, Äpfel, a, x y]", "H.Words"),
        rule("extends: existence\nnonword: true\ntokens: ['[^a ]+', '€']", "H.Signs"),
        rule("extends: existence\nscope: raw\nraw: ['\\w+ \\w+']", "H.Raw"),
        rule("extends: occurrence\nscope: sentence\nmax: 1\ntoken: '\\w'", "H.Count"),
        rule("extends: capitalization\nscope: [heading, table, list, alt, link]\nmatch: $upper", "H.Case"),
        rule("extends: repetition\ntokens: ['[^\\s]+']", "H.Twice"),
        rule("extends: metric\nformula: words\ncondition: '> 1'", "H.Metric"),
        rule(
            "extends: existence\nnonword: true\nscope: [code, emphasis, strong, paragraph]\ntokens: ['\\S+']",
            "H.Inline",
        ),
    ]
)


@given(MARKDOWN)
def test_every_alert_stands_where_it_says(text: str) -> None:
    """``text[start:end] == match`` for every alert, in whatever Markdown."""
    for alert in BOOK.check(text):
        assert 0 <= alert.start <= alert.end <= len(text)
        assert text[alert.start : alert.end] == alert.match


@given(MARKDOWN)
def test_plain_words_are_found_with_plain_places(text: str) -> None:
    """A word of letters that is found as such stands in the source letter by letter."""
    for alert in BOOK.check(text):
        if alert.rule == "H.Words" and alert.message in {"'very' found", "'Äpfel' found"}:
            assert alert.match == alert.message.split("'")[1]


@given(MARKDOWN)
def test_rules_do_not_know_each_other(text: str) -> None:
    """A book finds what each of its rules finds alone: what selects rules loses nothing and adds nothing."""
    alone = [alert for own in BOOK.rules for alert in Rulebook([own]).check(text)]
    assert sorted(map(str, BOOK.check(text))) == sorted(map(str, alone))


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_plain_text_keeps_its_places(text: str) -> None:
    """In plain text, too, whatever its characters and line breaks."""
    for alert in BOOK.check(text, format="txt"):
        assert text[alert.start : alert.end] == alert.match


@given(MARKDOWN)
def test_blocks_are_in_order_and_inside(text: str) -> None:
    """The pieces of a block follow each other in the block and lie in the source."""
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    for block in read_markdown(clean, Reading()).blocks:
        at = 0
        for piece in block.mapped.pieces:
            assert piece.at == at
            assert 0 <= piece.start <= piece.start + piece.span <= len(clean)
            at += piece.size
        assert at == len(block.text)


def test_markup_inside_a_match_belongs_to_it() -> None:
    """A match over markup is the stretch of the source from its first to its last character."""
    text = "So **very** _very_ good"
    [alert] = find("extends: existence\ntokens: [very very]", text)
    assert (alert.match, alert.message) == ("very** _very", "'very very' found")


def test_entities_and_escapes_are_one_character() -> None:
    """``&auml;`` is read as ä and stands where it is written."""
    text = "Fr&auml;ulein und 5 \\* 3"
    assert [alert.match for alert in find("extends: existence\ntokens: [Fräulein]", text)] == ["Fr&auml;ulein"]
    assert [alert.match for alert in find("extends: existence\nnonword: true\ntokens: ['5 \\* 3']", text)] == [
        "5 \\* 3"
    ]


def test_code_and_addresses_are_not_read() -> None:
    """Code spans, code blocks, addresses and math hold no words."""
    text = "Not `TODO`, not <https://x.y/TODO>, not https://x.y/TODO.\n\n```\nTODO\n```\n\n    TODO\n\n$$\nTODO\n$$\n\nTODO"
    assert [alert.start for alert in find("extends: existence\ntokens: [TODO]", text)] == [text.rindex("TODO")]


def test_windows_line_breaks_count() -> None:
    """A carriage return is a character of the file."""
    text = "eins\r\nzwei\r\n\r\ndrei schlimm\r\n"
    [alert] = find("extends: existence\ntokens: [schlimm]", text)
    assert alert.start == text.index("schlimm")


@pytest.mark.parametrize("blank", ["\u00a0", "\u2028", "\u3000 \u00a0", "\u0085"])
@pytest.mark.parametrize("head", ["", "> ", "- "])
def test_a_line_of_other_blanks_shifts_nothing(blank: str, head: str) -> None:
    """A no-break space alone in a line, as word processors leave it: Markdown takes the line for text, without its text."""
    text = f"{head}{blank}\n{'> ' if head == '> ' else '  ' if head else ''}very\n"
    assert [alert.match for alert in BOOK.check(text) if alert.rule == "H.Words"] == ["very"]
