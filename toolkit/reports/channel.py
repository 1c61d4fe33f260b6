"""The report on each channel by itself: its course, what its formats bring, its times, its best and weakest posts."""

from __future__ import annotations

from functools import cached_property

from toolkit.errors import UsageError
from toolkit.kpis import AGE_HOURS, KPIS
from toolkit.messages import _, ngettext
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.besttimes import advice_section
from toolkit.reports.blocks import Block, Heading, Paragraph, Points, Section, Tile, Tiles
from toolkit.reports.compared import cautious, change, judged
from toolkit.reports.formats import formats_blocks, measure_title, rank_formats, verdict_of
from toolkit.reports.hours import times_section
from toolkit.reports.late import late_banner, late_section
from toolkit.reports.posts import Comparison, compare_posts, tops_section
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.series import months_chart
from toolkit.reports.stage import banner, find_stage
from toolkit.settings import unknown_name

TILES = ("posts", "interactions", "engagement_rate_followers", "reach", "views", "followers")


class ChannelReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope, measure: str) -> None:
        self.scope = scope
        self.measure = measure

    @cached_property
    def heard(self) -> list[str]:
        """The accounts with posts in the twelve months, or with followers."""
        posts = {row.channel for row in self.scope.rows("posts", self.scope.year)}
        levels = {row.channel for row in self.scope.rows("followers", self.scope.period())}
        return [name for name in self.scope.accounts if name in posts | levels]

    @cached_property
    def posts(self) -> Comparison:
        """The posts of the year, fairly compared."""
        return compare_posts(self.scope)

    def summary(self) -> Section:
        blocks: list[Block] = [banner(find_stage(self.scope)), *late_banner(self.scope)]
        sentences = tuple(filter(None, (_sentence(self.scope, self.measure, name) for name in self.heard)))
        if sentences:
            blocks.append(Points(sentences))
        else:
            text = _("There is no data for {month}.").format(month=self.scope.title)
            blocks = [Paragraph(text, "lead"), *late_banner(self.scope)]
        return Section("summary", _("Summary"), tuple(blocks))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "channel"))

    def channels(self) -> Section | None:
        blocks: list[Block] = []
        for name in self.heard:
            blocks += _channel(self.scope, name)
        return Section("channels", _("Channels"), tuple(blocks)) if blocks else None

    def formats(self) -> Section | None:
        blocks: list[Block] = []
        for name in self.heard:
            blocks += formats_blocks(self.scope, self.measure, name)
        if not blocks:
            return None
        note = _(
            "Posts of twelve months, {age} after publication. Formats are compared by ranks (Mann-Whitney), p is corrected for the number of comparisons."
        )
        return Section("formats", _("Formats"), (*blocks, Paragraph(note.format(age=self.scope.age), "note")))

    def posting_times(self) -> Section:
        return times_section(self.scope, self.posts)

    def posting_advice(self) -> Section | None:
        """When to post, by channel, and what such advice was worth; None where there are too few posts."""
        return advice_section(self.scope, self.heard)

    def tops_and_flops(self) -> Section:
        return tops_section(self.scope, self.posts)

    def late(self) -> Section | None:
        """Posts that were counted too late for the figures; None where there are none."""
        return late_section(self.scope)

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section(self.scope)


def _sentence(scope: Scope, measure: str, name: str) -> str:
    """What to remember of a channel."""
    title, total = scope.channel_title(name), KPIS["interactions"]
    now = scope.result(total, 0, name)
    if now.value is None:
        return ""
    then = scope.result(total, 1, name)
    share = change(now, then)
    moved = scope.wording.change(share) if share is not None else _("no month before to compare with")
    if share is not None and not (now.enough and then.enough):
        moved = _("too few posts to compare with the month before")
    words = _("{channel}: {value} interactions on {posts} ({change}).")
    posts = ngettext("{count} post", "{count} posts", now.n).format(count=now.n)
    text = words.format(channel=title, value=scope.wording.number(now.value), posts=posts, change=moved)
    ranking = rank_formats(scope, measure, name)
    unit = KPIS[measure].unit if measure in KPIS else total.unit
    if len(ranking.standings) < 2:
        return text
    about = _("Formats over twelve months, by {measure}: {verdict}")
    return f"{text} {about.format(measure=measure_title(measure), verdict=verdict_of(scope, ranking, unit))}"


def _channel(scope: Scope, name: str) -> list[Block]:
    tiles = tuple(tile for kpi in TILES if (tile := _tile(scope, kpi, name)) is not None)
    chart = months_chart(scope, KPIS["interactions"], channel=name) or months_chart(scope, KPIS["views"], channel=name)
    blocks: list[Block] = [Heading(scope.channel_title(name))]
    blocks += [Tiles(tiles)] if tiles else []
    return [*blocks, *([chart] if chart is not None else [])]


def _tile(scope: Scope, kpi: str, name: str) -> Tile | None:
    one = KPIS[kpi]
    now = scope.result(one, 0, name)
    if now.value is None:
        return None
    then = scope.result(one, 1, name)
    share = change(now, then)
    note = ""
    if share is not None:
        note = cautious(_("{change} on the month before").format(change=scope.wording.change(share)), one, now, then)
    return Tile(_(one.title), scope.wording.value(now.value, one.unit), note, judged(share, one, now, then), now.value)


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
    measure: str = "interactions",
) -> ChannelReport:
    """A month of each channel; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return ChannelReport(scope, _checked(scope, measure))


def _checked(scope: Scope, measure: str) -> str:
    """A KPI, or a metric that is counted of posts; raises `UsageError` for anything else."""
    sql = "SELECT DISTINCT metric FROM observations WHERE published_at IS NOT NULL"
    counted = {row["metric"]: None for row in scope.engine.query(sql, {}).to_pylist()}
    if measure not in KPIS and measure not in counted:
        raise UsageError(unknown_name(_("KPI"), measure, {**KPIS, **counted}))
    return measure
