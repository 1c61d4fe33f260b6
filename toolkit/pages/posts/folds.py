"""Where a network's feed hides the rest of a text behind "more": a preview folds there, and opens at a click.

No network promises these places, and apps differ from the web; they are what was seen, and where nothing is known a
text is shown whole. Sources, all read on 2026-11-23:

- Instagram: the first three lines, and 125 characters stay whole
  (https://help.instagram.com/1643471055915254).
- LinkedIn: three lines on the web and in the app, about 70 characters each on the web; two where the third is empty
  (J. Espirian, "See more" breakpoints on LinkedIn posts, September 2024).
- Facebook: about 477 characters on the web, fewer in the app
  (https://socialk.it/fr/tools/facebook-character-counter, https://www.posthell.com/tools/facebook-character-counter).
- X: 280 characters of a longer text
  (https://replysocial.co/blog/long-form-x-posts-when-to-use-4000-chars-vs-280).
- Bluesky: 25 lines (bluesky-social/social-app, src/lib/constants.ts, MAX_POST_LINES).
- Mastodon: 32 lines of the web's feed (mastodon/mastodon, app/javascript/mastodon/components/status_content.jsx,
  MAX_HEIGHT, commit 03006bd).

How many characters a line has there was counted on screenshots of German texts and is rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from toolkit.values import dataclass

# A fold that hides less than this is none: networks cut by height, and a word more or less is their affair.
_LEAST: Final = 12


@dataclass(frozen=True, slots=True)
class Fold:
    """So many lines of so many characters, or so many characters; 0: as many as there are."""

    lines: int = 0
    width: int = 0
    characters: int = 0


FOLDS: Final[Mapping[str, Fold]] = {
    "instagram": Fold(lines=3, width=48, characters=125),
    "linkedin": Fold(lines=3, width=70),
    "facebook": Fold(characters=477),
    "x": Fold(characters=280),
    "bluesky": Fold(lines=25, width=60),
    "mastodon": Fold(lines=32, width=68),
}


def find_fold(network: str, text: str) -> int | None:
    """How many characters of `text` the network's feed shows, at the end of a word; None where it shows all."""
    fold = FOLDS.get(network)
    if fold is None or not _may_fold(text, fold):
        return None
    ends = [_line_end(text, fold)] if fold.lines else []
    ends += [fold.characters] if fold.characters else []
    end = min(ends)
    if len(text.rstrip()) - end < _LEAST:
        return None
    space = max(text.rfind(" ", 0, end + 1), text.rfind("\n", 0, end + 1))
    return len(text[: space if space > 0 else end].rstrip())


def _may_fold(text: str, fold: Fold) -> bool:
    """Whether the text has to be laid out: two lines after each other hold more than the width of one, so most are short."""
    return 0 < fold.characters < len(text) or 0 < fold.lines < text.count("\n") + 2 * len(text) // fold.width + 1


def _line_end(text: str, fold: Fold) -> int:
    """Where the last line ends that is shown; an empty one is not shown at the end."""
    at = 0
    for _line in range(fold.lines):
        if at >= len(text):
            break
        at = _next_line(text, at, fold.width)
    return len(text[:at].rstrip())


def _next_line(text: str, at: int, width: int) -> int:
    """Where the line after the one at `at` begins, broken between words as browsers do."""
    newline = text.find("\n", at, at + width + 1)
    if newline >= 0:
        return newline + 1
    if at + width >= len(text):
        return len(text)
    space = text.rfind(" ", at, at + width + 1)
    return space + 1 if space > at else at + width
