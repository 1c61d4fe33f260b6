"""Ideas that say the same are found whatever their words are, without comparing each with each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from toolkit.editorial import Idea
from toolkit.editorial.twins import Known
from toolkit.language.sameness import same_title, title_words
from toolkit.model import SourceText
from toolkit.source import read_frontmatter

PLACES = read_frontmatter(SourceText("content/ideas/a.md", "---\ntitle: a\n---\n"))[0]
TITLES = st.lists(
    st.lists(st.sampled_from("abcdefghijklm"), min_size=1, max_size=11).map(" ".join), min_size=1, max_size=25
)


@given(TITLES, st.lists(st.sampled_from("abcdefghijklmz"), min_size=1, max_size=11).map(" ".join))
def test_none_is_missed(titles: list[str], asked: str) -> None:
    """The same ideas as a comparison with every one of them finds, for titles that are there and for a new one."""
    ideas = [Idea(f"i{number}", title, PLACES) for number, title in enumerate(titles)]
    known = Known(ideas)
    for title in (*titles, asked):
        wanted = [one.name for one in ideas if same_title(title_words(one.title), title_words(title))]
        assert [one.name for one in known.alike(title)] == wanted
