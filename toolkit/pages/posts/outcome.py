"""What a post brought: a row for each channel with its counts, held against what is usual there, and who wrote below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from toolkit.messages import _, ngettext
from toolkit.pages.icons import icon
from toolkit.pages.markup import Child, Html, heading, hidden, join, link, para, span, tag
from toolkit.pages.paths import kpi_path
from toolkit.pages.pieces import channel_chip
from toolkit.pages.posts.measured import Brought
from toolkit.pages.tables import row, table
from toolkit.pages.view import Common
from toolkit.reports.wording import Wording

if TYPE_CHECKING:
    from toolkit.community.inbox.finding import Heard

# The bar ends at so many times the usual.
_TOP: Final = 3.0


def outcome(common: Common, page: str, brought: Sequence[tuple[str, Brought]], heard: Heard | None) -> Html | None:
    """The section; None where nothing was counted and nobody wrote."""
    if not brought and heard is None:
        return None
    title = heading(2, _("What it brought"), "results")
    parts = [_counts(common, page, brought)] if brought else []
    parts += [_said(heard)] if heard else []
    return tag("section", title, *parts, aria_labelledby="results", data_search_exclude=True)


def _counts(common: Common, page: str, brought: Sequence[tuple[str, Brought]]) -> Html:
    words = Wording(common.language)
    heads = (_("Channel"), _("Views"), _("Interactions"), _("Against the usual"), _("Comments"))
    rows = (
        row(
            (heads[0], channel_chip(common.settings.accounts[name])),
            (heads[1], _number(words, one.views)),
            (heads[2], _number(words, one.interactions)),
            (heads[3], _against(words, one)),
            (heads[4], _number(words, one.comments)),
        )
        for name, one in brought
    )
    shown = table(heads, rows, _("What it brought"), class_="ls-table ls-outcome")
    about = _(
        "Each seven days after publication; the usual is the median of the channel's posts of that kind in a year."
    )
    how = link(common.link(page, kpi_path("interactions")), _("How this is counted"))
    return join((shown, para(about, " ", how, class_="ls-place")))


def _number(words: Wording, value: float | None) -> Child:
    """Missing is not zero."""
    if value is None:
        return span(span("\N{EN DASH}", aria_hidden="true"), hidden(_("no data")), class_="ls-nothing")
    return words.number(value)


def _against(words: Wording, one: Brought) -> Child:
    if one.young:
        return span(icon("late"), _("provisional: out for less than seven days"), class_="ls-young")
    if one.usual is None or one.interactions is None:
        return span(_("too few posts to compare"), class_="ls-nothing") if one.interactions is not None else None
    # Both count one more, as wherever posts are compared, so that zero divides nothing.
    times = (one.interactions + 1) / (one.usual + 1)
    bar = tag("i", style=f"--v:{min(1.0, times / _TOP):.0%}", aria_hidden="true")
    said = _("{times} times the usual {usual}").format(times=words.number(times, 1), usual=words.number(one.usual))
    return span(bar, said, class_="ls-against", title=f"n = {one.n}")


def _said(heard: Heard) -> Html:
    all_ = ngettext("{count} conversation below it", "{count} conversations below it", heard.all)
    ours = ngettext("{count} waits for us", "{count} wait for us", heard.ours) if heard.ours else _("none waits for us")
    where = tag("code", "leitstand inbox list")
    return para(icon("reply"), span(f"{all_}, {ours}."), " ", where, class_="ls-heard")
