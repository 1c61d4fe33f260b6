"""The rule `spelling`: each text in its own language, with what the house calls right."""

from __future__ import annotations

import pytest

from tests.lint.conftest import SETTINGS, Desk
from tests.servers.absent import without_server
from toolkit.language import spelling
from toolkit.language.spelling import SpellingError, open_speller
from toolkit.lint.rules import spelling as rule
from toolkit.model import Severity

HEAD = "---\nchannels: [mastodon]\n---\n"


@pytest.fixture(autouse=True)
def _dictionaries() -> None:
    for language in ("de", "en"):
        try:
            open_speller(language)
        except SpellingError as error:
            without_server(f"a dictionary of {language}", str(error))


def test_a_wrong_word_is_reported_where_it_stands(desk: Desk) -> None:
    """With the word that was meant, which an unsafe fix writes; links, tags, names and code are left alone."""
    body = "Der «Rythmus» im [Shop](https://exampel.com) #Kafee @kafee `kafee`, Nordlicht Kaffee.\n"
    (message,) = desk.messages("spelling", HEAD + body)
    assert message == "'Rythmus' is in no dictionary; is it Rhythmus?"
    (problem,) = desk.check("spelling")
    assert problem.fix is not None
    assert (problem.fix.text, problem.fix.safe, problem.severity) == ("Rhythmus", False, Severity.HINT)


@pytest.mark.parametrize(
    "word", ["\U0001d5de\U0001d5ee\U0001d5f3\U0001d5f3\U0001d5ee", "".join(f"{char}\u0336" for char in "teuer")]
)
def test_a_dressed_up_word_is_told_once(desk: Desk, word: str) -> None:
    """What `fancy-letters` reports is no matter of dictionaries; a plain word beside it still is."""
    desk.post(f"{HEAD}Heute {word}, morgen ein Rythmus.\n")
    found = [problem for problem in desk.check() if problem.rule in {"spelling", "fancy-letters"}]
    assert sorted(problem.rule for problem in found) == ["fancy-letters", "spelling"]
    assert "Rythmus" in next(problem.message for problem in found if problem.rule == "spelling")


def test_each_text_in_its_language(desk: Desk) -> None:
    """The English variant is read in English, the German one in German, the description of a picture like the post."""
    sample = """---
channels: [mastodon, mastodon-en]
media:
  - {file: media/a.jpg, alt: Eine «Kane» auf dem Tisch}
---
Die Farbe ist schön. «Colour» heute.

## @mastodon-en

The colour is lovely. «Farbe» today.
"""
    desk.write("leitstand.toml", SETTINGS)
    messages = desk.messages("spelling", sample)
    assert [message.split("'")[1] for message in messages] == ["Kane", "Colour", "Farbe"]


def test_a_text_in_another_language_is_one_problem(desk: Desk) -> None:
    """A whole English text under a German post is told once, not word by word; a short greeting not at all."""
    (message,) = desk.messages("spelling", f"{HEAD}«We roast our coffee every Tuesday in the old harbour.»\n")
    assert message == "this seems to be English; say so with: language: en"
    assert desk.messages("spelling", f"{HEAD}This post is in order.\n") == []


def test_the_house_has_words_of_its_own(desk: Desk) -> None:
    """Tables and blocks of the handbook, a plain list, people, accounts and campaigns."""
    sample = f"{HEAD}Wattgrau, Tannengrün, Guji, Jules Rezept, Zwetschgenzauber.\n"
    desk.post(sample)
    assert len(desk.check("spelling")) == 5
    desk.write(
        "guidelines/woerter.md",
        "# W\n\n| Richtig | Nicht |\n|---|---|\n| Wattgrau | Grauw |\n\n```words\nTannengrün\n```\n",
    )
    desk.write("guidelines/words.txt", "Guji # ein Hochland\n")
    desk.write("content/campaigns/z.md", "---\ntitle: Zwetschgenzauber\n---\n")
    desk.settings(SETTINGS.replace("[people.redaktion]", '[people.redaktion]\nname = "Jule"'))
    assert desk.check("spelling") == []
    desk.post(f"{HEAD}Grauw\n")
    assert len(desk.check("spelling")) == 1


def test_a_named_list_must_exist(desk: Desk) -> None:
    """A list that the settings name and nobody finds is an error in leitstand.toml."""
    desk.settings(SETTINGS + '\n[check.spelling]\nwords = ["guidelines/weg.txt"]\n')
    desk.post(HEAD)
    (problem,) = desk.check("spelling")
    assert (problem.path, problem.severity) == ("leitstand.toml", Severity.ERROR)
    assert "guidelines/weg.txt" in problem.message


def test_without_a_dictionary_it_is_said_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two posts, one hint with the way to install it, and no post is accused."""

    def missing(_language: str) -> object:
        raise SpellingError(spelling._missing_dictionary("de", "de_DE"))

    monkeypatch.setattr(rule, "open_speller", missing)
    rule._house_speller.cache_clear()
    desk.post(f"{HEAD}Rythmus\n")
    desk.post(f"{HEAD}Rythmus\n", "content/posts/other.md")
    (problem,) = desk.check("spelling")
    assert (problem.path, problem.severity) == ("leitstand.toml", Severity.HINT)
    assert "apt install hunspell-de-de" in problem.message
