"""How each account's token is, and until when: what `status`, `doctor`, `login --list` and alerts tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from toolkit.credentials import Source, secret_source, variable_name
from toolkit.errors import LeitstandError
from toolkit.messages import _, ngettext
from toolkit.settings import Account
from toolkit.signin.grant import Grant, read_grant
from toolkit.signin.lockout import Lockout, never_locked
from toolkit.values import dataclass

WARNINGS: Final = (1, 7)  # days before its end at which a token is warned about
# A token that renews itself and was not renewed so long after its end: nobody renews it.
FORGOTTEN: Final = timedelta(hours=1)


class TokenState(StrEnum):
    """What a person has to know about an account's token."""

    OK = "ok"
    EXPIRES = "expires"
    NEEDS_REAUTH = "needs_reauth"
    MISSING = "missing"
    UNKNOWN = "unknown"  # whoever asks may not read the vault's key


class Readable(Protocol):
    """The part of a `TokenVault` that only reads."""

    def read(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """An account's token, without the token. Of one from the environment or a file nothing but that is known."""

    account: str
    network: str
    state: TokenState
    source: Source
    signed_in_at: datetime | None = None
    renewed_at: datetime | None = None
    valid_until: datetime | None = None  # None: no end is known
    renews: bool = False
    warning: int | None = None  # 7 or 1: within so many days it ends
    reason: str = ""
    locked_out_at: datetime | None = None  # since when the network does not take it, whatever its dates say

    @property
    def remedy(self) -> str:
        """What helps when the token is over."""
        return remedy_of(self.account, self.source)

    @property
    def urgent(self) -> bool:
        """Whether a person has to act now: publishing fails, or will within a day."""
        return self.state is TokenState.NEEDS_REAUTH or self.warning == min(WARNINGS)


def account_health(
    accounts: Iterable[Account],
    environ: Mapping[str, str],
    open_vault: Callable[[Account], Readable],
    now: datetime,
    find_lockout: Callable[[Account], Lockout | None] = never_locked,
) -> list[AccountHealth]:
    """The token of each account, in their order. Nothing is asked of a network, and nothing is raised.

    `find_lockout` tells what networks have said lately: they may take a token back long before its end.
    """
    return [_with_lockout(_health(account, environ, open_vault, now), find_lockout(account)) for account in accounts]


def remedy_of(account: str, source: Source) -> str:
    """What a person does about a token that is not taken, depending on where it is kept."""
    if source is Source.ENVIRONMENT:
        message = _("put a new token into {variable}, then run: leitstand login --check")
        return message.format(variable=variable_name(account))
    if source is Source.FILE:
        message = _("put a new token into the credentials file {account}, then run: leitstand login --check")
        return message.format(account=account)
    return _("leitstand login {account}").format(account=account)


def token_source(account: str, environ: Mapping[str, str]) -> Source:
    """Where the account's token comes from; the vault where neither environment nor file has one."""
    try:
        return secret_source(account, environ) or Source.VAULT
    except LeitstandError:
        return Source.FILE


def _with_lockout(health: AccountHealth, lockout: Lockout | None) -> AccountHealth:
    if lockout is None or health.state in (TokenState.MISSING, TokenState.NEEDS_REAUTH):
        return health
    return replace(health, state=TokenState.NEEDS_REAUTH, reason=lockout.why, locked_out_at=lockout.since, warning=None)


def _health(
    account: Account, environ: Mapping[str, str], open_vault: Callable[[Account], Readable], now: datetime
) -> AccountHealth:
    try:
        source = secret_source(account.name, environ)
        stored = "" if source else open_vault(account).read()
    except LeitstandError as error:
        return _unsound(account, Source.NONE, str(error))
    except OSError as error:
        reason = _("the key of the vault cannot be read: {error}").format(error=error.strerror or error)
        return AccountHealth(account.name, account.network, TokenState.UNKNOWN, Source.VAULT, reason=reason)
    if source:
        return AccountHealth(account.name, account.network, TokenState.OK, source)
    if not stored:
        return AccountHealth(account.name, account.network, TokenState.MISSING, Source.NONE)
    grant = read_grant(stored)
    return _of_grant(account, grant, now) if grant else _unsound(account, Source.VAULT, _("it cannot be read"))


def _unsound(account: Account, source: Source, reason: str) -> AccountHealth:
    return AccountHealth(account.name, account.network, TokenState.NEEDS_REAUTH, source, reason=reason)


def _of_grant(account: Account, grant: Grant, now: datetime) -> AccountHealth:
    state, warning, reason = _judge(grant, now)
    return AccountHealth(
        account=account.name,
        network=account.network,
        state=state,
        source=Source.VAULT,
        signed_in_at=grant.signed_in_at,
        renewed_at=grant.renewed_at if grant.renewed_at != grant.signed_in_at else None,
        valid_until=grant.ends_at,
        renews=grant.renews and not grant.dead,
        warning=warning,
        reason=reason,
    )


def _judge(grant: Grant, now: datetime) -> tuple[TokenState, int | None, str]:
    if grant.dead:
        return TokenState.NEEDS_REAUTH, None, grant.dead
    ends = grant.ends_at
    if ends is not None and ends <= now:
        return TokenState.NEEDS_REAUTH, None, _("its token has ended")
    if ends is not None:
        left = ends - now
        warning = next((days for days in WARNINGS if left <= timedelta(days=days)), None)
        if warning is not None:
            return TokenState.EXPIRES, warning, _left(left)
    if grant.refresh and grant.expires_at is not None and now > grant.expires_at + FORGOTTEN:
        return TokenState.EXPIRES, None, _("it was to be renewed and was not; is a dispatcher running?")
    return TokenState.OK, None, ""


def _left(left: timedelta) -> str:
    if left < timedelta(days=1):
        return ngettext("it ends in {count} hour", "it ends in {count} hours", int(left.total_seconds() // 3600))
    return ngettext("it ends in {count} day", "it ends in {count} days", left.days)
