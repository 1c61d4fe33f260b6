"""Places in handbook pages where the tokens are shown: a fence with the word ``tokens`` and one line of what to show.

::

    ```tokens
    swatches color.palette on color.light.background
    ```

The site renders it from the file, so the page cannot say anything else than the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.messages import _
from toolkit.model import find_fenced
from toolkit.tokens.colour import Colour
from toolkit.tokens.nouns import Tokens
from toolkit.tokens.values import suggest
from toolkit.values import dataclass

SHOWS: Final = ("swatches", "roles", "contrast", "series", "examples", "fonts", "downloads")


@dataclass(frozen=True, slots=True)
class Fence:
    """One such place: `start` and `end` in the page, `at` where its line begins, and the line's words."""

    start: int
    end: int
    at: int
    line: str

    @property
    def show(self) -> str:
        """What is to be shown."""
        return self.line.split()[0] if self.line.split() else ""

    @property
    def group(self) -> str:
        """The group of tokens, "" for none."""
        words = self.line.split()
        return words[1] if len(words) > 1 else ""

    @property
    def ground(self) -> str:
        """The token behind ``on``, "" for none."""
        words = self.line.split()
        return words[3] if len(words) > 3 else ""


def find_fences(markdown: str) -> Iterator[Fence]:
    """Every fence of tokens in a page, in order."""
    for block in find_fenced(markdown):
        if block.kind == "tokens":
            yield Fence(block.start, block.end, block.first, markdown[block.first : block.last].strip())


def complain(fence: Fence, tokens: Tokens) -> str:
    """What is wrong with a fence; "" for nothing."""
    words = fence.line.split()
    if fence.show not in SHOWS or "\n" in fence.line:
        message = _("one line is expected here that begins with one of {shows}{hint}")
        return message.format(shows=", ".join(SHOWS), hint=suggest(fence.show, SHOWS))
    if fence.show != "swatches":
        return "" if len(words) == 1 else _("{show} takes no further words").format(show=fence.show)
    if len(words) not in (2, 4) or (len(words) == 4 and words[2] != "on"):
        return _("write it like this: swatches color.palette on color.light.background")
    if not any(isinstance(token.value, Colour) for token in tokens.group(fence.group).values()):
        groups = {name.rpartition(".")[0] for name in tokens.colours}
        message = _("there is no group of colours {name}{hint}")
        return message.format(name=fence.group, hint=suggest(fence.group, groups))
    if fence.ground and fence.ground not in tokens.colours:
        message = _("there is no colour {name}{hint}")
        return message.format(name=fence.ground, hint=suggest(fence.ground, tokens.colours))
    return ""
