"""Emojis stand at the end, few, and never for a word.

## What it does

Points out texts with more emojis than the house likes (`[check.emoji] max`), emojis inside a word or in the place of
one, the same emoji three times in a row, lists in which every line begins with one, and, with `place = "end"`,
emojis before the last word.

## Why is this bad?

A screen reader says each one aloud: "sparkles sparkles sparkles". In the middle of a sentence they interrupt it, and
whoever does not see them loses the word.

## Example

```markdown
Wir ❤️ frischen Kaffee ✨✨✨
```

## Use instead

```markdown
Wir lieben frischen Kaffee ✨
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.language.emoji import emojis, has_emoji
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _, ngettext
from toolkit.model import Post, Problem, Severity
from toolkit.settings import EmojiPlace, WritingPolicy

_ROW: Final = 3
_LINES: Final = 3
_LETTER: Final = re.compile(r"[^\W\d_]")
_HEARTS: Final = "\u2764\u2665\U0001f499\U0001f49a\U0001f49b\U0001f49c\U0001f5a4\U0001f90d\U0001f90e\U0001f9e1"
# After these a word must come.
_WAITING: Final = {
    "der", "die", "das", "dem", "den", "des", "ein", "eine", "einen", "einem", "einer", "kein", "keine", "keinen", "mein", "meine",
    "meinen", "meinem", "dein", "deine", "deinen", "deinem", "unser", "unsere", "unseren", "unserem", "euer", "eure", "euren",
    "mit", "ohne", "für", "und", "oder", "vom", "im", "am", "zum", "zur", "beim", "the", "a", "an", "my", "your", "our", "their",
    "with", "without", "for", "and", "or", "of",
}  # fmt: skip
Places = list[tuple[int, int]]


def check(post: Post, view: View) -> Iterator[Problem]:
    """Emojis of one post that get in the way."""
    for passage in view.passages(post):
        if has_emoji(passage.text):
            places = emojis(passage.text)
            for start, end, message in _complaints(passage, places, view.settings.writing):
                yield RULE.in_passage(post, passage, start, end, message)


def _complaints(passage: Passage, places: Places, policy: WritingPolicy) -> Iterator[tuple[int, int, str]]:
    text = passage.text
    if len(places) > policy.emojis:
        start, end = places[policy.emojis]
        said = _("{emojis}; the house wants at most {max}") if policy.emojis else _("the house writes without emojis")
        yield (
            start,
            end,
            said.format(emojis=ngettext("{count} emoji", "{count} emojis", len(places)), max=policy.emojis),
        )
    yield from _rows(text, places)
    yield from _in_words(text, places)
    yield from _bullets(text, places)
    if policy.emoji_place is EmojiPlace.END:
        yield from _early(text, places)


def _rows(text: str, places: Places) -> Iterator[tuple[int, int, str]]:
    """The same emoji three times and more."""
    for index in range(len(places) - _ROW + 1):
        row = places[index : index + _ROW]
        same = len({text[start:end] for start, end in row}) == 1
        before = index and text[slice(*places[index - 1])] == text[slice(*row[0])]
        if same and not before and not text[row[0][0] : row[-1][1]].replace(text[slice(*row[0])], "").strip():
            yield row[0][0], row[-1][1], _("the same emoji in a row is read aloud each time; one is enough")


def _in_words(text: str, places: Places) -> Iterator[tuple[int, int, str]]:
    for start, end in places:
        before, after = text[:start], text[end:]
        if _LETTER.match(after) and before[-1:] and _LETTER.match(before[-1]):
            yield start, end, _("an emoji inside a word; screen readers tear it apart")
        elif _stands_for_a_word(text[start:end], before, after):
            yield start, end, _("an emoji in the place of a word; write the word and put the emoji at the end")


def _stands_for_a_word(sign: str, before: str, after: str) -> bool:
    """Whether the sentence has a gap without the emoji: a heart between two words, a picture after "with my"."""
    lead, rest = before.rstrip(" \t"), after.lstrip(" \t")
    if lead == before or not lead or _LETTER.match(lead[-1]) is None:
        return False
    if lead.split()[-1].lower() in _WAITING:
        return True
    return sign[0] in _HEARTS and rest != after and _LETTER.match(rest) is not None and not rest[0].isupper()


def _bullets(text: str, places: Places) -> Iterator[tuple[int, int, str]]:
    """Lists whose every line begins with an emoji."""
    starts = dict(places)
    opening: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        first = at + len(line) - len(line.lstrip(" \t>*-"))
        if line.strip():
            opening = [*opening, first] if first in starts else []
        if len(opening) == _LINES:
            yield (
                opening[0],
                starts[opening[0]],
                _("every line begins with an emoji, which is read aloud first; use a list"),
            )
        at += len(line)


def _early(text: str, places: Places) -> Iterator[tuple[int, int, str]]:
    last = max((found.end() for found in re.finditer(r"(?<![#\w])\w*[^\W\d_]", text)), default=0)
    for start, end in places:
        if start < last:
            yield start, end, _("the house puts emojis at the end of a text")
            return


RULE = Rule("emoji", Severity.HINT, __doc__ or "", check_post=check)
