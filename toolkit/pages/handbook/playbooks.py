"""A playbook's page: its levels as a table above the runbook. For people outside it is a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from toolkit.community.crisis.deadlines import say_length
from toolkit.messages import _, decimal
from toolkit.pages.handbook.urgency import role_words
from toolkit.pages.markup import Child, Html, div, join, para, tag
from toolkit.pages.tables import row, table
from toolkit.pages.view import Site
from toolkit.source import Fields
from toolkit.workspace.briefings import is_briefing
from toolkit.workspace.naming import name_scope
from toolkit.workspace.playbook import CrisisLevel, Playbook, Series, Trigger
from toolkit.workspace.playbooks import is_playbook, read_playbooks

_KEY: Final = "internal"


def is_internal(path: str, fields: Fields | None) -> bool:
    """Whether people outside are shown nothing of a handbook page: playbooks, briefings, ``internal: true``."""
    return is_playbook(path) or is_briefing(path) or (fields is not None and fields.flag(_KEY) is True)


def internal_text(title: str) -> str:
    """What stands in the place of such a page, so that links to it still lead somewhere."""
    said = para(_("This page is for people of the house alone."), class_="ls-empty")
    return f"{div(tag('h1', title), said, class_='ls')}\n"


def show_plan(site: Site, path: str, markdown: str) -> str:
    """The page with its levels below the title; as it is when it is no playbook."""
    if not is_playbook(path):
        return markdown
    playbooks, _problems = read_playbooks(site.workspace.handbook)
    plan = next((one for one in playbooks if one.path == path and one.levels), None)
    if plan is None:
        return markdown
    lines = markdown.split("\n")
    at = next((number for number, line in enumerate(lines) if line.startswith("# ")), -1) + 1
    return "\n".join([*lines[:at], "", str(div(_table(site, plan), class_="ls")), "", *lines[at:]])


def _table(site: Site, plan: Playbook) -> Html:
    heads = (_("Level"), _("Proposed by"), _("Led by"), _("First response"), _("Updates"), _("Paused"))
    rows = (row(*zip(heads, _cells(site, level), strict=True)) for level in plan.levels)
    never = para(tag("strong", _("Never")), ": ", ", ".join(plan.do_not)) if plan.do_not else None
    return join((table(heads, rows, _("Level")), never))


def _cells(site: Site, level: CrisisLevel) -> Iterator[Child]:
    yield tag("b", f"{level.level} {level.name}".strip())
    yield "; ".join(_trigger(level.when)) or _("a person")
    backup = _("else {name}").format(name=site.name_of(level.backup)) if level.backup else ""
    yield ", ".join(filter(None, (site.name_of(level.owner), backup)))
    yield _within(level.first_response)
    yield _("every {length}").format(length=say_length(level.update_every)) if level.update_every else ""
    yield ", ".join(name_scope(one, site.workspace) for one in level.pause) or _("nothing")


def _within(length: timedelta | None) -> str:
    return say_length(length) if length else ""


def _trigger(when: Trigger) -> Iterator[str]:
    if when.score:
        yield _("score from {score}").format(score=decimal(when.score, "g"))
    told = ", ".join(dict.fromkeys([*when.words, *(risk.name for risk in when.risks)]))
    if told and when.per_hour:
        yield _("{count} an hour with: {words}").format(count=when.per_hour, words=told)
    elif told:
        yield _("one with: {words}").format(words=told)
    elif when.per_hour:
        yield _("{count} an hour").format(count=when.per_hour)
    words = {Series.NEGATIVE: _("of what sounds negative"), Series.RISK: _("of what tells of a danger")}
    if not when.chosen and when.series in words:
        yield words[when.series]
    if when.any_of:
        yield _("written by: {who}").format(who=", ".join(role_words(when.any_of)))
