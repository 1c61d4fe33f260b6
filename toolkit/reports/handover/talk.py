"""What people talked about: topics, wishes, praise and complaints, and as what they see the house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.community.summary.image import Seen
from toolkit.community.summary.summary import Summary
from toolkit.community.summary.topics import PEOPLE, Topic, Topics
from toolkit.community.summary.voices import Voiced
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Heading, Paragraph, Section, Table
from toolkit.reports.charts import Bar, bars
from toolkit.reports.handover.saying import say_change, say_language, say_limits, say_share
from toolkit.reports.wording import Wording
from toolkit.tokens import Brand
from toolkit.workspace.voices import VoiceSort


def topics_section(summary: Summary, wording: Wording, brand: Brand) -> Section:
    """The team's labels, then the words of each language."""
    blocks: list[Block] = []
    if summary.labels:
        blocks.append(_topics(_("Labels of the team"), _("Label"), summary.labels, wording))
    for one in summary.topics:
        blocks += [Heading(say_language(one.language)), *_words(one, wording, brand)]
    note = _(
        "A word is shown when {people} or more people used it, and told as surprising where chance would do so in one week of ten. Compounds count for their last part."
    )
    blocks.append(Paragraph(note.format(people=PEOPLE), "note"))
    return Section("topics", _("What people talked about"), tuple(blocks))


def voices_section(summary: Summary, wording: Wording) -> Section | None:
    """Wishes, praise and complaints of the handbook; None where it has none."""
    if not summary.voices:
        return None
    rows = tuple(_voice(one, wording) for one in summary.voices)
    head = (_("What"), "", _("Messages"), _("Interval (90%)"), _("Week before"), _("Right, as people said"))
    table = Table(_("Wishes, praise, complaints"), head, rows)
    note = _(
        "Counted by the handbook's own words (voice). The last column: of what the words found, how much people confirmed with its label."
    )
    return Section("voices", _("Wishes, praise, complaints"), (table, Paragraph(note, "note")))


def image_section(summary: Summary, wording: Wording, brand: Brand) -> Section | None:
    """The attributes that people gave the house; None where the handbook asks for none."""
    seen = summary.image
    if not seen:
        return None
    blocks: list[Block] = list(_image_chart(seen, wording, brand))
    rows = tuple(
        (
            Cell(one.name, note=_wanted(one)),
            f"{say_share(one.said, wording)}; {say_limits(one.said, wording)}",
            wording.number(one.denied.hits),
            say_change(one.said, one.before, wording),
        )
        for one in seen
    )
    head = (_("Attribute"), _("said; interval (90%)"), _("denied"), _("Week before"))
    blocks.append(Table(_("How people see us"), head, rows, frozenset({2})))
    note = _(
        "Counted by the handbook's own words (image). Irony is not seen, and nobody has measured how often that is."
    )
    return Section("image", _("How people see us"), (*blocks, Paragraph(note, "note")))


def _words(topics: Topics, wording: Wording, brand: Brand) -> Iterator[Block]:
    if not topics.enough:
        yield Paragraph(_("{n} messages: too few to tell topics.").format(n=topics.n))
        return
    if not topics.words:
        yield Paragraph(_("{n} messages, and no word that several people used.").format(n=topics.n))
        return
    caption = _("Words in messages, {language}").format(language=say_language(topics.language))
    items = [
        Bar(one.word, float(one.share.hits), wording.number(one.share.hits), strong=one.surprising)
        for one in topics.words
    ]
    said = ", ".join(f"{one.label} {one.text}" for one in items)
    alt = _("In how many messages each word stands: {words}. Surprising ones are in the accent colour.").format(
        words=said
    )
    yield replace(bars(items, caption, alt, brand), table=None)  # the table below has the same numbers, and more
    yield _topics(caption, _("Word"), topics.words, wording)


def _topics(caption: str, name: str, topics: Sequence[Topic], wording: Wording) -> Table:
    rows = tuple(
        (
            one.word,
            say_share(one.share, wording),
            _("not known") if one.expected is None else wording.number(one.expected, 1),
            _("yes") if one.surprising else _("no") if one.expected is not None else "",
        )
        for one in topics
    )
    return Table(caption, (name, _("Messages"), _("to be expected"), _("surprising")), rows)


def _voice(one: Voiced, wording: Wording) -> tuple[str, ...]:
    right = say_share(one.right, wording) if one.right.n else _("not measured")
    change = say_change(one.share, one.before, wording)
    return one.name, _sort(one.sort), say_share(one.share, wording), say_limits(one.share, wording), change, right


def _sort(sort: VoiceSort) -> str:
    return {VoiceSort.WISH: _("Wish"), VoiceSort.PRAISE: _("Praise"), VoiceSort.COMPLAINT: _("Complaint")}[sort]


def _image_chart(seen: Sequence[Seen], wording: Wording, brand: Brand) -> Iterator[Block]:
    items = [
        Bar(one.name, float(one.said.hits), wording.number(one.said.hits), strong=one.wanted is False)
        for one in seen
        if one.said.hits
    ]
    if items:
        caption = _("Messages that call us so")
        alt = _("How many messages say it: {words}. What we do not want to be is in the accent colour.")
        said = alt.format(words=", ".join(f"{one.label} {one.text}" for one in items))
        yield replace(bars(items, caption, said, brand), table=None)


def _wanted(one: Seen) -> str:
    return {True: _("we want to be"), False: _("we do not want to be"), None: ""}[one.wanted]
