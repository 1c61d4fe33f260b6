"""Selectors: which blocks a rule looks at. ``heading & ~heading.h1``; several selectors mean one of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from toolkit.values import dataclass

# Scopes that hold the whole text: a negation alone does not mean them.
_SIZED: Final = frozenset({"raw", "summary"})
# What a network makes of a text: only a selector that says so means it.
_RENDITION: Final = "rendition"


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a selector: all its sections must be the block's, or, negated, must not."""

    sections: frozenset[str]
    negated: bool


@lru_cache(maxsize=4096)
def parse_selector(text: str) -> tuple[Term, ...]:
    """``a.b & ~c`` as terms."""
    terms = []
    for part in text.split("&"):
        name = part.strip()
        names = name.removeprefix("~").split(".")
        terms.append(Term(frozenset(section.strip() for section in names), name.startswith("~")))
    return tuple(terms)


@lru_cache(maxsize=4096)
def matches(selectors: tuple[str, ...], sections: frozenset[str]) -> bool:
    """Whether a block with these sections is meant by one of the selectors."""
    return any(_fits(parse_selector(selector), sections) for selector in selectors)


def _fits(terms: tuple[Term, ...], sections: frozenset[str]) -> bool:
    if _RENDITION in sections and not any(_RENDITION in term.sections and not term.negated for term in terms):
        return False
    for term in terms:
        inside = term.sections <= sections
        if inside == term.negated or (term.negated and sections & _SIZED):
            return False
    return True


@lru_cache(maxsize=4096)
def asks(selectors: tuple[str, ...], section: str) -> bool:
    """Whether one of the selectors names `section`, not negated."""
    return any(section in term.sections and not term.negated for text in selectors for term in parse_selector(text))
