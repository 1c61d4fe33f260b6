"""The team's actions in a report: those decided now, and what became of the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Commentary, Heading, Paragraph, Section, Table
from toolkit.reports.commentary import Action, Words, commentary_path, read_words
from toolkit.reports.compared import DASH
from toolkit.reports.periods import shift
from toolkit.reports.scope import Scope
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people wrote on a report and on the one before; None without a file."""

    now: Words | None
    before: Words | None


def find_words(scope: Scope, report: str) -> Spoken:
    """The commentaries of the report's month and of the month before."""
    return Spoken(_words(scope, report, scope.first), _words(scope, report, shift(scope.first, -1)))


def _words(scope: Scope, report: str, first: date) -> Words | None:
    path, tree = commentary_path(report, f"{first:%Y-%m}"), scope.workspace.tree
    return read_words(path, tree.read(path)) if tree.exists(path) else None


def commentary_section(scope: Scope, spoken: Spoken) -> Section | None:
    """Somebody's words, the actions of the month, and what became of the last ones; None when nobody wrote anything."""
    blocks: list[Block] = []
    if spoken.now is not None and spoken.now.text:
        blocks.append(Commentary(spoken.now.text))
    if spoken.now is not None and spoken.now.actions:
        blocks += [Heading(_("Actions")), _table(scope, _("Actions of {month}"), scope.first, spoken.now.actions)]
    if spoken.before is not None and spoken.before.actions:
        first = shift(scope.first, -1)
        blocks += [Heading(_("What became of it")), _lead(spoken.before.actions)]
        blocks.append(_table(scope, _("Actions of {month}"), first, spoken.before.actions))
    return Section("commentary", _("Commentary and actions"), tuple(blocks)) if blocks else None


def _lead(actions: Sequence[Action]) -> Paragraph:
    done = sum(action.done for action in actions)
    return Paragraph(_("Actions of the month before: {done} of {count} done.").format(done=done, count=len(actions)))


def _table(scope: Scope, caption: str, first: date, actions: Sequence[Action]) -> Table:
    head = (_("Action"), _("Owner"), _("until"), _("State"), _("What became of it"))
    rows = tuple(
        (action.text, _owner(scope, action), _due(scope, action), _state(scope, action), action.result or DASH)
        for action in actions
    )
    return Table(caption.format(month=scope.wording.month(first)), head, rows)


def _owner(scope: Scope, action: Action) -> Cell:
    if not action.owner:
        return Cell(_("nobody yet"), "bad")
    person = scope.workspace.settings.people.get(action.owner)
    return Cell(person.name if person else action.owner)


def _due(scope: Scope, action: Action) -> Cell:
    return Cell(scope.wording.day(action.due)) if action.due else Cell(_("no day yet"), "bad")


def _state(scope: Scope, action: Action) -> Cell:
    if action.done:
        return Cell(_("done"), "good")
    if action.dropped:
        return Cell(_("dropped"))
    if action.late(scope.now.astimezone(scope.zone).date()):
        return Cell(_("overdue"), "bad")
    return Cell(_("open"))
