"""Each medium must be one that its networks take, or can be made into one.

## What it does

Looks into the files: whether they are whole, how large they are, how long a video is; and compares with what each of
the post's networks takes. What Leitstand can put right before sending is none of your work: pictures are made
smaller, saved as another type and turned upright, and their metadata (place, camera) never goes out. Reported is what
it cannot: damaged files, videos that are too large, too long or of the wrong type, animations that a network would
show standing still. A picture that a network's proportions cut is pointed out, so that `crop` and `focus` say
what stays.

Videos are read by Leitstand itself; for types that it does not know (WebM) it asks ffprobe, where that is installed.

## Why is this bad?

The network refuses the medium when nobody is looking, or shows half a face.

## Example

```markdown
---
channels: [instagram]
media:
  - file: media/panorama.jpg
    alt: Der Hafen am Morgen
---
```

## Use instead

```markdown
---
channels: [instagram]
media:
  - file: media/panorama.jpg
    alt: Der Hafen am Morgen
    crop: "1:1"
    focus: [0.8, 0.5]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Media, Post, Problem, Severity, zone
from toolkit.networks import by_hand
from toolkit.networks.base import MEDIA, Network
from toolkit.networks.mediarules import MediaRules, Ready, Refused, prepare, rules_of
from toolkit.pictures import Facts, PictureError
from toolkit.workspace import Draft
from toolkit.workspace.mediafiles import complaint


def check(post: Post, view: View) -> Iterator[Problem]:
    """What is wrong with files, once each; and with files on networks, once for each reason."""
    found: dict[tuple[str, str, Severity], list[str]] = {}
    for draft in view.drafts(post):
        network = view.network(draft.account.network) if draft.media else None
        for medium in draft.media:
            if not network or not medium.file or complaint(medium, view.files):
                continue
            facts = view.files.facts(medium.file)
            for field, message, severity in (
                *_said(medium, facts, rules_of(network)),
                *(() if _is_past(draft, view) else _unsent(medium, draft, network)),
            ):
                found.setdefault((f"{medium.key}.{field}", message, severity), []).append(network.title)
    for (key, message, severity), titles in found.items():
        networks = ", ".join(dict.fromkeys(titles))
        text = _("{networks}: {what}").format(networks=networks, what=message)
        yield RULE.at(post, key, text, severity=severity)


def _said(medium: Media, facts: Facts | PictureError, rules: MediaRules) -> Iterator[tuple[str, str, Severity]]:
    """Field of the medium, sentence and severity of what one network has against it."""
    if isinstance(facts, PictureError):
        yield "file", str(facts), Severity.ERROR
        return
    ready = prepare(facts, rules, medium.crop, medium.focus)
    if isinstance(ready, Refused):
        yield ready.field, ready.reason, Severity.ERROR
    elif ready.cut_unasked and medium.focus is None:
        yield ("crop" if medium.crop else "file"), _cut(ready), Severity.HINT
    elif facts.media_type.startswith("video/") and not facts.seconds and rules.video_seconds:
        message = _("how long the video is cannot be told without ffprobe; at most {most} seconds are taken")
        yield "file", message.format(most=rules.video_seconds), Severity.HINT


def _is_past(draft: Draft, view: View) -> bool:
    """Whether the draft's time is over, so that nothing is to be brought anywhere any more."""
    return draft.publish is not None and zone(draft.publish.zone) is not None and draft.publish.instant() < view.now


def _unsent(medium: Media, draft: Draft, network: Network) -> Iterator[tuple[str, str, Severity]]:
    """The word about a kind of medium that the network takes and Leitstand does not bring there yet."""
    if network.connect is None or by_hand(draft.account) or MEDIA[medium.kind] in network.capabilities:
        return
    if not network.capabilities.isdisjoint(MEDIA.values()):
        message = _("Leitstand sends no {kind} there; leave it out for this channel, or publish by hand (hand_off)")
        yield "file", message.format(kind=MEDIA[medium.kind].value), Severity.WARNING


def _cut(ready: Ready) -> str:
    left, top, right, bottom = ready.wish.box if ready.wish else (0, 0, 0, 0)
    message = _("{before} is cut to {after}, around the middle; crop: and focus: say what stays")
    width, height = ready.before
    return message.format(before=f"{width} x {height}", after=f"{right - left} x {bottom - top}")


RULE = Rule("media-fit", Severity.ERROR, __doc__ or "", check_post=check)
