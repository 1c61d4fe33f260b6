"""What somebody answers or writes behind a flag, read: people, channels, colours, targets. What cannot be read says why."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from toolkit.errors import UsageError
from toolkit.kpis import KPIS, find_kpi
from toolkit.messages import _
from toolkit.model import Severity, zone
from toolkit.networks import NETWORKS
from toolkit.settings import ROLES, read_settings, role_word, unknown_zone
from toolkit.starter.nouns import LANGUAGES, Channel, Member, Target, fresh, short_name
from toolkit.tokens import Colour, parse_hex

_PERSON: Final = re.compile(
    r"\s*(?P<name>[^<>:\s][^<>:]*?)\s*(?:<(?P<email>[^<>\s]+@[^<>\s]+)>)?\s*(?::(?P<roles>.*))?"
)
_HOUR: Final = r"(?:[01]\d|2[0-3]):[0-5]\d"
_SPAN: Final = re.compile(rf"(?P<start>{_HOUR})-(?P<end>{_HOUR})")
# The smallest settings with a window: what is right is said in one place.
_WINDOW: Final = 'format = 1\n[workspace]\nid = "a"\ntimezone = "UTC"\n[windows.all]\ntimes = [{text}]\n'
_HANDLE: Final = re.compile(r"@?[\w.-]+@(?P<server>[\w-]+(?:\.[\w-]+)+)")
# Thousands may be set apart: 1400, 1.400, 1,400.
_AMOUNT: Final = r"\d{1,12}|\d{1,3}(?:[.,]\d{3}){1,3}"
_LANGUAGES: Final = {"de": ("deutsch", "german"), "en": ("englisch", "english")}
# What people in German-speaking places call their zone, and the zone database does not.
_ZONES: Final = {"mez": "Europe/Berlin", "mesz": "Europe/Berlin", "wien": "Europe/Vienna", "zürich": "Europe/Zurich"}
# Networks that a small team cannot simply sign in to: an app has to be registered and reviewed first.
_REVIEWED: Final = frozenset({"facebook", "instagram", "linkedin", "threads", "x"})
# Networks that a newcomer is asked about; all others stand in the reference.
OFFERED: Final = ("mastodon", "bluesky", "linkedin", "instagram", "facebook", "threads", "x", "telegram", "newsletter")


class NearMissError(UsageError):
    """An answer that cannot be used, and `near`, which was probably meant."""

    def __init__(self, message: str, near: str) -> None:
        super().__init__(message)
        self.near = near


def read_language(text: str) -> str:
    """One of the languages, by its code or its name: ``de``, ``de-AT``, ``Deutsch``, ``German``."""
    word = text.casefold()
    return next(
        (code for code, names in _LANGUAGES.items() if word in names or re.split("[-_]", word)[0] == code), ""
    ) or read_choice(text, LANGUAGES)


def read_choice(text: str, known: Collection[str]) -> str:
    """One of a few words."""
    if text.casefold() not in known:
        raise UsageError(_("choose one of {known}").format(known=", ".join(known)))
    return text.casefold()


def read_name(text: str) -> str:
    """What a brand is called."""
    if not text:
        raise UsageError(_("a brand has a name"))
    return text


def read_zone(text: str) -> str:
    """A zone by its name, however it is written, or by its city; raises `NearMissError` for a slip of the pen."""
    from zoneinfo import available_timezones

    if zone(text) is not None and ("/" in text or text.isupper()):
        return text
    wanted = text.casefold().replace(" ", "_")
    known = sorted(available_timezones())
    found = [name for name in known if wanted in (name.casefold(), name.casefold().rpartition("/")[2])]
    # `Europe/Vienna` is meant by Vienna, and not what older files call `posix/…`.
    found = [name for name in found if "/" in name] or found
    if wanted in _ZONES or found:
        return _ZONES.get(wanted) or found[0]
    cities = {name.casefold().rpartition("/")[2]: name for name in known}
    close = get_close_matches(text, known, n=1) or [cities[one] for one in get_close_matches(wanted, cities, n=1)]
    if not close:
        raise UsageError(unknown_zone(text))
    message = _("unknown time zone {name!r}; did you mean {close!r}?")
    raise NearMissError(message.format(name=text, close=close[0]), close[0])


def read_member(text: str, others: Sequence[Member] = ()) -> Member:
    """``Jule Hansen <jule@example.com>: editor, community``; address and roles may be left out.

    Two people may have one first name; two of the very same name nobody could tell apart.
    """
    match = _PERSON.fullmatch(text)
    if match is None:
        message = _("a person looks like 'Jule Hansen <jule@example.com>: editor, manager', not {text!r}")
        raise UsageError(message.format(text=text))
    name, email = match["name"], match["email"] or ""
    for one in others:
        if name.casefold() == one.name.casefold():
            raise UsageError(
                _("{name} is there already; add the surname, so that people know who is meant").format(name=name)
            )
        if email and email.casefold() == one.email.casefold():
            raise UsageError(_("{email} is the address of {name} already").format(email=email, name=one.name))
    roles = tuple(dict.fromkeys(read_role(word) for word in _words(match["roles"] or "")))
    key = fresh(short_name(name.split()[0], "person"), [one.key for one in others])
    return Member(key, name, roles or ("editor",), email)


def read_roles(text: str) -> tuple[str, ...]:
    """Roles with commas between them, at least one."""
    found = tuple(dict.fromkeys(map(read_role, read_list(text))))
    if not found:
        raise UsageError(_("a person has at least one role"))
    return found


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
    if any((one.network, one.id.casefold()) == (network, there.casefold()) for one in others):
        raise UsageError(_("{account} is there already").format(account=f"{network}:{there}"))
    name = fresh(network, [one.name for one in others])
    return Channel(name, network, there, NETWORKS[network].title, server, network in _REVIEWED, purpose)


def read_colour(text: str) -> Colour:
    """A colour as people copy it: ``#0a7f5c``, ``0a7f5c``, ``#0a7``."""
    found = parse_hex("#" + text.strip().removeprefix("#"))
    if found is None:
        raise UsageError(_("a colour looks like #0b5563, not {text!r}").format(text=text.strip()))
    return found


def read_target(text: str) -> Target:
    """``interactions 1400`` or ``1400 interactions``: a key figure and how much of it a month."""
    words = text.split()
    numbers = [word for word in words if re.fullmatch(_AMOUNT, word)]
    name = " ".join(word for word in words if word not in numbers)
    kpi = find_kpi(name) or find_kpi(name.rpartition(" ")[0])
    if kpi is None:
        close = get_close_matches(name, KPIS, n=3) or ["interactions", "visits", "orders"]
        message = _("a goal looks like 'interactions 1400'; there is no key figure {name!r}, there are {known}")
        raise UsageError(message.format(name=name or text.strip(), known=", ".join(close)))
    number = int(re.sub(r"\D", "", "".join(numbers)) or 0)
    if number == 0 or len(numbers) > 1:
        raise UsageError(_("a goal has a whole number above 0, as in '{name} 500'").format(name=kpi.name))
    return Target(kpi.name, number)


def read_count(text: str, most: int) -> int:
    """How many approvals, from none to as many as there are people who could give them."""
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > most:
        raise UsageError(_("a number from 0 to {most}: nobody approves their own post").format(most=most))
    return int(text)


def read_quiet(text: str) -> str:
    """Quiet hours such as ``21:30-07:00``; "" for ``-``, which means none."""
    if text in ("", "-"):
        return ""
    match = _SPAN.fullmatch(re.sub(r"\s*[-\u2013]\s*", "-", text))
    if match is None or match["start"] == match["end"]:
        raise UsageError(_("hours look like 21:30-07:00, not {text!r}").format(text=text))
    return match[0]


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
