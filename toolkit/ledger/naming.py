"""Rows and events as people read them: what each is called, and in what words its state is said."""

from __future__ import annotations

from toolkit.ledger.row import Event, Row, State
from toolkit.messages import _


def state_word(state: str) -> str:
    """The state as people read it."""
    words = {
        "": _("new"),
        State.PLANNED: _("planned"),
        State.SENDING: _("sending"),
        State.UNKNOWN: _("unknown"),
        State.CONFIRMED: _("sent"),
        State.FAILED: _("failed"),
        State.HELD: _("held"),
        State.MISSED: _("missed"),
        State.SKIPPED: _("skipped"),
        State.CANCELLED: _("cancelled"),
        State.IMPORTED: _("imported"),
    }
    return words.get(state, state)


def row_word(row: Row | Event) -> str:
    """The state of a row, or of an event, as people read it; what people publish has words of its own."""
    if row.by_hand and row.state is State.HELD:
        return _("to be published by hand")
    if row.by_hand and row.state is State.CONFIRMED:
        return _("published by hand")
    return state_word(row.state)


def old_word(event: Event) -> str:
    """The state that an event left, as people read it."""
    if event.by_hand and event.old == State.HELD:
        return _("to be published by hand")
    return state_word(event.old)


def row_name(row: Row | Event) -> str:
    """``content/posts/advent.md → mastodon``, with the part where there are several, the time, and what is done."""
    part = f" [{row.part + 1}]" if row.part or getattr(row, "parts", 1) > 1 else ""
    named = (row.occurrence, row.action if row.action != "post" else "")
    # A reply has no file; its occurrence is its conversation's id, which says nothing to people.
    further = [word for word in named if word] if row.path else []
    what = row.path or _("reply {id}").format(id=row.uid[-6:])
    return f"{what} → {row.account}{part}" + (f" ({', '.join(further)})" if further else "")
