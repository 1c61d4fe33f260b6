"""What a manager has to know and to decide: dangers and incidents, what waits, who is away next week."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from toolkit.community.summary.pending import Matter
from toolkit.community.summary.summary import Summary
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Points, Section, Table
from toolkit.reports.handover.saying import say_week
from toolkit.reports.wording import Wording

NameOf = Callable[[str], str]


def dangers_section(summary: Summary, wording: Wording) -> Section:
    """Messages that told of a danger of the handbook, and incidents."""
    blocks: list[Block] = []
    rows = tuple(
        (
            one.name,
            str(one.level),
            Cell(wording.number(one.count), exact=one.count),
            _("not known") if one.before is None else wording.number(one.before),
        )
        for one in summary.dangers
    )
    if rows:
        head = (_("Danger"), _("Class"), _("Messages"), _("Week before"))
        blocks.append(Table(_("Messages that told of a danger"), head, rows, frozenset({1, 2, 3})))
    else:
        blocks.append(Paragraph(_("No message told of a danger of the handbook.")))
    told = [
        (_("{title}: level {level}, open") if one.open else _("{title}: level {level}, closed")).format(
            title=one.title, level=one.level
        )
        for one in summary.incidents
    ]
    return Section("dangers", _("Risks"), (*blocks, *([Points(tuple(told), numbered=False)] if told else [])))


def pending_section(summary: Summary, name_of: NameOf, zone: ZoneInfo, wording: Wording) -> Section:
    """What waits, by the number of its conversation; what was said stays in the inbox."""
    found = summary.pending
    if not found.items:
        return Section("pending", _("Open decisions"), (Paragraph(_("Nothing waits for a decision.")),))
    rows = tuple(
        (
            one.conversation,
            _matter(one.matter),
            one.channel,
            wording.moment(one.since.astimezone(zone)),
            name_of(one.who) if one.who else _("nobody"),
        )
        for one in found.items
    )
    head = (_("Conversation"), _("Why"), _("Channel"), _("since"), _("Whose"))
    more = found.count - len(found.items)
    blocks: list[Block] = [Table(_("What waits for somebody"), head, rows)]
    if more:
        blocks.append(Paragraph(_("… and {count} more.").format(count=more), "note"))
    blocks.append(Paragraph(_("To see one: leitstand inbox show ID"), "note"))
    return Section("pending", _("Open decisions"), tuple(blocks))


def away_section(summary: Summary, name_of: NameOf, wording: Wording) -> Section:
    """Who is away in the week that follows, and who stands in."""
    rows = tuple(
        (
            name_of(one.person),
            wording.day(one.first),
            wording.day(one.last),
            name_of(one.deputy) if one.deputy else Cell(_("nobody stands in"), "bad"),
        )
        for one in summary.away
    )
    title = _("Away next week")
    if not rows:
        return Section("away", title, (Paragraph(_("Everybody is there.")),))
    caption = _("Away in {week}").format(week=say_week(summary.week.shift(1)))
    return Section("away", title, (Table(caption, (_("Who"), _("from"), _("until"), _("Deputy")), rows),))


def _matter(matter: Matter) -> str:
    words = {
        Matter.APPROVAL: _("a reply waits for a yes"),
        Matter.AGAIN: _("a reply has to be looked at again"),
        Matter.LATE: _("waits longer than promised"),
    }
    return words[matter]
