"""What people said at the desk, out of the ledger: a yes counts like a record of the front matter, a no stops the post.

A no is bound to the content it was said about, as a yes is: with the next change of the content it is void, and the post
waits for approval again. Whoever said no and says yes to the same content later, wherever, has changed their mind.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from toolkit.approval.reviews import reviewed
from toolkit.errors import LedgerError
from toolkit.ledger import ApprovalRow, LedgerPlace, last_words, open_ledger, read_approvals
from toolkit.model import Approval, SentBack
from toolkit.settings import ForgePlace
from toolkit.workspace import Workspace


def with_words(workspace: Workspace, rows: Iterable[ApprovalRow]) -> Workspace:
    """The workspace with what was said at the desk beside the approvals that it knows already."""
    approvals, sent_back = dict(workspace.approvals), dict(workspace.sent_back)
    for row in last_words(rows).values():
        if row.granted:
            given = Approval(row.person, row.at, row.hash)
            approvals[row.uid] = (*approvals.get(row.uid, ()), given)
        else:
            refused = SentBack(row.person, row.at, row.hash, row.note)
            sent_back[row.uid] = (*sent_back.get(row.uid, ()), refused)
    if approvals == workspace.approvals and sent_back == workspace.sent_back:
        return workspace
    return replace(workspace, approvals=approvals, sent_back=sent_back)


def with_ledger(workspace: Workspace, place: LedgerPlace, now: datetime) -> Workspace:
    """The workspace with what the ledger at `place` knows, for those who look.

    A ledger that cannot be read says nothing here: without its yes nothing goes out, and whoever sends asks it anew.
    """
    with suppress(LedgerError):
        if place.exists():
            with open_ledger(place, now=now, read_only=True) as ledger:
                return with_words(workspace, read_approvals(ledger))
    return workspace


def with_approvals(workspace: Workspace, place: LedgerPlace, forge: ForgePlace | None, now: datetime) -> Workspace:
    """The workspace with every approval that stands elsewhere than in its files: of the forge and of the desk.

    The dispatcher's knowledge of the forge lies beside the ledger's file.
    """
    return with_ledger(reviewed(workspace, place.file.parent, forge), place, now)
