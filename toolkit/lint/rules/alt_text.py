"""Pictures need a description for people who cannot see them.

## What it does

Asks for `alt` of every photo and graphic (and warns about videos), and reports descriptions that are the file's name,
that begin with "Bild von" or "image of", that say no more than "photo", that repeat the post's text, that are in
another language than the post, or that are longer than one of the post's networks takes.

## Why is this bad?

A screen reader reads the description aloud. Without one, people hear "picture", or "IMG underscore 4711"; that it
is a picture they are told anyway; what repeats the text they hear twice; and what is too long the network cuts or
refuses.

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

from toolkit.language.guessing import guess_language
from toolkit.lint.rule import Rule, View, all_media
from toolkit.messages import _, ngettext
from toolkit.model import Media, MediaKind, Post, Problem, Severity
from toolkit.networks.base import Capability

_OPENING: Final = re.compile(
    r"(?i)(?:(?:ein |das |dieses )?(?:bild|foto|fotografie|grafik) von|auf dem (?:bild|foto) (?:ist|sind|sieht)"
    r"|(?:an? |the |this )?(?:image|picture|photo|photograph|graphic) of)\b"
)
_BARE: Final = re.compile(
    r"(?i)(?:ein(?:e|en)? |das |an? |the )?(?:bild|foto|photo|grafik|graphic|image|picture|illustration|screenshot|logo|symbolbild"
    r"|titelbild|collage|video)[.!]?"
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
    yield from _check_texts(post, view)
    for medium, limit, network in _shortest_limits(post, view):
        if len(medium.alt) > limit:
            excess = ngettext("{count} character too long", "{count} characters too long", len(medium.alt) - limit)
            message = _("{excess}: {network} takes {limit}").format(excess=excess, network=network, limit=limit)
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
    elif _BARE.fullmatch(alt):
        yield RULE.at(post, key, _("this says that there is a picture, not what can be seen on it"))
    elif opening := _OPENING.match(alt):
        message = _("leave out {opening!r}: screen readers announce a picture as such").format(opening=opening[0])
        yield RULE.at(post, key, message, severity=Severity.WARNING)


def _check_texts(post: Post, view: View) -> Iterator[Problem]:
    """Descriptions that repeat what the post says, or that its readers may not understand."""
    told = {_letters(passage.text) for passage in view.passages(post) if not passage.key}
    foreign: dict[str, tuple[str, list[str]]] = {}
    for draft in view.drafts(post):
        for medium in draft.media:
            language = guess_language(medium.alt)
            if language and language != draft.language[:2].lower():
                foreign.setdefault(f"{medium.key}.alt", (language, []))[1].append(draft.account.name)
    for medium in all_media(post):
        if medium.alt.strip() and _letters(medium.alt) in told:
            message = _("this repeats the text; say what can be seen")
            yield RULE.at(post, f"{medium.key}.alt", message, severity=Severity.WARNING)
    names = {"de": _("German"), "en": _("English")}
    for key, (language, accounts) in foreign.items():
        message = _("seems to be {language}, which the text for {accounts} is not; describe it there under options")
        said = message.format(language=names[language], accounts=", ".join(dict.fromkeys(accounts)))
        yield RULE.at(post, key, said, severity=Severity.HINT)


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


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
