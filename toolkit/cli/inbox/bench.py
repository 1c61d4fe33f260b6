"""The bench of the command line: which conversation is meant, who writes, and until when it waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from toolkit.cli.context import Context
from toolkit.cli.listening.office import named_person, opened
from toolkit.community.replies.bench import Bench, lay_out
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import WallTime, in_range


@contextmanager
def open_bench(context: Context, name: str, *, read_only: bool = False) -> Iterator[Bench]:
    """The bench of the conversation of this id; raises `UsageError` where there is nothing to answer, or nobody who could."""
    with opened(context, read_only=read_only) as inbox:
        yield lay_out(inbox, name, context.load(), context.clock.now())


def find_author(context: Context, by: str) -> str:
    """Who does it; where only one person is named, they are meant."""
    people = list(context.settings.people)
    if not by and len(people) == 1:
        return people[0]
    if not by:
        raise UsageError(
            _("say who you are: --by NAME, one of {people}").format(people=", ".join(people) or "[people]")
        )
    return named_person(context, by).key


def read_moment(context: Context, text: str) -> datetime:
    """A moment; without an offset it is wall time of the workspace. Raises `UsageError`."""
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or not in_range(parsed):
        message = _("--after needs a moment such as {example}, not {text!r}")
        raise UsageError(message.format(example="2026-12-02T08:00", text=text))
    return parsed if parsed.tzinfo is not None else WallTime(parsed, context.settings.timezone).instant()
