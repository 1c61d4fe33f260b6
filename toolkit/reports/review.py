"""The yearly review of the social media plan: what was wanted, what came, and what is to be decided for the next year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from toolkit.kpis import AGE_HOURS, KPIS, Period
from toolkit.kpis.goals import GoalOutlook
from toolkit.kpis.outlook import Realism
from toolkit.messages import _, ngettext
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Block, Cell, Paragraph, Points, Section, Table
from toolkit.reports.charts import Bar, bars
from toolkit.reports.compared import DASH
from toolkit.reports.planned import (
    channels_table,
    goal_title,
    goals_table,
    mixes,
    pillars_table,
    year_title,
    yearly_goals,
)
from toolkit.reports.progress import Standing, campaign_standings, planned_period, say_chance
from toolkit.reports.quality import method_section, quality_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.stage import banner, find_stage
from toolkit.strategy import Mix, read_strategy
from toolkit.workspace import Campaign

_SOON = timedelta(days=366)  # proofs that run out within the next year


class ReviewReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.plan = read_strategy(scope.workspace)

    @cached_property
    def outlooks(self) -> tuple[GoalOutlook, ...]:
        """The plan's goals with their months."""
        return yearly_goals(self.scope, self.plan)

    @cached_property
    def months(self) -> list[Mix]:
        """The mix of each month."""
        return mixes(self.scope, self.plan.pillars)

    @cached_property
    def campaigns(self) -> list[tuple[Campaign, Period, list[Standing]]]:
        """The campaigns that ran in the year, each with its goals."""
        found = []
        for campaign in self.scope.workspace.campaigns.values():
            period = planned_period(self.scope, campaign)
            if period is not None and period.start < self.scope.year.end and period.end > self.scope.year.start:
                found.append((campaign, period, campaign_standings(self.scope, campaign, period)))
        return sorted(found, key=lambda one: (one[1].start, one[0].name))

    @property
    def last_day(self) -> date:
        """The last day of the twelve months."""
        return (self.scope.year.end - timedelta(hours=1)).astimezone(self.scope.zone).date()

    def summary(self) -> Section:
        if not self.plan.written:
            text = _("There is no data about the plan: nobody has written guidelines/strategy.md yet.")
            return Section("summary", _("Summary"), (Paragraph(text, "lead"),))
        head: list[Block] = [Paragraph(year_title(self.scope), "lead"), banner(find_stage(self.scope))]
        sentences = tuple(self._sentences())
        return Section("summary", _("Summary"), (*head, Points(sentences)) if sentences else tuple(head))

    def _sentences(self) -> Iterator[str]:
        known = [one for one in self.outlooks if one.known]
        if known:
            reached = sum(one.reached for one in known)
            words = _("Monthly goals were reached in {reached} of {months} months, all goals together.")
            yield words.format(reached=reached, months=sum(len(one.known) for one in known))
        bold = [goal_title(self.scope, one) for one in known if one.realism is Realism.BOLD]
        if bold:
            yield _("Ambitious as they stand: {goals}.").format(goals=self.scope.wording.join(bold))
        counted = [mix for mix in self.months if mix.total]
        if self.plan.pillars and counted:
            broken = sum(bool(mix.broken) for mix in counted)
            words = _("The mix of pillars was kept in {kept} of {months} months.")
            yield words.format(kept=len(counted) - broken, months=len(counted))
        if self.campaigns:
            goals = [one for _campaign, _period, found in self.campaigns for one in found if one.elapsed >= 1]
            count = ngettext("{count} campaign ran", "{count} campaigns ran", len(self.campaigns))
            words = _("{campaigns}; of the goals whose time is over {reached} of {goals} were reached.")
            yield words.format(campaigns=count, reached=sum(not one.missed for one in goals), goals=len(goals))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "review"))

    def goals(self) -> Section | None:
        if not self.outlooks:
            return None
        note = _(
            "The last complete months, twelve at most. What is expected is for the next month, or that of the goal's day, from these months alone, with its 90% interval; it knows no season. A goal is ambitious below a chance of 20% and within reach above 80%."
        )
        return Section("goals", _("Goals"), (goals_table(self.scope, self.outlooks), Paragraph(note, "note")))

    def pillars(self) -> Section | None:
        total = sum(mix.total for mix in self.months)
        if not self.plan.pillars or not total:
            return None
        words = self.scope.wording
        counts = [sum(mix.parts[at].count for mix in self.months) for at in range(len(self.plan.pillars))]
        items = [
            Bar(pillar.title, count / total, words.percent(count / total, 0))
            for pillar, count in zip(self.plan.pillars, counts, strict=True)
        ]
        most = max(items, key=lambda item: item.value or 0.0)
        alt = _("Shares of {posts} posts by pillar; most were about {pillar}, {share}.")
        said = alt.format(posts=words.number(total), pillar=most.label, share=most.text)
        chart = bars(items, _("Share of the year's posts by pillar"), said, self.scope.brand)
        note = _(
            "A post on several channels counts once. A month is over or under by whole posts, and never with fewer than five."
        )
        table = pillars_table(self.scope, self.plan.pillars, self.months)
        return Section("pillars", _("Pillars"), (chart, table, Paragraph(note, "note")))

    def channels(self) -> Section | None:
        if not self.plan.channels:
            return None
        return Section("channels", _("Channels"), (channels_table(self.scope, self.plan),))

    def yearly_campaigns(self) -> Section | None:
        if not self.campaigns:
            return None
        words = self.scope.wording
        rows: list[tuple[str | Cell, ...]] = []
        for campaign, period, found in self.campaigns:
            first, last = (
                words.day(moment.astimezone(self.scope.zone).date())
                for moment in (period.start, period.end - timedelta(hours=1))
            )
            reached = sum(one.reached is not None and one.reached >= 1 for one in found)
            cost = words.number(campaign.budget) if campaign.budget is not None else DASH
            rows.append((campaign.title, f"{first} – {last}", f"{reached} / {len(found)}", cost))  # noqa: RUF001  # a dash, as tables have it
        head = (_("Campaign"), _("Period"), _("goals reached"), _("budget"))
        table = Table(_("Campaigns of the year"), head, tuple(rows), frozenset({2, 3}))
        return Section("campaigns", _("Campaigns"), (table,))

    def decisions(self) -> Section | None:
        """What the review has to decide, from what the numbers and the plan say."""
        if not self.plan.written:
            return None
        questions = tuple(self._questions())
        lead = Paragraph(_("Each decision changes guidelines/strategy.md; leitstand check says what it leads to."))
        return Section("decisions", _("To be decided"), (lead, Points(questions)))

    def _questions(self) -> Iterator[str]:
        words = self.scope.wording
        for one in self.outlooks:
            if one.outlook is None or one.realism in (Realism.OPEN, Realism.UNKNOWN):
                continue
            value = words.value(one.outlook.value, KPIS[one.goal.metric].unit)
            said = _("{goal}: {chance} chance; every other month reaches {value}. Keep it, or change it?")
            yield said.format(
                goal=goal_title(self.scope, one), chance=say_chance(self.scope, one.chance or 0.0), value=value
            )
        for part in {part.pillar.name: part for mix in self.months for part in mix.broken}.values():
            months = sum(any(one.pillar.name == part.pillar.name for one in mix.broken) for mix in self.months)
            count = ngettext("{count} month", "{count} months", months)
            yield _("{pillar}: {months} broke the mix. Other shares, or other posts?").format(
                pillar=part.pillar.title, months=count
            )
        for claim in self.plan.claims:
            if claim.until is not None and claim.until < self.last_day + _SOON:
                said = _("{claim}: the proof holds until {day}. Who renews it?")
                yield said.format(claim=claim.name, day=words.day(claim.until))
        yield _("Audiences, values and the purpose of each channel: do they still hold?")

    def quality(self) -> Section:
        return quality_section(self.scope)

    def method(self) -> Section:
        return method_section(self.scope)


def open_report(
    workspace: str,
    state: str,
    month: str,
    *,
    now: str,
    language: str = "",
    channels: list[str] | None = None,
    age: float = AGE_HOURS,
) -> ReviewReport:
    """The twelve months that end with `month`; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return ReviewReport(scope)
