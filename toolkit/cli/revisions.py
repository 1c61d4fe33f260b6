"""What `correct` and `retract` share: what is out, what will happen there, and how they say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.approval import required_approvals
from toolkit.cli.context import Context, console, print_json
from toolkit.errors import UsageError
from toolkit.ledger import Row, State, account_key, open_ledger
from toolkit.messages import _
from toolkit.model import Post
from toolkit.planning import Means
from toolkit.settings import Account, Settings
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens on one account, and where it is seen."""

    means: Means
    url: str


def published_rows(context: Context, post: Post) -> Sequence[Row]:
    """The rows of a post that are out; raises `UsageError` when nothing is."""
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        rows = ledger.rows(uid=post.uid) if post.uid else []
    out = [row for row in rows if row.state is State.CONFIRMED]
    if not out:
        message = _("nothing of {path} is published by this ledger; just change the file, or: leitstand hold {uid}")
        raise UsageError(message.format(path=post.path, uid=post.uid))
    return out


def needs_approval(settings: Settings, names: Iterable[str]) -> bool:
    """Whether one of the accounts wants what it sends approved."""
    return any(required_approvals(settings.accounts[name], settings) for name in names)


def find_url(rows: Sequence[Row], account: Account) -> str | None:
    """Where the post is seen on `account`; None when it is not out there."""
    own = [row for row in rows if row.account_id == account_key(account) and row.part == 0]
    return own[-1].url if own else None


def tell(post: Post, effects: Mapping[str, Effect], number: int, *, approvals: bool, as_json: bool) -> None:
    """Say what will happen, and what is left to do; `approvals` says whether somebody has to approve it first."""
    if as_json:
        channels = {name: {"means": effect.means.value, "url": effect.url} for name, effect in effects.items()}
        print_json({"uid": post.uid, "path": post.path, "number": number, "channels": channels})
        return
    terminal = console()
    width = max(map(len, effects), default=0)
    for name, effect in effects.items():
        terminal.print(f"{name:<{width}}  {_word(effect.means)}  {effect.url}".rstrip(), markup=False)
    if approvals:
        said = _("written into {path}; nothing happens before it is approved: leitstand approve {uid} --by …")
    else:
        said = _("written into {path}; no approval is needed here, so the next tick does it: leitstand publish")
    terminal.print(said.format(path=post.path, uid=post.uid), markup=False)


def _word(means: Means) -> str:
    words = {
        Means.EDIT: _("the text there is replaced"),
        Means.DELETE: _("taken back"),
        Means.REPLY: _("a reply below it says so"),
        Means.REPOST: _("taken back and sent anew"),
        Means.LEAVE: _("stays as it is"),
        Means.HAND_OFF: _("a person does it there and confirms"),
    }
    return words[means]
