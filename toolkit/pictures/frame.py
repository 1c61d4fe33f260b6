"""The shape of a picture: what a network shows of it, and which part of it that is."""

from __future__ import annotations

from typing import Final

from toolkit.values import dataclass

Focus = tuple[float, float]  # 0..1 from the left, from the top
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are outside
Sides = tuple[int, int]  # width, height in pixels
CENTRE: Final[Focus] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a network takes of a picture; 0 stands for "any"."""

    width: int = 2048  # pixels, of the longer side
    narrowest: float = 0.0  # width divided by height
    widest: float = 0.0
    size: int = 0  # bytes
    pixels: int = 0


def find_shape(size: Sides, frame: Frame, crop: str) -> float:
    """Width divided by height of what will be left: of `crop`, else of the picture, within the frame's bounds."""
    width, height = size
    wanted = max(read_crop(crop) or width / height, frame.narrowest)
    return min(wanted, frame.widest) if frame.widest else wanted


def read_crop(crop: str) -> float:
    """Width divided by height of a crop such as ``4:5``; 0 for anything else."""
    left, _colon, right = crop.partition(":")
    return int(left) / int(right) if left.isdecimal() and right.isdecimal() and int(left) and int(right) else 0.0


def find_box(size: Sides, shape: float, focus: Focus) -> Box:
    """The largest box of that shape inside `size` whose middle is as near to `focus` as the edges let it."""
    width, height = size
    inner_width = max(1, min(width, round(height * shape)))
    inner_height = max(1, min(height, round(width / shape)))
    left = round(min(max(focus[0] * width - inner_width / 2, 0), width - inner_width))
    top = round(min(max(focus[1] * height - inner_height / 2, 0), height - inner_height))
    return left, top, left + inner_width, top + inner_height


def find_sides(box: Box, frame: Frame) -> Sides:
    """Width and height of what is in `box`, made small enough for the frame and never larger."""
    width, height = box[2] - box[0], box[3] - box[1]
    scale = min(1.0, frame.width / max(width, height)) if frame.width else 1.0
    if frame.pixels:
        scale = min(scale, (frame.pixels / (width * height)) ** 0.5)
    return (max(1, int(width * scale)), max(1, int(height * scale))) if scale < 1 else (width, height)


def move_focus(focus: Focus, size: Sides, box: Box) -> Focus:
    """Where the point `focus` of a picture lies in the part of it that `box` shows."""
    left, top, right, bottom = box
    across = (focus[0] * size[0] - left) / (right - left)
    down = (focus[1] * size[1] - top) / (bottom - top)
    return min(max(across, 0.0), 1.0), min(max(down, 0.0), 1.0)


def stored_box(box: Box, size: Sides, orientation: int) -> Box:  # noqa: PLR0911  # one line per orientation
    """Where `box` of the upright picture of `size` lies in the pixels as they are stored (EXIF orientation 1 to 8)."""
    left, top, right, bottom = box
    width, height = size
    match orientation:
        case 2:
            return width - right, top, width - left, bottom
        case 3:
            return width - right, height - bottom, width - left, height - top
        case 4:
            return left, height - bottom, right, height - top
        case 5:
            return top, left, bottom, right
        case 6:
            return top, width - right, bottom, width - left
        case 7:
            return height - bottom, width - right, height - top, width - left
        case 8:
            return height - bottom, left, height - top, right
    return box
