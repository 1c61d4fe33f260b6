"""A post of a campaign should go out while the campaign runs.

## What it does

Compares each publish day of a post, on the account's own clock, with the first and last day of its campaign. Where the
campaign has phases (`phases: [{name: teaser, from: 2026-11-24, until: 2026-11-30}]`), points out days to come that lie in none of
them. (A campaign that does not exist is reported by `names`.)

## Why is this bad?

A post outside the period is usually a slip of the month or year, and its results are counted for a campaign that
has not begun or is over.

## Example

```markdown
---
campaign: advent-2026        # 2026-11-29 to 2026-12-24
publish: 2027-12-01 07:30
---
```

## Use instead

```markdown
---
campaign: advent-2026
publish: 2026-12-01 07:30
---
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View, times
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.workspace import Campaign, Phase


def check(post: Post, view: View) -> Iterator[Problem]:
    """Publish days outside the campaign's period."""
    campaign = view.workspace.campaigns.get(post.campaign)
    if campaign is None:
        return
    for wall, key in times(post, view).items():
        if not campaign.contains(day := wall.local().date()):
            message = _("{day} lies outside the campaign {name} ({period})")
            message = message.format(day=day, name=campaign.name, period=_period(campaign))
            yield RULE.at(post, key, message)
        elif (
            campaign.phases and wall.instant() >= view.now and not any(phase.contains(day) for phase in campaign.phases)
        ):
            listed = ", ".join(_("{name} {period}").format(name=one.name, period=_span(one)) for one in campaign.phases)
            message = _("{day} lies in no phase of the campaign {name} ({phases})")
            message = message.format(day=day, name=campaign.name, phases=listed)
            yield RULE.at(post, key, message)


def _span(phase: Phase) -> str:
    return _("{start} to {end}").format(start=phase.start, end=phase.end)


def _period(campaign: Campaign) -> str:
    return _("{start} to {end}").format(start=campaign.start or "…", end=campaign.end or "…")


RULE = Rule("campaign", Severity.WARNING, __doc__ or "", check_post=check)
