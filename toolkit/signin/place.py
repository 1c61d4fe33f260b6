"""Where an account signs in: the network's addresses with the account's server filled in."""

from __future__ import annotations

from dataclasses import replace

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import SignIn
from toolkit.settings import Account

SERVER = "{server}"


def server_of(account: Account, facts: SignIn) -> str:
    """The account's server, "" where the network is one place; raises `UsageError` when it is needed and missing."""
    if SERVER not in facts.authorize:
        return ""
    server = account.server or _host(account.id)
    if not server:
        message = _('the account {account} needs its server, such as server = "https://social.example"')
        raise UsageError(message.format(account=account.name))
    return server.rstrip("/")


def _host(account_id: str) -> str:
    """The server in ``@name@server``."""
    host = account_id.lstrip("@").partition("@")[2]
    return f"https://{host}" if "." in host else ""


def filled_in(facts: SignIn, server: str) -> SignIn:
    """The facts with ``{server}`` replaced in every address."""

    def here(address: str) -> str:
        return address.replace(SERVER, server)

    return replace(
        facts,
        authorize=here(facts.authorize),
        token=here(facts.token),
        register=here(facts.register),
        renew_at=here(facts.renew_at),
        lengthen_at=here(facts.lengthen_at),
        revoke=here(facts.revoke),
    )


def home_of(account: Account, facts: SignIn | None) -> str:
    """The server that a token of the account is for: it is never shown to another one."""
    named = server_of(account, facts) if facts is not None else ""
    return named or account.server.rstrip("/")
