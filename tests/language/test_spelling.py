"""Spelling: hundreds of words that are right, hundreds that are not, and clear words where something is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.servers.absent import without_server
from toolkit.language import spelling
from toolkit.language.spelling import Spelling, SpellingError, dictionary_names, open_speller, read_words, trade_words
from toolkit.language.text import words

FOLDER = Path(__file__).parent
LEAST = 0.95


@pytest.fixture(scope="module")
def german() -> Spelling:
    return speller("de")


def speller(language: str) -> Spelling:
    try:
        return open_speller(language)
    except SpellingError as error:
        without_server(f"a dictionary of {language}", str(error))


def listed(name: str) -> list[str]:
    return sorted(read_words((FOLDER / name).read_text(encoding="utf-8")))


def test_german(german: Spelling) -> None:
    """Of the words that are called wrong 95 % are, and of the wrong words 95 % are found."""
    right, wrong = listed("right.txt"), listed("wrong.txt")
    assert len(right) >= 500
    assert len(wrong) >= 150
    flagged = [word for word in right if not german.check(word)]
    missed = [word for word in wrong if german.check(word)]
    found = len(wrong) - len(missed)
    precision, recall = found / (found + len(flagged)), found / len(wrong)
    print(f"German spelling: {len(right)} right, {len(wrong)} wrong, precision {precision:.3f}, recall {recall:.3f}")
    print("flagged:", *flagged, "missed:", *missed)
    assert precision >= LEAST
    assert recall >= LEAST


def test_the_joint_of_a_compound_must_be_right(german: Spelling) -> None:
    """Sicherheitsupgrade is a word and Sicherheitupgrade is none; a capital inside a word makes no compound."""
    verdicts = {word: german.check(word) for word in ("Sicherheitsupgrade", "Sicherheitupgrade", "FunktionsWert")}
    assert verdicts == {"Sicherheitsupgrade": True, "Sicherheitupgrade": False, "FunktionsWert": False}


def test_english() -> None:
    """British and American spelling are both English; en-GB is British only."""
    both, british = speller("en"), speller("en-GB")
    assert all(
        both.check(word)
        for word in ("colour", "color", "don\u2019t", "Today\u2019s", "hashtags", "Bluesky", "well-known")
    )
    assert not any(both.check(word) for word in ("recieve", "definately", "seperate", "accomodate", "Kafee"))
    assert (british.check("colour"), british.check("color")) == (True, False)


def test_words_of_the_house(german: Spelling) -> None:
    """Own words are right, in the genitive, in capitals and as part of compounds, for this house alone."""
    house = german.with_words({"Tarek", "Wattgrau"})
    assert all(house.check(word) for word in ("Tarek", "Tareks", "TAREK", "Wattgrautasse", "Tarek-Mischung"))
    assert not german.check("Wattgrau")


def test_places_of_wrong_words(german: Spelling) -> None:
    """Wrong words are found at their places; addresses, tags, names of accounts and code are not spelled."""
    text = "Der Rythmus auf https://exampel.com #Kafee @kafee `kafee` <!-- kafee --> ist gut, der Rythmus."
    assert [(token.start, token.text) for token in german.wrong(text)] == [(4, "Rythmus"), (86, "Rythmus")]
    assert german.wrong(text) == german.wrong(text)


def test_code_over_several_words_is_no_text(german: Spelling) -> None:
    """Pieces are judged in their text: the same letters are code in one place and a wrong word in another."""
    assert german.wrong("`leitstnd chekc foo` gut") == []
    assert [token.text for token in german.wrong("leitstnd chekc")] == ["leitstnd", "chekc"]


def test_pieces_are_no_shortcut(german: Spelling) -> None:
    """What is found quickly is what is found word by word."""
    text = " ".join(listed("right.txt") + listed("wrong.txt"))
    fresh = german.with_words(())
    assert fresh.wrong(text) == [token for token in words(text) if not german.check(token.text)]
    assert fresh.wrong(text) == [token for token in words(text) if not german.check(token.text)]


def test_proposals(german: Spelling) -> None:
    """For four of five slips the word that was meant is among three proposals; nothing is proposed for what is far off."""
    pairs = {"Rythmus": "Rhythmus", "Standart": "Standard", "Kafee": "Kaffee", "Gallerie": "Galerie", "wilkommen": "willkommen",
             "Sicherheitupgrade": "Sicherheitsupgrade", "Adventskalendar": "Adventskalender", "Maschiene": "Maschine", "Strase": "Straße"}  # fmt: skip
    assert {word: german.suggest(word)[:3] for word in pairs if pairs[word] not in german.suggest(word)[:3]} == {}
    wrong = [word for word in listed("wrong.txt") if not german.check(word)]
    proposed = [word for word in wrong if german.near(word)]
    print(f"proposals: {len(proposed)} of {len(wrong)}")
    assert len(proposed) >= 0.8 * len(wrong)
    assert german.near("x" * 60) == []


def test_a_language_without_dictionary_is_named_with_its_package() -> None:
    """The message says what is missing and how to install it on three systems."""
    try:
        dictionary_names("de")
    except SpellingError as error:
        without_server("a German dictionary", str(error))
    with pytest.raises(SpellingError, match=r"apt install hunspell-xx.*macOS.*Windows"):
        dictionary_names("xx")


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyenchant the message says how to install it."""
    monkeypatch.setitem(sys.modules, "enchant", None)
    spelling._broker.cache_clear()
    try:
        with pytest.raises(SpellingError, match=r"leitstand\[language\]"):
            dictionary_names("de")
    finally:
        spelling._broker.cache_clear()


@pytest.mark.parametrize("language", ["de", "en"])
def test_shipped_words_are_one_list(language: str) -> None:
    """No word stands twice in a shipped list, and other languages have none."""
    lines = (Path(spelling.__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    found = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert sorted({word for word in found if found.count(word) > 1}) == []
    assert trade_words("fr") == frozenset()
