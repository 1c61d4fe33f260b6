"""The report on tracked competitors: who is heard how much, how that moves, and the rates that can be compared."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from toolkit.kpis import AGE_HOURS
from toolkit.messages import _
from toolkit.reports.actions import commentary_section, find_words
from toolkit.reports.blocks import Block, Cell, Paragraph, Points, Section, Table
from toolkit.reports.charts import lines
from toolkit.reports.compared import DASH
from toolkit.reports.periods import shift
from toolkit.reports.quality import method_section
from toolkit.reports.rivals import brand_name, finding, rivals_section
from toolkit.reports.scope import Scope, open_scope
from toolkit.reports.series import MONTHS
from toolkit.reports.stage import banner, find_stage
from toolkit.research import Voice, share_of_voice


class CompetitorsReport:
    """Each method returns a `Section`, which a notebook cell shows as its last value."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def voices(self) -> list[dict[str, Voice]]:
        """Brand → voice, "" for the own one; the month first, then each month before it, a year back."""
        periods = (self.scope.period(ago) for ago in range(MONTHS))
        return [
            {one.brand: one for one in share_of_voice(self.scope.engine, period, self.scope.channels)}
            for period in periods
        ]

    def summary(self) -> Section:
        if not self.voices[0]:
            text = _("No data about competitors in {month}.").format(month=self.scope.title)
            how = _("Import their public counts with the subject competitor:NAME; see leitstand importer list.")
            return Section("summary", _("Summary"), (Paragraph(text, "lead"), Paragraph(how)))
        ordered = sorted(self.voices[0].values(), key=lambda voice: (-voice.share, voice.brand))
        sentences = [finding(self.scope, ordered), self._rate(), self._moved()]
        return Section(
            "summary", _("Summary"), (banner(find_stage(self.scope)), Points(tuple(filter(None, sentences))))
        )

    def _rate(self) -> str:
        """Which brand has most for each post and follower."""
        rated = [voice for voice in self.voices[0].values() if voice.rate is not None]
        own = next((voice for voice in rated if not voice.brand), None)
        if own is None or len(rated) < 2 or own.rate is None:
            return ""
        rated.sort(key=lambda voice: -(voice.rate or 0))
        words = _("Per post and follower {first} has most with {value}; ours is {own}, place {place} of {count}.")
        if rated[0] is own:
            words = _("Per post and follower we have most of {count} brands with {own}.")
        numbers = [self.scope.wording.percent(rate, 2) for rate in (rated[0].rate or 0, own.rate)]
        first, place = brand_name(self.scope, rated[0]), rated.index(own) + 1
        return words.format(first=first, value=numbers[0], own=numbers[1], place=place, count=len(rated))

    def _moved(self) -> str:
        """How the own share moved."""
        shares = [month[""].share if "" in month else None for month in self.voices]
        if shares[0] is None or shares[1] is None:
            return ""
        words = _("Our share went from {then} to {now} within a month.")
        return words.format(then=self.scope.wording.percent(shares[1]), now=self.scope.wording.percent(shares[0]))

    def commentary(self) -> Section | None:
        return commentary_section(self.scope, find_words(self.scope, "competitors"))

    def voice(self) -> Section:
        return rivals_section(self.scope)

    def over_time(self) -> Section | None:
        """Everybody's share month by month."""
        names = {brand: brand_name(self.scope, voice) for month in self.voices for brand, voice in month.items()}
        curves = {}
        for brand, name in sorted(names.items()):
            months = [(ago, month[brand]) for ago, month in enumerate(self.voices) if brand in month]
            curves[name] = [(self._end(ago), voice.share * 100) for ago, voice in reversed(months)]
        curves = {name: points for name, points in curves.items() if len(points) > 1}
        if not curves:
            return None
        moved = [
            _("{name} from {first} to {last}").format(
                name=name,
                first=self.scope.wording.percent(points[0][1] / 100, 0),
                last=self.scope.wording.percent(points[-1][1] / 100, 0),
            )
            for name, points in curves.items()
        ]
        caption = _("Share of voice month by month, in per cent")
        alt = _("Share of voice over {months} months: {brands}.")
        text = alt.format(months=max(map(len, curves.values())), brands=self.scope.wording.join(moved))
        chart = lines(curves, caption, text, brand=self.scope.brand, wording=self.scope.wording)
        return Section("series", _("Over time"), (chart,))

    def _end(self, ago: int) -> date:
        return shift(self.scope.first, 1 - ago) - timedelta(days=1)

    def rates(self) -> Section | None:
        """Interactions per post and follower, and how often everybody posts."""
        rows: list[tuple[str | Cell, ...]] = []
        for brand, voice in self.voices[0].items():
            rates = [self._percent(month.get(brand)) for month in (self.voices[0], self.voices[1], self.voices[12])]
            weekly = DASH if voice.posts is None else self.scope.wording.number(voice.posts / self._weeks, 1)
            rows.append((brand_name(self.scope, voice), *rates, weekly))
        if not rows:
            return None
        head = (_("Brand"), self.scope.title, _("month before"), _("a year ago"), _("posts a week"))
        table = Table(_("Interactions per post and follower"), head, tuple(rows), frozenset(range(1, 5)))
        note = _(
            "Public counts of the channels where competitors are tracked; each post counts for the followers of its channel."
        )
        blocks: tuple[Block, ...] = (table, Paragraph(note, "note"))
        return Section("rates", _("Rates and rhythm"), blocks)

    @property
    def _weeks(self) -> float:
        period = self.scope.period()
        return (min(period.end, self.scope.now) - period.start) / timedelta(weeks=1)

    def _percent(self, voice: Voice | None) -> str:
        return DASH if voice is None or voice.rate is None else self.scope.wording.percent(voice.rate, 2)

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
) -> CompetitorsReport:
    """A month of the tracked competitors; the arguments are the notebook's parameters."""
    scope = open_scope(workspace, state, month, now=now, language=language, channels=tuple(channels or ()), age=age)
    return CompetitorsReport(scope)
