"""What somebody may have meant by a verb or an option that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from typing import Final

_SURE: Final = 0.75  # below it, a verb of a verb may be nearer
# --help is near every option that begins with an h; only a slip of the fingers in it is meant.
_SLIP: Final = 0.8
HELP: Final = "--help"


def near_options(name: str, offered: str) -> str:
    """Of the options that typer offers, such as ``--help, --json``, those that are worth a question."""
    likely = (one for one in offered.split(", ") if one != HELP or SequenceMatcher(None, name, one).ratio() >= _SLIP)
    return ", ".join(filter(None, likely))


def near_verb(name: str, known: Iterable[str]) -> str:
    """The verb that is written almost as `name`, as it is called: ``'check'``; "" without one.

    Where none of the `known` is, also a verb below one of them: ``'ledger backup'``.
    """
    word, verbs = name.strip("-").lower(), list(known)
    found = get_close_matches(word, verbs, n=1, cutoff=_SURE) or _below(word) or get_close_matches(word, verbs, n=1)
    return f"'{found[0]}'" if found else ""


def _below(word: str) -> list[str]:
    """Verbs of verbs; their modules are loaded for it, as nothing else is going to happen."""
    inner = dict(_inner_verbs())
    return [inner[found] for found in get_close_matches(word, inner, n=1, cutoff=_SURE)]


def _inner_verbs() -> Iterator[tuple[str, str]]:
    from toolkit.cli import VERBS, load_verb

    for verb in VERBS:
        try:
            below = getattr(load_verb(verb), "commands", {})
        except ModuleNotFoundError:
            continue  # its extra is not installed, so it is no remedy here
        yield from ((name, f"{verb} {name}") for name in below)
