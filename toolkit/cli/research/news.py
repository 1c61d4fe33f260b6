"""What competitors, authorities and topics have published: a list for people and for programs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, Now, console, open_context, print_json
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _
from toolkit.research.published import Published, read_news
from toolkit.settings import unknown_name
from toolkit.workspace.feeds import FEEDS, Kind

NEWS_HELP: Final = "List what competitors, authorities and topics have published, as their feeds told it."
KINDS: Final = tuple(one.value for one in Kind if one is not Kind.OURS)


def news(
    *,
    kind: Annotated[str, typer.Option("--kind", help="competitor, authority or topic; default: all.")] = "",
    days: Annotated[int, typer.Option("--days", min=1, help="Of so many days.")] = 14,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Title, link, time and an excerpt of at most 300 characters, the newest first; see `content/feeds.yml`."""
    context = open_context(folder, now)
    if kind not in ("", *KINDS):
        raise UsageError(unknown_name(_("kind"), kind, dict.fromkeys(KINDS)))
    moment = context.clock.now()
    found = read_news(context.state, moment - timedelta(days=days), moment, kind)
    if as_json:
        print_json({"published": [published_json(one) for one in found]})
        return EXIT_CLEAN
    for one in found:
        when = f"{one.at.astimezone(context.zone):%Y-%m-%d %H:%M}"
        console().print(f"{when}  {', '.join(one.sources)}: {printable(one.title)}", markup=False)
        console().print(f"    {printable(one.url)}", markup=False)
    if not found:
        message = _("nothing was published, or nobody reads it: feeds with a kind stand in {path}")
        console().print(message.format(path=FEEDS), markup=False)
    return EXIT_CLEAN


def published_json(one: Published) -> dict[str, object]:
    """An entry for programs."""
    return asdict(one) | {"at": one.at.isoformat(), "also": list(one.also)}
