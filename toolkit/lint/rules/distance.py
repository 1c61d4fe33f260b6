"""Two posts on one account should not come too close together.

## What it does

Compares what is still to go out with what goes out before it on the same account. Less than `distance` minutes
between any two posts ([policy] of leitstand.toml, 30 by default), or less than `campaign_distance` between two posts of one campaign, is
reported at the later one, with the other post and the next free time inside the account's hours.

## Why is this bad?

Two posts in a row take readers and reach from each other, and an account that talks without a pause is muted.

## Example

```markdown
---
title: Second post of the morning
publish: 2026-12-01 07:35        # another post goes out at 07:30
channels: [mastodon]
---
```

## Use instead

```markdown
---
title: Second post of the morning
publish: 2026-12-01 08:00
channels: [mastodon]
---
```
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import Upcoming, find_upcoming
from toolkit.messages import _, ngettext
from toolkit.model import Post, Problem, Severity
from toolkit.planning import Line, next_opening
from toolkit.planning.openings import LONGEST
from toolkit.planning.slots import CLOCKS
from toolkit.values import dataclass

FEW: Final = 20  # posts; for more, looking at all of them is as quick


@dataclass(frozen=True, slots=True)
class Row:
    """What goes out one after another on one account, or in one campaign of it, and how far apart it has to be."""

    posts: Sequence[Upcoming]
    minutes: int
    campaign: str = ""

    def close(self) -> Iterator[tuple[Upcoming, Upcoming]]:
        """Neighbours that are too close together."""
        apart = timedelta(minutes=self.minutes)
        return ((earlier, later) for earlier, later in pairwise(self.posts) if later.at - earlier.at < apart)

    def without(self, post: Upcoming) -> Line:
        return Line([one.at for one in self.posts if one is not post], self.minutes)


def check(view: View) -> Iterator[Problem]:
    """Posts that come too soon after another one of their account, or of their account and campaign."""
    policy = view.settings.policy
    if not policy.distance and not policy.campaign_distance:
        return
    # The dispatcher asks about posts that are due, one by one: these come too soon after nothing any more.
    asked = view.asked_posts if view.paths else ()
    if view.paths and not any(next(find_upcoming(post, view), None) for post in asked):
        return
    for upcoming in _by_account(view):
        row = Row(upcoming, policy.distance)
        told = set()
        for earlier, later in row.close():
            if view.asked(later.draft.post.path):
                told.add(id(later))
                yield _problem(earlier, later, (row,), view)
        for own in _by_campaign(upcoming, policy.campaign_distance):
            for earlier, later in own.close():
                if id(later) not in told and view.asked(later.draft.post.path):
                    yield _problem(earlier, later, (own, row), view)


def _by_account(view: View) -> list[list[Upcoming]]:
    found: defaultdict[str, list[Upcoming]] = defaultdict(list)
    for post in _nearby(view):
        for upcoming in find_upcoming(post, view):
            found[upcoming.draft.account.name].append(upcoming)
    return [sorted(row, key=lambda one: (one.at, one.draft.post.path)) for row in found.values()]


def _nearby(view: View) -> Sequence[Post]:
    """The posts to compare: of a few that were asked about, them and what goes out near them, as far as it can matter."""
    asked = view.asked_posts
    if not view.paths or len(asked) > FEW or any(post.repeat for post in asked):
        return view.posts
    walls = [wall for post in asked for wall in _walls(post, view)]
    if not walls:
        return asked
    policy = view.settings.policy
    apart = timedelta(minutes=max(policy.distance, policy.campaign_distance)) + CLOCKS
    first, last = min(walls) - apart, max(walls) + apart + LONGEST
    return [post for post in view.posts if post.repeat or any(first <= wall <= last for wall in _walls(post, view))]


def _walls(post: Post, view: View) -> list[datetime]:
    return [draft.publish.wall for draft in view.drafts(post) if draft.publish is not None]


def _by_campaign(upcoming: Sequence[Upcoming], minutes: int) -> Iterator[Row]:
    found: defaultdict[str, list[Upcoming]] = defaultdict(list)
    for one in upcoming:
        if minutes and one.draft.post.campaign:
            found[one.draft.post.campaign].append(one)
    return (Row(row, minutes, campaign) for campaign, row in found.items())


def _problem(earlier: Upcoming, later: Upcoming, rows: Sequence[Row], view: View) -> Problem:
    """The problem at the later post; `rows` are what it has to keep its distance in, the first is the one it does not."""
    post, account = later.draft.post, later.draft.account
    message = _("{account} gets {path} {minutes} before; {fewest} have to lie between")
    if rows[0].campaign:
        message = _("{account} gets {path} of the campaign {campaign} {minutes} before; {fewest} have to lie between")
    between = int((later.at - earlier.at).total_seconds() // 60)
    message = message.format(
        account=account.name,
        path=earlier.draft.post.path,
        campaign=rows[0].campaign,
        minutes=ngettext("{count} minute", "{count} minutes", between),
        fewest=rows[0].minutes,
    )
    opening = next_opening(later.at, account, view.settings, [row.without(later) for row in rows])
    if opening is not None:
        message += _("; next free: {when}").format(when=f"{opening:%Y-%m-%d %H:%M}")
    return replace(RULE.at(post, later.key, message), related=earlier.draft.post.path)


RULE = Rule("distance", Severity.WARNING, __doc__ or "", check_all=check)
