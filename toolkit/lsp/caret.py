"""Where in the front matter somebody is writing. The YAML around a caret is seldom whole, so it is read line by line.

Block and flow style are followed as far as front matter uses them: tables, lists, both inside each other, quotes and
comments. What is stranger gives a place in which nothing is proposed, never a wrong one.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import Final

from toolkit.values import dataclass

_OPEN: Final = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
_CLOSE: Final = re.compile(r"(?m)(?:^|(?<=\r))---[ \t]*(?:$|(?=\r))")
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_ENTRY: Final = re.compile(
    r"(?P<indent>[ ]*)(?P<dashes>(?:-(?:[ ]+|\Z))*)"
    r"(?:(?P<key>[\w-]+|\"[^\"]*\"|'[^']*')[ \t]*:(?:[ \t]+|\Z))?(?P<rest>.*)"
)
_REST_OF_WORD: Final = re.compile(r"[^\s,\[\]{}\"']*")


@dataclass(frozen=True, slots=True)
class Caret:
    """`path` are the keys around the caret, the outermost first; `bare` when the last one's table could go on here.

    ``text[start:end]`` is the word that is being written, ``text[start:at]`` the part of it before the caret.
    """

    path: tuple[str, ...]
    bare: bool
    start: int
    end: int
    flow: bool = False


@dataclass(slots=True)
class _Flow:
    """One open bracket, and in a table the key whose value comes."""

    bracket: str
    key: str = ""


@dataclass(slots=True)
class _State:
    blocks: list[tuple[int, str]] = field(default_factory=list)  # column of the key, the key
    flow: list[_Flow] = field(default_factory=list)
    word: int = 0
    quote: str = ""
    bare: bool = False


def head_bounds(text: str) -> tuple[int, int] | None:
    """Where the front matter's YAML begins and ends; up to the end of the text while it is not closed."""
    opening = _OPEN.match(text)
    if opening is None:
        return None
    closing = _CLOSE.search(text, opening.end())
    return opening.end(), closing.start() if closing else len(text)


def find_caret(text: str, at: int) -> Caret | None:
    """The place of ``text[at]`` in the front matter; None outside of it."""
    bounds = head_bounds(text)
    if bounds is None or not bounds[0] <= at <= bounds[1]:
        return None
    state = _State(word=bounds[0])
    for match in _LINE.finditer(text, bounds[0], at):
        last = match.end() == at
        _read_line(state, match[0].rstrip("\r\n"), match.start(), last=last and not match[0].endswith(("\r", "\n")))
        if last and match[0].endswith(("\r", "\n")):
            _read_line(state, "", at, last=True)
        if last:
            break
    else:
        _read_line(state, "", at, last=True)
    rest = _REST_OF_WORD.match(text, at)
    keys = [key for _column, key in state.blocks] + [flow.key for flow in state.flow if flow.key]
    end = rest.end() if rest else at
    return Caret(tuple(keys), state.bare, min(state.word, at), end, bool(state.flow))


def _read_line(state: _State, line: str, start: int, *, last: bool) -> None:
    if state.flow or state.quote:
        _scan(state, line, start)
    elif line.strip() or last:
        _read_entry(state, line, start, last=last)
    if last and state.flow:
        innermost = state.flow[-1]
        state.bare = innermost.bracket == "{" and not innermost.key


def _read_entry(state: _State, line: str, start: int, *, last: bool) -> None:
    """A line in block style: what it closes, the key it opens, and what stands behind that."""
    entry = _ENTRY.fullmatch(line)
    if entry is None or (line.lstrip().startswith("#")):
        return
    key, dashes = entry["key"], entry.start("dashes")
    column = entry.start("key") if key else entry.start("rest")
    if entry["dashes"]:  # a list may stand as far left as its key
        state.blocks = [block for block in state.blocks if block[0] <= dashes]
    elif key or last:
        state.blocks = [block for block in state.blocks if block[0] < column]
    if key:
        state.blocks.append((column, key.strip("\"'")))
    state.bare = not key
    state.word = start + entry.start("rest")
    _scan(state, entry["rest"], state.word)


def _scan(state: _State, text: str, start: int) -> None:
    """Follow brackets, quotes, commas and colons through `text`, which begins at `start`."""
    if not state.quote:
        state.word = start + len(text) - len(text.lstrip()) if state.flow else state.word
    for index, char in enumerate(text):
        at, before = start + index, text[:index]
        fresh = not text[max(0, state.word - start) : index].strip()
        if state.quote:
            state.quote = "" if char == state.quote else state.quote
        elif char == "#" and (not before or before[-1].isspace()):
            return
        elif char in "\"'" and fresh:
            state.quote, state.word = char, at + 1
        elif char in "[{" and fresh:
            state.flow.append(_Flow(char))
            state.word = at + 1
        elif state.flow:
            _step(state, text, index, at)
        if fresh and char == " ":
            state.word = at + 1


def _step(state: _State, text: str, index: int, at: int) -> None:
    """One character inside brackets."""
    innermost, char = state.flow[-1], text[index]
    if char in "]}":
        state.flow.pop()
        state.word = at + 1
    elif char == ",":
        innermost.key = ""
        state.word = at + 1
    elif char == ":" and innermost.bracket == "{" and not innermost.key and text[index + 1 : index + 2] in {"", " "}:
        innermost.key = text[:index].rpartition("{")[2].rpartition(",")[2].strip().strip("\"'")
        state.word = at + 1
