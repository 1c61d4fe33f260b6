"""The KPIs of the month beside the month before, the same month a year ago and the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from toolkit.kpis import KPIS, Better, Kpi, Of, Result, Unit, median, result_of
from toolkit.messages import _
from toolkit.reports.blocks import Block, Cell, Paragraph, Section, Table, Tile, Tiles
from toolkit.reports.scope import Scope
from toolkit.research import share_of_voice
from toolkit.values import dataclass

DASH = "–"  # noqa: RUF001  # a dash, as tables have it
TILES = ("interactions", "engagement_rate_followers", "followers", "share_of_voice", "visits", "orders")


@dataclass(frozen=True, slots=True)
class Compared:
    """One KPI in its surroundings."""

    kpi: Kpi
    month: Result
    previous: Result
    year: Result
    goal: float | None
    # The relative changes, over what both periods know.
    on_previous: float | None
    on_year: float | None
    rivals: float | None = None  # the median of the tracked competitors, where it can be compared

    @property
    def delivered(self) -> bool:
        """Whether any of the periods has data."""
        return any(result.value is not None for result in (self.month, self.previous, self.year))


def change(now: Result, then: Result) -> float | None:
    """The relative change; None where either is missing or the earlier is zero."""
    if now.value is None or not then.value:
        return None
    return now.value / then.value - 1


def compare_all(scope: Scope) -> list[Compared]:
    """Every KPI, in the order of the definitions."""
    goals = {goal.metric: goal.target for goal in scope.workspace.goals if not goal.channel}
    rivals = rival_medians(scope)
    return [
        Compared(
            kpi,
            scope.result(kpi),
            scope.result(kpi, 1),
            scope.result(kpi, 12),
            goals.get(name),
            _moved(scope, kpi, 1),
            _moved(scope, kpi, 12),
            rivals.get(name),
        )
        for name, kpi in KPIS.items()
    ]


def rival_medians(scope: Scope) -> dict[str, float]:
    """KPI → the competitors' median. Only the rate that needs nothing private is the same for all."""
    voices = share_of_voice(scope.engine, scope.period(), scope.channels)
    middle = median([voice.rate for voice in voices if voice.brand and voice.rate is not None])
    return {} if middle is None else {"engagement_rate_followers": middle}


def where_compared(scope: Scope) -> list[str]:
    """The channels on which competitors are tracked."""
    rows = scope.rows("share_of_voice", scope.period())
    tracked = {row.channel for row in rows if row.part is None}
    return [name for name in scope.accounts if name in tracked]


def _moved(scope: Scope, kpi: Kpi, months_ago: int) -> float | None:
    """The change since an earlier month; of accounts only those that both months know.

    Otherwise an export that did not come would look like followers lost.
    """
    now, then = scope.rows(kpi.name, scope.period()), scope.rows(kpi.name, scope.period(months_ago))
    if kpi.of is Of.ACCOUNTS:
        both = {row.channel for row in now} & {row.channel for row in then}
        now, then = [row for row in now if row.channel in both], [row for row in then if row.channel in both]
    return change(result_of(kpi, now), result_of(kpi, then))


def mood(share: float | None, kpi: Kpi) -> str:
    """Whether a change is good news."""
    if share is None or abs(share) < 0.0005:
        return ""
    return "good" if (share > 0) == (kpi.better is Better.HIGHER) else "bad"


def figures_section(scope: Scope, compared: Iterable[Compared]) -> Section:
    """The big numbers and the tables of all KPIs."""
    kept = list(compared)
    delivered = [one for one in kept if one.delivered]
    blocks: list[Block] = []
    if delivered:
        blocks.append(Tiles(tuple(_tile(scope, one) for one in delivered if one.kpi.name in TILES)))
        for of in Of:
            own = [one for one in delivered if one.kpi.of is of]
            blocks += [_table(scope, of_title(of), own)] if own else []
        blocks += [*_beside_rivals(scope, delivered), reading_note(scope), *_uncounted(scope)]
    missing = [_(one.kpi.title) for one in kept if not one.delivered]
    if missing:
        blocks.append(Paragraph(_("No data: {names}.").format(names=scope.wording.join(missing)), "note"))
    return Section("kpis", _("Key figures"), tuple(blocks))


def _uncounted(scope: Scope) -> Iterator[Paragraph]:
    """Why there are more posts than posts with interactions."""
    every, known = scope.rows("posts", scope.period()), scope.rows("interactions", scope.period())
    if not known or len(known) >= len(every):
        return
    heard = {row.channel for row in known}
    mute = [name for name in scope.accounts if name in {row.channel for row in every} - heard]
    words = _("Interactions are known of {n} of {posts} posts, each channel counted by itself.")
    if mute:
        words = _(
            "Interactions are known of {n} of {posts} posts, each channel counted by itself; {channels}: none delivered."
        )
    channels = scope.wording.join([scope.channel_title(name) for name in mute])
    numbers = {"n": scope.wording.number(len(known)), "posts": scope.wording.number(len(every))}
    yield Paragraph(words.format(**numbers, channels=channels), "note")


def of_title(of: Of) -> str:
    """What a KPI is counted over, in the words of a table's caption."""
    titles = {
        Of.POSTS: _("Posts"),
        Of.ACCOUNTS: _("Followers"),
        Of.DAYS: _("Website, search and shop"),
        Of.MESSAGES: _("Inbox"),
    }
    return titles[of]


def reading_note(scope: Scope) -> Paragraph:
    """How the tables of key figures are read."""
    words = _(
        "Posts count as they stood {age} after publication. Below a value stands its interval (90%), where n is enough for one; the median is that of single posts. Changes are relative, those of rates too. n of posts counts each channel by itself: a post on two channels is two."
    )
    return Paragraph(words.format(age=scope.age), "note")


def _tile(scope: Scope, one: Compared) -> Tile:
    share = one.on_previous
    note = ""
    if share is not None:
        text = _("{change} on the month before").format(change=scope.wording.change(share))
        note = cautious(text, one.kpi, one.month, one.previous)
    value = scope.wording.value(one.month.value, one.kpi.unit)
    return Tile(
        _(one.kpi.title),
        value,
        note,
        judged(share, one.kpi, one.month, one.previous),
        exact=scope.wording.exact(one.month.value, one.kpi.unit),
    )


def _table(scope: Scope, title: str, rows: Iterable[Compared]) -> Table:
    kept = list(rows)
    columns = list(_columns(scope, kept))
    caption = _("{title} in {month}").format(title=title, month=scope.title)
    cells = tuple((_(one.kpi.title), *(cell(one) for _head, cell in columns)) for one in kept)
    head = (_("KPI"), *(name for name, _cell in columns))
    return Table(caption, head, cells, frozenset(range(1, len(head))))


def _columns(scope: Scope, rows: Iterable[Compared]) -> Iterator[tuple[str, Callable[[Compared], str | Cell]]]:
    """Heads and what stands below them; a column in which nothing would stand is left out."""
    kept = list(rows)
    yield scope.title, lambda one: value_cell(scope, one.kpi, one.month)
    if any(has_middle(one.kpi, one.month) for one in kept):
        yield _("median"), lambda one: middle_text(scope, one.kpi, one.month)
    if "previous" in scope.comparison:
        yield _("month before"), lambda one: _change_cell(scope, one, one.previous, one.on_previous)
    if "year" in scope.comparison:
        yield _("a year ago"), lambda one: _change_cell(scope, one, one.year, one.on_year)
    if "goal" in scope.comparison and any(one.goal is not None for one in kept):
        yield _("goal"), lambda one: goal_cell(scope, one.month.value, one.goal, one.kpi.unit)
    yield "n", lambda one: scope.wording.number(one.month.n)


def _beside_rivals(scope: Scope, rows: Iterable[Compared]) -> Iterator[Paragraph]:
    """Where the competitors stand, on the channels where they are tracked."""
    names = scope.wording.join([scope.channel_title(name) for name in where_compared(scope)])
    for one in rows:
        if one.rivals is not None:
            words = _("{kpi}: the competitors' median on {channels} is {value}.")
            value = scope.wording.value(one.rivals, one.kpi.unit)
            yield Paragraph(words.format(kpi=_(one.kpi.title), channels=names, value=value))


def value_cell(scope: Scope, kpi: Kpi, result: Result) -> Cell:
    """A value with its interval."""
    text = scope.wording.value(result.value, kpi.unit)
    # How many posts there were is no sample of anything.
    if result.interval is None or kpi.name == "posts":
        return Cell(text, exact=scope.wording.exact(result.value, kpi.unit))
    between = scope.wording.between(result.interval.low, result.interval.high, kpi.unit)
    return Cell(text, note=between, exact=scope.wording.exact(result.value, kpi.unit))


def has_middle(kpi: Kpi, result: Result) -> bool:
    """Whether the middle of single posts says something."""
    return kpi.sampled and result.median is not None and result.n > 1 and kpi.name != "posts"


def middle_text(scope: Scope, kpi: Kpi, result: Result) -> str:
    """The median over single posts; between two counts it is a half, and not the next whole number."""
    if not has_middle(kpi, result) or result.median is None:
        return DASH
    half = kpi.unit is Unit.COUNT and result.median % 1
    return scope.wording.number(result.median, 1) if half else scope.wording.value(result.median, kpi.unit)


def _change_cell(scope: Scope, one: Compared, then: Result, share: float | None) -> Cell:
    text = scope.wording.value(then.value, one.kpi.unit)
    if share is None:
        return Cell(text, exact=scope.wording.exact(then.value, one.kpi.unit))
    return Cell(
        text,
        judged(share, one.kpi, one.month, then),
        said_change(scope, share, one.kpi, one.month, then),
        scope.wording.exact(then.value, one.kpi.unit),
    )


def judged(share: float | None, kpi: Kpi, *results: Result) -> str:
    """Whether a change is good news; neither, where one of the sides has too few posts to say so."""
    return mood(share, kpi) if kpi.of is not Of.POSTS or all(one.enough for one in results) else ""


def said_change(scope: Scope, share: float, kpi: Kpi, *results: Result) -> str:
    """A change, with a word of caution where one of the sides has too few posts."""
    return cautious(scope.wording.change(share), kpi, *results)


def cautious(text: str, kpi: Kpi, *results: Result) -> str:
    """What is said about a change, and that there are few posts; how many there were is no sample of anything."""
    if kpi.of is not Of.POSTS or kpi.name == "posts" or all(one.enough for one in results):
        return text
    return _("{text}, few posts").format(text=text)


def goal_cell(scope: Scope, value: float | None, target: float | None, unit: Unit) -> Cell:
    """A target and how far it is reached."""
    if target is None:
        return Cell(DASH)
    text = scope.wording.value(target, unit)
    if value is None or not target:
        return Cell(text)
    reached = value / target
    # What is nearly reached must not read as reached.
    nearly = 0.995 <= reached < 1
    shown = scope.wording.percent(min(reached, 0.999) if nearly else reached, 1 if nearly else 0)
    note = _("{share} reached").format(share=shown)
    return Cell(text, "good" if reached >= 1 else "", note)
