"""Comments that switch rules off and on inside a text: ``<!-- vale off -->``, ``<!-- vale Style.Rule = NO -->``."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.style.document import Comment

_MATCHES: Final = re.compile(r"vale (.+\..+)(\[.+\]) = (YES|NO)$")
_RULE: Final = re.compile(r"vale (.+\..+|[^.]+) = (YES|NO|on|off)$")
_STYLES: Final = re.compile(r"vale styles? = (.*)$")
_ALL: Final = "*"


class Switches:
    """What is switched off at each place of a text."""

    def __init__(self, comments: Sequence[Comment], styles: Iterable[str]) -> None:
        self._places: list[int] = []
        self._states: list[frozenset[str]] = []
        state: set[str] = set()
        for comment in sorted(comments, key=lambda comment: comment.at):
            if _change(state, comment.text, frozenset(styles)):
                self._places.append(comment.at)
                self._states.append(frozenset(state))

    def off(self, rule: str, match: str, at: int, *, raw: bool = False) -> bool:
        """Whether a finding at `at` is unwanted. Rules about the raw text only heed ``off`` and ``on``, as in Vale."""
        index = bisect_right(self._places, at) - 1
        if index < 0:
            return False
        state = self._states[index]
        if raw or not state:
            return _ALL in state
        names = {_ALL, rule, rule.partition(".")[0], f"{rule}[{match}]"}
        return bool(names & state)


def _change(state: set[str], text: str, styles: frozenset[str]) -> bool:
    """Apply a comment; the answer is whether it is one of ours."""
    if text in {"vale off", "vale on"}:
        _switch(state, _ALL, off=text == "vale off")
    elif found := _MATCHES.fullmatch(text):
        for word in _words(found[2]):
            _switch(state, f"{found[1]}[{word}]", off=found[3] == "NO")
    elif found := _RULE.fullmatch(text):
        _switch(state, found[1], off=found[2] in {"NO", "off"})
    elif found := _STYLES.fullmatch(text):
        state |= styles
        state -= {name.strip() for name in found[1].split(",")}
    else:
        return False
    return True


def _words(text: str) -> list[str]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return [word for word in found if isinstance(word, str)] if isinstance(found, list) else []


def _switch(state: set[str], name: str, *, off: bool) -> None:
    if off:
        state.add(name)
    else:
        state.discard(name)
