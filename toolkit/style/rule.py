"""A style rule as somebody wrote it: what it looks for, what it says, where it stands, its examples."""

from __future__ import annotations

from typing import Protocol

from toolkit.errors import EXIT_USAGE, LeitstandError
from toolkit.model import Problem
from toolkit.style.alert import Level
from toolkit.style.spec import Spec
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """How the author of a rule says that a match can be mended: Vale's ``action`` with its ``params``."""

    name: str
    params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StyleRule:
    """One rule. `id` is ``Style.Rule`` in packages and the block's own `id`, such as BRAND012, in the handbook.

    `scope` are Vale's selectors, one of which must match. `language` limits the rule to texts in that language,
    `networks` to texts for these networks; empty means all. `limit` is the most alerts per text, 0 for all.
    `path` and `line` (from 1) say where the rule is written.
    """

    id: str
    spec: Spec
    message: str
    level: Level = Level.WARNING
    scope: tuple[str, ...] = ("text",)
    link: str = ""
    description: str = ""
    limit: int = 0
    action: Action | None = None
    language: str = ""
    networks: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    path: str = ""
    line: int = 1

    @property
    def kind(self) -> str:
        """The word after `extends`."""
        return type(self.spec).__name__.lower()

    @property
    def style(self) -> str:
        """The package that the rule belongs to; "" for a rule of the handbook."""
        return self.id.partition(".")[0] if "." in self.id else ""


class RuleError(LeitstandError):
    """A rule, or a configuration, that cannot be used; `problem` says where and why."""

    exit_code = EXIT_USAGE

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Speller(Protocol):
    """Somebody who knows the words of one language."""

    def check(self, word: str) -> bool:
        """Whether the word is spelled right."""

    def suggest(self, word: str) -> list[str]:
        """Words that may have been meant, the likeliest first."""
