"""What `leitstand doctor` says about public media: whether accounts need a place for them, and whether there is one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from toolkit.cli.context import Context
from toolkit.cli.health import Finding, Health
from toolkit.errors import LeitstandError
from toolkit.hosting.opening import read_keys
from toolkit.messages import _
from toolkit.networks import by_hand, find_network
from toolkit.settings import MediaPlace

NAME = "media host"


def check_media_host(context: Context) -> Iterator[Finding]:
    """Nothing where no account needs public media; else the place, as far as it can be told without a network."""
    needing = [account.name for account in context.settings.accounts.values() if _needs(context, account.name)]
    place = context.settings.media_host
    if place is not None:
        yield _check_folder(place) if place.folder else _check_bucket(place, context)
    elif needing:
        text = _("{accounts} cannot publish media: there is no place where the network can fetch them")
        remedy = _("write the table [media_host] into leitstand.toml, or hand_off = true for the account")
        yield Finding(NAME, Health.WRONG, text.format(accounts=", ".join(needing)), remedy)


def _needs(context: Context, name: str) -> bool:
    account = context.settings.accounts[name]
    try:
        return find_network(account.network).fetches_media and not by_hand(account)
    except LeitstandError:
        return False


def _check_folder(place: MediaPlace) -> Finding:
    folder = Path(place.folder)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        text = _("{folder} is no folder that can be written").format(folder=folder)
        return Finding(
            NAME, Health.WRONG, text, _("make it, and let the web server show it at {url}").format(url=place.url)
        )
    return Finding(NAME, Health.FINE, f"{folder} → {place.url}")


def _check_bucket(place: MediaPlace, context: Context) -> Finding:
    if find_spec("boto3") is None:
        text = _("the storage needs the extra s3, which is not installed")
        return Finding(NAME, Health.WRONG, text, "pip install 'leitstand[s3]'")
    try:
        keys = read_keys(context.environ)
    except LeitstandError as error:
        return Finding(NAME, Health.WRONG, str(error))
    shown = place.url or _("signed addresses")
    held = _("key set") if keys.name else _("no key; the machine's own right is used")
    return Finding(NAME, Health.FINE, f"{place.bucket} → {shown}; {held}")
