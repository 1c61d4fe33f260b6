"""The helps of all commands are in the reader's language, whichever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import toolkit.messages
from tests.marking import Marking, unmarked
from toolkit.cli import VERBS, load_verb, make_command
from toolkit.cli.reference.catalogue import catalogue_texts
from toolkit.cli.usage import every_verb


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its whole name; `leitstand` itself is ""."""
    yield "", make_command()
    for verb in VERBS:
        yield from every_verb(verb, load_verb(verb))


def help_of(name: str, command: Any) -> str:
    context = command.make_context(f"leitstand {name}".strip(), [], resilient_parsing=True)
    return str(context.get_help())


def test_nothing_of_a_help_is_left_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Usage, headings, introductions, arguments, options, kinds of values and defaults: all words can be translated."""
    monkeypatch.setattr(toolkit.messages, "_catalogue", Marking())
    left = {}
    for name, command in commands():
        names = {word for one, _inner in every_verb(name, command) for word in one.split()}
        said = unmarked(help_of(name, command))
        said = re.sub(r"(?<!\w)--?[a-z][\w-]*", " ", said)  # options
        said = re.sub(r"<[a-z|-]+>|[\w-]+(?=\])", " ", said)  # a choice, a default, a range
        words = set(re.findall(r"[A-Za-z][\w-]+", said)) - names - {"leitstand", "help", "ID", "URL", "CSV", "SHELL"}
        if words:
            left[name] = words
    assert left == {}


def test_every_help_is_in_the_catalogue() -> None:
    """What stands in a docstring or at an option is collected for translation, introductions of groups included."""
    known = set(catalogue_texts())
    helps = (
        (name, text)
        for name, one in commands()
        for text in (one.help, *(parameter.help for parameter in one.params if parameter.name != "help"))
        if name and text
    )
    assert [(name, text) for name, text in helps if text not in known] == []
