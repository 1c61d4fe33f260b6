"""Signing in: how an account gets its token, keeps it alive, and says in time when a person has to help.

Knows no network: adapters declare their facts (`SignIn`). Knows no ledger: the vault is handed in (`TokenVault`).
"""

from toolkit.signin.attempt import PORT, WAIT, Attempt, ByBrowser, ByHand, begin, read_pasted
from toolkit.signin.client import PREFIX, Client, client_variable, need_client, read_client
from toolkit.signin.entering import Back, Entrance, pasted_grant
from toolkit.signin.errors import NeedsSignInError, SignInError, TokenError
from toolkit.signin.grant import Grant, read_grant
from toolkit.signin.health import AccountHealth, TokenState, account_health, remedy_of, token_source
from toolkit.signin.lockout import NOTE as LOCKED_OUT
from toolkit.signin.lockout import Lockout, read_lockout
from toolkit.signin.place import filled_in, home_of, server_of
from toolkit.signin.provider import Provider
from toolkit.signin.renewal import Forgotten, RenewalNotes, TokenKeeper, TokenVault

__all__ = [
    "LOCKED_OUT",
    "PORT",
    "PREFIX",
    "WAIT",
    "AccountHealth",
    "Attempt",
    "Back",
    "ByBrowser",
    "ByHand",
    "Client",
    "Entrance",
    "Forgotten",
    "Grant",
    "Lockout",
    "NeedsSignInError",
    "Provider",
    "RenewalNotes",
    "SignInError",
    "TokenError",
    "TokenKeeper",
    "TokenState",
    "TokenVault",
    "account_health",
    "begin",
    "client_variable",
    "filled_in",
    "home_of",
    "need_client",
    "pasted_grant",
    "read_client",
    "read_grant",
    "read_lockout",
    "read_pasted",
    "remedy_of",
    "server_of",
    "token_source",
]
