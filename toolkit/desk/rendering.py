"""Templates → HTML. Everything is escaped; what people wrote is never marked as safe."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from toolkit.dates import say_date, say_moment
from toolkit.desk.wording import say_action, say_field, say_outcome
from toolkit.messages import _, decimal, ngettext, spoken
from toolkit.settings import role_word

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The one environment of this process."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"_": _, "ngettext": ngettext, "decimal": decimal, "spoken": spoken}
    made.filters |= {"web_link": web_link, "moment": say_local, "iso": say_iso, "ago": say_ago}
    made.filters |= {"day": say_date, "say_action": say_action, "say_outcome": say_outcome}
    made.filters |= {"role_word": role_word, "say_field": say_field}
    return made


def render(template: str, values: Mapping[str, object]) -> str:
    """The HTML of a template."""
    return environment().get_template(template).render(values)


def web_link(url: str) -> str:
    """`url` if a browser may be sent there: http or https; "" for ``javascript:`` and what else strangers write."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""


def say_local(moment: datetime | None) -> str:
    """``1 December 2026, 07:30`` on the clock of the moment's own zone; "" for None."""
    return "" if moment is None else say_moment(moment)


def say_iso(moment: datetime | None) -> str:
    """What a ``<time datetime>`` has."""
    return "" if moment is None else moment.isoformat(timespec="seconds")


_STEPS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def say_ago(moment: datetime | None, now: datetime) -> str:
    """``5 minutes ago``, ``in 2 hours``; "" for None."""
    if moment is None:
        return ""
    seconds = (now - moment).total_seconds()
    for size, unit in _STEPS:
        count = int(abs(seconds) // size)
        if count:
            return _ago(unit, count) if seconds > 0 else _ahead(unit, count)
    return _("just now")


def _ago(unit: str, count: int) -> str:
    if unit == "day":
        return ngettext("{count} day ago", "{count} days ago", count)
    if unit == "hour":
        return ngettext("{count} hour ago", "{count} hours ago", count)
    return ngettext("{count} minute ago", "{count} minutes ago", count)


def _ahead(unit: str, count: int) -> str:
    if unit == "day":
        return ngettext("in {count} day", "in {count} days", count)
    if unit == "hour":
        return ngettext("in {count} hour", "in {count} hours", count)
    return ngettext("in {count} minute", "in {count} minutes", count)
