"""`leitstand doctor`: whether the accounts that need no token can be opened as leitstand.toml describes them.

Those with a token show their mistakes when somebody signs in; for a feed or a folder nobody ever does.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.networks import by_hand, find_network
from toolkit.networks.opening import open_connection
from toolkit.settings import Account
from toolkit.workspace import media_path


def check_lines(context: Context) -> Iterator[Finding]:
    """One finding for each account that cannot be opened. Nothing is asked of a network."""
    for account in context.settings.accounts.values():
        error = _trouble(context, account)
        if error:
            yield Finding(f"account {account.name}", Health.WRONG, error, _("correct leitstand.toml"))


def _trouble(context: Context, account: Account) -> str:
    try:
        network = find_network(account.network)
        if network.connect is None or network.needs_token or by_hand(account):
            return ""
        open_connection(
            account,
            context.settings,
            environ=context.environ,
            clock=context.clock,
            read_media=lambda file: context.tree.read(media_path(file)),
            state=context.state,
        )
    except LeitstandError as error:
        return str(error)
    return ""
