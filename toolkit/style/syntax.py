"""The regular expressions of rule files as a tree, so that they can be written down for RE2 and for `regex`.

The dialect is Vale's (.NET's as Go's regexp2 reads it). Inline flags such as ``(?i)`` are resolved while reading:
they hold from where they stand to the end of their group.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from toolkit.messages import _
from toolkit.style.bounds import Groups, is_huge, is_known
from toolkit.style.nodes import (
    Alternatives,
    Assertion,
    Backreference,
    Chars,
    Dot,
    Group,
    Literal,
    Look,
    NoCase,
    Node,
    Repeat,
    Sequence,
)
from toolkit.values import dataclass


class PatternError(ValueError):
    """A pattern that cannot be read; `at` is the offset in it."""

    def __init__(self, message: str, at: int) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class _Flags:
    nocase: bool = False
    lines: bool = False
    dotall: bool = False
    spaced: bool = False


_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "e": "\x1b", "0": "\0"}
_CLASSES: Final = "wWdDsS"
_DEPTH: Final = 100
_REPEATS: Final = 1000
_STACKED: Final = 10  # quantifiers behind one another


def parse(pattern: str) -> Node:
    """The tree of `pattern`; raises `PatternError`."""
    reader = _Reader(pattern)
    node = reader.alternatives(_Flags(), 0)
    if reader.at < len(pattern):
        raise PatternError(_("this bracket closes nothing"), reader.at)
    if missing := reader.groups.missing():
        raise PatternError(*missing)
    return node


class _Reader:
    """A recursive-descent reader over one pattern."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = Groups()

    def peek(self, size: int = 1) -> str:
        return self.text[self.at : self.at + size]

    def alternatives(self, flags: _Flags, depth: int) -> Node:
        if depth > _DEPTH:
            raise PatternError(_("groups are nested too deeply"), self.at)
        branches: list[Node] = []
        nodes: list[Node] = []
        while self.at < len(self.text) and self.peek() != ")":
            char = self.peek()
            if char == "|":
                self.at += 1
                branches.append(_sequence(nodes))
                nodes = []
                continue
            changed = self._inline_flags(flags)
            if changed is not None:  # they hold to the end of the group, also behind a bar
                flags = changed
                continue
            self._append(nodes, flags, depth)
        branches.append(_sequence(nodes))
        return branches[0] if len(branches) == 1 else Alternatives(tuple(branches))

    def _append(self, nodes: list[Node], flags: _Flags, depth: int) -> None:
        char = self.peek()
        if flags.spaced and char.isspace():
            self.at += 1
        elif flags.spaced and char == "#":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        elif self.peek(3) == "(?#":
            self.at = self._closing(")", self.at) + 1
        else:
            nodes.append(self._quantified(self._atom(flags, depth)))

    def _inline_flags(self, flags: _Flags) -> _Flags | None:
        """The flags after ``(?i)`` and the like; None where no such thing stands."""
        if self.peek(2) != "(?":
            return None
        end = self.at + 2
        while end < len(self.text) and self.text[end] in "imsxnUu-":
            end += 1
        if end == self.at + 2 or end >= len(self.text) or self.text[end] != ")":
            return None
        changed = _change(flags, self.text[self.at + 2 : end])
        self.at = end + 1
        return changed

    def _closing(self, char: str, start: int) -> int:
        end = self.text.find(char, start)
        if end < 0:
            raise PatternError(_("{char} is missing").format(char=char), start)
        return end

    def _atom(self, flags: _Flags, depth: int) -> Node:
        char = self.peek()
        start = self.at
        self.at += 1
        if char == "(":
            return self._group(flags, depth, start)
        if char == "[":
            return _cased(self._class(start), flags)
        if char == "\\":
            return _cased(self._escape(flags, start), flags)
        if char == ".":
            return Dot(flags.dotall)
        if char in "^$":
            return Assertion(char, flags.lines)
        if char in "*+?":
            raise PatternError(_("{char} repeats nothing").format(char=char), start)
        return _cased(Literal(char), flags)

    def _group(self, flags: _Flags, depth: int, start: int) -> Node:
        kind, name, inner = self._opening(flags, start)
        node = self.alternatives(inner, depth + 1)
        if self.peek() != ")":
            raise PatternError(_("this bracket is never closed"), start)
        self.at += 1
        if kind == "(":
            self.groups.close()
        return Look(kind, node) if kind in {"(?=", "(?!", "(?<=", "(?<!"} else Group(node, kind, name)

    def _opening(self, flags: _Flags, start: int) -> tuple[str, str, _Flags]:
        if self.peek() != "?":
            self.groups.add("")
            return "(", "", flags
        for kind in ("(?<=", "(?<!", "(?:", "(?=", "(?!", "(?>"):
            if self.text.startswith(kind, start):
                self.at = start + len(kind)
                return kind, "", flags
        for lead in ("(?P<", "(?<", "(?'"):
            if self.text.startswith(lead, start):
                end = self._closing("'" if lead == "(?'" else ">", start + len(lead))
                name, self.at = self.text[start + len(lead) : end], end + 1
                if not self.groups.add(name) or not name:
                    raise PatternError(_("a group is called by letters, digits and underscores"), start)
                return "(", name, flags
        end = self.text.find(":", start)
        if end > 0 and set(self.text[start + 2 : end]) <= set("imsxnu-"):
            self.at = end + 1
            return "(?:", "", _change(flags, self.text[start + 2 : end])
        raise PatternError(_("no group begins like this"), start)

    def _escape(self, flags: _Flags, start: int) -> Node:
        char = self.peek()
        if not char:
            raise PatternError(_("a backslash stands at the end"), start)
        self.at += 1
        if char in "bBAzZG":
            return Assertion("\\" + char, flags.lines)
        if char in _CLASSES:
            return Chars(("\\" + char,))
        if char in "pP":
            return Chars((self._property(char, start),))
        if char in "123456789":
            self.groups.ask(char, start)
            return Backreference(char)
        if char == "k" and self.peek() in {"<", "{", "'"}:
            end = self._closing({"<": ">", "{": "}", "'": "'"}[self.peek()], self.at + 1)
            name, self.at = self.text[self.at + 1 : end], end + 1
            self.groups.ask(name, start)
            return Backreference(name)
        return Literal(self._character(char, start))

    def _property(self, char: str, start: int) -> str:
        if self.peek() == "{":
            end = self._closing("}", self.at)
            name, self.at = self.text[self.at : end + 1], end + 1
            return self._known(f"\\{char}{name}", start)
        name = self.peek()
        if not name:
            raise PatternError(_("\\p needs a name, such as \\p{{L}}").format(), start)
        self.at += 1
        return self._known(f"\\{char}{{{name}}}", start)

    def _known(self, name: str, start: int) -> str:
        if not is_known(name):
            raise PatternError(_("there is no class of characters {name}").format(name=name), start)
        return name

    def _character(self, char: str, start: int) -> str:
        """The character that an escape stands for; the escape's letter has been read."""
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in "xu":
            return self._coded(char, start)
        if char.isalnum() and char.isascii():
            raise PatternError(_("there is no escape \\{char}").format(char=char), start)
        return char

    def _coded(self, char: str, start: int) -> str:
        if self.peek() == "{":
            end = self._closing("}", self.at)
            digits, self.at = self.text[self.at + 1 : end], end + 1
        else:
            size = 2 if char == "x" else 4
            digits = self.peek(size)
            self.at += len(digits)
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise PatternError(_("no character has this code"), start) from None

    def _class(self, start: int) -> Chars:
        negated = self.peek() == "^"
        self.at += negated
        items: list[str | tuple[str, str]] = []
        first = True
        while True:
            if self.at >= len(self.text):
                raise PatternError(_("this class is never closed"), start)
            if self.peek() == "]" and not first:
                self.at += 1
                return Chars(tuple(items), negated)
            first = False
            self._class_item(items)

    def _class_item(self, items: list[str | tuple[str, str]]) -> None:
        if self.peek(2) == "[:":
            end = self.text.find(":]", self.at)
            if end > 0 and self.text[self.at + 2 : end].lstrip("^").isalpha():
                items.append(self._known(self.text[self.at : end + 2], self.at))
                self.at = end + 2
                return
        start = self.at
        low = self._class_atom()
        if len(low) == 1 and self.peek() == "-" and self.peek(2)[1:] not in {"]", ""}:
            at = self.at
            self.at += 1
            high = self._class_atom()
            if len(high) == 1:
                if high < low:
                    raise PatternError(_("this range runs backwards"), start)
                items.append((low, high))
                return
            self.at = at
        items.append(low)

    def _class_atom(self) -> str:
        char = self.peek()
        start = self.at
        self.at += 1
        if char != "\\":
            return char
        char = self.peek()
        self.at += 1
        if char and char in _CLASSES:
            return "\\" + char
        if char == "b":
            return "\b"
        if char and char in "pP":
            return self._property(char, start)
        return self._character(char, start) if char else "\\"

    def _quantified(self, node: Node) -> Node:
        stacked = 0
        while True:
            least, most, size = self._quantifier()
            if not size:
                return node
            stacked += 1
            if stacked > _STACKED:
                raise PatternError(_("groups are nested too deeply"), self.at)
            if max(least, most) > _REPEATS:
                raise PatternError(_("at most {most} repetitions").format(most=_REPEATS), self.at)
            self.at += size
            mode = self.peek() if self.peek() in {"?", "+"} else ""
            self.at += len(mode)
            node = Repeat(node, least, most, mode)
            if is_huge(node):
                raise PatternError(_("this is repeated too often; make it shorter"), self.at)

    def _quantifier(self) -> tuple[int, int, int]:
        """Least, most and the length of the quantifier that stands here; length 0 where none does."""
        char = self.peek()
        if char and char in "*+?":
            return {"*": (0, -1, 1), "+": (1, -1, 1), "?": (0, 1, 1)}[char]
        end = self.text.find("}", self.at)
        low, comma, high = self.text[self.at + 1 : max(end, 0)].partition(",")
        if char != "{" or end < 0 or not low.isdecimal() or (high and not high.isdecimal()):
            return 0, 0, 0
        least = int(low)
        most = int(high) if high else (-1 if comma else least)
        if 0 <= most < least:
            raise PatternError(_("this range runs backwards"), self.at)
        return least, most, end + 1 - self.at


def _sequence(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))


def _cased(node: Node, flags: _Flags) -> Node:
    return NoCase(node) if flags.nocase and isinstance(node, Literal | Chars | Backreference) else node


def _change(flags: _Flags, letters: str) -> _Flags:
    value = True
    names = {"i": "nocase", "m": "lines", "s": "dotall", "x": "spaced"}
    for letter in letters:
        if letter == "-":
            value = False
        elif letter in names:
            flags = replace(flags, **{names[letter]: value})
    return flags
