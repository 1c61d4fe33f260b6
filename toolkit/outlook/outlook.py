"""Files, ledger, approvals and pauses at one moment: what is to go out, what became of it, and what may go out now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.approval import Verdict, content_hash, judge, with_words
from toolkit.community import Pauses, pauses_of_rows, read_pauses
from toolkit.ledger import Row, State, View, account_key, read_approvals
from toolkit.model import Post, Rendition
from toolkit.planning import Slot, slots
from toolkit.settings import Account
from toolkit.source import FolderTree
from toolkit.values import dataclass
from toolkit.workspace import Draft, Workspace, instances

OVER: Final = (State.CONFIRMED, State.IMPORTED, State.SKIPPED, State.CANCELLED)
OPEN: Final = tuple(state for state in State if state not in OVER)
# What was due before that and is over is looked up by its post.
LATELY: Final = timedelta(days=31)


@dataclass(frozen=True)
class Outlook:
    """`now` is on the workspace's own clock; `rows` are the ledger's."""

    workspace: Workspace
    now: datetime
    rows: tuple[Row, ...] = ()
    pauses: Pauses = field(default_factory=Pauses)

    @cached_property
    def instant(self) -> datetime:
        """`now` in UTC, in which slots say theirs: to compare moments of two zones takes twenty times as long."""
        return self.now.astimezone(UTC)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Every channel of every post with a moment."""
        return slots(self.workspace)

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Sequence[Row]]]:
        """Uid → remote account → its rows in order; most posts have none, or none yet."""
        found: dict[str, dict[str, list[Row]]] = {}
        for row in sorted(self.rows, key=_order):
            found.setdefault(row.uid, {}).setdefault(row.account_id, []).append(row)
        return found

    @cached_property
    def _digests(self) -> dict[str, str]:
        return {}

    def digest(self, post: Post) -> str:
        """The hash that approvals of the post have to name."""
        if post.path not in self._digests:
            self._digests[post.path] = content_hash(post, self.workspace)
        return self._digests[post.path]

    def find_verdict(self, post: Post, account: Account) -> Verdict:
        """Whether the post may go to the account; each is judged once."""
        key = post.path, account.name
        if key not in self._verdicts:
            self._verdicts[key] = self._judge(post, account)
        return self._verdicts[key]

    @cached_property
    def _verdicts(self) -> dict[tuple[str, str], Verdict]:
        return {}

    def _judge(self, post: Post, account: Account) -> Verdict:
        # Without approvals there is nothing to compare with, and the hash reads every medium.
        known = self.workspace
        given = post.approved or known.approvals.get(post.uid) or known.sent_back.get(post.uid)
        return judge(post, account, known, digest=self.digest(post) if given else "none")

    def is_known(self, post: Post) -> bool:
        """Whether the ledger has anything of the post, on whatever account."""
        return bool(post.uid) and post.uid in self._rows

    def rows_of(self, post: Post, account: Account, occurrence: str | None = None) -> tuple[Row, ...]:
        """What the ledger knows about a post on an account, of all times that it comes or of one, in order of parts."""
        return tuple([row for row in self._all_rows(post, account, occurrence) if row.action == "post"])

    def followers_of(self, post: Post, account: Account, occurrence: str | None = None) -> tuple[Row, ...]:
        """Its comment, corrections and retraction, like `rows_of`."""
        return tuple([row for row in self._all_rows(post, account, occurrence) if row.action != "post"])

    def _all_rows(self, post: Post, account: Account, occurrence: str | None) -> Sequence[Row]:
        rows = self._rows[post.uid].get(account_key(account), ()) if self.is_known(post) else ()
        return rows if occurrence is None else [row for row in rows if row.occurrence == occurrence]

    def coming(self, draft: Draft) -> Draft:
        """The next time that a post comes, else its last; a post that comes once is its own."""
        times = instances(draft)
        ahead = (one for one in times if one.publish is not None and one.publish.instant() >= self.now)
        return next(ahead, times[-1] if times else draft)

    def sent(self, post: Post, account: Account, occurrence: str | None = None) -> Rendition | None:
        """What the account really published, of all times or of one; None while it has not."""
        return read_rendition(self.published(post, account, occurrence))

    def published(self, post: Post, account: Account, occurrence: str | None = None) -> str:
        """Like `sent`, as the JSON that the ledger stores with the intent; "" for None."""
        rows = self._all_rows(post, account, occurrence)
        out = [row for row in rows if _is_text(row) and row.state is State.CONFIRMED]
        newest = max(out, key=lambda row: (row.number, row.occurrence), default=None)
        return newest.rendition if newest else ""


def read_rendition(stored: str) -> Rendition | None:
    """What a ledger stored; None where it is nothing, or was written by another version: the file is shown instead."""
    try:
        return Rendition.from_json(stored) if stored else None
    except (ValueError, KeyError, TypeError):
        return None


def look_out(workspace: Workspace, ledger: View, now: datetime) -> Outlook:
    """The outlook with everything that the ledger knows: rows, what was said at the desk, pauses beside the file's."""
    return _look(workspace, ledger, now, ledger.rows())


def look_lately(workspace: Workspace, ledger: View, now: datetime, uid: str = "") -> Outlook:
    """Like `look_out`, without what was over weeks ago: ledgers hold years. Of the post `uid` there is everything."""
    rows = [*ledger.rows(states=OPEN), *ledger.rows(states=OVER, since=now - LATELY)]
    rows += ledger.rows(uid=uid) if uid else []
    return _look(workspace, ledger, now, list({row.id: row for row in rows}.values()))


def _look(workspace: Workspace, ledger: View, now: datetime, rows: list[Row]) -> Outlook:
    pauses = read_pauses(FolderTree(workspace.root)).plus(pauses_of_rows(ledger.pauses(now)))
    local = now.astimezone(ZoneInfo(workspace.settings.timezone))
    ordered = sorted(rows, key=lambda row: (row.due, row.account, row.part))
    return Outlook(with_words(workspace, read_approvals(ledger)), local, tuple(ordered), pauses)


def _order(row: Row) -> tuple[str, int, str, int]:
    return row.occurrence, row.number, row.action, row.part


def _is_text(row: Row) -> bool:
    """Whether the row's rendition is what the account shows: the post, or the correction that replaced it."""
    return row.part == 0 and row.action.partition(":")[0] in ("post", "edit", "repost")
