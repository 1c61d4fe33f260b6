"""What somebody answers or writes behind a flag, read: people, channels, colours, targets. What cannot be read says why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from toolkit.errors import UsageError
from toolkit.kpis import KPIS, find_kpi
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.networks import NETWORKS
from toolkit.settings import ROLES, read_settings, role_word
from toolkit.starter.nouns import Channel, Member, Target
from toolkit.tokens import Colour, parse_hex
from toolkit.workspace.naming import slug

_PERSON: Final = re.compile(
    r"\s*(?P<name>[^<>:\s][^<>:]*?)\s*(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*(?::(?P<roles>.*))?"
)
_HOUR: Final = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SPAN: Final = re.compile(rf"(?P<start>{_HOUR})-(?P<end>{_HOUR})")
# The smallest settings with a window: what is right is said in one place.
_WINDOW: Final = 'format = 1\n[workspace]\nid = "a"\ntimezone = "UTC"\n[windows.all]\ntimes = [{text}]\n'
_HANDLE: Final = re.compile(r"@?[\w.-]+@(?P<server>[\w-]+(?:\.[\w-]+)+)")
# Networks that a small team cannot simply sign in to: an app has to be registered and reviewed first.
_REVIEWED: Final = frozenset({"facebook", "instagram", "linkedin", "threads", "x"})
# Networks that a newcomer is asked about; all others stand in the reference.
OFFERED: Final = ("mastodon", "bluesky", "linkedin", "instagram", "facebook", "threads", "x", "telegram", "newsletter")


def read_member(text: str, others: Sequence[Member] = ()) -> Member:
    """``Jule Hansen <jule@example.com>: editor, community``; address and roles may be left out."""
    match = _PERSON.fullmatch(text)
    if match is None:
        message = _("a person looks like 'Jule Hansen <jule@example.com>: editor, manager', not {text!r}")
        raise UsageError(message.format(text=text))
    roles = tuple(dict.fromkeys(read_role(word) for word in _words(match["roles"] or "")))
    key = _fresh(slug(match["name"].split()[0]), [one.key for one in others])
    return Member(key, match["name"], roles or ("editor",), match["email"] or "")


def read_role(word: str) -> str:
    """A role by its name in leitstand.toml, by its word in the language spoken, or by its number in the list."""
    known = {name: role for role in ROLES for name in (role, role_word(role).casefold())}
    known |= {str(number): role for number, role in enumerate(ROLES, 1)}
    role = known.get(word.strip().casefold())
    if role is None:
        roles = ", ".join(map(role_word, ROLES))
        raise UsageError(_("there is no role {word!r}; roles are {roles}").format(word=word.strip(), roles=roles))
    return role


def read_channel(text: str, others: Sequence[Channel] = ()) -> Channel:
    """``mastodon:@name@server`` or ``linkedin:name=what it is for``: a network and the account's name there."""
    account, _equals, purpose = (part.strip() for part in text.partition("="))
    network, _colon, there = (part.strip() for part in account.partition(":"))
    network = network.casefold()
    if network not in NETWORKS or network == "feed":
        close = get_close_matches(network, NETWORKS, n=1)
        known = close or [name for name in NETWORKS if name != "feed"]
        message = _("there is no network {name!r}; there are {known}")
        raise UsageError(message.format(name=network, known=", ".join(known)))
    if not there:
        raise UsageError(_("say the account's name there, too, as in {network}:NAME").format(network=network))
    handle = _HANDLE.fullmatch(there)
    if network == "mastodon" and handle is None:
        raise UsageError(_("a Mastodon account looks like @name@server, not {text!r}").format(text=there))
    server = f"https://{handle['server']}" if network == "mastodon" and handle else ""
    there = f"@{there.removeprefix('@')}" if network == "mastodon" else there.removeprefix("@")
    name = _fresh(network, [one.name for one in others])
    return Channel(name, network, there, NETWORKS[network].title, server, network in _REVIEWED, purpose)


def read_colour(text: str) -> Colour:
    """A colour as people copy it: ``#0a7f5c``, ``0a7f5c``, ``#0a7``."""
    found = parse_hex("#" + text.strip().removeprefix("#"))
    if found is None:
        raise UsageError(_("a colour looks like #0b5563, not {text!r}").format(text=text.strip()))
    return found


def read_target(text: str) -> Target:
    """``interactions 1400``: a key figure and how much of it a month."""
    name, _space, amount = text.strip().rpartition(" ")
    kpi = find_kpi(name)
    if kpi is None:
        close = get_close_matches(name, KPIS, n=3) or ["interactions", "visits", "orders"]
        message = _("a goal looks like 'interactions 1400'; there is no key figure {name!r}, there are {known}")
        raise UsageError(message.format(name=name or text.strip(), known=", ".join(close)))
    if not re.fullmatch(r"\d{1,12}", amount):
        raise UsageError(_("a goal ends in a whole number, not {text!r}").format(text=amount))
    return Target(kpi.name, int(amount))


def read_span(text: str) -> str:
    """Quiet hours such as ``21:30-07:00``."""
    match = _SPAN.fullmatch(text)
    if match is None or match["start"] == match["end"]:
        raise UsageError(_("hours look like 21:30-07:00, not {text!r}").format(text=text))
    return text


def read_window(text: str) -> str:
    """Days and hours such as ``mon-fri 08:00-18:00``, as leitstand.toml reads them."""
    settings, problems = read_settings(_WINDOW.format(text=json.dumps(text)))
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if settings is None or errors:
        raise UsageError("; ".join(errors))
    return text


def read_list(text: str, separator: str = ",") -> tuple[str, ...]:
    """What stands between separators, without what is empty or comes again."""
    return tuple(dict.fromkeys(_words(text, separator)))


def _words(text: str, separator: str = ",") -> Iterable[str]:
    return filter(None, (word.strip() for word in text.split(separator)))


def _fresh(name: str, taken: Sequence[str]) -> str:
    numbered = (name if number == 1 else f"{name}-{number}" for number in range(1, len(taken) + 2))
    return next(one for one in numbered if one not in taken)
