"""Sentences about names that do not exist, each with a suggestion or the list of names that do."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final

from toolkit.messages import _

# Longer lists of names are not read; whoever needs all of them lists them.
_MOST: Final = 24


def unknown_key(key: str, known: Mapping[str, str]) -> str:
    """The sentence about a key that does not exist, with a suggestion or the list of keys."""
    close = get_close_matches(key, known, n=1, cutoff=0.6)
    if close:
        return _("unknown key {key!r}; did you mean {close!r}?").format(key=key, close=close[0])
    return _("unknown key {key!r}; known: {known}").format(key=key, known=", ".join(known))


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
