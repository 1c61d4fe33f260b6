"""Posts should go out when the account may post.

## What it does

Compares every time that is still to come, on the account's own clock, with the account's window in leitstand.toml:
`[windows.NAME]`, where NAME is an account, a network or `all`. The account's own window wins over its network's, and
that over `all`. Names the reason that the settings give and the next time that would do. Without windows every time is
fine; quiet hours are the rule `publish-time`'s.

## Why is this bad?

A post at a time when nobody answers leaves questions alone, and a professional network on a Sunday has few readers.

## Example

```markdown
---
publish: 2026-11-29 10:00
channels: [mastodon]
---
```

## Use instead

```markdown
---
publish: 2026-11-30 10:00
channels: [mastodon]
---
```

with these settings:

```toml
[windows.mastodon]
times = ["mon-fri 08:00-18:00"]
reason = "Nobody answers at the weekend."
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.dates import say_short_day
from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import Upcoming, find_upcoming
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.planning import next_opening
from toolkit.settings import Window


def check(post: Post, view: View) -> Iterator[Problem]:
    """Times outside the windows of their accounts, each said once per window."""
    if not view.settings.windows:
        return
    told = set()
    for upcoming in find_upcoming(post, view):
        window = view.settings.window(upcoming.draft.account)
        if window is not None and not window.contains(upcoming.local) and (window.name, upcoming.local) not in told:
            told.add((window.name, upcoming.local))
            yield RULE.at(post, upcoming.key, _say(upcoming, window, view))


def _say(upcoming: Upcoming, window: Window, view: View) -> str:
    said = _("{day} {time} lies outside the hours of {account} ({times})").format(
        day=say_short_day(upcoming.local),
        time=f"{upcoming.local:%H:%M}",
        account=upcoming.draft.account.name,
        times=", ".join(window.said),
    )
    if window.reason:
        said += _(": {reason}").format(reason=window.reason.rstrip(". "))
    opening = next_opening(upcoming.at, upcoming.draft.account, view.settings)
    if opening is not None:
        said += _("; next: {when}").format(when=f"{opening:%Y-%m-%d %H:%M}")
    return said


RULE = Rule("posting-window", Severity.WARNING, __doc__ or "", check_post=check)
