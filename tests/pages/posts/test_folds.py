from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from toolkit.pages.posts import folds
from toolkit.pages.posts.folds import FOLDS, find_fold

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "posts/2026/12/tuer-1.md"
LONG = "Wort für Wort bis zum Ende. " * 100


@pytest.mark.parametrize("network", sorted(FOLDS))
def test_a_fold_is_at_the_end_of_a_word_and_loses_nothing(network: str) -> None:
    """What is shown ends with a whole word, and is not longer than the network shows."""
    at = find_fold(network, LONG)
    assert at is not None
    assert LONG[at] == " "
    assert LONG[at - 1] != " "
    fold = FOLDS[network]
    assert not fold.characters or at <= fold.characters
    assert not fold.lines or at <= fold.lines * (fold.width + 1)


def test_short_texts_and_networks_that_show_all_have_no_fold() -> None:
    """Nothing is folded that fits, that would hide a word or two, or of which nothing is known."""
    assert find_fold("linkedin", "Kurz.") is None
    assert find_fold("instagram", "x" * 130) is None
    assert find_fold("telegram", LONG) is None


def test_lines_count_not_only_characters() -> None:
    """Three short lines are three lines; an empty third one leaves two."""
    assert find_fold("linkedin", "Eins\nZwei\nDrei\nund ein ganzer Satz danach") == len("Eins\nZwei\nDrei")
    assert find_fold("linkedin", "Eins\nZwei\n\nund ein ganzer Satz danach") == len("Eins\nZwei")


@pytest.mark.parametrize("network", sorted(FOLDS))
@pytest.mark.parametrize("word", ["a", "ein Wort ", "x" * 65 + " ab ", "Zeile\n", "x" * 40 + "\n\n"])
def test_texts_that_are_not_laid_out_have_no_fold(network: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is passed over as short fits on the lines, however they are broken."""
    for count in range(150):
        text = word * count
        with monkeypatch.context() as unlimited:
            found = find_fold(network, text)
            unlimited.setattr(folds, "_may_fold", lambda _text, _fold: True)
            assert found == find_fold(network, text)


def test_one_long_word_is_cut_where_the_network_cuts() -> None:
    """Without a space there is no end of a word."""
    assert find_fold("facebook", "x" * 600) == 477


def test_a_folded_text_stands_on_the_page_in_full(studio: Studio) -> None:
    """A browser without style sheets, search and paper have the whole text; the fold is a mark in it."""
    more = '\n[accounts.linkedin]\nnetwork = "linkedin"\nid = "nordlicht"\ntitle = "LinkedIn"\n'
    studio.write("leitstand.toml", (studio.root / "leitstand.toml").read_text() + more)
    studio.post(LONG + "https://example.com/ganz-am-ende", channels="linkedin")
    text = studio.page(PAGE)
    assert '<span class="ls-rest">' in text
    assert text.count("Wort für Wort") >= 100
    assert 'href="https://example.com/ganz-am-ende' in text
    assert "… more" in text
