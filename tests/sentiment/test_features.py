from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.sentiment.features import LETTERS, WORDS, find_grams, normalise

# sorted(find_grams(["ja"]).gram.tolist()); with other numbers every file of weights would be worthless.
JA = [2284740349802884699, 8621039282736754723, 16436035628482078331, 17746889112345615245]


def slowly(text: str) -> list[str]:
    """The n-grams of a text, found one by one."""
    normal = normalise(text)
    letters = [normal[at : at + size] for size in LETTERS for at in range(len(normal) - size + 1)]
    words = normal.split()
    several = [" ".join(words[at : at + size]) for size in WORDS for at in range(len(words) - size + 1)]
    return [one for one in letters if " " not in one[1:-1]] + [f"word:{one}" for one in several]


@given(st.lists(st.text(alphabet=st.sampled_from("aä b:)😀"), max_size=12), max_size=5))
def test_a_batch_has_the_n_grams_of_its_texts(texts: list[str]) -> None:
    """As many as found one by one, the same number for the same n-gram, another for another one."""
    grams = find_grams(texts)
    for row, text in enumerate(texts):
        found = grams.gram[grams.message == row]
        expected = slowly(text)
        assert len(found) == len(expected)
        assert len(set(found.tolist())) == len(set(expected))


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_neighbours_do_not_matter(texts: list[str]) -> None:
    """A text's n-grams are the same alone and in a batch."""
    grams = find_grams(texts)
    for row, text in enumerate(texts):
        alone = find_grams([text])
        mine = grams.message == row
        assert sorted(grams.gram[mine].tolist()) == sorted(alone.gram.tolist())
        assert np.isclose((grams.worth[mine] ** 2).sum(), (alone.worth**2).sum())


def test_the_numbers_are_the_same_in_every_process() -> None:
    """Hashes do not depend on the process's seed, unlike Python's own."""
    code = "from toolkit.sentiment.features import find_grams; print(sum(find_grams(['Wo bleibt mein Paket?']).gram.tolist()))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert sorted(find_grams(["ja"]).gram.tolist()) == JA
    assert said == {b"%d\n" % sum(find_grams(["Wo bleibt mein Paket?"]).gram.tolist())}


def test_spelling_that_means_the_same_is_the_same() -> None:
    """Blanks around signs, capitals, digits, long vowels, entities and who is meant make no difference."""
    assert normalise("Toll , DIE 1. Tüte &lt;3 guuuuut @anna") == normalise("toll, die 2. Tüte <3 guuuuuuut @bob")
    assert normalise("") == normalise(" \n") == " "
