"""`leitstand confirm`: a person has published a post by hand and says where it is; that is its receipt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.rows import find_uid, local_time, row_json, row_name, row_word
from toolkit.community import pauses_of_rows, read_pauses
from toolkit.errors import EXIT_CLEAN, LeitstandError, UsageError
from toolkit.ledger import ByHand, Ledger, Row, State, open_ledger
from toolkit.messages import _
from toolkit.model import Rendition
from toolkit.networks import by_hand, find_network, with_media_hashes
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace, draft, media_path

# Who publishes by hand may be this early: before a weekend, or because the network's own planner sends it.
EARLY: Final = timedelta(hours=12)
OPEN: Final = (State.HELD, State.PLANNED, State.MISSED)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person says: where it is, who published it, that it may be so in spite of a pause, and which time."""

    channel: str
    url: str
    by: str
    anyway: bool
    day: str = ""


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="POST")],
    channel: Annotated[str, typer.Argument(help="The account's name.", metavar="CHANNEL")],
    url: Annotated[str, typer.Argument(help="Where it can be seen now.", metavar="URL")],
    *,
    by: Annotated[str, typer.Option("--by", help="Who published it; written into the log.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="Also while the post is on hold or paused.")] = False,
    day: Annotated[str, typer.Option("--day", help="Which time of a post that comes again, e.g. 2026-12-08.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Say where a post is that was published by hand."""
    context = open_context(workspace, now)
    claim = Claim(channel, _checked(url), _person(context, by), anyway, day)
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        row = confirm(context, ledger, find_uid(context, ledger, post), claim)
    if as_json:
        print_json(row_json(row))
    else:
        console().print(f"✓ {row_word(row):<10} {row_name(row)}  {row.url}", markup=False)
    return EXIT_CLEAN


def confirm(context: Context, ledger: Ledger, uid: str, claim: Claim) -> Row:
    """Write the receipt; the row as it is then. The same address once more is no change.

    Raises `LeitstandError` when there is nothing to confirm, or it must not be out yet.
    """
    now = context.clock.now()
    rows = _of_day(ledger.rows(uid=uid, account=claim.channel), claim)
    row = _open_row(context, ledger, uid, rows, claim)
    if row.state is State.CONFIRMED:
        return row
    workspace = context.load()
    if not claim.anyway:
        _refuse_paused(context, workspace, ledger, row)
    if row.due > now + EARLY:
        message = _("{name} is due at {when}; it can be confirmed {hours} hours before that at the earliest")
        hours = EARLY // timedelta(hours=1)
        raise LeitstandError(message.format(name=row_name(row), when=local_time(row.due, context), hours=hours))
    said = _("published by {name}").format(name=claim.by) if claim.by else ""
    receipt = ByHand(
        claim.url,
        said,
        Rendition.from_json(row.rendition) if row.handed_over else _rendition(workspace, row),
        now + EARLY,
        claim.anyway,
    )
    if ledger.confirm_by_hand(row, receipt, now) is None:
        raise LeitstandError(_("it changed this very moment; look again: leitstand status"))
    return ledger.row(row.id) or row


def _checked(url: str) -> str:
    if not _is_address(url.strip()):
        raise UsageError(
            _("{url!r} is no address of a post; copy it from the network, such as {example}").format(
                url=url, example="https://www.instagram.com/p/…"
            )
        )
    return url.strip()


def _is_address(url: str) -> bool:
    """Whether `url` leads to a web page; blanks and control characters are in no address."""
    try:
        parts = urlsplit(url)
    except ValueError:  # half an IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url


def _person(context: Context, by: str) -> str:
    people = context.settings.people
    if not by or not people:
        return by
    if by not in people:
        raise UsageError(unknown_name(_("person"), by, people))
    return people[by].name


def _open_row(context: Context, ledger: Ledger, uid: str, rows: list[Row], claim: Claim) -> Row:
    """The row that the claim is about; raises `LeitstandError` with what to do instead."""
    accounts = context.settings.accounts
    if not rows:
        mine = {row.account: row for row in ledger.rows(uid=uid)}
        if claim.channel not in accounts:
            raise UsageError(unknown_name(_("channel"), claim.channel, mine or accounts))
        post = context.load().find_post(uid)
        if post is not None and claim.channel not in post.channels:
            message = _("{path} does not go to {channel}, but to: {channels}")
            raise UsageError(
                message.format(path=post.path, channel=claim.channel, channels=", ".join(post.channels) or "-")
            )
        message = _("the ledger does not know this post on {channel} yet; leitstand publish plans it")
        raise LeitstandError(message.format(channel=claim.channel))
    found = [row for row in rows if row.state in OPEN]
    asked = [row for row in found if row.handed_over]
    said = [row for row in rows if row.state is State.CONFIRMED and row.url == claim.url]
    if said and not asked:
        return said[0]
    if not found:
        raise LeitstandError(_nothing(rows, claim))
    # What a person was asked for comes first, such as a correction of what is out at the same address.
    row = _one_time(asked or found, context.clock.now())
    account = accounts.get(claim.channel)
    ours = row.by_hand or (account is not None and by_hand(account))
    if not ours or row.first_tried_at is not None:
        message = _("{channel} is not published by hand; if it is out: leitstand resolve {post} {channel} --out {url}")
        raise LeitstandError(message.format(channel=claim.channel, post=uid, url=claim.url))
    return row


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


def _refuse_paused(context: Context, workspace: Workspace, ledger: Ledger, row: Row) -> None:
    now = context.clock.now()
    pauses = read_pauses(context.tree).plus(pauses_of_rows(ledger.pauses(now)))
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
