"""Kinds of media that a network does not show together must not stand in one post.

## What it does

Reports a video, an animation or a document beside other media, on networks where such a medium must be the only one.

## Why is this bad?

The network refuses the post, or drops one of the media.

## Example

```markdown
---
channels: [mastodon]
media:
  - file: media/tuer-1.jpg
    alt: Eine Hand öffnet die erste Tür
  - file: media/film.mp4
    kind: video
    alt: Die Tür geht auf, dahinter dampft eine Tasse Kaffee
---
```

## Use instead

```markdown
---
channels: [mastodon]
media:
  - file: media/film.mp4
    kind: video
    alt: Die Tür geht auf, dahinter dampft eine Tasse Kaffee
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Media, Post, Problem, Severity
from toolkit.networks.mediarules import loners, rules_of
from toolkit.pictures import Facts
from toolkit.workspace.mediafiles import complaint


def check(post: Post, view: View) -> Iterator[Problem]:
    """Media that must stand alone and do not, once each with all the networks that say so."""
    found: dict[str, list[str]] = {}
    for draft in view.drafts(post):
        network = view.network(draft.account.network) if len(draft.media) > 1 else None
        if network is None:
            continue
        media = [one for one in draft.media if one.file and not complaint(one, view.files)]
        for index in loners((_type(one, view) for one in media), rules_of(network)):
            found.setdefault(media[index].key, []).append(network.title)
    for key, titles in found.items():
        networks = ", ".join(dict.fromkeys(titles))
        message = _("{networks}: shown only alone; leave out the other media, or make another post of them")
        yield RULE.at(post, key, message.format(networks=networks))


def _type(medium: Media, view: View) -> str:
    """The media type; a GIF that does not move is a picture like others."""
    facts = view.files.facts(medium.file)
    if not isinstance(facts, Facts):
        return ""
    return "image/png" if facts.media_type == "image/gif" and not facts.animated else facts.media_type


RULE = Rule("media-mix", Severity.ERROR, __doc__ or "", check_post=check)
