"""The tables about words in leitstand.toml: usual values, own values, and mistakes at their places."""

from __future__ import annotations

import pytest

from toolkit.settings import Address, EmojiPlace, GenderForm, Narrowness, WritingPolicy, read_settings

HEAD = 'format = 1\n[workspace]\nid = "x"\n'


def test_usual_values() -> None:
    """Without tables the usual policy holds."""
    settings, problems = read_settings(HEAD)
    assert problems == []
    assert settings is not None
    assert settings.writing == WritingPolicy()


def test_own_values() -> None:
    """Every key is read."""
    text = f"""{HEAD}
[check.spelling]
words = ["a.txt"]
[check.address]
de = "sie"
[check.gender-form]
form = "binnen-i"
[check.abbreviation]
space = "full"
[check.sponsored]
de = ["Reklame"]
[check.readability]
sentence = 20
lix = 50
[check.emoji]
max = 1
place = "end"
"""
    settings, problems = read_settings(text)
    assert problems == []
    assert settings is not None
    writing = settings.writing
    assert (writing.words, writing.words_named) == (("a.txt",), True)
    assert (writing.address, writing.gender, writing.space) == (Address.SIE, GenderForm.BINNEN_I, Narrowness.FULL)
    assert (writing.labels["de"], writing.labels["en"][0]) == (("Reklame",), "Ad")
    assert (writing.readability.sentence, writing.readability.lix, writing.readability.amstad) == (20, 50, 30)
    assert (writing.emojis, writing.emoji_place) == (1, EmojiPlace.END)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[check.address]\nde = "ihrzen"\n', "leitstand.toml:5:1: de must be one of: du, ihr, sie, any (settings)"),
        ('[check.gender-form]\nform = "*"\n', "leitstand.toml:5:1: form must be one of: star, colon, underscore, binnen-i, pair, neutral, none, any-one-form (settings)"),
        ("[check.readability]\nlix = -1\n", "leitstand.toml:5:1: lix must not be negative (settings)"),
        ('[check.emoji]\nmax = "viele"\n', "leitstand.toml:5:1: max must be a whole number (settings)"),
        ("[check.emoji]\nmaximum = 3\n", "leitstand.toml:5:1: unknown key 'maximum'; did you mean 'max'? (settings)"),
        ('[check.sponsored]\nde = "Anzeige"\n', "leitstand.toml:5:1: de must be a list of texts (settings)"),
    ],
)  # fmt: skip
def test_mistakes(table: str, said: str) -> None:
    """Each is an error at its line, with what may stand there."""
    settings, problems = read_settings(HEAD + table)
    assert settings is None
    assert [str(problem) for problem in problems] == [said]
