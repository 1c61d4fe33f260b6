"""Small pictures of goals and mixes: months beside a target, the course of a campaign, shares beside what the plan wants.

A table or a sentence beside each says the same, so that nobody depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from toolkit.messages import _
from toolkit.pages.markup import Html, span, tag
from toolkit.pages.plan.progress import Stand
from toolkit.strategy import Part

_WIDTH, _HEIGHT = 132, 36


def month_strip(stand: Stand, say: Callable[[float], str]) -> Html:
    """The months as bars, those that reached the target in full colour, and the target as a line."""
    known = [step for step in stand.steps if step is not None]
    top = max([stand.target, *known]) or 1.0
    step = _WIDTH / max(len(stand.steps), 1)
    bars = [
        tag(
            "rect",
            x=f"{at * step + 0.75:.1f}",
            y=f"{_HEIGHT * (1 - value / top):.1f}",
            width=f"{step - 1.5:.1f}",
            height=f"{_HEIGHT * value / top:.1f}",
            class_="ls-hit" if value >= stand.target else None,
        )
        for at, value in enumerate(stand.steps)
        if value is not None
    ]
    words = _("Bars of the last {count} months, from {least} to {most}; the line is the target, {target}.")
    said = words.format(
        count=len(known), least=say(min(known, default=0)), most=say(max(known, default=0)), target=say(stand.target)
    )
    return _picture(said, *bars, _line(stand.target / top))


def course_strip(stand: Stand, say: Callable[[float], str]) -> Html:
    """What came in day by day, where it is expected to come out, and the target as a line."""
    sums = list(accumulate(step or 0.0 for step in stand.steps))
    top = max([stand.target, stand.high or 0.0, *sums]) or 1.0
    parts = [_line(stand.target / top)]
    end = _WIDTH * len(sums) / stand.length
    if stand.low is not None and stand.high is not None and stand.expected is not None:
        corners = ((end, sums[-1]), (_WIDTH, stand.high), (_WIDTH, stand.low))
        parts.append(tag("polygon", points=_points(corners, top), class_="ls-fan"))
        parts.append(
            tag("polyline", points=_points(((end, sums[-1]), (_WIDTH, stand.expected)), top), class_="ls-ahead")
        )
    days = ((_WIDTH * at / stand.length, total) for at, total in enumerate([0.0, *sums]))
    parts.append(tag("polyline", points=_points(tuple(days), top)))
    words = _("The course day by day: {value} after {days} of {length} days; the line is the target, {target}.")
    said = words.format(value=say(sums[-1]), days=len(sums), length=stand.length, target=say(stand.target))
    return _picture(said, *parts)


def share_strip(part: Part) -> Html:
    """A share as a bar on the span that the plan wants."""
    wide = min(1.0, part.share)
    return span(
        span(class_="ls-want", style=f"left:{part.pillar.least:.1%};width:{part.pillar.most - part.pillar.least:.1%}"),
        span(class_="ls-has", style=f"width:{wide:.1%}"),
        class_="ls-share ls-off" if part.over or part.under else "ls-share",
        aria_hidden="true",
    )


def _picture(said: str, *parts: Html) -> Html:
    box = f"0 -3 {_WIDTH} {_HEIGHT + 6}"
    return tag("svg", *parts, viewBox=box, role="img", aria_label=said, class_="ls-strip")


def _line(share: float) -> Html:
    y = f"{_HEIGHT * (1 - share):.1f}"
    return tag("line", x1="0", x2=str(_WIDTH), y1=y, y2=y)


def _points(places: Sequence[tuple[float, float]], top: float) -> str:
    return " ".join(_point(x, y, top) for x, y in places)


def _point(x: float, y: float, top: float) -> str:
    return f"{x:.1f},{_HEIGHT * (1 - y / top):.1f}"
