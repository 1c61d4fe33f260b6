"""How the accounts' tokens are, as the verbs tell it; shared by `login`, `logout`, `status` and `doctor`."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.cli.context import Context
from toolkit.credentials import Source
from toolkit.dispatch.lockouts import lockouts_in
from toolkit.errors import UsageError
from toolkit.ledger import AccountVault, View, account_key, open_ledger, tokens_of
from toolkit.messages import _
from toolkit.networks.opening import token_accounts
from toolkit.settings import Account, unknown_name
from toolkit.signin import AccountHealth, TokenState, account_health


class Nothing:
    """The vault of a workspace whose ledger cannot be read."""

    def read(self) -> str:
        return ""


def find_account(context: Context, name: str) -> Account:
    """The account of that name; raises `UsageError` with the nearest one that exists."""
    accounts = context.settings.accounts
    if name not in accounts:
        raise UsageError(unknown_name(_("account"), name, accounts))
    return accounts[name]


def health_in(ledger: View, context: Context) -> list[AccountHealth]:
    """The token of each account that needs one. Nothing is asked of a network."""

    def vault(account: Account) -> AccountVault:
        return tokens_of(ledger, account_key(account), context.environ, context.clock.now)

    accounts = token_accounts(context.settings.accounts.values())
    return account_health(accounts, context.environ, vault, context.clock.now(), lockouts_in(ledger))


def health_of(context: Context) -> list[AccountHealth]:
    """The same, with the workspace's ledger opened to read; raises `LedgerError` where it cannot be."""
    with open_ledger(context.ledger, now=context.clock.now(), read_only=True) as ledger:
        return health_in(ledger, context)


def health_without(context: Context) -> list[AccountHealth]:
    """The same where no ledger can be read: what the environment and the credentials files say."""
    accounts = token_accounts(context.settings.accounts.values())
    return account_health(accounts, context.environ, lambda _account: Nothing(), context.clock.now())


def is_wrong(health: AccountHealth) -> bool:
    """Whether a person has to do something now."""
    return health.urgent or health.state is TokenState.MISSING


def state_words(health: AccountHealth) -> str:
    """The state as people read it, with its reason."""
    words = {
        TokenState.OK: _("ok"),
        TokenState.EXPIRES: _("ends soon"),
        TokenState.NEEDS_REAUTH: _("sign in again"),
        TokenState.MISSING: _("no token"),
        TokenState.UNKNOWN: _("not known"),
    }
    return f"{words[health.state]}: {health.reason}" if health.reason else words[health.state]


def source_word(source: Source) -> str:
    """Where the token is, as people read it."""
    words = {
        Source.ENVIRONMENT: _("environment"),
        Source.FILE: _("file"),
        Source.VAULT: _("vault"),
        Source.NONE: "-",
    }
    return words[source]


def token_words(health: AccountHealth) -> str:
    """The token in one clause: where it is, until when, and what is wrong with it."""
    if health.source in (Source.ENVIRONMENT, Source.FILE) and health.state is TokenState.OK:
        return _("token set")
    if health.state is not TokenState.OK:
        return state_words(health)
    until = f"{health.valid_until:%Y-%m-%d}" if health.valid_until else ""
    if health.renews:
        return _("signed in, renews itself")
    return _("signed in until {date}").format(date=until) if until else _("signed in")


def health_json(found: Iterable[AccountHealth]) -> list[dict[str, object]]:
    """One object per account; times in UTC, null where none is known."""
    return [
        {
            "account": one.account,
            "network": one.network,
            "state": one.state.value,
            "source": one.source.value,
            "signed_in_at": one.signed_in_at.isoformat() if one.signed_in_at else None,
            "renewed_at": one.renewed_at.isoformat() if one.renewed_at else None,
            "valid_until": one.valid_until.isoformat() if one.valid_until else None,
            "renews": one.renews,
            "warning_days": one.warning,
            "reason": one.reason,
            "locked_out_at": one.locked_out_at.isoformat() if one.locked_out_at else None,
        }
        for one in found
    ]
