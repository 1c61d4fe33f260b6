"""Readability: the formulas give what was published, and syllables are counted well enough for them."""

from __future__ import annotations

import doctest

import pytest

from toolkit.language import readability
from toolkit.language.readability import syllables, wiener

# One word and its syllables each, as the dictionaries divide them.
GERMAN = """Abend 2 Oper 2 Haus 1 Straße 2 Theater 3 Kaffeerösterei 5 Idee 2 Ideen 3 Familien 4 Wien 1 vier 1 Klavier 2
Bier 1 Papier 2 Ferien 3 Museum 3 Bauer 2 bauen 2 Feuer 2 Eier 2 neu 1 Europa 3 Lehrerin 3 Mitarbeiterinnen 6 Röstung 2
Quittung 2 aktuell 3 Januar 3 Situation 5 Nation 3 Tour 1 Route 2 Café 2 Knie 1 sie 1 liegen 2 Familie 4 Linie 3
Spanien 3 Italien 4 Ruine 3 Radio 3 Video 3 Million 3 Region 3 Union 3 Poesie 3 Energie 3 Asyl 2 Yoga 2 Bayern 2
See 1 Seen 2 geehrt 2 beenden 3 geeignet 4 kooperieren 5 Verlosung 3 Gewinnspiel 3 Ankündigung 4 Öffnungszeiten 5"""
ENGLISH = """coffee 2 the 1 people 2 area 3 idea 3 being 2 created 3 creative 3 quiet 2 science 2 question 2 queue 1
table 2 tables 2 changes 2 boxes 2 baked 1 wanted 2 loved 1 roaster 2 available 4 before 2 every 2 business 2
readability 5 sentence 2 platypus 3 australian 3 seemingly 3 hybrid 2 mammal 2 creature 2 passage 2 itself 2 reading 2
video 3 radio 3 social 2 media 3 various 3 serious 3 use 1 eye 1 are 1 cause 1 cookies 2 beautiful 3 delicious 3 usual 3
giant 2 diet 2 going 2 seeing 2 trying 2 tried 1 studies 2 movies 2 likes 1 shares 1 sizes 2 pages 2 lion 2 poem 2"""


def test_formulas_give_published_values() -> None:
    """The examples in the docstrings, which name their sources, hold."""
    assert doctest.testmod(readability).failed == 0


@pytest.mark.parametrize(("variant", "expected"), [(1, 8.22), (2, 8.99), (3, 9.33), (4, 8.25)])
def test_the_four_wiener_formulas_differ(variant: int, expected: float) -> None:
    """Each variant has its own weights: three words, one of three syllables and nine letters, two of one syllable."""
    assert wiener(variant, words=3, sentences=1, many=1, long=1, single=2) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(("language", "listed", "least"), [("de", GERMAN, 0.9), ("en", ENGLISH, 0.9)])
def test_syllables(language: str, listed: str, least: float) -> None:
    """Nine of ten words are counted as dictionaries divide them."""
    words = listed.split()
    right = [syllables(word, language) == int(count) for word, count in zip(words[::2], words[1::2], strict=True)]
    print(f"syllables {language}: {sum(right)} of {len(right)}")
    assert sum(right) >= least * len(right)


def test_every_word_has_a_syllable() -> None:
    """Numbers, abbreviations and letters count as one."""
    assert [syllables(word, "de") for word in ("", "h", "GmbH", "2026")] == [1, 1, 1, 1]


def test_no_text_has_no_readability() -> None:
    """A score of nothing is refused instead of invented."""
    with pytest.raises(ZeroDivisionError):
        readability.lix(0, 0, 0)
