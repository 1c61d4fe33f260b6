"""A ready post serves the strategy.

## What it does

Asks every ready post that is still to go out for what the house demands: `required` under `[check.strategy]`, a list of
pillar, goal, campaign. A post has a goal when it names one (`goal`, a KPI) or when its campaign has goals. Without the
setting nothing is demanded.

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

with these settings:

```toml
[check.strategy]
required = ["pillar", "goal"]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import find_upcoming
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Status


def check(post: Post, view: View) -> Iterator[Problem]:
    """What a ready post does not say although the house asks it."""
    required = view.settings.checks.strategy
    if not required or post.status is not Status.READY or not _waits(post, view):
        return
    campaign = view.workspace.campaigns.get(post.campaign)
    said = {
        "pillar": bool(post.pillar),
        "campaign": bool(post.campaign),
        "goal": bool(post.goal or (campaign is not None and campaign.goals)),
    }
    for key in required:
        if not said[key]:
            message = _("no {key}; the strategy asks it of every ready post").format(key=key)
            yield RULE.at(post, key, message)


def _waits(post: Post, view: View) -> bool:
    return post.publish_next or next(find_upcoming(post, view), None) is not None or post.publish is None


RULE = Rule("strategy", Severity.WARNING, __doc__ or "", check_post=check)
