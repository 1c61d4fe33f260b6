"""Media are shown only while somebody is allowed to show them.

## What it does

Compares the last days in a post's media with every day on which the post goes out: `until` of the medium, and
`until` of its `consent`. Warns when a picture has people in it (`people: true`) and names no consent, and asks for what the
house demands of every medium: `required` under `[check.rights]`, a list of rights, licence, credit, people. Without it
nothing is demanded. A consent says where it lies; names of people do not belong into the file.

## Why is this bad?

A picture without rights costs money, and a person who has taken back the consent is still to be seen.

## Example

```markdown
---
publish: 2026-12-01 07:30
channels: [mastodon]
media:
  - file: media/tuer-1.jpg
    alt: Jemand öffnet die erste Tür
    people: true
    consent: {proof: Zettel 14, until: 2026-11-30}
---
```

## Use instead

```markdown
---
publish: 2026-12-01 07:30
channels: [mastodon]
media:
  - file: media/tuer-1.jpg
    alt: Jemand öffnet die erste Tür
    people: true
    consent: {proof: Zettel 31, until: 2027-11-30}
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View, all_media
from toolkit.lint.upcoming import find_upcoming
from toolkit.messages import _
from toolkit.model import Media, Post, Problem, Severity


def check(post: Post, view: View) -> Iterator[Problem]:
    """Media that may not be shown on the post's days, and what nobody has said about them."""
    media = [medium for medium in all_media(post) if medium.file]
    last = _last_days(post, view) if media else None
    if last is None:
        return
    for medium in media:
        yield from _run_out(post, medium, last.get(medium.key, last[""]))
        yield from _unsaid(post, medium, view)


def _last_days(post: Post, view: View) -> dict[str, date] | None:
    """Key of a medium → the last day on which it is shown, "" → of all; None when everything is out."""
    days: dict[str, date] = {}
    for one in find_upcoming(post, view):
        day = one.local.date()
        for key in ("", *(medium.key for medium in one.draft.media)):
            days[key] = max(day, days.get(key, day))
    if days:
        return days
    timed = post.publish is not None or any(options.publish for options in post.options.values())
    return None if timed else {"": view.now.astimezone(ZoneInfo(view.settings.timezone)).date()}


def _run_out(post: Post, medium: Media, day: date) -> Iterator[Problem]:
    if medium.until is not None and medium.until < day:
        message = _("may be shown until {until} only, this goes out on {day}")
        yield RULE.at(post, f"{medium.key}.until", message.format(until=medium.until, day=day), severity=Severity.ERROR)
    consent = medium.consent
    if consent is not None and consent.until is not None and consent.until < day:
        message = _("the consent ({proof}) ends on {until}, this goes out on {day}; ask again or take another picture")
        message = message.format(proof=consent.proof, until=consent.until, day=day)
        yield RULE.at(post, f"{medium.key}.consent.until", message, severity=Severity.ERROR)


def _unsaid(post: Post, medium: Media, view: View) -> Iterator[Problem]:
    said = {"rights": medium.rights, "licence": medium.licence, "credit": medium.credit}
    required = view.settings.checks.rights
    for key in required:
        if key in said and not said[key]:
            message = _("{key} is missing; the house asks it of every medium").format(key=key)
            yield RULE.at(post, f"{medium.key}.file", message)
    if "people" in required and medium.people is None:
        message = _("is somebody in the picture who can be recognised? say people: true or people: false")
        yield RULE.at(post, f"{medium.key}.file", message)
    if medium.people and medium.consent is None:
        message = _("people need a consent; say where it lies: {shape}")
        yield RULE.at(post, f"{medium.key}.people", message.format(shape="consent: {proof: …, until: …}"))


RULE = Rule("rights", Severity.WARNING, __doc__ or "", check_post=check)
