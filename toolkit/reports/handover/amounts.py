"""How much came in, and how it was answered, as pictures with their numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.community.summary.answers import Answers
from toolkit.community.summary.summary import Summary
from toolkit.community.summary.volume import Amount
from toolkit.dates import weekday_shorts
from toolkit.messages import _
from toolkit.model import MessageKind
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bar_table, columns
from toolkit.reports.handover.saying import say_limits, say_share
from toolkit.reports.wording import Wording
from toolkit.tokens import Brand


def volume_section(summary: Summary, titles: Mapping[str, str], wording: Wording, brand: Brand) -> Section:
    """Messages by day, channel and kind; `titles` are the accounts'."""
    kinds = {kind.value: _kind(kind) for kind in MessageKind}
    blocks: list[Block] = []
    if summary.volume.total.count:
        caption, names = _("Messages by day"), weekday_shorts()
        days = [
            Bar(f"{names[day.weekday()]} {day.day}.", count, wording.number(count))
            for day, count in summary.volume.days.items()
        ]
        alt = _("Messages on each day: {days}.").format(days=", ".join(f"{one.label} {one.text}" for one in days))
        chart = columns(days, caption, alt, brand=brand, wording=wording)
        blocks.append(replace(chart, table=bar_table(days, caption, _("Day"))))
    blocks.append(_amounts(_("Messages by channel"), _("Channel"), summary.volume.channels, titles, wording))
    blocks.append(_amounts(_("Messages by kind"), _("Kind"), summary.volume.kinds, kinds, wording))
    return Section("volume", _("How much came in"), tuple(blocks))


def answers_section(summary: Summary, wording: Wording) -> Section:
    """Response rate and times beside those of the week before; who still waits counts as having waited so long."""
    now, before = summary.answers, summary.before
    rows = tuple(
        (name, said, _answered(before, at, wording) if before else _("not known"))
        for at, (name, said) in enumerate(_facts(now, wording))
    )
    table = Table(_("First responses"), ("", _("This week"), _("Week before")), rows)
    note = _(
        "Times are service hours. Who has no answer yet counts as having waited until now; where too many wait, a time is not known yet. Those who still have time are in no share of the service level. Service levels for dangers are left out."
    )
    return Section("answers", _("How it was answered"), (table, Paragraph(note, "note")))


def _answered(answers: Answers, at: int, wording: Wording) -> str:
    return list(_facts(answers, wording))[at][1]


def _facts(answers: Answers, wording: Wording) -> Iterator[tuple[str, str]]:
    unknown = _("not known yet")
    rate, kept = answers.answered, answers.kept
    yield _("Answered"), f"{say_share(rate, wording)}; {say_limits(rate, wording)}"
    yield _("Half within"), unknown if answers.median is None else wording.duration(answers.median)
    yield _("Nine of ten within"), unknown if answers.p90 is None else wording.duration(answers.p90)
    yield _("Within the service level"), f"{say_share(kept, wording)}; {say_limits(kept, wording)}"
    yield _("Still waiting"), wording.number(answers.waiting)
    yield _("of these still in time"), wording.number(answers.pending)


def _amounts(
    caption: str, name: str, amounts: Mapping[str, Amount], titles: Mapping[str, str], wording: Wording
) -> Table:
    rows = tuple(
        (
            titles.get(key, key),
            Cell(wording.number(one.count), exact=one.count),
            _("not known") if one.before is None else Cell(wording.number(one.before), exact=one.before),
        )
        for key, one in amounts.items()
    )
    return Table(caption, (name, _("This week"), _("Week before")), rows, frozenset({1, 2}))


def _kind(kind: MessageKind) -> str:
    words = {
        MessageKind.COMMENT: _("Comments"),
        MessageKind.MENTION: _("Mentions"),
        MessageKind.DIRECT: _("Direct messages"),
        MessageKind.REVIEW: _("Reviews"),
    }
    return words.get(kind, kind.value)
