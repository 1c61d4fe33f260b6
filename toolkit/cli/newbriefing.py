"""`leitstand new --briefing`: the page of a briefing, ready to be filled in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name
from toolkit.source.entries import scalar
from toolkit.values import dataclass
from toolkit.workspace import Workspace
from toolkit.workspace.briefings import BRIEFINGS
from toolkit.workspace.naming import slug

USUAL: Final = timedelta(weeks=4)  # how long one counts where nothing else is said


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, as it was written."""

    title: str
    owner: str = ""
    campaign: str = ""
    until: str = ""


def write_briefing(root: Path, workspace: Workspace, order: Order, today: date) -> Path:
    """Write it and return where it is. Raises `UsageError` for unknown names, a day that is none, and a page that is there."""
    people, campaigns = workspace.settings.people, workspace.campaigns
    if not order.title.strip():
        raise UsageError(_("a briefing needs a title"))
    if order.campaign and order.campaign not in campaigns:
        raise UsageError(unknown_name(_("campaign"), order.campaign, campaigns))
    owner = order.owner or (next(iter(people)) if len(people) == 1 else "")
    if owner not in people:
        if not owner:
            raise UsageError(
                _("say who answers for it: --author NAME, one of {people}").format(people=", ".join(people))
            )
        raise UsageError(unknown_name(_("person"), owner, people))
    path = root / BRIEFINGS / f"{slug(order.title)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _text(order, owner, _span(order, workspace, today))
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        message = _("{path} is there already; choose another title")
        raise UsageError(message.format(path=f"{BRIEFINGS}/{path.name}")) from None
    return path


def _span(order: Order, workspace: Workspace, today: date) -> tuple[date, date]:
    """From the campaign's first day or today until the day that is named, the campaign's last, or four weeks later."""
    campaign = workspace.campaigns.get(order.campaign)
    first = campaign.start if campaign and campaign.start else today
    if order.until:
        try:
            last = date.fromisoformat(order.until)
        except ValueError:
            message = _("--until needs a day such as {example}, not {text!r}")
            raise UsageError(message.format(example="2026-12-24", text=order.until)) from None
    else:
        last = campaign.end if campaign and campaign.end else first + USUAL
    if last < first:
        raise UsageError(_("{last} is before {first}").format(last=last, first=first))
    return first, last


def _text(order: Order, owner: str, span: tuple[date, date]) -> str:
    head = {
        "title": scalar(order.title.strip()),
        "owner": scalar(owner),
        "valid_from": span[0].isoformat(),
        "valid_until": span[1].isoformat(),
        "campaign": scalar(order.campaign) if order.campaign else "",
        "messages": "[]",
        "faq": "[]",
        "no_go": "[]",
        "escalate": "[]",
    }
    shapes = {
        "faq": "- {question: …, answer: …}",
        "no_go": "- {words: […], why: …, instead: …}",
        "escalate": "- {what: …, to: …}",
    }
    lines = [
        f"{key}: {value}" + (f"  # {shapes[key]}" if key in shapes else "") for key, value in head.items() if value
    ]
    return "\n".join(["---", *lines, "---", f"# {order.title.strip()}", "", ""])
