"""Graphics should keep to the brand's colours.

## What it does

Looks at media of `kind: graphic`: at most eight main colours of the picture, how much each one fills, and how far each
is from the nearest colour in guidelines/tokens.json (CIEDE2000, weighted by share). Photos have the colours of the
world and are never looked at. The limit is `pictures.difference` in the file, 10 without it.

## Why is this bad?

People recognise a brand by its colours before they have read a word. A graphic in other colours looks like somebody
else's, or like an old one.

## Example

```markdown
---
media:
  - file: media/schlussverkauf.png
    kind: graphic
    alt: Schlussverkauf in Pink auf Neongrün
---
```

## Use instead

```markdown
---
media:
  - file: media/bestellschluss.png
    kind: graphic
    alt: Bestellschluss in Gischt auf Nacht
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.lint.memory import Memory, Rows, make_key
from toolkit.lint.rule import Rule, View, all_media
from toolkit.messages import _, decimal
from toolkit.model import Media, MediaKind, Post, Problem, Severity
from toolkit.pictures import PictureError, dominant_colours
from toolkit.tokens import Colour, colour_of, nearest, say_hex, weighted_difference
from toolkit.values import dataclass
from toolkit.workspace.mediafiles import complaint

# How many of a picture's foreign colours are named.
_NAMED: Final = 2
_SEEN: Final = 0.05  # of the picture; smaller parts are edges and noise


@dataclass(frozen=True, slots=True)
class Palette:
    """The brand's colours and how far a picture may be from them."""

    colours: tuple[Colour, ...]
    limit: float

    def key(self, data: bytes) -> str:
        """What the result for a picture depends on."""
        return make_key(b"picture", data, *(say_hex(colour).encode() for colour in self.colours))

    def compare(self, data: bytes) -> Rows:
        """Each main colour of a picture, its share, the brand's nearest colour and their difference."""
        rows = []
        for rgb, share in dominant_colours(data):
            near, away = nearest(Colour(*rgb), self.colours)
            rows.append((say_hex(Colour(*rgb)), round(share, 4), say_hex(near), round(away, 2)))
        return tuple(rows)


def check(view: View) -> Iterator[Problem]:
    """Graphics in other colours than the brand's."""
    graphics = list(_graphics(view))
    tokens = view.tokens[0] if graphics else None
    colours = dict.fromkeys(colour_of(token) for token in tokens.palette.values()) if tokens else {}
    if tokens is None or not colours:
        return
    palette = Palette(tuple(colours), tokens.intent.picture_difference)
    memory = Memory(view.workspace.root)
    for post, medium in graphics:
        try:
            rows = _measure(view, medium, palette, memory)
        except ImportError:
            message = _("colours of graphics are not checked without Pillow: pip install 'leitstand[publish]'")
            yield RULE.at(post, f"{medium.key}.file", message, severity=Severity.HINT)
            break  # what is missing for one is missing for all
        away = weighted_difference([(share, distance) for _colour, share, _near, distance in rows])
        if away > palette.limit:
            yield RULE.at(post, f"{medium.key}.file", _say(rows, away, palette.limit))
    memory.save()


def _graphics(view: View) -> Iterator[tuple[Post, Media]]:
    """The graphics whose file is there and what it says it is; about the others the rule `media` speaks."""
    for post in view.posts:
        for medium in all_media(post) if view.asked(post.path) else ():
            if medium.kind is MediaKind.GRAPHIC and medium.file and not complaint(medium, view.files):
                yield post, medium


def _measure(view: View, medium: Media, palette: Palette, memory: Memory) -> Rows:
    try:
        data = view.files.read(medium.file)
        return memory.recall(palette.key(data), lambda: palette.compare(data))
    except (OSError, PictureError):  # said by the rules about media
        return ()


def _say(rows: Rows, away: float, limit: float) -> str:
    seen = [row for row in rows if row[1] >= _SEEN and row[3] > limit / 2] or rows
    foreign = sorted(seen, key=lambda row: -row[1] * row[3])[:_NAMED]
    named = ", ".join(
        _("{share} {colour} (nearest {near}, {away} away)").format(
            share=f"{share:.0%}", colour=colour, near=near, away=decimal(distance, ".0f")
        )
        for colour, share, near, distance in foreign
    )
    message = _("{away} away from the brand's colours, at most {limit} is wanted: {named}")
    return message.format(away=decimal(away, ".1f"), limit=decimal(limit, "g"), named=named)


RULE = Rule("brand-colours", Severity.WARNING, __doc__ or "", check_all=check)
