"""All tracked brands beside ours: rhythm, formats, rates and best posts, with n."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.errors import EXIT_CLEAN
from toolkit.kpis import Period
from toolkit.messages import _, decimal, ngettext
from toolkit.research.rivals import Brand, Cell, compare_brands, own_posts, seen_posts
from toolkit.research.seen import read_seen


def compare(
    *,
    days: Annotated[int, typer.Option("--days", min=7, help="Posts of so many days.")] = 90,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Posts of competitors are those that `measure` saw; ours are those on the same channels."""
    context = open_context(folder, now)
    brands = compared(context, days)
    if as_json:
        print_json({"days": days, "brands": [_json(one) for one in brands]})
        return EXIT_CLEAN
    for one in brands:
        for line in _lines(one, context.settings.name):
            console().print(line, markup=False)
    if not brands:
        message = _("no posts of competitors yet; name them in leitstand.toml, then: leitstand measure")
        console().print(message, markup=False)
    return EXIT_CLEAN


def compared(context: Context, days: int) -> list[Brand]:
    """Every brand; nothing without a competitor's post."""
    from toolkit.metrics import open_store

    moment, seen = context.clock.now(), read_seen(context.state)
    period = Period(moment - timedelta(days=days), moment, moment)
    posts = seen_posts(seen, period)
    if not posts:
        return []
    store = open_store(context.state)
    channels = sorted({one.channel for one in posts})
    return compare_brands([*own_posts(store, period, channels, store.subjects()), *posts], period, context.zone)


def _lines(one: Brand, house: str) -> list[str]:
    rhythm = _("{weekly} posts a week").format(weekly=decimal(one.per_week, ".1f"))
    if one.gap is not None:
        rhythm += ", " + ngettext("longest gap {count} day", "longest gap {count} days", one.gap.days)
    lines = [f"{one.name or house}: {rhythm}", f"  {_('all')}: {_rate(one.all)}"]
    lines += [f"  {form or _('unknown')}: {_rate(cell)}" for form, cell in one.formats.items()]
    best = _("best")
    lines += [f"  {best}: {top.name}" for top in one.tops[:3] if one.name]
    return lines


def _rate(cell: Cell) -> str:
    posts = ngettext("{count} post", "{count} posts", cell.posts)
    if cell.rate is None:
        return _("{posts}; too few for a rate (n = {n})").format(posts=posts, n=cell.n)
    rate = decimal(cell.rate * 100, ".2f")
    if cell.low is None or cell.high is None:
        words = _("{posts}; {rate} interactions per post and 100 followers (n = {n})")
        return words.format(posts=posts, rate=rate, n=cell.n)
    low, high = decimal(cell.low * 100, ".2f"), decimal(cell.high * 100, ".2f")
    words = _("{posts}; {rate} interactions per post and 100 followers, {low} to {high} (n = {n})")
    return words.format(posts=posts, rate=rate, low=low, high=high, n=cell.n)


def _json(one: Brand) -> dict[str, object]:
    return {
        "brand": one.name,
        "posts": one.all.posts,
        "per_week": one.per_week,
        "gap_days": one.gap / timedelta(days=1) if one.gap is not None else None,
        **_cell_json(one.all),
        "formats": {form: {"posts": cell.posts, **_cell_json(cell)} for form, cell in one.formats.items()},
        "hours": {str(hour): count for hour, count in sorted(one.hours.items())},
        "tops": [
            {"name": top.name, "at": top.at.isoformat(), "rate": top.rate, "format": top.format} for top in one.tops
        ],
    }


def _cell_json(cell: Cell) -> dict[str, object]:
    return {"rate": cell.rate, "n": cell.n, "low": cell.low, "high": cell.high}
