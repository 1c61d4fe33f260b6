"""A reply as its network gets it: the same rendering for the check, the desk and the dispatcher."""

from __future__ import annotations

from dataclasses import replace

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Message, Rendition
from toolkit.networks import by_hand, find_network
from toolkit.networks.base import Capability
from toolkit.networks.filters import text_draft
from toolkit.settings import Account


def compose(text: str, account: Account, message: Message, language: str = "") -> Rendition:
    """`text` (Markdown) as the answer to `message`, with what the network puts in front, such as whom it answers."""
    network = find_network(account.network)
    draft = text_draft(text, network, language)
    return network.render_answer(replace(draft, account=account, values=dict(account.options)), message)


def why_unanswerable(account: Account, message: Message, *, private: bool) -> str:
    """Why the account cannot answer the message like this; "" when it can."""
    network = find_network(account.network)
    if Capability.ANSWER not in network.capabilities or network.connect is None or by_hand(account):
        return _("Leitstand cannot answer on {network}; answer there: {url}").format(
            network=network.title, url=message.url or message.author
        )
    if message.private and Capability.DIRECT not in network.capabilities:
        return network.no_direct or _("Leitstand cannot answer direct messages on {network}; answer there").format(
            network=network.title
        )
    if private and not message.private:
        return _(
            "what was said in public is answered in public; a private answer would be a new message: write it there"
        )
    if message.private and not private:
        return _("what was said in private is never answered in public")
    return ""


def refuse_unanswerable(account: Account, message: Message, *, private: bool) -> None:
    """Raise `UsageError` with the reason why not."""
    reason = why_unanswerable(account, message, private=private)
    if reason:
        raise UsageError(reason)
