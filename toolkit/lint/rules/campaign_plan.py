"""A campaign's plan is complete: who answers for it, what has to be made, and what may go wrong.

## What it does

Reads the pages of `content/campaigns/`: risks whose `playbook` no crisis plan has as its `id`, people who do not exist,
files of assets that are not there. Of campaigns that are not over also what was wanted by a day that is past, and a
missing owner or missing goals.

## Why is this bad?

A picture that nobody made is missed on the morning of the post, and a playbook that does not exist on the worst day.

## Example

```markdown
---
start: 2026-11-24
end: 2026-12-24
owner: leitung
goals:
  - {metric: orders, target: 400}
assets:
  - {order: Foto Tür 1, owner: redaktion, due: 2026-11-18}
risks:
  - {risk: Lieferverzug, playbook: lieferung}
---
```

## Use instead

```markdown
---
start: 2026-11-24
end: 2026-12-24
owner: leitung
goals:
  - {metric: orders, target: 400}
assets:
  - {order: Foto Tür 1, file: media/tuer-1.jpg}
risks:
  - {risk: Lieferverzug, action: am selben Tag sagen und ein Datum nennen}
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Media, Problem, Severity
from toolkit.settings import unknown_name
from toolkit.source import decode, read_frontmatter
from toolkit.workspace import Asset, Campaign
from toolkit.workspace.mediafiles import complaint
from toolkit.workspace.playbooks import read_playbooks

# Dotted key, severity, message.
Slip = tuple[str, Severity, str]


def check(view: View) -> Iterator[Problem]:
    """What the campaigns' own pages promise and do not keep."""
    campaigns = [one for one in view.workspace.campaigns.values() if view.asked(one.path)]
    if not campaigns:
        return
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    playbooks = dict.fromkeys(one.id for one in read_playbooks(view.workspace.handbook)[0]) if _risky(campaigns) else {}
    # Of a page that cannot be read as it is, nobody knows what it lacks.
    broken = {problem.path for problem in view.workspace.problems}
    for campaign in campaigns:
        slips = [*_risks(campaign, view, playbooks)]
        if campaign.end is None or campaign.end >= today:
            slips += _lacks(campaign) if campaign.path not in broken else ()
            slips += (slip for one in campaign.assets for slip in _asset(one, view, today))
        yield from _place(campaign, slips, view)


def _risky(campaigns: list[Campaign]) -> bool:
    return any(risk.playbook for one in campaigns for risk in one.risks)


def _risks(campaign: Campaign, view: View, playbooks: dict[str, None]) -> Iterator[Slip]:
    people = view.settings.people
    for risk in campaign.risks:
        if risk.playbook and risk.playbook not in playbooks:
            yield f"{risk.key}.playbook", Severity.ERROR, unknown_name(_("crisis plan"), risk.playbook, playbooks)
        if risk.owner and risk.owner not in people:
            yield f"{risk.key}.owner", Severity.ERROR, unknown_name(_("person"), risk.owner, people)


def _lacks(campaign: Campaign) -> Iterator[Slip]:
    if not campaign.owner:
        yield "owner", Severity.WARNING, _("nobody answers for this campaign; name an owner")
    if not campaign.goals:
        message = _("no goals; nobody will be able to say whether it was worth it")
        yield "goals", Severity.WARNING, message


def _asset(asset: Asset, view: View, today: date) -> Iterator[Slip]:
    people = view.settings.people
    if asset.owner and asset.owner not in people:
        yield f"{asset.key}.owner", Severity.ERROR, unknown_name(_("person"), asset.owner, people)
    if asset.late(today):
        message = _("{asset} was wanted by {day} and is not there").format(asset=asset.order, day=asset.due)
        yield f"{asset.key}.due", Severity.WARNING, message
    elif asset.ready:
        why = complaint(Media(key=asset.key, file=asset.file, kind=asset.kind), view.files)
        if why:
            yield f"{asset.key}.file", Severity.ERROR, why


def _place(campaign: Campaign, slips: list[Slip], view: View) -> Iterator[Problem]:
    """The slips where they stand; the page is read again only when there are any."""
    source = decode(campaign.path, view.workspace.tree.read(campaign.path))[0] if slips else None
    if source is not None:
        places, _problems = read_frontmatter(source)
        for key, severity, message in slips:
            yield Problem(campaign.path, places.span(key), RULE.id, severity, message)


RULE = Rule("campaign-plan", Severity.ERROR, __doc__ or "", check_all=check)
