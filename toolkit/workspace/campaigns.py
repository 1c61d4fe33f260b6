"""Campaigns (`content/campaigns/*.md`) and the goals of the strategy (`guidelines/strategy.md`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Final

from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.source import Fields, FrontMatter, decode, read_frontmatter
from toolkit.values import dataclass
from toolkit.workspace.campaignplan import Asset, CampaignRisk, read_assets, read_campaign_risks

CAMPAIGN_KEYS: Final[Mapping[str, str]] = {
    "title": "Name of the campaign.",
    "owner": "Person who answers for it.",
    "start": "First day.",
    "end": "Last day.",
    "channels": "Accounts that take part.",
    "audience": "Whom it is for.",
    "messages": "What we say, a sentence each.",
    "budget": "What it may cost, in the currency of the strategy.",
    "goals": "List of goals; see the goal keys.",
    "phases": "List of phases, such as teaser and launch; see the phase keys.",
    "assets": "List of what has to be made or is there; see the asset keys.",
    "risks": "List of what may go wrong; see the risk keys.",
}
PHASE_KEYS: Final[Mapping[str, str]] = {
    "name": "Name of the phase.",
    "from": "First day.",
    "until": "Last day.",
}
GOAL_KEYS: Final[Mapping[str, str]] = {
    "metric": "Name of a KPI.",
    "target": "Number to reach.",
    "channel": "Account that it is about; default: all together.",
    "baseline": "Number before, for comparison.",
    "deadline": "Day by which it is to be reached; default: the campaign's end, or every month.",
}
PHASE_SHAPE: Final = "{name: teaser, from: 2026-11-24, until: 2026-11-30}"
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
GOAL_SHAPE: Final = "{metric: orders, target: 400}"


@dataclass(frozen=True, slots=True)
class Goal:
    """A number to reach: per campaign, or per month when it stands in the strategy."""

    metric: str
    target: float
    channel: str = ""
    baseline: float | None = None
    deadline: date | None = None
    key: str = field(default="", compare=False)  # leads to its place in the front matter


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a campaign, from its first to its last day."""

    name: str
    start: date
    end: date

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign page: `name` is the file's name without .md, `text` its prose."""

    name: str
    path: str
    title: str
    text: str
    owner: str = ""
    start: date | None = None
    end: date | None = None
    channels: tuple[str, ...] = ()
    audience: str = ""
    goals: tuple[Goal, ...] = ()
    phases: tuple[Phase, ...] = ()  # in order of their first days
    messages: tuple[str, ...] = ()
    assets: tuple[Asset, ...] = ()
    risks: tuple[CampaignRisk, ...] = ()
    budget: int | None = None

    def contains(self, day: date) -> bool:
        """Whether `day` lies in the campaign's period; an open end holds everything."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def read_campaign(path: str, data: bytes) -> tuple[Campaign | None, list[Problem]]:
    """The campaign in `data`; None when the file cannot be read at all."""
    front, problems = _front(path, data)
    if front is None or front.root is None:
        return None, problems
    fields = Fields(front, problems)
    fields.refuse_unknown(CAMPAIGN_KEYS)
    name = path.rpartition("/")[2].removesuffix(".md")
    start, end = fields.day("start"), fields.day("end")
    if start and end and end < start:
        fields.problem("end", _("the campaign ends before it starts"))
    campaign = Campaign(
        name=name,
        path=path,
        title=fields.text("title") or name,
        text=front.body,
        owner=fields.text("owner"),
        start=start,
        end=end,
        channels=fields.words("channels"),
        audience=fields.text("audience"),
        goals=_goals(fields),
        phases=_phases(fields, start, end),
        messages=fields.words("messages"),
        assets=read_assets(fields),
        risks=read_campaign_risks(fields),
        budget=fields.number("budget", 0) if fields.has("budget") else None,
    )
    return campaign, problems


def read_goals(path: str, data: bytes) -> tuple[tuple[Goal, ...], list[Problem]]:
    """The monthly goals of the strategy page; its other keys belong to the handbook."""
    front, problems = _front(path, data)
    if front is None or front.root is None:
        return (), problems
    return _goals(Fields(front, problems)), problems


def _front(path: str, data: bytes) -> tuple[FrontMatter | None, list[Problem]]:
    source, problems = decode(path, data)
    if source is None:
        return None, problems
    front, found = read_frontmatter(source)
    return front, problems + found


def _goals(fields: Fields) -> tuple[Goal, ...]:
    goals = []
    for item in fields.items("goals", GOAL_SHAPE):
        item.refuse_unknown(GOAL_KEYS)
        metric, target = item.text("metric"), _number(item, "target")
        if not (item.has("metric") and item.has("target")):
            item.problem("", _("a goal needs a metric and a target: {shape}").format(shape=GOAL_SHAPE))
        elif metric and target is not None:
            baseline, deadline = _number(item, "baseline"), item.day("deadline")
            goals.append(Goal(metric, target, item.text("channel"), baseline, deadline, item.prefix))
    return tuple(goals)


def _phases(fields: Fields, start: date | None, end: date | None) -> tuple[Phase, ...]:
    phases = []
    for item in fields.items("phases", PHASE_SHAPE):
        item.refuse_unknown(PHASE_KEYS)
        name, first, last = item.text("name"), item.day("from"), item.day("until")
        if not (name and item.has("from") and item.has("until")):
            item.problem("", _("a phase needs name, from and until: {shape}").format(shape=PHASE_SHAPE))
        if not name or first is None or last is None:
            continue
        if last < first:
            item.problem("until", _("the phase {name} ends before it starts").format(name=name))
        else:
            phases.append(Phase(name, first, last))
            if (start and first < start) or (end and end < last):
                message = _("the phase {name} lies outside the campaign's own days").format(name=name)
                item.problem("from" if start and first < start else "until", message, Severity.WARNING)
    return tuple(sorted(phases, key=lambda phase: (phase.start, phase.end)))


def _number(item: Fields, name: str) -> float | None:
    """A number as people write it, without exponents; None where none stands."""
    value = item.text(name)
    if not value:
        return None
    if _NUMBER.fullmatch(value):
        return float(value)
    item.problem(name, _("{key} must be a number such as 2400, not {value!r}").format(key=name, value=value))
    return None
