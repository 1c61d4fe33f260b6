"""The community: what came in and how it was answered, how friendly it was, and what people talked about."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.kpis import KPIS, Of
from toolkit.messages import _
from toolkit.reports.blocks import Block, Paragraph, Section, Table
from toolkit.reports.compared import Compared
from toolkit.reports.naming import post_cell
from toolkit.reports.scope import Scope
from toolkit.reports.series import months_chart

DISCUSSED = 5


def community_section(scope: Scope, compared: Sequence[Compared]) -> Section | None:
    """None where nothing is known about the community."""
    inbox = [one for one in compared if one.kpi.of is Of.MESSAGES and one.month.value is not None]
    by_name = {one.kpi.name: one for one in inbox}
    blocks: list[Block] = [Paragraph(text) for text in (_answers(scope, by_name), _image(scope, by_name)) if text]
    if "messages" in by_name:
        chart = months_chart(scope, KPIS["messages"])
        blocks += [chart] if chart is not None else []
    discussed = _discussed(scope)
    if discussed is not None:
        blocks.append(discussed)
    if blocks and not inbox:
        blocks.append(Paragraph(_("Nothing was imported about the inbox: no answers, no mood."), "note"))
    return Section("community", _("Community"), tuple(blocks)) if blocks else None


def _answers(scope: Scope, by_name: dict[str, Compared]) -> str:
    rate, time, late = (by_name.get(name) for name in ("response_rate", "response_time", "response_time_p90"))
    words = []
    if rate is not None:
        text = _("{share} of {n} messages that wanted an answer got one.")
        asked = scope.wording.number(rate.month.denominator or 0)
        words.append(text.format(share=scope.wording.value(rate.month.value, rate.kpi.unit), n=asked))
    if time is not None and late is not None:
        text = _("Half of the answers took less than {middle} of service hours, nine of ten less than {late}.")
        values = [scope.wording.value(one.month.value, one.kpi.unit) for one in (time, late)]
        words.append(text.format(middle=values[0], late=values[1]))
    return " ".join(words)


def _image(scope: Scope, by_name: dict[str, Compared]) -> str:
    """Friendly less unfriendly, and what the classifier's error leaves of it."""
    mood = by_name.get("sentiment")
    if mood is None or mood.month.value is None:
        return ""
    value = scope.wording.value(mood.month.value, mood.kpi.unit)
    interval = mood.month.interval
    if interval is None:
        return _("Friendly less unfriendly messages: {value}.").format(value=value)
    between = scope.wording.between(interval.low, interval.high, mood.kpi.unit)
    if interval.low > 0:
        verdict = _("more friendly than unfriendly, whatever the classifier got wrong")
    elif interval.high < 0:
        verdict = _("more unfriendly than friendly, whatever the classifier got wrong")
    else:
        verdict = _("the classifier's error is too large to say which prevails")
    words = _("Friendly less unfriendly messages: {value} ({between}): {verdict}.")
    return words.format(value=value, between=between, verdict=verdict)


def _discussed(scope: Scope) -> Table | None:
    """The posts of the month with most comments."""
    rows = [row for row in scope.rows("comments", scope.period()) if row.part]
    rows.sort(key=lambda row: (-(row.part or 0), row.unit, row.channel))
    if not rows:
        return None
    shown = tuple(
        (
            post_cell(scope, row.unit),
            scope.channel_title(row.channel),
            scope.wording.day(row.at.astimezone(scope.zone).date()),
            scope.wording.number(row.part or 0),
        )
        for row in rows[:DISCUSSED]
    )
    head = (_("Post"), _("Channel"), _("Day"), _("Comments"))
    return Table(_("What people talked about: the posts with most comments"), head, shown, frozenset({3}))
