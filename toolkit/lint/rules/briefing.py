"""A briefing can be used by those whom it is for.

## What it does

Reads the front matter of the pages in `guidelines/briefings/` and reports what cannot be used, where it stands: unknown
keys, people and campaigns, a missing owner or time, an end before the beginning, a question without an answer, a person
who takes over and is nobody, and answers that say what the briefing itself forbids. A briefing whose time is over is told
as a hint for two weeks: nobody is helped by pages that nobody tidies up.

## Why is this bad?

The community answers hundreds of people with what stands there, often on the first day and on a phone.

## Example

```yaml
title: Advent
faq:
  - {question: When is the last day to order?}
```

## Use instead

```yaml
title: Advent
owner: tarek
valid_from: 2026-11-24
valid_until: 2026-12-24
campaign: advent-2026
messages: [Order until 20 December.]
faq:
  - {question: When is the last day to order?, answer: "{name}, order until 20 December, 23:59."}
no_go:
  - {words: [guaranteed], why: We promise no day., instead: the last day to order}
escalate:
  - {what: A parcel is lost, to: ole}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.lint.phrases import phrases
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Problem, Severity
from toolkit.settings import unknown_name
from toolkit.style.allowance import Allowance
from toolkit.workspace.briefings import RULE as ID
from toolkit.workspace.briefings import Briefing, Standing, read_briefings

_TIDY: Final = timedelta(days=14)  # in which somebody is asked to tidy up


def check(view: View) -> Iterator[Problem]:
    """What cannot be used."""
    briefings, problems = read_briefings(view.workspace.handbook)
    # Those of the page itself, such as its day of review, are said by the rule about pages.
    told = {(problem.path, problem.span) for problem in view.workspace.handbook.problems}
    yield from (problem for problem in problems if (problem.path, problem.span) not in told)
    today = view.now.astimezone(ZoneInfo(view.settings.timezone)).date()
    for one in briefings:
        yield from (_at(one, key, message) for key, message in (*_names(one, view), *_contradictions(one)))
        yield from _over(one, today)


def _names(one: Briefing, view: View) -> Iterator[tuple[str, str]]:
    people, campaigns = view.settings.people, view.workspace.campaigns
    named = [("owner", one.owner), *((f"{each.key}.to", each.to) for each in one.escalations)]
    yield from ((key, unknown_name(_("person"), name, people)) for key, name in named if name and name not in people)
    if one.campaign and one.campaign not in campaigns:
        yield "campaign", unknown_name(_("campaign"), one.campaign, campaigns)


def _contradictions(one: Briefing) -> Iterator[tuple[str, str]]:
    """Answers that say what nobody is to say."""
    for question in one.questions:
        for ban in one.bans:
            found = next(phrases(ban.wording.words, ()).find(question.answer, Allowance(len(question.answer))), None)
            if found is not None:
                message = _("the answer says “{word}”, which this briefing forbids: {why}")
                word = question.answer[found[0] : found[1]]
                yield f"{question.key}.answer", message.format(word=word, why=ban.why)


def _over(one: Briefing, today: date) -> Iterator[Problem]:
    if one.last is not None and one.standing(today) is Standing.OVER and today <= one.last + _TIDY:
        message = _("its time was over on {day}; give it another one, or move it away")
        yield _at(one, "valid_until", message.format(day=one.last), Severity.HINT)


def _at(one: Briefing, key: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(one.path, one.places.span(key), ID, severity, message)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check)
