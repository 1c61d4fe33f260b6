"""What `import` and `importer` ask about the files of one call: the options, once, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import Context
from toolkit.collect.folder import SUFFIXES, Dropped, sort_files
from toolkit.collect.intake import Wishes
from toolkit.collect.known import known_posts
from toolkit.collect.sources import read_mapping_file
from toolkit.errors import UsageError
from toolkit.importers import all_importers
from toolkit.importers.origins import Tracking
from toolkit.importers.values import UnreadableError, read_moment
from toolkit.messages import _
from toolkit.model import zone
from toolkit.networks import NETWORKS
from toolkit.settings import unknown_name, unknown_zone
from toolkit.values import dataclass
from toolkit.workspace.folder import CAMPAIGNS

SHOWN = 20  # problems per file on the screen; --json has all

ForAccount = Annotated[str, typer.Option("--account", help="The account of rows that name no channel.")]
As = Annotated[str, typer.Option("--as", help="Use this importer instead of the one that recognises it.")]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="A TOML file that says what the columns of a file are.")
]
Observed = Annotated[
    str, typer.Option("--observed", metavar="TIME", help="When the files were exported, if they do not say so.")
]
Times = Annotated[
    str,
    typer.Option(
        "--times", metavar="ZONE", help="The zone of times of day in the files that name none, such as Europe/Berlin."
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one call, as they were written."""

    account: str = ""
    importer: str = ""
    mapping: Path | None = None
    observed: str = ""
    times: str = ""


def make_wishes(context: Context, asked: Asked) -> Wishes:
    """What the options say, and what the ledger knows; raises `UsageError`."""
    from toolkit.ledger import State, open_ledger

    accounts, known, now = context.settings.accounts, all_importers(), context.clock.now()
    if asked.importer and asked.importer not in known:
        raise UsageError(unknown_name(_("importer"), asked.importer, known))
    _check_account(asked.account, accounts)
    _check_zone(asked.times)
    with open_ledger(context.ledger, now=now, read_only=True) as ledger:
        published = known_posts(ledger.rows(states=(State.CONFIRMED,)), accounts)
    return Wishes(
        context.settings.timezone,
        now,
        accounts,
        published,
        asked.account,
        known.get(asked.importer),
        asked.importer,
        read_mapping_file(asked.mapping) if asked.mapping else None,
        _observed(asked.observed, context.settings.timezone, now),
        tracking_of(context),
        asked.times,
    )


def tracking_of(context: Context) -> Tracking:
    """How the workspace's links are tagged, and its campaigns: their names are those of their files."""
    campaigns = frozenset(path.stem for path in (context.root / CAMPAIGNS).glob("*.md"))
    return Tracking(context.settings.links, context.settings.conversions, campaigns)


def need_files(paths: list[Path]) -> Dropped:
    """What lies there; raises `UsageError` when nothing can be an export."""
    dropped = sort_files(paths)
    if not dropped.files:
        kinds = ", ".join(sorted(SUFFIXES))
        message = _("nothing to import; name an export file, or a folder that holds some ({kinds})")
        raise UsageError(message.format(kinds=kinds))
    return dropped


def _check_account(account: str, accounts: Mapping[str, object]) -> None:
    """A network's own name is good for numbers of before: an account that is not connected any more, or not yet."""
    if account and account not in accounts and account not in NETWORKS:
        raise UsageError(unknown_name(_("account"), account, accounts))


def _check_zone(name: str) -> None:
    if name and zone(name) is None:
        raise UsageError(unknown_zone(name))


def _observed(text: str, wall: str, now: datetime) -> datetime | None:
    if not text:
        return None
    try:
        moment = read_moment(text, wall, day_is_enough=True)
    except UnreadableError as error:
        raise UsageError(f"--observed: {error}") from None
    if moment > now:
        raise UsageError(_("--observed: {when} is in the future").format(when=text))
    return moment
