"""A surface to draw flat shapes on: gradients, soft shadows, clipping, text. Drawn larger and scaled down at the end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from toolkit.errors import LeitstandError
from toolkit.messages import _

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Point = tuple[float, float]
Box = tuple[float, float, float, float]
# One colour, or two for a gradient from the shape's top to its bottom.
Fill = str | tuple[str, str]

SCALE: Final = 2
# Free fonts with German letters, the nicest first; DejaVu also comes with matplotlib.
FACES: Final = {
    "serif": ("LiberationSerif-Bold.ttf", "DejaVuSerif-Bold.ttf"),
    "italic": ("LiberationSerif-Italic.ttf", "DejaVuSerif-Italic.ttf"),
    "sans": ("LiberationSans-Regular.ttf", "DejaVuSans.ttf"),
    "bold": ("LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf"),
}


@cache
def font(face: str, size: int) -> FreeTypeFont:
    """A font of this machine. Raises `LeitstandError` when none of the known ones is installed."""
    from PIL import ImageFont

    for name in FACES[face]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    raise LeitstandError(_("no font with German letters found; install the Liberation or the DejaVu fonts"))


def smooth(points: Sequence[Point], steps: int = 12, *, closed: bool = False) -> list[Point]:
    """A curve through `points` (Catmull-Rom), as many short lines."""
    count = len(points)
    around = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        a, b, c, d = around[index : index + 4]
        for step in range(steps):
            t = step / steps
            curve.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return curve if closed else [*curve, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)


def placed(points: Sequence[Point], at: Point, size: Point | float) -> list[Point]:
    """`points` of a drawing that is 1 unit large, at its place and size."""
    width, height = size if isinstance(size, tuple) else (size, size)
    return [(at[0] + x * width, at[1] + y * height) for x, y in points]


def turned(points: Sequence[Point], degrees: float, centre: Point) -> list[Point]:
    """`points` turned clockwise around `centre`."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x0, y0 = centre
    return [(x0 + (x - x0) * cosine - (y - y0) * sine, y0 + (x - x0) * sine + (y - y0) * cosine) for x, y in points]


class Canvas:
    """A picture of `width` by `height` units; every shape takes units, whatever the resolution."""

    def __init__(self, width: int, height: int, fill: Fill) -> None:
        from PIL import Image

        self.width, self.height = width, height
        self.image: Picture = Image.new("RGB", (width * SCALE, height * SCALE))
        self._clip: Picture | None = None
        self.box((0, 0, width, height), fill)

    def finished(self) -> Picture:
        """The picture at its own size, with smooth edges."""
        from PIL import Image

        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def polygon(self, points: Sequence[Point], fill: Fill, alpha: float = 1, blur: float = 0) -> None:
        """A filled shape; `alpha` 0 to 1, `blur` in units."""
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        self._paint(
            (min(xs), min(ys), max(xs), max(ys)),
            fill,
            alpha,
            blur,
            lambda draw, place: draw.polygon([place(x, y) for x, y in points], fill=255),
        )

    def ellipse(self, centre: Point, radius: Point | float, fill: Fill, alpha: float = 1, blur: float = 0) -> None:
        """A filled ellipse, or a circle when `radius` is one number."""
        (x, y), (rx, ry) = centre, radius if isinstance(radius, tuple) else (radius, radius)
        bounds = (x - rx, y - ry, x + rx, y + ry)
        self._paint(
            bounds,
            fill,
            alpha,
            blur,
            lambda draw, place: draw.ellipse((*place(x - rx, y - ry), *place(x + rx, y + ry)), fill=255),
        )

    def box(self, bounds: Box, fill: Fill, alpha: float = 1, blur: float = 0, *, radius: float = 0) -> None:
        """A filled rectangle with rounded corners."""
        x0, y0, x1, y1 = bounds
        self._paint(
            bounds,
            fill,
            alpha,
            blur,
            lambda draw, place: draw.rounded_rectangle((*place(x0, y0), *place(x1, y1)), radius * SCALE, fill=255),
        )

    def line(self, points: Sequence[Point], width: float, fill: Fill, alpha: float = 1, blur: float = 0) -> None:
        """A line with round ends and corners."""
        half = width / 2
        xs, ys = [x for x, _y in points], [y for _x, y in points]

        def stroke(draw: ImageDraw, place: Callable[[float, float], Point]) -> None:
            draw.line([place(x, y) for x, y in points], fill=255, width=round(width * SCALE), joint="curve")
            for x, y in (points[0], points[-1]):
                draw.ellipse((*place(x - half, y - half), *place(x + half, y + half)), fill=255)

        self._paint((min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half), fill, alpha, blur, stroke)

    def text(self, at: Point, words: str, size: float, fill: str, face: str = "sans", *, anchor: str = "mm") -> None:
        """Text at a point; `anchor` as in Pillow (``mm`` centred, ``ls`` left on the baseline)."""
        from PIL import ImageDraw

        draw = ImageDraw.Draw(self.image)
        draw.text((at[0] * SCALE, at[1] * SCALE), words, fill, font(face, round(size * SCALE)), anchor)

    def paragraph(self, at: Point, words: str, size: float, fill: str, *, width: float, face: str = "sans") -> float:
        """Left-aligned text broken at `width`; returns the y below it."""
        x, y = at
        letters = font(face, round(size * SCALE))
        for sentence in words.split("\n"):
            row = ""
            for word in sentence.split(" "):
                if row and letters.getlength(f"{row} {word}") > width * SCALE:
                    self.text((x, y), row, size, fill, face, anchor="la")
                    row, y = word, y + size * 1.35
                else:
                    row = f"{row} {word}".strip()
            self.text((x, y), row, size, fill, face, anchor="la")
            y += size * 1.35
        return y

    @contextmanager
    def clipped(self, points: Sequence[Point]) -> Iterator[None]:
        """Shapes drawn inside appear only within `points`, and within any clipping around."""
        from PIL import Image, ImageChops, ImageDraw

        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)
        outer = self._clip
        self._clip = mask if outer is None else ImageChops.multiply(mask, outer)
        yield
        self._clip = outer

    @contextmanager
    def within(self, bounds: Box) -> Iterator[None]:
        """Shapes drawn inside appear only within a rectangle."""
        x0, y0, x1, y1 = bounds
        with self.clipped([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]):
            yield

    def _paint(
        self,
        bounds: Box,
        fill: Fill,
        alpha: float,
        blur: float,
        shape: Callable[[ImageDraw, Callable[[float, float], Point]], None],
    ) -> None:
        """Draw `shape` as a mask no larger than needed and pour `fill` through it."""
        from PIL import Image, ImageChops, ImageDraw, ImageFilter

        room = blur * 3
        left, top = max(0, int((bounds[0] - room) * SCALE)), max(0, int((bounds[1] - room) * SCALE))
        right = min(self.image.width, math.ceil((bounds[2] + room) * SCALE) + 1)
        bottom = min(self.image.height, math.ceil((bounds[3] + room) * SCALE) + 1)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", (right - left, bottom - top))
        shape(ImageDraw.Draw(mask), lambda x, y: (x * SCALE - left, y * SCALE - top))
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        if alpha < 1:
            mask = mask.point([round(level * alpha) for level in range(256)])
        if self._clip is not None:
            mask = ImageChops.multiply(mask, self._clip.crop((left, top, right, bottom)))
        if isinstance(fill, str):
            self.image.paste(fill, (left, top, right, bottom), mask)
        else:
            self.image.paste(_gradient(mask.size, fill), (left, top), mask)


def _gradient(size: tuple[int, int], fill: tuple[str, str]) -> Picture:
    from PIL import Image, ImageOps

    ramp = Image.linear_gradient("L").resize((1, size[1]), Image.Resampling.BILINEAR)
    return ImageOps.colorize(ramp, fill[0], fill[1]).resize(size)
