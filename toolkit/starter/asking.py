"""Asking somebody at a terminal until the answer can be used: what is wrong is said, ``?`` is explained, nothing breaks."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, Protocol, TypeVar

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.starter.reading import NearMissError

T = TypeVar("T")
LONGEST: Final = 400  # characters of an answer: a sentence or a handful of subjects, no text that was pasted by mistake
_DONE: Final = ("", "-")
# Control signs of keys that the terminal does not know, and bytes that are no UTF-8.
_UNREADABLE: Final = frozenset({"Cc", "Cs", "Cn", "Co"})


class Terminal(Protocol):
    """Somebody who reads and answers."""

    def ask(self, question: str, default: str = "") -> str:
        """What they type, without the line's end, several lines where they pasted them; `default` for nothing."""

    def say(self, text: str = "") -> None:
        """Show a line."""


class Questioner:
    """Asks a terminal. `about` is what a question says of itself when the answer is ``?``."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.say = terminal.say

    def until(
        self, question: str, read: Callable[[str], T], *, default: str = "", about: str = "", between: str = ""
    ) -> T:
        """The first answer that can be read; what is wrong with the others is said.

        Where one may answer with several things, `between` stands between them, and lines that were pasted are such.
        """
        while True:
            lines = self._lines(question, default, about)
            try:
                if len(lines) > 1 and not between:
                    raise UsageError(_("these were {count} lines; please answer in one").format(count=len(lines)))
                return read(between.join(lines))
            except NearMissError as miss:
                default = miss.near
                self.say(f"  {miss}")
            except UsageError as error:
                self.say(f"  {error}")

    def perhaps(self, question: str, read: Callable[[str], T], *, about: str = "") -> T | None:
        """As `until`; None for an empty answer."""
        return self.until(question, lambda text: None if text in _DONE else read(text), about=about)

    def several(
        self, question: str, read: Callable[[str, tuple[T, ...]], T], *, about: str = ""
    ) -> Iterator[tuple[T, ...]]:
        """What was answered so far, after each answer, until an empty one; each line of a paste is one."""
        found: tuple[T, ...] = ()
        while (lines := self._lines(question, "", about))[0] not in _DONE:
            for line in lines:
                try:
                    found = (*found, read(line, found))
                except UsageError as error:
                    self.say(f"  {error}")
                else:
                    yield found

    def _lines(self, question: str, default: str, about: str) -> list[str]:
        """The lines of an answer, at least one; only the first may be empty."""
        while True:
            answer = self._terminal.ask(question, default)
            lines = [line.strip() for line in answer.split("\n") if line.strip()] or [""]
            if lines == ["?"]:
                self.say(f"  {about}")
            elif any(unicodedata.category(sign) in _UNREADABLE for line in lines for sign in line):
                self.say("  " + _("there were signs in it that are no letters; please write it once more"))
            elif len(answer) > LONGEST:
                self.say(
                    "  " + _("at most {count} characters, please; there is room in the files").format(count=LONGEST)
                )
            else:
                return lines
