"""Nothing that a user can type or write is undocumented, and nothing documented is invented."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli import VERBS, execute, load_verb
from toolkit.cli.docs import FOLDER
from toolkit.cli.reference.pages import reference_pages
from toolkit.cli.usage import every_verb, is_called
from toolkit.messages import speak
from toolkit.model import find_fenced
from toolkit.settings import TABLES
from toolkit.source import FRONT_MATTER, MEDIA_KEYS, OPTION_KEYS
from toolkit.workspace import CAMPAIGN_KEYS, GOAL_KEYS

ROOT = Path(__file__).parents[1]
EXTENSION_POINTS = ("leitstand.networks", "leitstand.rules", "leitstand.importers")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "guidelines").rglob("*.md"))]


def commands(verb: str) -> dict[str, Any]:
    """A verb and its sub-verbs, such as ``check``, ``ledger backup`` and ``inbox rules test``."""
    found = dict(every_verb(verb, load_verb(verb)))
    return {name: command for name, command in found.items() if is_called(command)}


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_has_a_help_text(verb: str) -> None:
    """`--help` explains every option and argument of every verb."""
    for name, command in commands(verb).items():
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


@pytest.mark.parametrize("keys", [FRONT_MATTER, MEDIA_KEYS, OPTION_KEYS, CAMPAIGN_KEYS, GOAL_KEYS, *TABLES.values()])
def test_every_key_says_what_it_means(keys: dict[str, str]) -> None:
    """Each front-matter key and setting has a sentence in the reference."""
    assert all(text.endswith(".") for text in keys.values())


def test_reference_pages_are_current() -> None:
    """The pages in the handbook are what the code generates now."""
    speak("de")
    try:
        pages = reference_pages()
    finally:
        speak("en")
    stale = [path for path, text in pages.items() if (ROOT / FOLDER / path).read_text(encoding="utf-8") != text]
    assert not stale, f"run `leitstand docs`: {stale}"


def test_every_extension_point_is_explained() -> None:
    """CONTRIBUTING names each entry-point group that other packages can fill."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [group for group in EXTENSION_POINTS if group not in text] == []


_SHELLS = {"", "bash", "sh", "console", "shell"}


def documented_commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        yield from ((page.relative_to(ROOT).as_posix(), one) for one in re.findall(r"`(leitstand [a-z][^`\n]*)`", text))
        for block in find_fenced(text):
            for line in text[block.first : block.last].splitlines() if block.kind in _SHELLS else ():
                match = re.match(r"\s*(?:\$ )?(leitstand [a-z].*)", line)
                if match:
                    yield page.relative_to(ROOT).as_posix(), match[1].split("  #")[0].strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(documented_commands())))
def test_documented_commands_exist(page: str, line: str) -> None:
    """Every command line shown in README, CONTRIBUTING and handbook names a real verb and real options."""
    words = shlex.split(line, comments=True)[1:]
    known = dict(every_verb(words[0], load_verb(words[0]))) if words[0] in VERBS else {}
    names = (" ".join(words[:count]) for count in (3, 2, 1))
    command = next((known[name] for name in names if name in known), None)
    assert command is not None, f"{page}: {line}"
    options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help"}
    used = [word.split("=")[0] for word in words if re.match(r"--\w|-[a-z]$", word)]
    assert [option for option in used if option not in options] == [], f"{page}: {line}"


# What only looks, in the words of the guides: it may be run again and again. NAME, KONTO and the like are for readers.
_LOOKS = re.compile(
    r"leitstand (plan|plan suggest|calendar|occasions|reviews|idea list|idea show|research (?!fetch|interest)\w+|kpi|metrics \w+"
    r"|competitors list|competitors template|preview|explain|rules test|schema|status|alerts list|tokens check|networks \S+"
    r"|approve|experiment status|importer list|measure|ledger path|log)( [^|]*)?"
)
_FOR_READERS = re.compile(
    r"\b[A-Z]{3,}\b|--write|\.\./|/archiv|entwurf\.md|plan (export|import)|occasions new|--since|--source"
)
# A verb that needs more is only named; what may also change something looks with these alone.
_NAMED = {"approve", "preview", "measure"}
_ONLY_LOOKS = {"--list", "--dry-run", "--plan"}


def guide_commands() -> Iterator[str]:
    """The command lines of the guides that only look, as they are written there."""
    for line in sorted({line for page, line in documented_commands() if page.startswith("guidelines/anleitung/")}):
        words = line.split()
        careful = words[1] not in {"approve", "measure"} or _ONLY_LOOKS & set(words)
        if (
            _LOOKS.fullmatch(line)
            and not _FOR_READERS.search(line)
            and careful
            and words[1:] not in [[one] for one in _NAMED]
        ):
            yield line


@pytest.mark.parametrize("line", list(guide_commands()))
def test_what_the_guides_show_runs_as_written(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command of a guide that only looks does so on the sample workspace; 1 is an answer, 2 and 3 are none."""
    monkeypatch.chdir(ROOT)
    words = shlex.split(line, comments=True)[1:]
    known = commands(words[0])
    command = next(known[name] for name in (" ".join(words[:count]) for count in (2, 1)) if name in known)
    timed = any("--now" in parameter.opts for parameter in command.params)
    assert execute([*words, *(("--now", "2026-11-21T12:00+01:00") if timed else ())], {}) in {0, 1}
    assert "leitstand:" not in capsys.readouterr().err
