"""Taking back what a decision changed: its sentence, its slots, its number or level, as far as they still stand there.

What people have changed since is theirs: it stays, and is told.
"""

from __future__ import annotations

from toolkit.errors import LeitstandError
from toolkit.learning.changes import Change, join_changes, take_finding
from toolkit.learning.levels import level_change
from toolkit.learning.moves import read_move
from toolkit.learning.moving import move_slots
from toolkit.learning.promises import promise_change
from toolkit.learning.question import Kind, read_change
from toolkit.learning.rules import weight_of
from toolkit.learning.targets import goal_change
from toolkit.messages import _
from toolkit.workspace import Workspace
from toolkit.workspace.decisions import Decision


def undo(workspace: Workspace, decision: Decision) -> tuple[list[Change], list[str]]:
    """The changes, and in sentences what people have to look at themselves."""
    sentence = take_finding(workspace.tree, decision.path, decision.about)
    changes, left = _undo_slots(workspace, decision)
    for said in decision.changed:
        if read_move(said) is None:
            try:
                changes.append(_undo_value(workspace, decision, said))
            except LeitstandError as error:
                left.append(str(error))
    return join_changes([*([sentence] if sentence is not None else []), *changes]), left


def _undo_slots(workspace: Workspace, decision: Decision) -> tuple[list[Change], list[str]]:
    moves = [move.back for said in decision.changed if (move := read_move(said)) is not None]
    changes, lost = move_slots(workspace, moves)
    return changes, [_("{slot}: there is no such slot any more").format(slot=move.back.written) for move in lost]


def _undo_value(workspace: Workspace, decision: Decision, said: str) -> Change:
    """The old number or level. Raises `LeitstandError` when it is not what the decision made of it any more."""
    subject, old, new = read_change(said)
    kind = decision.about.partition("-")[0]
    if kind == Kind.GOAL:
        return goal_change(workspace.tree, subject, old, unless=new)
    if kind == Kind.PROMISE:
        return promise_change(workspace.handbook.hours, subject, old, unless=new)
    if kind == Kind.RULE and old and weight_of(workspace, subject) == new:
        return level_change(workspace.tree, subject, old)
    raise LeitstandError(_("{change}: it is another one by now").format(change=said))
