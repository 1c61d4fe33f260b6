"""What was said in a conversation, as the options of `leitstand init`: to go on where somebody stopped."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterator

from toolkit.starter.nouns import Channel, Member, Starter
from toolkit.tokens import say_hex


def command_line(folder: str, starter: Starter, said: Collection[str]) -> str:
    """A command that asks only for what is still open; `said` names the fields of `Starter` that are not."""
    words = (f"--{option}={value}" for field, option, value in _options(starter) if field in said and value)
    return shlex.join(["leitstand", "init", folder, *words])


def _options(starter: Starter) -> Iterator[tuple[str, str, str]]:
    """Field, option, and what stands behind it, "" for nothing."""
    yield "language", "language", starter.language
    yield "name", "name", starter.name
    yield "timezone", "timezone", starter.timezone
    for audience in starter.audiences:
        yield "audiences", "audience", audience
    yield "target", "goal", f"{starter.target.metric} {starter.target.amount:g}" if starter.target else ""
    for pillar in starter.pillars:
        yield "pillars", "pillar", pillar
    for member in starter.team:
        yield "team", "person", _person(member)
    yield "approvals", "approvals", str(starter.approvals)
    for channel in starter.channels:
        yield "channels", "channel", _channel(channel)
    yield "colour", "colour", say_hex(starter.colour) if starter.colour else ""
    yield "quiet", "quiet", starter.quiet or "-"
    yield "hours", "hours", starter.hours
    yield "forge", "ci", starter.forge


def _person(member: Member) -> str:
    address = f" <{member.email}>" if member.email else ""
    return f"{member.name}{address}: {', '.join(member.roles)}"


def _channel(channel: Channel) -> str:
    return f"{channel.network}:{channel.id}" + (f"={channel.purpose}" if channel.purpose else "")
