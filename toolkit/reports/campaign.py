"""The report on campaigns: goals and pace, the course of each goal, its posts and its channels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property

from toolkit.errors import UsageError
from toolkit.kpis import AGE_HOURS, KPIS, Period, UnitRow
from toolkit.messages import _, ngettext
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Block, Cell, Chart, Heading, Paragraph, Points, Section, Table
from toolkit.reports.charts import lines
from toolkit.reports.compared import DASH
from toolkit.reports.late import late_section
from toolkit.reports.posts import Comparison, compare_posts, post_name, why
from toolkit.reports.progress import (
    Standing,
    belongs,
    campaign_standings,
    goal_rows,
    planned_period,
    running,
    standing_head,
    standing_row,
)
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.stage import banner, find_stage
from toolkit.settings import unknown_name
from toolkit.workspace import Campaign

FEW = 4  # days on which something was counted; a course of fewer is no line


class CampaignReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope, campaign: str) -> None:
        self.scope = scope
        self.campaign = campaign

    @cached_property
    def campaigns(self) -> list[tuple[Campaign, Period]]:
        """Those that run in the month, or the one that was named, whenever it runs."""
        if not self.campaign:
            return running(self.scope)
        known = self.scope.workspace.campaigns
        if self.campaign not in known:
            raise UsageError(unknown_name(_("campaign"), self.campaign, known))
        period = planned_period(self.scope, known[self.campaign])
        return [(known[self.campaign], period)] if period is not None else []

    @cached_property
    def posts_of_year(self) -> Comparison:
        """The posts of the year, fairly compared."""
        return compare_posts(self.scope)

    def summary(self) -> Section:
        if not self.campaigns:
            text = _("No campaign ran in {month}. A campaign is a file in content/campaigns with start and end.")
            return Section("summary", _("Summary"), (Paragraph(text.format(month=self.scope.title), "lead"),))
        sentences = tuple(_sentence(self.scope, campaign, period) for campaign, period in self.campaigns)
        return Section("summary", _("Summary"), (banner(find_stage(self.scope)), Points(sentences)))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "campaign"))

    def goals(self) -> Section | None:
        blocks: list[Block] = []
        for campaign, period in self.campaigns:
            blocks += _goals(self.scope, campaign, period)
        if blocks:
            note = _(
                "Values with * are all of the campaign's time, whoever brought them; followers are those won. What is expected comes from the days so far and the course of past campaigns, with an interval (90%); behind is a chance below 20%, ahead one above 80%."
            )
            blocks.append(Paragraph(f"{note} {_ages_differ(self.scope)}", "note"))
        return Section("goals", _("Goals"), tuple(blocks)) if blocks else None

    def course(self) -> Section | None:
        blocks: list[Block] = []
        for campaign, period in self.campaigns:
            charts = [_course(self.scope, one, period) for one in campaign_standings(self.scope, campaign, period)]
            kept = [chart for chart in charts if chart is not None]
            blocks += [Heading(campaign.title), *kept] if kept else []
        return Section("course", _("Course"), tuple(blocks)) if blocks else None

    def posts(self) -> Section | None:
        tables = [_posts(self.scope, campaign, self.posts_of_year) for campaign, _period in self.campaigns]
        blocks: list[Block] = [table for table in tables if table is not None]
        if not blocks:
            return None
        note = _("Posts of the twelve months to {month} that were counted at {age}.")
        return Section(
            "posts", _("Posts"), (*blocks, Paragraph(note.format(month=self.scope.title, age=self.scope.age), "note"))
        )

    def channels(self) -> Section | None:
        tables = [_channels(self.scope, campaign, period) for campaign, period in self.campaigns]
        kept = tuple(table for table in tables if table is not None)
        return Section("channels", _("Channels"), kept) if kept else None

    def late(self) -> Section | None:
        """Posts that were counted too late for the figures; None where there are none."""
        return late_section(self.scope)

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section(self.scope)


def _sentence(scope: Scope, campaign: Campaign, period: Period) -> str:
    """Days, posts, and how many goals are where."""
    found = campaign_standings(scope, campaign, period)
    posts = {row.unit for row in scope.rows("posts", period) if belongs(scope, row, campaign)}
    count = ngettext("{count} post", "{count} posts", len(posts)).format(count=len(posts))
    reached = sum(one.reached is not None and one.reached >= 1 for one in found)
    behind = [_title(scope, one) for one in found if one.behind or one.missed]
    elapsed = found[0].elapsed if found else min(1.0, (period.until - period.start) / (period.end - period.start))
    words = _("{campaign}: {posts}, {share} of its time is gone, {reached} of {goals} goals reached.")
    if elapsed >= 1:
        words = _("{campaign}: over, {posts}, {reached} of {goals} goals reached.")
    text = words.format(
        campaign=campaign.title,
        posts=count,
        share=scope.wording.percent(max(0.0, elapsed), 0),
        reached=reached,
        goals=len(found),
    )
    if behind:
        late = _("Missed: {names}.") if elapsed >= 1 else _("Behind plan: {names}.")
        text = f"{text} {late.format(names=scope.wording.join(behind))}"
    return text


def _ages_differ(scope: Scope) -> str:
    """Why the same posts have other sums here than in a table at equal age."""
    words = _("Goals, courses and channels count what posts had brought by then at any age, tables of posts at {age}.")
    return words.format(age=scope.age)


def _title(scope: Scope, one: Standing) -> str:
    kpi = KPIS.get(one.goal.metric)
    title = _(kpi.title) if kpi else one.goal.metric
    return f"{title} ({scope.channel_title(one.goal.channel)})" if one.goal.channel else title


def _goals(scope: Scope, campaign: Campaign, period: Period) -> list[Block]:
    rows = tuple(standing_row(scope, one) for one in campaign_standings(scope, campaign, period))
    person = scope.workspace.settings.people.get(campaign.owner)
    words = _("{first} to {last}, as known on {day}; owner: {owner}.")
    last = (period.end - timedelta(hours=1)).astimezone(scope.zone).date()
    days = scope.wording.day(period.start.astimezone(scope.zone).date()), scope.wording.day(last)
    known = scope.wording.day(period.until.astimezone(scope.zone).date())
    about = words.format(
        first=days[0], last=days[1], day=known, owner=person.name if person else campaign.owner or DASH
    )
    blocks: list[Block] = [Heading(campaign.title), Paragraph(about)]
    if not rows:
        return [*blocks, Paragraph(_("This campaign has no goals, so nobody can say whether it did well."))]
    caption = _("Goals of {campaign}").format(campaign=campaign.title)
    return [*blocks, Table(caption, standing_head(), rows, frozenset({1, 2, 3, 4}))]


def _course(scope: Scope, one: Standing, period: Period) -> Chart | None:
    """What was reached day by day, beside an even pace towards the target, and where it is expected to come out."""
    days = _by_day(scope, goal_rows(scope, one, period))
    kpi = KPIS.get(one.goal.metric)
    if len(days) < FEW or kpi is None or one.goal.metric == "followers" or not one.goal.target or kpi.denominator:
        return None
    total, reached = 0.0, []
    for day, value in days:
        total += value
        reached.append((day, total))
    first = period.start.astimezone(scope.zone).date()
    length = (period.end - period.start) / timedelta(days=1)
    pace = [(day, one.goal.target * min(1.0, ((day - first).days + 1) / length)) for day, _value in days]
    caption = _("{goal}: reached, and an even pace to {target}")
    target = scope.wording.value(one.goal.target, kpi.unit)
    words = _("{goal}: {value} so far; an even pace would have brought {pace} by then.")
    alt = words.format(
        goal=_(kpi.title), value=scope.wording.value(total, kpi.unit), pace=scope.wording.value(pace[-1][1], kpi.unit)
    )
    curves = {_("reached"): reached, _("even pace"): pace}
    if one.landing is not None:
        curves[_("expected")] = [(days[-1][0], total), (first + timedelta(days=round(length) - 1), one.landing.value)]
        between = one.landing.interval()
        alt += " " + _("Expected at the end: {value}, interval (90%) {between}.").format(
            value=scope.wording.value(one.landing.value, kpi.unit),
            between=scope.wording.between(between.low, between.high, kpi.unit),
        )
    title = f"{one.campaign.title}, {_(kpi.title)}"
    return lines(curves, caption.format(goal=title, target=target), alt, brand=scope.brand, wording=scope.wording)


def _by_day(scope: Scope, rows: Iterable[UnitRow]) -> list[tuple[date, float]]:
    days: dict[date, float] = {}
    for row in rows:
        day = row.at.astimezone(scope.zone).date()
        days[day] = days.get(day, 0.0) + (row.part or 0.0)
    return sorted(days.items())


def _posts(scope: Scope, campaign: Campaign, found: Comparison) -> Table | None:
    own = [post for post in found.year if post.about.campaign == campaign.name]
    own.sort(key=lambda post: (-(post.lift or 0), post.uid, post.channel))
    if not own:
        return None
    head = (_("Post"), _("Channel"), _("Day"), _("Interactions"), _("Factor"), _("Why"))
    rows: list[tuple[str | Cell, ...]] = [
        (
            post_name(scope, post),
            scope.channel_title(post.channel),
            scope.wording.day(post.local.date()),
            Cell(scope.wording.number(post.interactions), exact=post.interactions),
            Cell(scope.wording.times(post.lift), exact=post.lift) if post.lift is not None else DASH,
            why(scope, post, found.groups) if post.lift is not None else _("not enough"),
        )
        for post in own
    ]
    caption = _("Posts of {campaign}, best first").format(campaign=campaign.title)
    return Table(caption, head, tuple(rows), frozenset({3, 4}))


def _channels(scope: Scope, campaign: Campaign, period: Period) -> Table | None:
    rows = [row for row in scope.rows("interactions", period) if belongs(scope, row, campaign)]
    names = [name for name in scope.accounts if any(row.channel == name for row in rows)]
    if not names:
        return None
    head = (_("Channel"), _("Posts"), _("Interactions"), _("per post"))
    shown: list[tuple[str | Cell, ...]] = []
    for name in names:
        own = [row.part or 0.0 for row in rows if row.channel == name]
        each = scope.wording.number(sum(own) / len(own), 1)
        shown.append((scope.channel_title(name), str(len(own)), scope.wording.number(sum(own)), each))
    caption = _("Channels of {campaign}").format(campaign=campaign.title)
    return Table(caption, head, tuple(shown), frozenset({1, 2, 3}))


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
    campaign: str = "",
) -> CampaignReport:
    """The campaigns of a month, or one by name; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return CampaignReport(scope, campaign)
