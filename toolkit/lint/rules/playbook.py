"""A crisis plan can be used on the day it is needed.

## What it does

Reads the front matter of the pages in `guidelines/crisis/` and reports what would fail on the day: unknown keys and
people, a level without an owner or a backup, an owner who is away and for whom nobody stands in, a first response
without a time, a danger that no `risk` block of the handbook tells, a pause of what does not exist, a drill that is overdue, an all-clear that nobody gives. Of each
holding statement: that it is there, has status `review` and no time, is approved as it is now by those whom the level
names, and has no gap such as `[product]` in it. The rules check its text like any other post's.

## Why is this bad?

Nobody mends a plan in the first half hour. A holding statement that nobody approved beforehand is written by five people
in a group chat.

## Example

```yaml
levels:
  - level: 3
    owner: wiebke
```

## Use instead

```yaml
levels:
  - level: 3
    when: {score: 4, risks: [Somebody was hurt], any_of: [authority]}
    owner: wiebke
    backup: tarek
    first_response: PT30M
    update_every: PT2H
    pause: [all]
    holding: [holding-recall]
all_clear: {quiet_for: PT24H, decided_by: wiebke}
drill_next: 2027-04-12
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.approval import content_hash, objection, present_person
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity, Status
from toolkit.settings import unknown_name
from toolkit.workspace.playbook import CrisisLevel, Playbook
from toolkit.workspace.playbooks import RULE as ID
from toolkit.workspace.playbooks import read_playbooks

# What people fill in: [product], [Uhrzeit]; a link's text is followed by its address.
_GAP: Final = re.compile(r"\[[^\]\n]{1,40}\](?!\()")


def check(view: View) -> Iterator[Problem]:
    """What would fail on the day."""
    playbooks, problems = read_playbooks(view.workspace.handbook)
    # Those of the page itself, such as its day of review, are said by the rule about pages.
    told = {(problem.path, problem.span) for problem in view.workspace.handbook.problems}
    yield from (problem for problem in problems if (problem.path, problem.span) not in told)
    names: dict[str, Playbook] = {}
    for playbook in playbooks:
        if names.setdefault(playbook.id, playbook) is not playbook:
            message = _("{id} is the name of {path} already; give this one another id")
            yield _at(playbook, "id", message.format(id=playbook.id, path=names[playbook.id].path))
        yield from _whole(playbook, view)
        for level in playbook.levels:
            yield from _level(playbook, level, view)


def _today(view: View) -> date:
    return view.now.astimezone(ZoneInfo(view.settings.timezone)).date()


def _whole(playbook: Playbook, view: View) -> Iterator[Problem]:
    if not playbook.levels:
        return
    clear, people = playbook.all_clear, view.settings.people
    if clear.quiet_for is None or not clear.decided_by:
        message = _("nobody can give the all-clear; write all_clear: {quiet_for: PT24H, decided_by: NAME}")
        yield _at(playbook, "all_clear", message)
    for key, name in (("decided_by", clear.decided_by), ("review_by", clear.review_by)):
        if name and name not in people:
            yield _at(playbook, f"all_clear.{key}", unknown_name(_("person"), name, people))
    if playbook.drill_next is None:
        message = _("no drill is planned; name a day: drill_next: 2027-04-12")
        yield _at(playbook, "drill_next", message, Severity.WARNING)
    elif playbook.drill_next < _today(view):
        message = _("the drill was due on {day}: leitstand crisis drill {id} --write, then name the next day")
        said = message.format(day=playbook.drill_next, id=playbook.id)
        yield _at(playbook, "drill_next", said, Severity.WARNING)


def _level(playbook: Playbook, level: CrisisLevel, view: View) -> Iterator[Problem]:
    for key, message in (*_people(level, view), *_stopping(level, view)):
        yield _at(playbook, f"{level.key}.{key}", message)
    if level.first_response is None and level.level > 1:
        message = _("no time for the first response; write first_response: PT1H")
        yield _at(playbook, f"{level.key}.first_response", message)
    for index, name in enumerate(level.holding):
        yield from _statement(playbook, level, f"{level.key}.holding.{index}", name, view)


def _people(level: CrisisLevel, view: View) -> Iterator[tuple[str, str]]:
    people = view.settings.people
    for key, name in (("owner", level.owner), ("backup", level.backup)):
        if not name:
            said = (
                _("nobody leads on level {level}; name an owner")
                if key == "owner"
                else _("level {level} has no backup; name somebody who leads when the owner does not react")
            )
            yield key, said.format(level=level.level)
        elif name not in people:
            yield key, unknown_name(_("person"), name, people)
    if level.owner and level.owner == level.backup:
        yield "backup", _("{name} cannot be their own backup; name somebody else").format(name=level.owner)
    for index, name in enumerate(level.approvers):
        if name not in people:
            yield f"approvers.{index}", unknown_name(_("person"), name, people)
    yield from _absent(level, view)


def _absent(level: CrisisLevel, view: View) -> Iterator[tuple[str, str]]:
    """An owner and a backup who are both away today, and for whom nobody stands in."""
    settings, today = view.settings, _today(view)
    known = [settings.people[name] for name in (level.owner, level.backup) if name in settings.people]
    if known and all(present_person(person, settings, today) is None for person in known):
        names = ", ".join(person.name or person.key for person in known)
        message = _(
            "today nobody leads on level {level}: {names} are away without a deputy; name one in leitstand.toml"
        )
        yield "owner", message.format(level=level.level, names=names)


def _stopping(level: CrisisLevel, view: View) -> Iterator[tuple[str, str]]:
    """A pause of what nobody knows would stop nothing. Labels may come later."""
    known = {"channel": view.settings.accounts, "campaign": view.workspace.campaigns}
    for index, scope in enumerate(level.pause):
        kind, _colon, name = scope.partition(":")
        if kind in known and name not in known[kind]:
            what = _("account") if kind == "channel" else _("campaign")
            yield f"pause.{index}", unknown_name(what, name, known[kind])


def _statement(playbook: Playbook, level: CrisisLevel, key: str, name: str, view: View) -> Iterator[Problem]:
    post = view.workspace.find_post(name)
    if post is None:
        message = _("there is no post {name!r} for a holding statement; leitstand new makes one, without a time")
        yield _at(playbook, key, message.format(name=name))
        return
    for message in (*_shape(post), *_consent(post, level, view)):
        yield _at(playbook, key, _("{post}: {what}").format(post=post.path, what=message))


def _shape(post: Post) -> Iterator[str]:
    if post.status is not Status.REVIEW or post.publish is not None or post.publish_next or post.repeat is not None:
        yield _("a holding statement waits with status: review and without publish")
    if not post.channels:
        yield _("it goes nowhere; name channels")
    gap = _GAP.search(post.body)
    if gap is not None:
        yield _("{gap} has to be filled in first, and that would void the approval; say it without").format(gap=gap[0])


def _consent(post: Post, level: CrisisLevel, view: View) -> Iterator[str]:
    """Whether those whose yes is wanted have given it to what stands there now."""
    digest = content_hash(post, view.workspace)
    valid = {one.by for one in post.approved if one.hash == digest and not objection(one.by, post, view.settings)}
    missing = [name for name in level.approvers if name not in valid]
    if not level.approvers and not valid:
        missing = [_("NAME")]
    remedy = _("leitstand approve {post} --by {name}")
    said = ", ".join(remedy.format(post=post.path, name=name) for name in missing)
    if not missing:
        return
    if any(one.by in missing or not level.approvers for one in post.approved):
        yield _("it changed since it was approved; read it again: {remedy}").format(remedy=said)
    elif valid.intersection(level.approvers):
        yield _("not everybody has approved it beforehand: {remedy}").format(remedy=said)
    else:
        yield _("nobody approved it beforehand: {remedy}").format(remedy=said)


def _at(playbook: Playbook, key: str, message: str, severity: Severity = Severity.ERROR) -> Problem:
    return Problem(playbook.path, playbook.places.span(key), ID, severity, message)


RULE = Rule(ID, Severity.ERROR, __doc__ or "", check_all=check)
