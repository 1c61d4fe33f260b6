"""Where an account's blog is, who its application password belongs to, and what that person may do."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.networks.answers import no_entry, refused
from toolkit.networks.jsonvalues import fields, number, text
from toolkit.settings import Account

# What publishing takes: https://wordpress.org/documentation/article/roles-and-capabilities/
PUBLISH: Final = "publish_posts"
UPLOAD: Final = "upload_files"


def server_address(account: Account) -> str:
    """The blog's address: `server`, else the one in the account's id (``name@blog.example``).

    Raises `UsageError` when there is none, or when a password would travel in the open.
    """
    host = account.id.rpartition("@")[2]
    address = account.server or (f"https://{host}" if "." in host and "@" in account.id else "")
    if not address:
        message = _('the account {account} needs its blog, such as server = "https://blog.example.com"')
        raise UsageError(message.format(account=account.name))
    parts = urlsplit(address)
    if parts.scheme != "https" and not _is_this_machine(parts.hostname or ""):
        message = _("the password of {account} would be readable on its way; use https:// for {server}")
        raise UsageError(message.format(account=account.name, server=address))
    return address


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_credential(account: Account, credential: str) -> None:
    """Raise `UsageError` unless `credential` is a user's name and an application password."""
    user, _colon, password = credential.partition(":")
    if not user or not password:
        message = _(
            "the token of {account} must be USER:APPLICATION PASSWORD, as the profile page in WordPress shows it"
        )
        raise UsageError(message.format(account=account.name))


def check_identity(account: Account, me: object, now: datetime) -> None:
    """Raise `NotBegunError` unless the credential is that of the account's own person."""
    names = {text(me, "username"), text(me, "slug"), text(me, "email"), str(int(number(me, "id") or 0))} - {"", "0"}
    host = urlsplit(account.server).netloc or account.id.rpartition("@")[2]
    expected = account.id.removeprefix("@")
    if expected.lower() in {one.lower() for name in names for one in (name, f"{name}@{host}")}:
        return
    message = _("the token of {account} belongs to {name!r}, the account is {expected!r}")
    name = text(me, "username") or text(me, "slug")
    raise no_entry(message.format(account=account.name, name=name, expected=account.id), now)


def check_rights(me: object, now: datetime, *needed: str) -> None:
    """Raise `NotBegunError` when the blog says that the person lacks one of the capabilities.

    Who may not publish locks the account out; who may not upload can still send what has no media.
    """
    granted = fields(fields(me).get("capabilities"))
    missing = [right for right in needed if granted and not granted.get(right)]
    if missing:
        message = _("{name} lacks the right {right} in the blog; an administrator can give it")
        words = message.format(name=text(me, "username"), right=", ".join(missing))
        raise no_entry(words, now) if PUBLISH in missing else refused(words)
