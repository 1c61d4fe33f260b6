"""A row of the ledger for people: what happened, what is not known, and what can be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from toolkit.desk.posts.ground import Ground, path_of, version_of
from toolkit.ledger import NEEDS_PERSON, Row, State
from toolkit.ledger.naming import row_word
from toolkit.messages import _, ngettext
from toolkit.model import Post
from toolkit.outlook import Outlook
from toolkit.planning.slots import Slot
from toolkit.planning.states import say_progress
from toolkit.values import dataclass
from toolkit.workspace.naming import name_post

_TONES = {
    State.FAILED: "bad",
    State.HELD: "bad",
    State.UNKNOWN: "bad",
    State.MISSED: "warn",
    State.CONFIRMED: "good",
    State.SENDING: "info",
    State.PLANNED: "info",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One row. Moments are on the workspace's clock; `href` is the post's page."""

    id: int
    version: str
    uid: str
    title: str
    href: str
    account: str
    network: str
    state: str
    word: str
    tone: str
    what: str  # the post itself is ""; what follows it, such as a correction, says so
    due: datetime
    since: datetime
    said: str  # why, as the ledger has it
    meaning: str  # what that means for people
    doubt: str  # what may be wrong with sending it again, "" where nothing is
    url: str
    kit: str  # address of the kit of what a person publishes
    until: datetime | None  # when a person has to have published it
    new_time: datetime | None  # what the file says by now
    file: str

    @property
    def decides(self) -> bool:
        """Whether a person can decide something."""
        return self.state in NEEDS_PERSON

    @property
    def late(self) -> bool:
        """Whether a hand-off is over its time."""
        return self.tone == "warn" and bool(self.kit)


def tell_row(ground: Ground, row: Row) -> Told:
    """The row as people read it."""
    outlook = ground.outlook
    post = next((one for one in outlook.workspace.posts if one.uid == row.uid), None)
    account = ground.settings.accounts.get(row.account)
    until = _until(ground, row, post) if row.handed_over else None
    return Told(
        id=row.id,
        version=version_of(row),
        uid=row.uid,
        title=name_post(post) if post else row.path or _("a reply"),
        href=path_of(row.uid),
        account=account.title or account.name if account else row.account,
        network=row.network,
        state=row.state.value,
        word=" · ".join(filter(None, (row_word(row), say_progress([row])))),
        tone=_tone(row, late=until is not None and outlook.now > until),
        what=_what(row),
        due=ground.local(row.due),
        since=ground.local(row.updated_at),
        said=say_reason(row),
        meaning=_meaning(row),
        doubt=_doubt(row),
        url=row.url,
        kit=_kit(row) if row.handed_over else "",
        until=until,
        new_time=_new_time(ground, row, post) if row.state is State.MISSED else None,
        file=row.path,
    )


def say_reason(row: Row) -> str:
    """Why, as the ledger has it; of a hand-off nothing, where that names a command: the desk leads to its kit itself."""
    return "" if row.handed_over and "leitstand kit " in row.reason else row.reason


def row_name(ground: Ground, row: Row) -> str:
    """``Tür 1 → Bluesky``."""
    told = tell_row(ground, row)
    return f"{told.title} → {told.account}"


def open_rows(ground: Ground) -> list[Told]:
    """What waits for a person, hand-offs aside: of each thread its first part, the others follow from it."""
    return [tell_row(ground, row) for row in asking(ground.outlook)]


def asking(outlook: Outlook) -> list[Row]:
    """The ledger's rows behind `open_rows`, what may be out first."""
    first: dict[tuple[str, str, str, str], Row] = {}
    for row in outlook.rows:
        if row.state in NEEDS_PERSON and not row.handed_over and row.path:
            known = first.get(row.thread)
            first[row.thread] = row if known is None or row.part < known.part else known
    return sorted(first.values(), key=_urgency)


def kept_rows(ground: Ground) -> list[Told]:
    """What is due and kept back, with the reason: an approval, an error in the file, a network that asks for patience."""
    return [tell_row(ground, row) for row in kept_back(ground.outlook)]


def kept_back(outlook: Outlook) -> list[Row]:
    """The ledger's rows behind `kept_rows`."""
    due = (row for row in outlook.rows if row.due <= outlook.now and row.path)
    return [row for row in due if row.state is State.PLANNED and row.reason]


def handed_rows(ground: Ground) -> list[Told]:
    """What people publish by hand, the soonest first."""
    return [tell_row(ground, row) for row in ground.outlook.rows if row.handed_over]


def _urgency(row: Row) -> tuple[int, datetime, int]:
    """What may be out comes before what surely is not."""
    order = (State.UNKNOWN, State.HELD, State.FAILED, State.MISSED)
    return order.index(row.state), row.due, row.id


def _tone(row: Row, *, late: bool) -> str:
    if row.handed_over:
        return "warn" if late else "info"
    return _TONES.get(row.state, "quiet")


def _until(ground: Ground, row: Row, post: Post | None) -> datetime:
    grace = timedelta(minutes=post.grace if post else ground.settings.policy.grace)
    return ground.local(max(row.due, row.again_at or row.due) + grace)


def _what(row: Row) -> str:
    kind, _colon, number = row.action.partition(":")
    words = {
        "comment": _("first comment"),
        "edit": _("correction {number}").format(number=number),
        "reply": _("correction {number}, as a reply").format(number=number),
        "repost": _("correction {number}, sent anew").format(number=number),
        "retract": _("taken back"),
    }
    said = words.get(kind, "" if kind == "post" else row.action)
    return " · ".join(filter(None, (said, row.occurrence)))


def _meaning(row: Row) -> str:  # noqa: PLR0911  # one line per state
    match row.state:
        case State.HELD if row.handed_over:
            return _("Somebody publishes it from the kit and says where it is.")
        case State.HELD:
            return _("Nobody but a person can tell whether it is out. Look at the account first.")
        case State.UNKNOWN:
            return _("It may be out: the network did not say. It is looked up at each tick, without you.")
        case State.FAILED:
            return _("The network refused it; it is not out. Correct the post, then send it again.")
        case State.PLANNED if row.reason:
            return _("It is due, and something keeps it back. It goes out by itself once that is settled.")
        case State.MISSED:
            return _("It was not sent when its time was, and is not sent later by itself.")
        case _:
            return ""


def _doubt(row: Row) -> str:
    """What to know before it is sent again."""
    if row.state is State.UNKNOWN or (row.state is State.HELD and not row.handed_over):
        since = ngettext("It was tried {count} time.", "It was tried {count} times.", row.attempts)
        tried = since if row.attempts else ""
        said = _("If it is out already, people will see it twice. Look at the account before you press.")
        return " ".join(filter(None, (tried, said)))
    return ""


def _kit(row: Row) -> str:
    address = path_of(row.uid, "kit", row.account)
    return f"{address}?day={row.occurrence}" if row.occurrence else address


def _new_time(ground: Ground, row: Row, post: Post | None) -> datetime | None:
    """The future moment that the file names by now, if it is another one than the row's."""
    mine = (slot for slot in ground.outlook.slots if post is not None and slot.post is post and _is_of(slot, row))
    due = next((slot.due for slot in mine), None)
    return ground.local(due) if due is not None and due > ground.outlook.now and due != row.due else None


def _is_of(slot: Slot, row: Row) -> bool:
    return (slot.account.name, slot.occurrence) == (row.account, row.occurrence)
