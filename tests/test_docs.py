"""Nothing that a user can type or write is undocumented, and nothing documented is invented."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli import VERBS, load_verb
from toolkit.cli.docs import FOLDER
from toolkit.cli.reference.pages import reference_pages
from toolkit.cli.usage import every_verb, is_called
from toolkit.messages import speak
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


def documented_commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for block in re.findall(
            r"```(?:bash|sh|console|shell)?\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL
        ):
            for line in block.splitlines():
                match = re.match(r"\s*(?:\$ )?(leitstand [a-z].*)", line)
                if match:
                    yield page.relative_to(ROOT).as_posix(), match[1].split("  #")[0].strip()


@pytest.mark.parametrize(("page", "line"), sorted(set(documented_commands())))
def test_documented_commands_exist(page: str, line: str) -> None:
    """Every command line shown in README, CONTRIBUTING and handbook names a real verb and real options."""
    words = shlex.split(line, comments=True)[1:]
    known = commands(words[0]) if words[0] in VERBS else {}
    names = (" ".join(words[:count]) for count in (3, 2, 1))
    command = next((known[name] for name in names if name in known), None)
    assert command is not None, f"{page}: {line}"
    options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    used = [word.split("=")[0] for word in words if word.startswith("-") and not re.fullmatch(r"-\d.*", word)]
    assert [option for option in used if option not in options] == [], f"{page}: {line}"
