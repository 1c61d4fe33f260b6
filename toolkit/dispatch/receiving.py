"""A person has published a post by hand and says where it is; that is its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from toolkit.community import pauses_of_rows, read_pauses
from toolkit.errors import LeitstandError, UsageError
from toolkit.ledger import ByHand, Ledger, Row, State
from toolkit.ledger.naming import row_name, row_word
from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.networks import by_hand, find_network, with_media_hashes
from toolkit.settings import unknown_name
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Workspace, draft, media_path

# Who publishes by hand may be this early: before a weekend, or because the network's own planner sends it.
EARLY: Final = timedelta(hours=12)
OPEN: Final = (State.HELD, State.PLANNED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person says: where it is, who published it, that it may be so in spite of a pause, and which time."""

    uid: str
    channel: str
    url: str
    by: str  # a name for the log, "" when nobody said
    anyway: bool
    day: str = ""


def confirm(workspace: Workspace, ledger: Ledger, claim: Claim, now: datetime) -> Row:
    """Write the receipt; the row as it is then. The same address once more is no change.

    Raises `LeitstandError` when there is nothing to confirm, or it must not be out yet.
    """
    every = ledger.rows(uid=claim.uid)
    row = _open_row(workspace, every, claim, now)
    return row if row.state is State.CONFIRMED else confirm_row(workspace, ledger, row, claim, now=now)


def confirm_row(workspace: Workspace, ledger: Ledger, row: Row, claim: Claim, *, now: datetime) -> Row:
    """Write the receipt of a row that was found already; raises like `confirm`."""
    if not claim.anyway:
        _refuse_paused(workspace, ledger, row, now)
    if row.due > now + EARLY:
        message = _("{name} is due at {when}; it can be confirmed {hours} hours before that at the earliest")
        local = row.due.astimezone(ZoneInfo(workspace.settings.timezone))
        hours = EARLY // timedelta(hours=1)
        raise LeitstandError(message.format(name=row_name(row), when=f"{local:%Y-%m-%d %H:%M}", hours=hours))
    said = _("published by {name}").format(name=claim.by) if claim.by else ""
    handed = Rendition.from_json(row.rendition) if row.handed_over else _rendition(workspace, row)
    if ledger.confirm_by_hand(row, ByHand(claim.url, said, handed, now + EARLY, claim.anyway), now) is None:
        raise LeitstandError(_("it changed this very moment; look again: leitstand status"))
    return ledger.row(row.id) or row


def read_address(text: str) -> str:
    """The address of a post, as somebody copied it; raises `UsageError` for anything else."""
    if not _is_address(text.strip()):
        raise UsageError(
            _("{url!r} is no address of a post; copy it from the network, such as {example}").format(
                url=text, example="https://www.instagram.com/p/…"
            )
        )
    return text.strip()


def _is_address(url: str) -> bool:
    """Whether `url` leads to a web page; blanks and control characters are in no address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half an IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url


def _open_row(workspace: Workspace, every: Sequence[Row], claim: Claim, now: datetime) -> Row:
    """The row that the claim is about; raises `LeitstandError` with what to do instead."""
    rows = _of_day([row for row in every if row.account == claim.channel], claim)
    accounts = workspace.settings.accounts
    if not rows:
        _refuse_unknown(workspace, every, claim)
    found = [row for row in rows if row.state in OPEN]
    handed = [row for row in found if row.handed_over]
    said = [row for row in rows if row.state is State.CONFIRMED and row.url == claim.url]
    if said and not handed:
        return said[0]
    if not found:
        raise LeitstandError(_nothing(rows, claim))
    # What a person was asked for comes first, such as a correction of what is out at the same address.
    row = _one_time(handed or found, now)
    account = accounts.get(claim.channel)
    ours = row.by_hand or (account is not None and by_hand(account))
    if not ours or row.first_tried_at is not None:
        message = _("{channel} is not published by hand; if it is out: leitstand resolve {post} {channel} --out {url}")
        raise LeitstandError(message.format(channel=claim.channel, post=row.uid, url=claim.url))
    return row


def _refuse_unknown(workspace: Workspace, every: Sequence[Row], claim: Claim) -> NoReturn:
    """Say why there is no such row."""
    accounts, mine = workspace.settings.accounts, {row.account: row for row in every}
    if claim.channel not in accounts:
        raise UsageError(unknown_name(_("channel"), claim.channel, mine or accounts))
    post = workspace.find_post(claim.uid)
    if post is not None and claim.channel not in post.channels:
        message = _("{path} does not go to {channel}, but to: {channels}")
        channels = ", ".join(post.channels) or "-"
        raise UsageError(message.format(path=post.path, channel=claim.channel, channels=channels))
    message = _("the ledger does not know this post on {channel} yet; leitstand publish plans it")
    raise LeitstandError(message.format(channel=claim.channel))


def _of_day(rows: list[Row], claim: Claim) -> list[Row]:
    """The rows of the day that the person names, all where none is named; raises `UsageError` for a day without."""
    days = dict.fromkeys(row.occurrence for row in rows if row.occurrence)
    if not claim.day or not rows:
        return rows
    if claim.day not in days:
        if not days:
            raise UsageError(_("this post comes once on {channel}; leave --day away").format(channel=claim.channel))
        raise UsageError(unknown_name(_("day of this post"), claim.day, days))
    return [row for row in rows if row.occurrence == claim.day]


def _one_time(rows: list[Row], now: datetime) -> Row:
    """The row that can be meant; raises `UsageError` when several times of a series can be out by now."""
    can_be_out = [row for row in rows if row.due <= now + EARLY] or rows
    days = sorted({row.occurrence for row in can_be_out})
    if len(days) > 1 and can_be_out is not rows:
        message = _("several times can be out, say which by --day: {days}")
        raise UsageError(message.format(days=", ".join(days)))
    return min(can_be_out, key=lambda one: (one.due, one.id))


def _nothing(rows: list[Row], claim: Claim) -> str:
    row = rows[0]
    if row.state is State.CONFIRMED:
        return _("{name} is confirmed already, at {url}; that is final").format(name=row_name(row), url=row.url)
    message = _("{name} is {state}; if it is out all the same: leitstand resolve {post} {channel} --out {url}")
    return message.format(name=row_name(row), state=row_word(row), post=row.uid, channel=claim.channel, url=claim.url)


def _refuse_paused(workspace: Workspace, ledger: Ledger, row: Row, now: datetime) -> None:
    pauses = read_pauses(FolderTree(workspace.root)).plus(pauses_of_rows(ledger.pauses(now)))
    post = workspace.find_post(row.uid)
    if post is None:
        found = next((one for one in pauses.in_force(now) if one.value in ("", row.uid, row.account)), None)
    else:
        found = pauses.blocking(post, row.account, now)
    if found is not None:
        message = _("it must not be out: {reason} ({name}); if it is out all the same, add --anyway")
        raise LeitstandError(message.format(reason=found.reason or found.name, name=found.name))


def _rendition(workspace: Workspace, row: Row) -> Rendition:
    """What was published, as the file says it now, for a row that was never handed over."""
    post, account = workspace.find_post(row.uid), workspace.settings.accounts.get(row.account)
    if post is None or account is None:
        raise LeitstandError(
            _("the file of this post is gone; if it is out: leitstand resolve {post} {channel} --out URL").format(
                post=row.uid, channel=row.account
            )
        )
    rendition = find_network(account.network).render(draft(post, account, workspace.settings))
    return with_media_hashes(rendition, lambda file: workspace.tree.read(media_path(file)))
