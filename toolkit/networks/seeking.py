"""Whether an account can look for something in what everybody writes."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.messages import _
from toolkit.networks import by_hand
from toolkit.networks.base import Network, Seeking
from toolkit.settings import Account, unknown_name


def why_blind(name: str, what: Seeking, accounts: Mapping[str, Account], networks: Mapping[str, Network]) -> str:
    """Why the account called `name` cannot look for it; "" when it can."""
    if name not in accounts:
        return unknown_name(_("account"), name, accounts)
    account = accounts[name]
    network = networks.get(account.network)
    if network is None:
        return ""  # said where the account is named
    if what not in network.seeks:
        if network.seeks:
            return _("{network} finds hashtags only; list it under hashtags").format(network=network.title)
        return _("{network} tells nothing of what others write").format(network=network.title)
    if by_hand(account):
        return _("a person publishes with {account}, so there is no token to look with").format(account=name)
    return ""
