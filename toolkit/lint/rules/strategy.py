"""A ready post serves the strategy.

## What it does

Asks every ready post that is still to go out what it is for: its pillar where `guidelines/strategy.md` has pillars, its
goal where it has goals. A post has a goal when it names one (`goal`, a KPI) or when its campaign has goals. A house that
wants something else says so: `required` under `[check.strategy]`, a list of pillar, goal, campaign, or an empty one.

## Why is this bad?

A post that serves nothing costs as much work as one that does, and no report can say whether it was worth it.

## Example

```markdown
---
status: ready
channels: [mastodon]
---
```

## Use instead

```markdown
---
status: ready
pillar: produkt
goal: orders
channels: [mastodon]
---
```

with this in `guidelines/strategy.md`:

```yaml
goals:
  - {metric: orders, target: 340}
pillars:
  - {name: produkt, title: Produkt}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import find_upcoming
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Status
from toolkit.strategy import read_strategy


def check(view: View) -> Iterator[Problem]:
    """What ready posts do not say although the house asks it."""
    names = _names(view)
    required = view.settings.checks.strategy
    # Where the settings say nothing, posts serve what the strategy gives them to serve.
    keys = [key for key in ("pillar", "goal") if names[key]] if required is None else required
    for post in view.asked_posts if keys else ():
        if post.status is Status.READY and _waits(post, view):
            said = _said(post, view)
            yield from (_problem(post, key, names[key]) for key in keys if not said[key])


def _names(view: View) -> dict[str, list[str]]:
    """What a post may name, from the plan and the campaigns that are not over."""
    plan, today = read_strategy(view.workspace), view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    campaigns = [one for one in view.workspace.campaigns.values() if one.end is None or one.end >= today]
    return {
        "pillar": [one.name for one in plan.pillars],
        "goal": list(dict.fromkeys(one.metric for one in plan.goals)),
        "campaign": [one.name for one in campaigns],
    }


def _said(post: Post, view: View) -> dict[str, bool]:
    campaign = view.workspace.campaigns.get(post.campaign)
    return {
        "pillar": bool(post.pillar),
        "campaign": bool(post.campaign),
        "goal": bool(post.goal or (campaign is not None and campaign.goals)),
    }


def _problem(post: Post, key: str, names: list[str]) -> Problem:
    message = _("no {key}; the strategy asks it of every ready post")
    if names:
        message = _("no {key}; the strategy asks it of every ready post: {names}")
    return RULE.at(post, key, message.format(key=key, names=", ".join(names)))


def _waits(post: Post, view: View) -> bool:
    return post.publish_next or next(find_upcoming(post, view), None) is not None or post.publish is None


RULE = Rule("strategy", Severity.WARNING, __doc__ or "", check_all=check)
