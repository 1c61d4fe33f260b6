"""HTML of blogs becomes the Markdown that shows the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from toolkit.migration.fromhtml import read_html

TAGS = ("em", "strong", "del", "b", "i")
WORDS = st.sampled_from(("rot", "gelb", "Haus am Meer", "zwölf", "a*b", "snake_case"))
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner, max_size=3)
    ),
    max_leaves=6,
)


def shown(markdown: str) -> str:
    """What a reader sees, without any tag."""
    parser = MarkdownIt("commonmark").enable("strikethrough")
    tokens = [child for token in parser.parse(markdown) for child in token.children or ()]
    return "".join("\n" if token.type == "softbreak" else token.content for token in tokens)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<em>Sehr <strong>wichtig</strong></em> und", "*Sehr **wichtig*** und"),
        ("<em><strong>noch</strong></em> mehr", "***noch*** mehr"),
        ("<strong>a <em>b</em></strong> c", "**a *b*** c"),
        ("<b>sehr <strong>sehr</strong> laut</b>", "**sehr sehr laut**"),
        ("<em>x <strong>y</em> z</strong>", "*x **y*** z"),
        ("<em>offen", "*offen*"),
        ("<em>leer</em><em> </em>", "*leer*"),
        ("<code>a*b</code>", "`a*b`"),
        ("<code>`</code>", "`` ` ``"),
    ],
)
def test_styles_close_what_they_opened(html: str, markdown: str) -> None:
    """Nested, doubled, crossed and open styles keep their marks in pairs; code is taken as it is."""
    assert read_html(html).markdown == markdown


@given(st.lists(TREES, min_size=1, max_size=3))
def test_no_mark_is_ever_seen(parts: list[str]) -> None:
    """However styles are nested, the Markdown shows the words of the HTML and nothing else."""
    html = " ".join(parts)
    words = " ".join(part for part in _bare(html).split())
    assert " ".join(shown(read_html(html).markdown).split()) == words


def _bare(html: str) -> str:
    for tag in TAGS:
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return html
