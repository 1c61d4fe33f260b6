"""A month's posts keep the mix of the social media plan.

## What it does

Counts the posts of this month and of every later one by their pillar and compares their shares with `least` and `most` of the
pillars in `guidelines/strategy.md`. A pillar with too many posts is a warning at the pillar, one with too few a hint, because the month
may not be planned to its end. Posts are whole: of seven posts, 30 % are three. A month of fewer than five posts has no mix. A post that
comes again counts each time. Also points out pillars of posts that the plan does not know.

## Why is this bad?

Everybody plans one more post about the product. Seen alone each is fine; the month becomes a leaflet, and nobody
notices before the report.

## Example

```markdown
---
publish: 2026-12-01 07:30
pillar: produckt
---
```

## Use instead

```markdown
---
publish: 2026-12-01 07:30
pillar: produkt
---
```

with these pillars in the strategy:

```yaml
pillars:
  - {name: produkt, most: 30 %}
  - {name: wissen, least: 20 %}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from toolkit.dates import say_month
from toolkit.lint.rule import Rule, View
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity, Span
from toolkit.settings import unknown_name
from toolkit.strategy import Part, Strategy, month_mix, posts_by_month, read_strategy


def check(view: View) -> Iterator[Problem]:
    """Pillars that the plan does not know, and months that break its mix."""
    plan = read_strategy(view.workspace)
    if not plan.pillars:
        return
    known = dict.fromkeys(one.name for one in plan.pillars)
    for post in view.asked_posts:
        if post.pillar and post.pillar not in known:
            yield RULE.at(post, "pillar", unknown_name(_("pillar"), post.pillar, known))
    if view.asked(plan.path):
        today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
        for month, posts in posts_by_month(view.posts, today).items():
            for part in month_mix(plan.pillars, [post.pillar for post in posts]).broken:
                yield _problem(plan, part, month)


def _problem(plan: Strategy, part: Part, month: date) -> Problem:
    posts = ngettext("{count} post", "{count} posts", part.total)
    if part.over:
        message = _(
            "{month}: {pillar} has {count} of {posts}, the plan allows {most}; move one or choose another pillar"
        )
        span, severity = _span(plan, f"{part.pillar.key}.most"), Severity.WARNING
    else:
        message = _("{month}: {pillar} has {count} of {posts}, the plan wants {least} or more")
        span, severity = _span(plan, f"{part.pillar.key}.least"), Severity.HINT
    said = message.format(
        month=say_month(month),
        pillar=part.pillar.title,
        count=part.count,
        posts=posts,
        most=part.allowed,
        least=part.wanted,
    )
    return Problem(plan.path, span, RULE.id, severity, said)


def _span(plan: Strategy, key: str) -> Span:
    return plan.places.span(key) if plan.places is not None else Span()


RULE = Rule("pillar-mix", Severity.WARNING, __doc__ or "", check_all=check)
