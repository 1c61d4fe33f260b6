"""Whether the all-clear can be given: long enough nothing new, and by the person who decides it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from toolkit.community.crisis.incident import NEWS, Incident
from toolkit.messages import _
from toolkit.workspace.playbook import AllClear


def objections(
    incident: Incident, clear: AllClear, by: str, now: datetime, heard: Iterable[datetime] = ()
) -> Iterator[str]:
    """Why it cannot be closed yet, one sentence each. `heard` are moments at which somebody wrote about it."""
    last = last_news(incident, heard)
    if clear.quiet_for is not None and now - last < clear.quiet_for:
        hours = clear.quiet_for.total_seconds() / 3600
        message = _("it was quiet since {moment} only; wanted are {hours} hours, that is until {end}")
        end = (last + clear.quiet_for).astimezone(now.tzinfo)
        yield message.format(
            moment=f"{last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}", hours=f"{hours:g}", end=f"{end:%Y-%m-%d %H:%M}"
        )
    if clear.decided_by and by != clear.decided_by:
        yield _("{name} decides about the end").format(name=clear.decided_by)


def last_news(incident: Incident, heard: Iterable[datetime] = ()) -> datetime:
    """The last moment at which it was not quiet."""
    return max([incident.declared, *(one.at for one in incident.entries if one.deed in NEWS), *heard])


def say_all_clear(wrong: Sequence[str], anyway: str) -> str:
    """The last line of the timeline: what was against it stands there with the reason it was closed for all the same."""
    if not wrong:
        return _("all-clear")
    return (
        _("all-clear")
        + ", "
        + _("although {why}; because {reason}").format(why="; ".join(wrong), reason=anyway.strip())
    )
