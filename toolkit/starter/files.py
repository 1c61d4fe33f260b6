"""Filling in the starter's files and writing them, never over what is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Severity
from toolkit.planning import is_open, next_opening
from toolkit.settings import FILE_NAME, Settings, read_settings
from toolkit.starter.ci import ci_files
from toolkit.starter.colours import brand_tokens
from toolkit.starter.nouns import Starter, short_name, short_names
from toolkit.starter.tables import account_tables, bullets, people_tables, plan_lines, policy_lines, window_tables
from toolkit.strategy import REVIEW
from toolkit.tokens import TOKENS
from toolkit.workspace.naming import mint_uid

# File of the starter → where it goes; the posts go into the folder of their month.
_PLACES: Final[Mapping[str, str]] = {
    "leitstand.toml": "leitstand.toml",
    "mkdocs.yml": "mkdocs.yml",
    "gitignore": ".gitignore",
    "index.md": "guidelines/index.md",
    "strategy.md": "guidelines/strategy.md",
    "voice.md": "guidelines/$voice.md",
    "first.md": "content/posts/$first_month/$first_name.md",
    "second.md": "content/posts/$second_month/$second_name.md",
}
_NAMES: Final = {
    "de": {"voice": "stimme", "first_name": "hallo", "second_name": "zweiter-beitrag"},
    "en": {"voice": "voice", "first_name": "hello", "second_name": "second-post"},
}
_OPEN: Final = {
    "de": ("Noch offen: Wer soll uns folgen, und was haben diese Menschen davon?", "Noch offen.", "Noch offen."),
    "en": ("Still open: who should follow us, and what do these people get from it?", "Still open.", "Still open."),
}

_FEED: Final = {
    "de": "das Archiv: Hier steht alles, und niemand braucht ein Konto dafür",
    "en": "the archive: everything stands here, and nobody needs an account for it",
}
_BY_HAND: Final = {
    "de": "\n# Mit `hand_off = true` veröffentlicht ein Mensch aus der Mappe (leitstand kit). Soll der Leitstand senden:\n"
    "# Zeile streichen, dann `leitstand login NAME`.",
    "en": "\n# With `hand_off = true` a person publishes from the kit (leitstand kit). To have Leitstand send: strike the\n"
    "# line, then `leitstand login NAME`.",
}


def starter_files(starter: Starter) -> dict[str, str]:
    """Path → text of every file of a new workspace; raises `UsageError` where these could not work."""
    if starter.approvals > starter.most_approvals:
        message = _("{count} approvals are more than there are managers who did not write the post ({most})")
        raise UsageError(message.format(count=starter.approvals, most=starter.most_approvals))
    values = _names(starter) | _plan(starter) | _tables(starter)
    folder = files("toolkit.starter").joinpath(starter.language)
    settings = _read_back(_fill(_read(folder, FILE_NAME), values))
    values |= _posts(starter, settings)
    found = {_fill(place, values): _fill(_read(folder, name), values) for name, place in _PLACES.items()}
    found |= {TOKENS: brand_tokens(starter.colour)} if starter.colour else {}
    return found | (ci_files(starter.forge) if starter.forge else {})


def first_moment(starter: Starter, settings: Settings) -> datetime:
    """When the first post is due, on the workspace's own clock: at once, or when the quiet hours end."""
    local = starter.now.astimezone(ZoneInfo(starter.timezone))
    return _opening(local.replace(second=0, microsecond=0), settings)


def _opening(moment: datetime, settings: Settings) -> datetime:
    """That moment if something may go out then, else the next one at which it may."""
    feed = settings.accounts["feed"]
    return moment if is_open(moment, feed, settings) else next_opening(moment, feed, settings) or moment


def _read_back(text: str) -> Settings:
    """The settings as every verb will read them."""
    settings, problems = read_settings(text)
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if settings is None or errors:
        raise UsageError("; ".join(errors) or _("leitstand.toml could not be read back"))
    return settings


def write_files(folder: Path, found: Mapping[str, str]) -> tuple[str, ...]:
    """Write the files that are not there yet; returns the paths that were there and stayed as they are.

    What makes a folder a workspace comes last. Where the writing ends early (the disk is full, Ctrl-C), everything that
    was written is taken away again.
    """
    made: list[Path] = []
    kept: list[str] = []
    try:
        for path in sorted(found, key=lambda one: one == FILE_NAME):
            target = folder / path
            _make_folder(target.parent, made)
            try:
                new = target.open("x", encoding="utf-8", newline="\n")
            except FileExistsError:
                kept.append(path)
                continue
            made.append(target)
            with new:
                new.write(found[path])
    except BaseException:
        _take_away(made)
        raise
    return tuple(kept)


def _make_folder(folder: Path, made: list[Path]) -> None:
    if not folder.is_dir():
        _make_folder(folder.parent, made)
        folder.mkdir(exist_ok=True)
        made.append(folder)


def _take_away(made: list[Path]) -> None:
    for path in reversed(made):
        # A folder into which somebody else wrote meanwhile stays.
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _names(starter: Starter) -> dict[str, str]:
    return _NAMES[starter.language] | {
        # A part made by chance: on one machine state is kept by this id, and two brands may have one name.
        "id": f"{short_name(starter.name, 'brand')}-{mint_uid(starter.now)[-4:].lower()}",
        # JSON strings are TOML basic strings and YAML double-quoted scalars.
        "name": json.dumps(starter.name, ensure_ascii=False),
        "timezone": starter.timezone,
        "language": starter.language,
        "author": starter.whoever("editor", "manager").key,
        "owner": starter.whoever("manager", "editor").key,
    }


def _tables(starter: Starter) -> dict[str, str]:
    return {
        "people": people_tables(starter.people),
        # Nobody waits for a yes to a feed: it shows at once that everything works.
        "feed_approvals": "approvals = 0\n" if starter.approvals else "",
        "accounts": (_BY_HAND[starter.language] if any(one.by_hand for one in starter.channels) else "")
        + account_tables(starter.channels),
        "policy": policy_lines(starter),
        "windows": window_tables(starter),
    }


def _plan(starter: Starter) -> dict[str, str]:
    whom, what, about = _OPEN[starter.language]
    target = [f"{starter.target.metric}: {starter.target.amount:g}"] if starter.target else []
    today = starter.now.astimezone(ZoneInfo(starter.timezone)).date()
    return {
        "today": f"{today}",
        "review": f"{today + REVIEW}",
        "plan": plan_lines(starter, _FEED[starter.language]),
        "audiences": bullets(starter.audiences, whom),
        "goals": bullets(target, what),
        "pillars": bullets(starter.pillars, about),
        "serves": "".join(f"{key}: {value}\n" for key, value in _serves(starter).items()),
    }


def _serves(starter: Starter) -> dict[str, str]:
    """What the first posts say of the plan, so that they show how it is done."""
    pillar = next(iter(short_names(starter.pillars, "subject").values()), "")
    return ({"pillar": pillar} if pillar else {}) | ({"goal": starter.target.metric} if starter.target else {})


def _posts(starter: Starter, settings: Settings) -> dict[str, str]:
    first = first_moment(starter, settings)
    day = first + timedelta(days=2)  # wall time: the same hour, also after a clock change
    second = _opening(day.replace(hour=9, minute=0, fold=0), settings)
    return {
        "first_uid": mint_uid(starter.now),
        "second_uid": mint_uid(starter.now + timedelta(milliseconds=1)),
        # With the offset: this minute may be one that comes twice in autumn.
        "first_publish": f"{first:%Y-%m-%d %H:%M}{_offset(first)}",
        "second_publish": f"{second:%Y-%m-%d %H:%M}",
        "first_month": f"{first:%Y/%m}",
        "second_month": f"{second:%Y/%m}",
    }


def _offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"


def _read(folder: Traversable, name: str) -> str:
    return folder.joinpath(name).read_text(encoding="utf-8")


def _fill(text: str, values: Mapping[str, str]) -> str:
    return Template(text).substitute(values)
