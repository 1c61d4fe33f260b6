"""Address: who is surely addressed is found, and nobody who is only spoken about."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.language.address import find_addressing, may_address

CORPUS = [
    (expected.replace("-", "").split(), sentence)
    for expected, sentence in (
        line.split("\t")
        for line in (Path(__file__).parent / "address.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
]


def test_precision_and_recall() -> None:
    """Nobody is accused wrongly; of the words that address somebody five in six are found.

    What is missed on purpose: Sie and Ihr at the beginning of a sentence, and imperatives without a pronoun.
    """
    assert len(CORPUS) >= 60
    found = wanted = both = 0
    for expected, sentence in CORPUS:
        ways = Counter(one.way.value for one in find_addressing(sentence))
        found, wanted = found + ways.total(), wanted + len(expected)
        both += (ways & Counter(expected)).total()
    precision, recall = both / found, both / wanted
    print(f"address: {len(CORPUS)} sentences, {wanted} words, precision {precision:.3f}, recall {recall:.3f}")
    assert precision == 1
    assert recall >= 0.85


@pytest.mark.parametrize("sentence", [sentence for expected, sentence in CORPUS if not expected])
def test_nobody_is_addressed(sentence: str) -> None:
    """She, they, hers and theirs, quotations, the words Du and Sie themselves, and French."""
    assert find_addressing(sentence) == []


@given(
    st.lists(
        st.sampled_from(["Sie", "du", "ihr", "Ihr", "habt", "„", "“", ". ", " ", "\n", "das ", "ä", "*", "Ihre"])
    ).map("".join)
)
def test_places_are_exact(text: str) -> None:
    """Every place holds the word that is named, and the quick look misses no way that the closer one finds."""
    found = find_addressing(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(may_address(text, (one.way,)) for one in found)


@pytest.mark.parametrize(
    "word", ["Sie", "Ihnen", "Ihr", "Ihrem", "du", "Dich", "dir", "deinen", "euch", "Euren", "euer", "dirs"]
)
def test_the_quick_look_knows_every_word(word: str) -> None:
    """Every word that can address somebody is worth a closer look."""
    assert may_address(f"und {word}.")


@pytest.mark.parametrize(
    "piece", ["a Sie ", "Sie,", "„du“ ", "„Sie a ", "Ihr Haus ", "x Ihnen\t", "du  ", '"Sie', "aaSie:// Ihnen "]
)
def test_long_texts_are_read_in_proportion(piece: str) -> None:
    """Eight times the text takes about eight times as long, and not 64 times."""

    def spent(times: int) -> float:
        started = process_time()
        find_addressing(piece * times)
        return process_time() - started

    small, large = min(spent(1_000) for _round in range(5)), min(spent(8_000) for _round in range(3))
    assert large < small * 28
