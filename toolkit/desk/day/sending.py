"""What did not go out, what somebody holds in their hand, and what goes out today."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.desk.day.part import MOST, Part, Thing
from toolkit.desk.posts.rows import asking, kept_back, say_reason
from toolkit.ledger import NEEDS_PERSON, Row, State
from toolkit.ledger.naming import row_word
from toolkit.messages import _, ngettext
from toolkit.model import Status
from toolkit.outlook import Outlook
from toolkit.outlook.standing import channel_state, together
from toolkit.planning import Slot


def stuck(outlook: Outlook) -> Part:
    """Refused, held, missed, what nobody knows of, and what is due and kept back: what the posts' page asks to decide."""
    rows, kept = asking(outlook), kept_back(outlook)
    counts = {state: sum(row.state is state for row in rows) for state in NEEDS_PERSON}
    said = [f"{count} {state_word(state)}" for state, count in counts.items() if count]
    said += [_("{count} kept back").format(count=len(kept))] if kept else []
    things = tuple(_row(row, outlook) for row in [*rows, *kept][:MOST])
    tone, href = "bad" if rows else "warn" if kept else "", "/posts?view=open"
    count, quiet = len(rows) + len(kept), _("everything is out")
    return Part("stuck", _("Did not go out"), href, count, tone, things, quiet, hint=", ".join(said))


def handed_over(outlook: Outlook) -> Part:
    """What a person has to publish and confirm; late when its time is over."""
    rows = [row for row in outlook.rows if row.handed_over]
    late = any(row.due < outlook.now for row in rows)
    things = tuple(_row(row, outlook) for row in rows[:MOST])
    quiet = _("nothing to publish by hand")
    return Part(
        "by-hand", _("To publish by hand"), "/posts?view=hands", len(rows), "warn" if late else "", things, quiet
    )


def todays(outlook: Outlook) -> Part:
    """The posts of today, in order of time, with what became of them."""
    today = [
        slot
        for slot in outlook.slots
        if slot.due is not None
        and slot.due.astimezone(outlook.now.tzinfo).date() == outlook.now.date()
        and slot.post.status is Status.READY
    ]
    posts: dict[tuple[str, str], list[Slot]] = {}
    for slot in today:
        posts.setdefault((slot.post.path, slot.occurrence), []).append(slot)
    things = tuple(_post(ones, outlook) for ones in posts.values())
    hint = ngettext("{count} send", "{count} sends", len(today)) if today else ""
    return Part(
        "today", _("Today"), "/posts?view=coming", len(posts), "", things[: 2 * MOST], _("nothing today"), hint=hint
    )


def state_word(state: State) -> str:
    """What became of a send, as people read it."""
    words = {
        State.PLANNED: _("planned"),
        State.SENDING: _("on its way"),
        State.UNKNOWN: _("unknown"),
        State.CONFIRMED: _("out"),
        State.FAILED: _("refused"),
        State.HELD: _("held"),
        State.MISSED: _("missed"),
        State.SKIPPED: _("left out"),
        State.CANCELLED: _("cancelled"),
        State.IMPORTED: _("taken over"),
    }
    return words[state]


def _post(ones: Iterable[Slot], outlook: Outlook) -> Thing:
    slots = list(ones)
    first = slots[0]
    post, due = first.post, first.due
    # The words of the posts' own page.
    states = [channel_state(outlook, slot) for slot in slots]
    accounts = ", ".join(slot.account.title or slot.account.name for slot in slots)
    local = due.astimezone(outlook.now.tzinfo) if due is not None else None
    tone = "bad" if any(one.urgent for one in states) else ""
    return Thing(post.title or post.path, f"/posts/{post.uid}", f"{together(states).label}: {accounts}", local, tone)


def _row(row: Row, outlook: Outlook) -> Thing:
    post = next((one for one in outlook.workspace.posts if one.uid == row.uid), None)
    title = (post.title if post is not None else "") or row.path or row.uid
    account = outlook.workspace.settings.accounts.get(row.account)
    name = account.title or account.name if account is not None else row.account
    word, reason = row_word(row) if row.handed_over else state_word(row.state), say_reason(row)
    sub = f"{name}: {word}" + (f", {reason}" if reason else "")
    return Thing(
        title, f"/posts/{row.uid}" if post is not None else "/posts", sub, row.due.astimezone(outlook.now.tzinfo)
    )
