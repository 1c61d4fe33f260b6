"""Typed values out of a rule's YAML; what does not fit is an error at its place, with what was probably meant."""

from __future__ import annotations

import math
from collections.abc import Iterable
from difflib import get_close_matches
from typing import NoReturn

from toolkit.messages import _
from toolkit.model import Problem, Severity, SourceText
from toolkit.source.nodes import Mapping, Node, Scalar, Sequence
from toolkit.style.rule import RuleError
from toolkit.values import dataclass

RULE = "style-rule"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a rule is written: the file's path and text, where the rule's YAML begins in it, the id that its name gives."""

    path: str
    text: str
    start: int = 0
    id: str = ""

    def line(self, at: int) -> int:
        """The line (from 1) of an offset of the YAML."""
        return self.text.count("\n", 0, self.start + at) + 1

    def problem(self, at: int, end: int, message: str) -> Problem:
        """An error at an offset of the YAML."""
        source = SourceText(self.path, self.text)
        first = min(self.start + at, len(self.text))
        return Problem(
            self.path, source.span(first, min(self.start + end, len(self.text))), RULE, Severity.ERROR, message
        )

    def refuse(self, node: Node, message: str) -> NoReturn:
        """Raise `RuleError` at a node."""
        end = self.start + node.end
        line = self.text.find("\n", self.start + node.start)
        raise RuleError(self.problem(node.start, (min(end, line) if line >= 0 else end) - self.start, message))


class Keys:
    """The keys of one rule."""

    def __init__(self, node: Mapping, origin: Origin) -> None:
        self.node = node
        self.origin = origin

    def key(self, name: str) -> Node:
        """The node of a key itself, or of the rule where it has no such key."""
        return self.node.keys.get(name, self.node)

    def refuse(self, name: str, message: str) -> NoReturn:
        """Raise `RuleError` at a value, or at the rule where there is none."""
        self.origin.refuse(self.node.values.get(name, self.node), message)

    def known(self, names: Iterable[str]) -> None:
        """Refuse every key that is not among `names`."""
        known = list(names)
        for name, node in self.node.keys.items():
            if name not in known:
                close = get_close_matches(name, known, n=1)
                hint = (
                    _("did you mean {name}?").format(name=close[0])
                    if close
                    else _("known are {names}").format(names=", ".join(known))
                )
                self.origin.refuse(node, _("a rule has no key {name}; {hint}").format(name=name, hint=hint))

    def text(self, name: str, default: str = "") -> str:
        """A single value as text."""
        node = self.node.values.get(name)
        if node is None:
            return default
        if not isinstance(node, Scalar):
            self.refuse(name, _("{key} must be a text").format(key=name))
        return default if node.empty else node.text

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, or a single one."""
        node = self.node.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return ()
        if isinstance(node, Scalar):
            return (node.text,)
        if not isinstance(node, Sequence) or not all(isinstance(item, Scalar) for item in node.items):
            self.refuse(name, _("{key} must be a list of texts").format(key=name))
        return tuple(item.text for item in node.items if isinstance(item, Scalar))

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """A table of texts."""
        node = self.node.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return ()
        if not isinstance(node, Mapping):
            self.refuse(
                name, _("{key} must be a table: what stands there, a colon, what to write instead").format(key=name)
            )
        for key, value in node.values.items():
            if not isinstance(value, Scalar):
                self.origin.refuse(node.keys[key], _("what to write instead of {key} must be one text").format(key=key))
        return tuple(
            (key, "" if value.empty else value.text) for key, value in node.values.items() if isinstance(value, Scalar)
        )

    def flag(self, name: str, *, default: bool = False) -> bool:
        """True or false."""
        text = self.text(name).lower()
        if not text:
            return default
        if text not in {"true", "false", "yes", "no", "on", "off"}:
            self.refuse(name, _("{key} must be true or false").format(key=name))
        return text in {"true", "yes", "on"}

    def number(self, name: str, default: float = 0.0) -> float:
        """A number."""
        text = self.text(name)
        try:
            value = float(text) if text else default
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            self.refuse(name, _("{key} must be a number").format(key=name))
        return value

    def whole(self, name: str) -> int:
        """A whole number, not negative."""
        value = self.number(name)
        if value != int(value) or value < 0:
            self.refuse(name, _("{key} must be a whole number").format(key=name))
        return int(value)

    def table(self, name: str) -> Keys | None:
        """A table inside the rule."""
        node = self.node.values.get(name)
        if node is None or (isinstance(node, Scalar) and node.empty):
            return None
        if not isinstance(node, Mapping):
            self.refuse(name, _("{key} must be a table").format(key=name))
        return Keys(node, self.origin)
