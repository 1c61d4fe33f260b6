"""What an editor wants to know of an account: its network, what fits there, who sends, what is promised."""

from __future__ import annotations

from toolkit.messages import _
from toolkit.model import Promise
from toolkit.networks import by_hand
from toolkit.networks.base import Network
from toolkit.settings import Account, Settings


def account_text(account: Account, network: Network | None, settings: Settings) -> str:
    """Markdown about an account; `network` is None where nobody knows its network."""
    head = f"**{account.title}** · {network.title if network else account.network} · `{account.id}`"
    lines = [head, *_house_lines(account, settings)]
    return "\n\n".join([*lines, network_text(network)] if network else lines)


def network_text(network: Network) -> str:
    """Markdown about a network: its class and its limits."""
    limits = "\n".join(f"- `{limit.name}`: {limit}" for limit in network.limits)
    promise = _("Class {name}: {meaning}").format(name=network.promise.value, meaning=_promise(network.promise))
    return "\n\n".join(filter(None, [promise, limits]))


def _house_lines(account: Account, settings: Settings) -> list[str]:
    """What leitstand.toml says of the account, where that is not the usual."""
    approvals = settings.policy.approvals if account.approvals is None else account.approvals
    lines = []
    if by_hand(account):
        lines.append(_("A person publishes here, from the kit."))
    if account.language:
        lines.append(_("Language: {language}").format(language=account.language))
    if account.timezone:
        lines.append(_("Time zone: {zone}").format(zone=account.timezone))
    if approvals:
        lines.append(_("Approvals needed: {count}").format(count=approvals))
    return lines


def _promise(promise: Promise) -> str:
    """What happens there after a line that broke in the middle of sending."""
    said = {
        Promise.KEY: _("what is unclear is sent again under the same key, and counted once"),
        Promise.RKEY: _("what is unclear is looked up under a key that we chose"),
        Promise.TWO_STEP: _("what is unclear is asked of the prepared container"),
        Promise.READ_BACK: _("what is unclear is looked for among our own posts"),
        Promise.BLIND: _("what is unclear is held, and a person says whether it is out"),
        Promise.HAND_OFF: _("a person publishes and confirms with the link"),
    }
    return said[promise]
