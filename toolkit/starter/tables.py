"""The tables of leitstand.toml for people, accounts and hours, and the front matter of the strategy, as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from toolkit.source.entries import scalar
from toolkit.starter.nouns import Channel, Member, Starter, short_names


def people_tables(people: Iterable[Member]) -> str:
    """``[people.KEY]`` for each."""
    return "\n".join(_table(f"people.{one.key}", _person(one)) for one in people).rstrip()


def account_tables(channels: Iterable[Channel]) -> str:
    """``[accounts.NAME]`` for each, after an empty line; "" for none."""
    return "".join("\n" + _table(f"accounts.{one.name}", _account(one)) for one in channels)


def policy_lines(starter: Starter) -> str:
    """What is said of approvals, and the quiet hours if there are any."""
    lines = [f"approvals = {starter.approvals}"]
    lines += ['approvers = ["manager"]'] if starter.approvals else []
    lines += [f"quiet_hours = [{_quote(starter.quiet)}]"] if starter.quiet else []
    return "\n".join(lines)


def window_tables(starter: Starter) -> str:
    """The hours in which the accounts may post; a feed has none: it disturbs nobody."""
    if not starter.hours:
        return ""
    names = dict.fromkeys(one.network for one in starter.channels)
    return "".join("\n" + _table(f"windows.{name}", {"times": [starter.hours]}) for name in names)


def plan_lines(starter: Starter, feed: str) -> str:
    """The front matter of the strategy: goals, audiences, pillars, channels; `feed` says what the feed is for.

    What is still open stands there as an empty list, so that people see where it goes.
    """
    named = short_names(starter.audiences, "audience", words=3)
    goals = [{"metric": one.metric, "target": f"{one.amount:g}"} for one in (starter.target,) if one is not None]
    audiences = [{"name": name, "title": one} for one, name in named.items()]
    pillars = [{"name": name, "title": one} for one, name in short_names(starter.pillars, "subject").items()]
    channels = [{"channel": "feed", "purpose": feed}]
    channels += [{"channel": one.name, "purpose": one.purpose} for one in starter.channels if one.purpose]
    lists = {"goals": goals, "audiences": audiences, "pillars": pillars, "channels": channels}
    return "".join(_entries(key, entries) for key, entries in lists.items())


def bullets(words: Iterable[str], nothing: str) -> str:
    """A list, or the question that is still open."""
    return "\n".join(f"- {word}" for word in words) or nothing


def _entries(key: str, entries: list[dict[str, str]]) -> str:
    if not entries:
        return f"{key}: []\n"
    lines = (", ".join(f"{name}: {scalar(value, flow=True)}" for name, value in one.items()) for one in entries)
    return f"{key}:\n" + "".join(f"  - {{{line}}}\n" for line in lines)


def _person(one: Member) -> dict[str, object]:
    found: dict[str, object] = {"name": one.name, "roles": list(one.roles)}
    return found | ({"email": one.email} if one.email else {})


def _account(one: Channel) -> dict[str, object]:
    found: dict[str, object] = {"network": one.network, "id": one.id, "title": one.title}
    found |= {"server": one.server} if one.server else {}
    return found | ({"hand_off": True} if one.by_hand else {})


def _table(name: str, values: Mapping[str, object]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {_quote(value)}\n" for key, value in values.items())


def _quote(value: object) -> str:
    """JSON strings, lists of them and truth values are TOML as well."""
    return json.dumps(value, ensure_ascii=False)
