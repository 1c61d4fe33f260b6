"""Sentences about names that do not exist, each with a suggestion or the list of names that do."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from toolkit.credentials import variable_name
from toolkit.messages import _

# What people call a secret.
SECRETS: Final = frozenset(
    [
        "token",
        "access_token",
        "refresh_token",
        "bot_token",
        "api_token",
        "api_key",
        "apikey",
        "key",
        "secret",
        "client_secret",
        "app_secret",
        "password",
        "passwort",
        "app_password",
        "credentials",
        "webhook",
        "webhook_url",
        "bearer",
    ]
)
# Longer lists of names are not read; whoever needs all of them lists them.
_MOST: Final = 24


def unknown_key(key: str, known: Mapping[str, str]) -> str:
    """The sentence about a key that does not exist, with a suggestion or the list of keys."""
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    if close:
        return _("unknown key {key!r}; did you mean {close!r}?").format(key=key, close=close[0])
    return _("unknown key {key!r}; known: {known}").format(key=key, known=", ".join(known))


def secret_key(key: str, account: str) -> str:
    """The sentence about a secret of an account in a file that everybody reads, with the ways to give it."""
    message = _(
        "no {key} here, this file is in git: leitstand login {account} (asks for a token with --token), or set {name};"
        " withdraw a secret that was committed"
    )
    return message.format(key=key, account=account, name=variable_name(account))


def unknown_zone(name: str) -> str:
    """The sentence about a time zone that does not exist, with a suggestion."""
    from zoneinfo import available_timezones

    close = get_close_matches(name, available_timezones(), n=1, cutoff=0.6)
    if close:
        return _("unknown time zone {name!r}; did you mean {close!r}?").format(name=name, close=close[0])
    return _("unknown time zone {name!r}; use an IANA name such as Europe/Berlin").format(name=name)


def unknown_name(what: str, name: str, known: Mapping[str, object]) -> str:
    """The sentence about a person, account or campaign that does not exist, with a suggestion."""
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    if close:
        return _("unknown {what} {name!r}; did you mean {close!r}?").format(what=what, name=name, close=close[0])
    names = sorted(known)
    listed = ", ".join([*names[:_MOST], "…"] if len(names) > _MOST else names) or _("none")
    return _("unknown {what} {name!r}; known: {known}").format(what=what, name=name, known=listed)


def role_word(role: str) -> str:
    """What people call a role of ``[people]``, in the spoken language."""
    words = {
        "editor": _("editor"),
        "manager": _("manager"),
        "community": _("community"),
        "analyst": _("analyst"),
        "legal": _("legal"),
        "operator": _("operator"),
    }
    return words.get(role, role)
