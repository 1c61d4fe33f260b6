"""Which level the numbers and words speak for. A proposal and nothing more: a person declares.

For each playbook the messages that tell of one of its dangers are counted, or all messages where it names none, and the
detector (`toolkit.surprise`) tells how unusual the last hour is. Which dangers a message tells of is said by the blocks of
the handbook, the same that put it first in the inbox. What was proposed is remembered: the same level is proposed again only
when a day has passed, a higher one at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.crisis.curve import Heard, Mention, read_curve, with_rhythm
from toolkit.community.crisis.reading import read_moment
from toolkit.lint.phrases import Phrases, phrases
from toolkit.messages import _, decimal, ngettext
from toolkit.style.allowance import Allowance
from toolkit.surprise import Level, Tuning
from toolkit.values import dataclass
from toolkit.workspace.playbook import CrisisLevel, Playbook, Series, Trigger

__all__ = ["Heard", "Mention", "Proposal", "propose", "read_curve", "remember", "remembered"]
HOUR: Final = timedelta(hours=1)
COOLDOWN: Final = timedelta(hours=24)
# Where nobody ever wrote a word three messages are a marvel to every statistic, and no crisis: `per_hour` is for these.
LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the numbers speak for. Nothing in it is what somebody wrote."""

    playbook: str
    level: int
    why: str
    owner: str
    backup: str
    at: datetime

    @property
    def command(self) -> str:
        """How a person declares it."""
        return f'leitstand crisis declare {self.playbook} --level {self.level} --reason "…" --by NAME'


def propose(playbooks: Iterable[Playbook], heard: Heard, declared: Mapping[str, int] | None = None) -> list[Proposal]:
    """The highest level of each playbook that something speaks for.

    `declared` is playbook → level of what is open: no more than that is proposed.
    """
    found = (_highest(playbook, heard) for playbook in playbooks)
    known = declared or {}
    return [one for one in found if one is not None and one.level > known.get(one.playbook, 0)]


def remember(before: str, found: Iterable[Proposal], now: datetime) -> tuple[str, list[Proposal]]:
    """What is remembered from now on, as text, and the proposals that nobody has heard of."""
    known: dict[str, dict[str, object]] = json.loads(before or "{}")
    known = {name: one for name, one in known.items() if _fresh(one, now)}
    news = []
    for one in found:
        old = known.get(one.playbook)
        if old is None or one.level > int(str(old["level"])):
            news.append(one)
            known[one.playbook] = {**asdict(one), "at": one.at.isoformat()}
    return (json.dumps(known, sort_keys=True, ensure_ascii=False) if known else ""), news


def remembered(text: str) -> Iterator[Proposal]:
    """The proposals that are remembered, as `remember` wrote them."""
    for one in json.loads(text or "{}").values():
        moment = read_moment(one["at"])
        if moment is not None:
            yield Proposal(**{**one, "at": moment})


def _fresh(one: Mapping[str, object], now: datetime) -> bool:
    moment = read_moment(str(one["at"]))
    return moment is not None and now - moment < COOLDOWN


def _highest(playbook: Playbook, heard: Heard) -> Proposal | None:
    for level in sorted(playbook.levels, key=lambda one: one.level, reverse=True):
        why = "; ".join(_reasons(level, playbook, heard))
        if why:
            return Proposal(playbook.id, level.level, why, level.owner, level.backup, heard.now)
    return None


def _reasons(level: CrisisLevel, playbook: Playbook, heard: Heard) -> Iterator[str]:
    when = level.when
    hour = [one for one in heard.mentions if heard.now - HOUR < one.at <= heard.now]
    told = about(hour, [when])
    if when.score and len(told) >= LEAST:
        score = measure(measured(playbook, when, heard), heard)
        if score >= when.score:
            least = decimal(when.score, "g")
            yield _("score {score}; {least} is the limit").format(score=decimal(score, ".1f"), least=least)
    # Without a number one message that tells of a danger is enough; without dangers a number counts them all.
    least_told = when.per_hour or (1 if when.chosen else 0)
    if least_told and len(told) >= least_told:
        said = ngettext("{count} message in an hour", "{count} messages in an hour", len(told))
        yield _("{messages} with the words of the playbook").format(messages=said) if when.chosen else said
    roles = sorted({one.role for one in told if one.role in when.any_of and one.role is not None})
    if roles:
        yield _("a message of {who}").format(who=", ".join(roles))


def measured(playbook: Playbook, when: Trigger, heard: Heard) -> list[Mention]:
    """The messages that the level's score is measured on: those of all dangers of the playbook, else of its series."""
    return about(heard.mentions, [one.when for one in playbook.levels if one.when.chosen] if when.chosen else [when])


def about(mentions: Iterable[Mention], triggers: Sequence[Trigger]) -> list[Mention]:
    """The messages that one of the triggers is about."""
    names = frozenset(name for one in triggers for name in one.names)
    series = {one.series for one in triggers if not one.chosen}
    sought = phrases(tuple(dict.fromkeys(word for one in triggers for word in one.words)), ())
    return [
        one
        for one in mentions
        if not names.isdisjoint(one.risks) or any(belongs(one, chosen) for chosen in series) or _says(one, sought)
    ]


def belongs(mention: Mention, series: Series) -> bool:
    """Whether a message is one of the series."""
    return {Series.ALL: True, Series.NEGATIVE: mention.negative, Series.RISK: mention.danger}[series]


def _says(mention: Mention, sought: Phrases) -> bool:
    return any(sought.find(mention.text, Allowance(len(mention.text))))


def measure(mentions: Sequence[Mention], heard: Heard) -> float:
    """The detector's score of the hour that ends now; 0 while it is learning, less where it is as every week.

    Small brands are measured by lower thresholds: a level that they reach counts like its score on the usual scale.
    """
    readings = read_curve(mentions, heard)
    if not readings:
        return 0.0
    last, usual = with_rhythm(readings[-1], mentions, heard), Tuning().usual.thresholds
    least = {Level.WATCH: usual.watch, Level.ALERT: usual.alert, Level.CANDIDATE: usual.candidate}
    return max(last.score, least.get(last.reached, 0.0))
