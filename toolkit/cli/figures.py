"""KPIs as lines for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from toolkit.dates import weekday_names
from toolkit.kpis import Kpi, Result, Unit
from toolkit.kpis.against import Beside
from toolkit.kpis.comparing import Compared
from toolkit.kpis.delivery import exports_of, networks_of
from toolkit.kpis.leaving import Left
from toolkit.kpis.titles import format_title
from toolkit.kpis.tracing import Origin
from toolkit.messages import _, decimal, ngettext, spoken
from toolkit.reports.wording import Wording, rounded

WIDTH: Final = 12  # cells of a bar
NAMED: Final = 4  # who delivers a KPI, by name
_CLEAR: Final = 0.05  # after the correction for many groups
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


def kpi_row(kpi: Kpi) -> dict[str, object]:
    """What the dictionary says about a KPI."""
    return {
        "name": kpi.name,
        "title": _(kpi.title),
        "definition": _(kpi.definition),
        "unit": kpi.unit.value,
        "formula": kpi.formula,
        "denominator": kpi.denominator,
        "better": kpi.better.value,
        "networks": list(networks_of(kpi)),
        "exports": list(exports_of(kpi)),
    }


def kpi_lines(kpi: Kpi) -> Iterator[str]:
    """The same as lines: name and definition, how it is computed, who delivers it."""
    yield f"{_(kpi.title)} ({kpi.name}): {_(kpi.definition)}"
    facts = [_("{formula}, unit: {unit}").format(formula=kpi.formula, unit=unit_title(kpi.unit))]
    if kpi.denominator:
        facts.append(_("denominator: {name}").format(name=_(kpi.denominator)))
    yield f"  {', '.join(facts)}"
    yield f"  {_delivered(kpi)}"


def _delivered(kpi: Kpi) -> str:
    """Who delivers it, by name where these are few; all stand in --json and on the KPI's page."""
    networks, exports = list(networks_of(kpi)), list(exports_of(kpi))
    parts = [
        _few(_("APIs of {names}"), networks),
        _few(_("exports {names}"), exports),
    ]
    said = "; ".join(filter(None, parts))
    return _("delivered by: {names}").format(names=said or _("imports of any other table"))


def _few(words: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = len(names) - NAMED
    listed = [*names[:NAMED], _("{count} more").format(count=more)] if more > 1 else names
    return words.format(names=", ".join(listed))


def result_rows(results: Sequence[Result], left: Sequence[Left] | None) -> Iterator[dict[str, object]]:
    """Every group as JSON, also one of which all posts are left out. What is no KPI of posts leaves none out: null."""
    by_group = {one.group: one for one in left or ()}
    groups = {result.group for result in results}
    empty = [Result(group, None, None, 0, None, None) for group in by_group if group not in groups]
    for result in [*results, *empty]:
        yield {
            **result_row(result),
            **_left_row(by_group.get(result.group, Left(result.group)), known=left is not None),
        }


def _left_row(one: Left, *, known: bool) -> dict[str, object]:
    if not known:
        return {"young": None, "early": None, "left_out": None}
    out = {"late": one.late, "undelivered": one.undelivered, "without_denominator": one.baseless}
    return {"young": one.young, "early": one.early, "left_out": out}


def left_lines(left: Sequence[Left], by: str, age: float) -> Iterator[str]:
    """What is not in the results above, and what is in them before its time: a line a group that has any."""
    for one in left:
        said = [*_out(one, age), *_unripe(one, age)]
        if said:
            name = f"{group_name(one.group, by)}: " if by else ""
            yield f"  {name}{'; '.join(said)}"


def _out(one: Left, age: float) -> Iterator[str]:
    reasons = [
        (one.late, _("first counted after more than {age} hours (--age takes them in)").format(age=f"{age:g}")),
        (one.undelivered, _("the network did not deliver it")),
        (one.baseless, _("no denominator is known")),
    ]
    why = ", ".join(f"{count} × {reason}" for count, reason in reasons if count)  # noqa: RUF001  # the sign for "times"
    if why:
        count = ngettext("{count} post left out", "{count} posts left out", one.out)
        yield f"{count}: {why}"


def _unripe(one: Left, age: float) -> Iterator[str]:
    hours = f"{age:g}"
    if one.young:
        count = ngettext("{count} post", "{count} posts", one.young)
        yield _("counted, but younger than {age} hours: {posts}").format(posts=count, age=hours)
    if one.early:
        count = ngettext("{count} post", "{count} posts", one.early)
        yield _("counted, but for the last time long before {age} hours: {posts}").format(posts=count, age=hours)


def result_row(result: Result) -> dict[str, object]:
    """One group as JSON."""
    interval = result.interval
    return {
        "group": result.group,
        "value": result.value,
        "denominator": result.denominator,
        "n": result.n,
        "median": result.median,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "enough": result.enough,
    }


def result_lines(kpi: Kpi, results: Sequence[Result], by: str) -> Iterator[str]:
    """One line a group, with a bar where several can be compared at a glance; months before and after all data have none."""
    results = _inside(results) if by == "month" else results
    if not results:
        yield _("no data")
        return
    names = [group_name(result.group, by) for result in results]
    width = max(7, *map(len, names))
    most = max((result.value or 0.0 for result in results), default=0.0)
    drawn = len(results) > 1 and most > 0 and all((result.value or 0.0) >= 0 for result in results)
    for name, result in zip(names, results, strict=True):
        drawing = f"{bar((result.value or 0.0) / most)}  " if drawn else ""
        yield f"  {name:<{width}}  {drawing}{_said(kpi, result)}"


def _inside(results: Sequence[Result]) -> Sequence[Result]:
    known = [at for at, result in enumerate(results) if result.value is not None]
    return results[known[0] : known[-1] + 1] if known else ()


def bar(share: float) -> str:
    """A bar of `WIDTH` cells, in eighths of a cell.

    >>> bar(0.5), bar(1)
    ('██████      ', '████████████')
    """
    whole, rest = divmod(round(max(0.0, min(1.0, share)) * WIDTH * 8), 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(WIDTH)


def group_name(group: str, by: str) -> str:
    """How a group is called."""
    if not group:
        return _("unknown") if by else _("all")
    if by == "weekday":
        return weekday_names()[int(group) - 1]
    return format_title(group) if by == "format" else group


def _said(kpi: Kpi, result: Result) -> str:
    if result.value is None:
        return _("no data")
    words = [amount(result.value, kpi.unit), f"n = {result.n}"]
    if result.denominator is not None:
        words.append(_("denominator {number}").format(number=number(result.denominator)))
    if result.median is not None:
        words.append(_("median of posts {number}").format(number=amount(result.median, kpi.unit)))
    if result.interval is not None:
        low, high = (amount(value, kpi.unit) for value in (result.interval.low, result.interval.high))
        words.append(_("interval (90%) {low} to {high}").format(low=low, high=high))
    if not result.enough:
        words.append(_("not enough"))
    return ", ".join(words)


def amount(value: float, unit: Unit) -> str:
    """A value as its unit reads: a share as per cent, money with its cents."""
    if unit is Unit.SHARE:
        return Wording(spoken()).percent(value, 2)
    return Wording(spoken()).money(value) if unit is Unit.EURO else number(value)


def number(value: float) -> str:
    """Four figures are more than any of these numbers is sure of, but a count is shown whole."""
    whole = value == int(value) or abs(value) >= 1000
    return decimal(float(rounded(value)), ".0f") if whole else decimal(value, ".4g")


def unit_title(unit: Unit) -> str:
    """How a unit is called."""
    words = {
        Unit.COUNT: _("number"),
        Unit.AVERAGE: _("number, on average"),
        Unit.SHARE: _("share, shown in per cent"),
        Unit.BALANCE: _("balance, from \N{MINUS SIGN}1 to 1"),
        Unit.EURO: _("euros"),
        Unit.SECONDS: _("seconds"),
    }
    return words[unit]


def beside_row(one: Beside) -> dict[str, object]:
    """One comparison as JSON."""
    return {
        "group": one.group,
        "value": one.value,
        "other": one.other,
        "n": one.n,
        "change": one.change,
        "good": one.good,
    }


def beside_lines(kpi: Kpi, found: Sequence[Beside], by: str, *, goal: bool) -> Iterator[str]:
    """One line a group: the other value, and the change or the share that is reached."""
    for one in found:
        name = group_name(one.group, by)
        other = _("no data") if one.other is None else amount(one.other, kpi.unit)
        if one.change is None:
            nothing = _("{other}; nothing to compare").format(other=other)
            yield f"  {name}: {nothing}"
        elif goal:
            reached = Wording(spoken()).percent(one.change, 0)
            yield f"  {name}: " + _("target {target}, {share} reached").format(target=other, share=reached)
        else:
            arrow = "▲" if one.change > 0 else "▼" if one.change < 0 else "="
            change = f"{'+' if one.change > 0 else ''}{Wording(spoken()).percent(one.change)}"
            yield f"  {name}: {arrow} " + _("{change} against {other}, n = {n}").format(
                change=change, other=other, n=one.n
            )


def origin_row(origin: Origin) -> dict[str, object]:
    """One import behind a KPI as JSON; ages are hours."""
    return {
        "import": origin.import_id,
        "source": origin.source,
        "observations": origin.observations,
        "subjects": origin.subjects,
        "first": origin.first.isoformat(),
        "last": origin.last.isoformat(),
        "ages": [origin.youngest, origin.middle, origin.oldest],
    }


def origin_lines(origins: Sequence[Origin]) -> Iterator[str]:
    """One line an import: how much of it counts, and at which age."""
    if not origins:
        yield "  " + _("no observations")
    for one in origins:
        words = [f"{one.import_id} ({one.source})"]
        words.append(ngettext("{count} observation", "{count} observations", one.observations))
        words.append(_("{first} to {last}").format(first=f"{one.first:%Y-%m-%d}", last=f"{one.last:%Y-%m-%d}"))
        if one.middle is not None and one.youngest is not None and one.oldest is not None:
            ages = (decimal(hours, ".0f") for hours in (one.youngest, one.middle, one.oldest))
            words.append(_("age {low} to {high} h, median {middle} h").format(**_ages(*ages)))
        yield "  " + ", ".join(words)


def _ages(low: str, middle: str, high: str) -> dict[str, str]:
    return {"low": low, "middle": middle, "high": high}


def comparison_row(compared: Compared) -> dict[str, object]:
    """The groups compared by ranks as JSON; `effect` is Cliff's delta, `p` is corrected for the number of groups."""
    overall = compared.overall
    return {
        "h": overall[0] if overall else None,
        "p": overall[1] if overall else None,
        "needed": compared.needed,
        "groups": [
            {
                "group": one.name,
                "n": one.against_rest.n[0],
                "effect": one.against_rest.effect,
                "p": one.against_rest.p,
                "enough": one.against_rest.enough,
            }
            for one in compared.groups
        ],
    }


def comparison_lines(compared: Compared, by: str) -> Iterator[str]:
    """One line a group: whether its posts do better or worse than the others', and whether that can be chance."""
    if compared.overall is not None:
        h, p = (decimal(value, ".2g" if value < 0.01 else ".3g") for value in compared.overall)
        yield "  " + _("Kruskal and Wallis: H = {h}, p = {p}").format(h=h, p=p)
    for one in compared.groups:
        name, found = group_name(one.name, by), one.against_rest
        if found.p is None:
            yield f"  {name}: " + _("n = {n}, not enough").format(n=found.n[0])
            continue
        verdict = _("differs from the others") if found.p < _CLEAR else _("within chance")
        numbers = {"effect": decimal(found.effect, "+.2f"), "p": decimal(found.p, ".2g")}
        yield f"  {name}: {verdict}, " + _("effect {effect} (Cliff's delta), p = {p}").format(**numbers)
    if compared.needed is not None:
        yield "  " + _("Each group needs {count} posts before a doubling would show.").format(count=compared.needed)
