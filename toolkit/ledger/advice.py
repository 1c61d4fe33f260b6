"""What a person can do about a row: said in the same words by `status`, by pages and by alerts."""

from __future__ import annotations

from toolkit.ledger.row import Row, State
from toolkit.messages import _


def advice(row: Row) -> str:
    """The command that a person needs for this row."""
    # A post that comes again has several rows on one account; every one of these verbs takes the day.
    post, account = row.uid, f"{row.account} --day {row.occurrence}" if row.occurrence else row.account
    match row.state:
        case State.HELD if row.handed_over:
            command = _(
                "leitstand kit {post} --channel {account}, publish it, then: leitstand confirm {post} {account} URL; not any more: leitstand resolve {post} {account} --drop"
            )
        case State.HELD:
            command = _("leitstand resolve {post} {account} --out URL, or --send-again, or --drop")
        case State.FAILED if row.action == "retract":
            command = _(
                "take it back there by hand, then: leitstand resolve {post} {account} --drop; or try it again: --send-again"
            )
        case State.FAILED:
            command = _("correct the post, then: leitstand resolve {post} {account} --send-again, or --drop")
        case State.MISSED:
            command = _("leitstand resolve {post} {account} --send-again, or --drop")
        case State.UNKNOWN:
            command = _(
                "it is looked up at each tick; if you know better: leitstand resolve {post} {account} --out URL"
            )
        case _:
            return ""
    return command.format(post=post, account=account)
