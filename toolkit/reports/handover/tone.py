"""How it sounded: the likely share of negative and positive messages with what the classifier's error leaves of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from toolkit.community.summary.moods import Moods
from toolkit.community.summary.summary import Summary
from toolkit.messages import _
from toolkit.reports.blocks import Block, Heading, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bar_table, columns
from toolkit.reports.handover.saying import say_language
from toolkit.reports.wording import Wording
from toolkit.sentiment.confusion import OWN, Share
from toolkit.tokens import Brand


def tone_section(summary: Summary, wording: Wording, brand: Brand) -> Section | None:
    """A picture of the weeks for each language; None where no message has a mood."""
    if not summary.moods:
        return None
    blocks = [block for one in summary.moods for block in _language(one, wording, brand)]
    return Section("tone", _("How it sounded"), tuple(blocks))


def _language(moods: Moods, wording: Wording, brand: Brand) -> Iterator[Block]:
    yield Heading(say_language(moods.language))
    likely = [
        Bar(
            week.name.partition("-")[2],
            None if tone.negative is None else tone.negative.value,
            _("unknown") if tone.negative is None else wording.percent(tone.negative.value, 0),
            None if tone.negative is None else tone.negative.low,
            None if tone.negative is None else tone.negative.high,
            strong=week == moods.weeks[-1][0],
            interval=_limits(tone.negative, wording),
            n=str(tone.n),
        )
        for week, tone in moods.weeks
        if tone.n
    ]
    if any(one.value is not None for one in likely):
        caption = _("Negative messages, likely share with its error")
        alt = _(
            "The likely share of negative messages in each week, with whiskers for the classifier's error: {weeks}."
        )
        said = ", ".join(f"{one.label} {one.text} ({one.interval})" for one in likely if one.value is not None)
        chart = columns(likely, caption, alt.format(weeks=said), brand=brand, wording=wording)
        yield replace(chart, table=bar_table(likely, caption, _("Week")))
    yield _table(moods, wording)
    yield Paragraph(_measured(moods, wording), "note")


def _table(moods: Moods, wording: Wording) -> Table:
    tone = moods.now
    rows = tuple(
        (
            name,
            wording.number(tone.labels[key]),
            "" if share is None else wording.percent(share.value, 0),
            _limits(share, wording),
        )
        for name, key, share in (
            (_("negative"), "negative", tone.negative),
            (_("positive"), "positive", tone.positive),
        )
    )
    caption = _("{n} messages of this week").format(n=tone.n)
    return Table(caption, (_("Mood"), _("counted so"), _("likely share"), _("Interval (90%)")), rows, frozenset({1, 2}))


def _measured(moods: Moods, wording: Wording) -> str:
    if moods.error is None:
        return _(
            "Nobody has measured how often the classifier is wrong in this language; correct moods, and it is known."
        )
    error = wording.percent(moods.error, 0)
    said = _(
        "The classifier is wrong in {error} of cases, measured on {n} messages of {source}; the likely share takes that back."
    )
    if moods.source == OWN:
        said = _(
            "The classifier is wrong in {error} of cases, measured on {n} messages that you corrected; the likely share takes that back."
        )
    words = said.format(error=error, n=wording.number(moods.measured_on), source=moods.source)
    if moods.source != OWN:
        words += " " + _("On your own messages it may be wrong more often.")
    by_hand = moods.now.by_hand
    return words + (" " + _("{count} moods of the week were said by people.").format(count=by_hand) if by_hand else "")


def _limits(share: Share | None, wording: Wording) -> str:
    if share is None:
        return _("unknown")
    return _("{low} to {high}").format(low=wording.percent(share.low, 0), high=wording.percent(share.high, 0))
