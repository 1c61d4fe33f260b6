"""Posts on holidays are meant to be, and there is no advertising on days of mourning.

## What it does

Looks at the day of every time that is still to come, on the account's own clock. Hints at public holidays of the
region (`[workspace] region`, such as DE-SH, AT or CH-ZH) and, with `school = true` under `[check.holiday]`, at school
holidays. Warns about advertising on days of mourning: in Germany Good Friday, Volkstrauertag and Totensonntag. What
counts as advertising, `commercial` says: a list of pillars, labels and campaigns; without it every post may be.
Days of the house's own stand in `content/occasions/*.yml` with their kind (`public`, `school`, `mourning`, `day`).

## Why is this bad?

A sale on Totensonntag is remembered longer than the sale, an answer on a holiday needs somebody on duty, and a
delivery promise is wrong when nothing is delivered.

## Example

```markdown
---
publish: 2027-03-26 10:00        # Good Friday
channels: [mastodon]
---
```

## Use instead

```markdown
---
publish: 2027-03-30 10:00
channels: [mastodon]
---
```
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from toolkit.lint.rule import Rule, View
from toolkit.lint.upcoming import find_upcoming
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.planning import Calendar, SpecialDay, advertises, knows_school, region_complaint, special_days
from toolkit.settings import FILE_NAME, find_setting
from toolkit.workspace import DayKind


def check(post: Post, view: View) -> Iterator[Problem]:
    """Special days on which the post goes out, each said once per place."""
    occasions = view.workspace.occasions[0]
    if not view.settings.region and not occasions:
        return
    told = set()
    for upcoming in find_upcoming(post, view):
        day = upcoming.local.date()
        if (upcoming.key, day) in told:
            continue
        told.add((upcoming.key, day))
        special = _choose(_calendar(day.year, view).get(day, ()), post, view)
        if special is not None:
            severity = Severity.WARNING if special.kind is DayKind.MOURNING else Severity.HINT
            yield RULE.at(post, upcoming.key, _say(day, special, view), severity=severity)


def check_sources(view: View) -> Iterator[Problem]:
    """A region that nobody knows, school holidays that nobody knows, occasions that cannot be read."""
    yield from view.workspace.occasions[1]
    region = view.settings.region
    said = region_complaint(region) if region else ""
    if said:
        yield _at_setting(view, "workspace", "region", said, Severity.ERROR)
    elif region and view.settings.checks.holiday.school and not knows_school(region):
        message = _("the school holidays of {region} are not known; write them into {folder}/*.yml")
        message = message.format(region=region, folder="content/occasions")
        yield _at_setting(view, "check.holiday", "school", message, Severity.HINT)


def _at_setting(view: View, table: str, key: str, message: str, severity: Severity) -> Problem:
    return Problem(FILE_NAME, find_setting(view.settings_text, table, key), RULE.id, severity, message)


def _calendar(year: int, view: View) -> Calendar:
    settings = view.settings
    return special_days(settings.region, (year,), settings.interface, view.workspace.occasions[0])


def _choose(days: tuple[SpecialDay, ...], post: Post, view: View) -> SpecialDay | None:
    """The one of a day's meanings that matters most to this post; None when none does."""
    policy = view.settings.checks.holiday
    wanted = {DayKind.MOURNING: policy.mourning and _sells(post, view), DayKind.PUBLIC: policy.public}
    wanted[DayKind.SCHOOL] = policy.school
    return next((one for kind, asked in wanted.items() if asked for one in days if one.kind is kind), None)


def _sells(post: Post, view: View) -> bool:
    """Whether the post may be advertising."""
    return advertises(view.settings.checks.holiday, post.pillar, post.campaign, post.labels)


def _say(day: date, special: SpecialDay, view: View) -> str:
    if special.kind is DayKind.MOURNING:
        return _("{day} is {name}: no advertising; choose another day").format(day=day, name=special.name)
    if special.own or not view.settings.region:
        return _("{day}: {name}").format(day=day, name=special.name)
    said = _("{day}: {name} ({region})")
    return said.format(day=day, name=special.name, region=view.settings.region)


RULE = Rule("holiday", Severity.HINT, __doc__ or "", check_post=check, check_all=check_sources)
