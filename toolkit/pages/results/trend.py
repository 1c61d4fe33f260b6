"""The last months of a key figure as bars: from zero, with their months, their values, and a gap where nothing is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from toolkit.dates import month_names
from toolkit.messages import _
from toolkit.pages.markup import Html, tag
from toolkit.pages.results.figures import Figure
from toolkit.values import dataclass

_WIDTH: Final = 360
_HEIGHT: Final = 90
_HEAD: Final = 18  # room for values above the bars
_FOOT: Final = 18  # room for months below them
_LONGEST: Final = 7  # letters that a value above a bar may have, so that neighbours do not meet


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a value lies between the highest and the lowest bar's end."""

    top: float
    bottom: float

    def place(self, value: float) -> float:
        """From the upper edge."""
        return _HEAD + (self.top - value) * _HEIGHT / ((self.top - self.bottom) or 1.0)


def trend(figures: Sequence[Figure], say: Callable[[float | None], str]) -> Html:
    """The picture, as wide as the page; `say` writes a value. A table says the same, so each bar is silent."""
    known = [value for one in figures for value in (one.value, one.low, one.high) if value is not None]
    scale = _Scale(max([0.0, *known]), min([0.0, *known]))
    most = max([0.0, *(one.value for one in figures if one.value is not None)])
    said = _("Bars of the last months, at most {most}; the table below has all values.")
    box = f"0 0 {_WIDTH} {_HEAD + _HEIGHT + _FOOT}"
    return tag(
        "svg",
        *_bars(figures, scale),
        *_labels(figures, scale, say),
        viewBox=box,
        role="img",
        aria_label=said.format(most=say(most)),
        class_="ls-trend",
    )


def _bars(figures: Sequence[Figure], scale: _Scale) -> Iterator[Html]:
    step = _WIDTH / max(len(figures), 1)
    for at, one in enumerate(figures):
        if one.value is not None:
            upper, lower = scale.place(max(one.value, 0.0)), scale.place(min(one.value, 0.0))
            x, y = f"{(at + 0.14) * step:.1f}", f"{upper:.1f}"
            yield tag("rect", x=x, y=y, width=f"{step * 0.72:.1f}", height=f"{lower - upper:.1f}")
        if one.low is not None and one.high is not None:
            ends = f"M{(at + 0.5) * step:.1f} {scale.place(one.high):.1f}V{scale.place(one.low):.1f}"
            yield tag("path", d=ends, class_="ls-whisker")


def _labels(figures: Sequence[Figure], scale: _Scale, say: Callable[[float | None], str]) -> Iterator[Html]:
    """The months, and the values where all of them are short; else only the table has them."""
    step, shorts = _WIDTH / max(len(figures), 1), [name[:3] for name in month_names()]
    texts = [say(one.value) if one.value is not None else "\N{EN DASH}" for one in figures]
    short = all(len(text) <= _LONGEST for text in texts)
    for at, (one, text) in enumerate(zip(figures, texts, strict=True)):
        x, y = f"{(at + 0.5) * step:.1f}", scale.place(max(one.high or 0.0, one.value or 0.0, 0.0)) - 4
        yield tag("text", shorts[int(one.month[5:]) - 1], x=x, y=str(_HEAD + _HEIGHT + _FOOT - 4))
        if short or one.value is None:
            yield tag("text", text, x=x, y=f"{y:.1f}", class_="ls-value")
