"""Pictures need a description for people who cannot see them.

## What it does

Asks for `alt` of every photo and graphic (and warns about videos), and reports descriptions that are the file's name,
that begin with "Bild von" or "image of", or that are longer than one of the post's networks takes.

## Why is this bad?

A screen reader reads the description aloud. Without one, people hear "picture", or "IMG underscore 4711"; that it
is a picture they are told anyway; and what is too long the network cuts or refuses.

## Example

```markdown
---
media:
  - file: media/tuer-1.jpg
    alt: Bild von tuer-1.jpg
---
```

## Use instead

```markdown
---
media:
  - file: media/tuer-1.jpg
    alt: Eine Hand öffnet die erste Tür eines Adventskalenders aus Kaffeetüten
---
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from toolkit.lint.rule import Rule, View, all_media
from toolkit.messages import _
from toolkit.model import Media, MediaKind, Post, Problem, Severity
from toolkit.networks.base import Capability

_OPENING: Final = re.compile(
    r"(?i)(?:(?:ein |das |dieses )?(?:bild|foto|fotografie|grafik) von|auf dem (?:bild|foto) (?:ist|sind|sieht)"
    r"|(?:an? |the |this )?(?:image|picture|photo|photograph|graphic) of)\b"
)
_FILE_NAME: Final = re.compile(
    r"(?i)\S+\.(?:jpe?g|png|gif|webp|avif|heic|svg|mp4|mov|webm|pdf)|(?:img|dsc|pxl)[_-]?\d+"
)


def check(post: Post, view: View) -> Iterator[Problem]:
    """Missing and poor descriptions, and those that are too long for a network."""
    media = all_media(post)
    if not media:
        return
    for medium in media:
        yield from _check_words(post, medium)
    for medium, limit, network in _shortest_limits(post, view):
        if len(medium.alt) > limit:
            message = _("{excess} characters too long: {network} takes {limit}").format(
                excess=len(medium.alt) - limit, network=network, limit=limit
            )
            yield RULE.at(post, f"{medium.key}.alt", message)


def _check_words(post: Post, medium: Media) -> Iterator[Problem]:
    key, alt = f"{medium.key}.alt", medium.alt.strip()
    if not alt:
        if medium.file and medium.kind in {MediaKind.PHOTO, MediaKind.GRAPHIC}:
            yield RULE.at(post, f"{medium.key}.file", _("no alt text; say what can be seen, such as alt: A hand …"))
        elif medium.file and medium.kind is MediaKind.VIDEO:
            message = _("no alt text; say what can be seen and heard")
            yield RULE.at(post, f"{medium.key}.file", message, severity=Severity.WARNING)
    elif _FILE_NAME.fullmatch(alt) or alt.casefold() == PurePosixPath(medium.file).stem.casefold():
        yield RULE.at(post, key, _("this is a file name, not a description; say what can be seen"))
    elif opening := _OPENING.match(alt):
        message = _("leave out {opening!r}: screen readers announce a picture as such").format(opening=opening[0])
        yield RULE.at(post, key, message, severity=Severity.WARNING)


def _shortest_limits(post: Post, view: View) -> Iterator[tuple[Media, int, str]]:
    """Each medium with the tightest limit among the networks that get it."""
    limits: dict[str, tuple[Media, int, str]] = {}
    for draft in view.drafts(post):
        network = view.network(draft.account.network)
        if network is None or Capability.ALT_TEXT not in network.capabilities:
            continue
        for medium in draft.media:
            if medium.key not in limits or network.max_alt < limits[medium.key][1]:
                limits[medium.key] = (medium, network.max_alt, network.title)
    yield from limits.values()


RULE = Rule("alt-text", Severity.ERROR, __doc__ or "", check_post=check)
