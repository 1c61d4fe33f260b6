"""Which level the numbers and words speak for. A proposal and nothing more: a person declares.

For each playbook the messages with one of its words are counted, or all messages where it names none, and the detector
(`toolkit.surprise`) tells how unusual the last hour is. What was proposed is remembered: the same level is proposed again
only when a day has passed, a higher one at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from toolkit.community.crisis.reading import read_moment
from toolkit.lint.phrases import phrases
from toolkit.messages import _, decimal, ngettext
from toolkit.style.allowance import Allowance
from toolkit.surprise import Level, Reading, Tuning, judge, tally
from toolkit.workspace import AuthorRole
from toolkit.workspace.playbook import CrisisLevel, Playbook

HOUR: Final = timedelta(hours=1)
COOLDOWN: Final = timedelta(hours=24)
# Where nobody ever wrote a word three messages are a marvel to every statistic, and no crisis: `per_hour` is for these.
LEAST: Final = 10


@dataclass(frozen=True, slots=True)
class Mention:
    """A message that somebody wrote to us or about us. `role` is who they are to us."""

    at: datetime
    text: str
    role: AuthorRole | None = None


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


@dataclass(frozen=True, slots=True)
class Heard:
    """What came since `since`, up to `now`. Messages from before a source was asked are not zero, so `since` says it."""

    mentions: Sequence[Mention]
    since: datetime
    now: datetime


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
    score = _score(with_words(heard.mentions, playbook.words), heard)
    for level in sorted(playbook.levels, key=lambda one: one.level, reverse=True):
        why = "; ".join(_reasons(level, score, heard))
        if why:
            return Proposal(playbook.id, level.level, why, level.owner, level.backup, heard.now)
    return None


def _reasons(level: CrisisLevel, score: float, heard: Heard) -> Iterator[str]:
    when = level.when
    hour = [one for one in heard.mentions if heard.now - HOUR < one.at <= heard.now]
    told = with_words(hour, when.words)
    if when.score and score >= when.score and len(told) >= LEAST:
        yield _("score {score}, wanted are {least}").format(score=decimal(score, ".1f"), least=decimal(when.score, "g"))
    # Without a number one message with a word is enough; without words a number counts them all.
    least = when.per_hour or (1 if when.words else 0)
    if least and len(told) >= least:
        said = ngettext("{count} message in an hour", "{count} messages in an hour", len(told))
        yield _("{messages} with the words of the playbook").format(messages=said) if when.words else said
    roles = sorted({one.role for one in told if one.role in when.any_of and one.role is not None})
    if roles:
        yield _("{who} wrote").format(who=", ".join(roles))


def with_words(mentions: Iterable[Mention], words: tuple[str, ...]) -> list[Mention]:
    """Those with one of the words; all where there are no words."""
    if not words:
        return list(mentions)
    sought = phrases(words, ())
    return [one for one in mentions if any(sought.find(one.text, Allowance(len(one.text))))]


def _score(mentions: Iterable[Mention], heard: Heard) -> float:
    """The detector's score of the hour that ends now; 0 while it is learning.

    Small brands are measured by lower thresholds: a level that they reach counts like its score on the usual scale.
    """
    readings = read_curve(mentions, heard)
    if not readings:
        return 0.0
    last, usual = readings[-1], Tuning().usual.thresholds
    least = {Level.WATCH: usual.watch, Level.ALERT: usual.alert, Level.CANDIDATE: usual.candidate}
    return max(last.score, least.get(last.reached, 0.0))


def read_curve(mentions: Iterable[Mention], heard: Heard) -> list[Reading]:
    """What the detector makes of each of its steps from `heard.since` to `heard.now`."""
    step = Tuning().step
    begins = heard.now - (heard.now - heard.since) // step * step
    # A message of this very moment counts, and the last step ends with it.
    moments = (min(one.at, heard.now - timedelta(microseconds=1)) for one in mentions if one.at <= heard.now)
    return judge(tally(moments, begins, heard.now, step), Tuning())
