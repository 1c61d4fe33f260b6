"""Which of our accounts a channel of another tool is: by name, by handle, as the only one of its network, or as told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.migration.archive import Channel
from toolkit.migration.base import Change, Kind
from toolkit.migration.galaxy.accounts import Table, settings_text
from toolkit.networks import NETWORKS
from toolkit.settings import Account, Settings, unknown_name
from toolkit.values import dataclass
from toolkit.workspace.naming import Names, slug

# What other tools call the networks.
_NAMES: Final[Mapping[str, str]] = {
    "twitter": "x",
    "facebook_page": "facebook",
    "facebookpage": "facebook",
    "facebook-page": "facebook",
    "linkedin-page": "linkedin",
    "linkedin_page": "linkedin",
    "linkedincompany": "linkedin",
    "instagram-standalone": "instagram",
    "instagrambusiness": "instagram",
    "instagram_business": "instagram",
}


BY_HAND: Final = "files"  # with hand_off: a person publishes where Leitstand has no adapter


def network_of(name: str) -> str:
    """Our name of a network, "" for one that we have no adapter for."""
    name = name.strip().lower()
    found = _NAMES.get(name, name)
    return found if found in NETWORKS else ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Key of a channel → account; `settings` is the text of a new leitstand.toml, "" where there is one already."""

    accounts: Mapping[str, str]
    settings: str
    changes: tuple[Change, ...]


def assign(channels: Iterable[Channel], wanted: Mapping[str, str], settings: Settings) -> Assigned:
    """The accounts of a workspace for `channels`. `wanted`: key, handle or network → account; "" is every channel.

    Raises `UsageError`, with the way to say it, for a channel that could be several accounts or none.
    """
    for name in wanted.values():
        if name not in settings.accounts:
            raise UsageError(unknown_name(_("account"), name, settings.accounts))
    found, open_ones = {}, []
    for channel in channels:
        account = _told(channel, wanted) or _same(channel, settings) or _only(channel, settings)
        if account:
            found[channel.key] = account
        else:
            open_ones.append(channel)
    if open_ones:
        raise UsageError("\n".join(_unassigned(channel, settings) for channel in open_ones))
    return Assigned(found, "", ())


def _told(channel: Channel, wanted: Mapping[str, str]) -> str:
    names = (channel.key, channel.handle, channel.title, channel.network, "")
    return next((wanted[name] for name in names if name in wanted), "")


def _same(channel: Channel, settings: Settings) -> str:
    handles = {_bare(channel.handle), _bare(channel.title), _bare(channel.key)} - {""}
    return next(
        (
            account.name
            for account in settings.accounts.values()
            if account.network == (channel.network or BY_HAND) and _bare(account.id) in handles
        ),
        "",
    )


def _only(channel: Channel, settings: Settings) -> str:
    accounts: list[Account] = [one for one in settings.accounts.values() if one.network == channel.network]
    return accounts[0].name if channel.network and len(accounts) == 1 else ""


def _bare(handle: str) -> str:
    return handle.strip().lower().lstrip("@").rstrip("/")


def _unassigned(channel: Channel, settings: Settings) -> str:
    shown = " ".join(filter(None, (channel.network or _("channel"), channel.handle or channel.title)))
    if not shown.strip() or channel.key == shown:
        shown = channel.key
    message = _("{channel} could be any of {accounts}; say which: --account {key}=NAME")
    return message.format(channel=shown, accounts=", ".join(settings.accounts), key=channel.key)


def make_accounts(channels: Iterable[Channel], name: str, timezone: str, language: str) -> Assigned:
    """Accounts of a new workspace; a network without an adapter is published by hand.

    Raises `UsageError` for files that name no account at all.
    """
    tables: dict[str, Table] = {}
    names = Names()
    found: dict[str, str] = {}
    changes: list[Change] = []
    for channel in channels:
        if not channel.network and not channel.handle and not channel.title:
            raise UsageError(_("the file names no account; import it into a workspace, with --account NAME"))
        account = names.take(slug(channel.network or channel.title or channel.key))
        found[channel.key] = account
        handle = channel.handle or channel.title or channel.key
        if channel.network:
            tables[account] = {"network": channel.network, "id": handle, "title": channel.title or handle}
            message = _(
                "{name}: look whether {id} is its id as Leitstand wants it, and sign in: leitstand login {name}"
            )
            changes.append(Change(Kind.ACCOUNT, message.format(name=account, id=handle)))
        else:
            title = channel.title or handle
            tables[account] = {"network": BY_HAND, "id": handle, "server": account, "title": title, "hand_off": True}
            message = _("{name}: Leitstand has no adapter for it; a person publishes there, from the kit (hand_off)")
            changes.append(Change(Kind.ACCOUNT, message.format(name=account)))
    return Assigned(found, settings_text(name, timezone, tables, language), tuple(changes))
