"""Asking the networks whose tokens they are: when somebody signs in, and with `leitstand login --check`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from toolkit.cli.context import Context
from toolkit.cli.signins import health_in
from toolkit.dispatch.lockouts import let_in, remember_lockout
from toolkit.errors import LeitstandError
from toolkit.ledger import Ledger, account_key, notes_of, open_ledger, tokens_of, vault_of
from toolkit.model import Outcome
from toolkit.networks.answers import NotBegunError
from toolkit.networks.base import Identified
from toolkit.networks.opening import open_connection
from toolkit.settings import Account
from toolkit.signin import AccountHealth, Lockout, TokenState


def ask_identity(account: Account, context: Context, environ: Mapping[str, str], ledger: Ledger | None = None) -> bool:
    """True when the network says that the token is the account's, False when it cannot say; nothing is published.

    Raises `NotBegunError` for somebody else's token or one that is not taken, and `LeitstandError`. Without `ledger`
    nothing that the account keeps is used or changed.
    """
    key, now = account_key(account), context.clock.now
    connection = open_connection(
        account,
        context.settings,
        environ=environ,
        clock=context.clock,
        read_media=context.tree.read,
        state=context.state,
        vault=vault_of(ledger, key, environ, now) if ledger else None,
        notes=notes_of(ledger, key, now) if ledger else None,
        tokens=tokens_of(ledger, key, environ, now) if ledger else None,
    )
    if not isinstance(connection, Identified):
        return False
    connection.check_identity()
    return True


def asked(context: Context) -> list[AccountHealth]:
    """The token of each account after its network was asked; what could not be asked says why."""
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        return [_asked(one, context, ledger) for one in health_in(ledger, context)]


def _asked(health: AccountHealth, context: Context, ledger: Ledger) -> AccountHealth:
    if health.state is TokenState.MISSING or (health.state is TokenState.NEEDS_REAUTH and not health.locked_out_at):
        return health
    account = context.settings.accounts[health.account]
    try:
        known = ask_identity(account, context, context.environ, ledger)
    except NotBegunError as error:
        if error.answer.locked_out:
            # Nobody has to wait for the next post to fail: the daemon tells the team from this note.
            met = Lockout(context.clock.now(), context.clock.now(), error.answer.reason)
            remember_lockout(ledger, account_key(account), met, context.clock.now())
        refused = error.answer.locked_out or error.answer.outcome is Outcome.REFUSED
        return replace(health, state=TokenState.NEEDS_REAUTH if refused else health.state, reason=error.answer.reason)
    except LeitstandError as error:
        return replace(health, reason=str(error))
    if known and let_in(ledger, account_key(account), context.clock.now()):
        return next(one for one in health_in(ledger, context) if one.account == account.name)
    return health
