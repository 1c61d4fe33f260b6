"""Whose numbers a row holds: the account that its own ids name, or the only one that it can be."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.importers.base import Document
from toolkit.messages import _
from toolkit.settings import Account


class UnknownAccountError(ValueError):
    """No account can be told; the message says what to write."""


def find_account(document: Document, network: str, names: Iterable[str] = ()) -> str:
    """The account of a row that calls it by `names` (id, user name, title), all as the export has them.

    ``--account`` decides where it is given. Raises `UnknownAccountError`.
    """
    if document.account:
        return document.account
    said = [name for name in names if name]
    own = [one for one in document.accounts.values() if network in (one.network, "")]
    named = [one for one in own if {_plain(name) for name in said} & _names(one)]
    if len(named) == 1:
        return named[0].name
    if network and len(own) == 1 and not any(_comparable(name, own[0].id) for name in said):
        return own[0].name
    raise UnknownAccountError(_question(network, said, own))


def _names(account: Account) -> set[str]:
    return {_plain(one) for one in (account.id, account.title) if one}


def _plain(name: str) -> str:
    return name.strip().removeprefix("@").rsplit("/", 1)[-1].casefold()


def _comparable(said: str, known: str) -> bool:
    """Two numbers, or two user names, of which one is not the other; a title proves nothing."""
    return said.isdecimal() == known.isdecimal() and " " not in said


def _question(network: str, said: list[str], own: list[Account]) -> str:
    known = ", ".join(sorted(one.name for one in own)) or network
    if said:
        message = _("no account of this workspace is {said}; say which one with --account ({known})")
        return message.format(said=" / ".join(said), known=known)
    message = _("the file does not say which account it is about; use --account ({known})")
    return message.format(known=known)
