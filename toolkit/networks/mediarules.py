"""What a network takes of media, as its limits say, and what becomes of one medium: known before anything is sent.

`prepare` is pure and decides; `check` and `preview` tell its answer, `toolkit.networks.mediafile` carries it out.

The limits that count (``limits/<network>.yml``): `image_types`, `image_size` (bytes), `image_width` (pixels of the
longer side), `image_pixels`, `narrowest` and `widest` (hundredths of the height), `gif_size`; `video_types`,
`video_codecs`, `video_size`, `video_seconds`; `document_size`; and `alone`, the types of which one medium must be the
only one of its post.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache
from typing import Final

from toolkit.messages import _
from toolkit.networks.base import Network
from toolkit.networks.limits import Limit, read_limits
from toolkit.pictures import (
    CENTRE,
    Facts,
    Focus,
    Frame,
    Sides,
    Wish,
    can_clean,
    find_box,
    find_shape,
    find_sides,
    read_crop,
)
from toolkit.values import dataclass

JPEG, PNG, WEBP, GIF = "image/jpeg", "image/png", "image/webp", "image/gif"
# What can be written, where a network does not say what it takes.
_USUAL: Final = (JPEG, PNG)
_ANY: Final = Frame(width=0)
# Pixels of the longer side of what is written anew: hardly anything shows more, and more takes seconds.
_LARGE: Final = 3000
_DRAWN: Final = frozenset({PNG, GIF})
# Read by Pillow; HEIC is not.
_READABLE: Final = frozenset({JPEG, PNG, WEBP, GIF, "image/avif"})


@dataclass(frozen=True, slots=True)
class MediaRules:
    """What a network takes; 0 and () stand for "it does not say"."""

    image_types: tuple[str, ...] = ()
    gif_size: int = 0
    frame: Frame = _ANY
    video_types: tuple[str, ...] = ()
    video_codecs: tuple[str, ...] = ()
    video_size: int = 0
    video_seconds: int = 0
    document_size: int = 0
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """The medium can be sent: as it is, without its metadata (no `wish`), or made anew as `wish` says."""

    media_type: str
    sides: Sides
    wish: Wish | None = None
    before: Sides = (0, 0)
    changes: tuple[str, ...] = ()  # what people are told of it
    cut_unasked: bool = False  # the network's proportions cut it, not the author


@dataclass(frozen=True, slots=True)
class Refused:
    """The medium cannot be sent, nor made so that it can; `field` of the medium is what to correct."""

    reason: str
    field: str = "file"


@cache
def media_rules(network: str) -> MediaRules:
    """The rules of a built-in network by its name."""
    return read_rules(read_limits(network))


def rules_of(network: Network) -> MediaRules:
    """The rules of any network."""
    return read_rules(network.own_limits) if network.own_limits else media_rules(network.name)


def read_rules(limits: Iterable[Limit]) -> MediaRules:
    """The rules in the limits of a network."""
    known = {one.name: one for one in limits}

    def number(name: str) -> int:
        return known[name].value if name in known else 0

    def words(name: str) -> tuple[str, ...]:
        return known[name].types if name in known else ()

    return MediaRules(
        image_types=words("image_types"),
        gif_size=number("gif_size"),
        frame=Frame(
            width=number("image_width"),
            narrowest=number("narrowest") / 100,
            widest=number("widest") / 100,
            size=number("image_size"),
            pixels=number("image_pixels"),
        ),
        video_types=words("video_types"),
        video_codecs=words("video_codecs"),
        video_size=number("video_size"),
        video_seconds=number("video_seconds"),
        document_size=number("document_size"),
        alone=words("alone"),
    )


def prepare(facts: Facts, rules: MediaRules, crop: str = "", focus: Focus | None = None) -> Ready | Refused:
    """What becomes of a medium of these `facts` on a network of these `rules`; pure."""
    if facts.media_type.startswith("image/"):
        return _moving(facts, rules, crop) if facts.animated else _still(facts, rules, crop, focus)
    if facts.media_type.startswith("video/"):
        return _film(facts, rules)
    if not facts.media_type:
        return Refused(_("the bytes are no picture, video or PDF that a network takes"))
    if too_large := _over(facts.size, rules.document_size):
        return Refused(too_large)
    return Ready(facts.media_type, (facts.width, facts.height))


def loners(types: Iterable[str], rules: MediaRules) -> Iterator[int]:
    """The indexes of media that must stand alone and do not; `types` are the media types of one post."""
    found = tuple(types)
    if len(found) > 1:
        yield from (index for index, one in enumerate(found) if _among(one, rules.alone))


def _among(media_type: str, types: Iterable[str]) -> bool:
    return any(fnmatchcase(media_type, one) for one in types)


def _over(size: int, most: int) -> str:
    """The sentence about a file that is too large, "" for one that is not."""
    if not most or size <= most:
        return ""
    message = _("it has {size} MB, at most {most} MB are taken; make the file smaller")
    return message.format(size=f"{size / 1e6:.1f}", most=f"{most / 1e6:.1f}")


def _takes(types: Iterable[str]) -> str:
    return ", ".join(one.partition("/")[2].upper() for one in types)


def _moving(facts: Facts, rules: MediaRules, crop: str) -> Ready | Refused:
    """An animation goes out as it is or not at all: nobody wants to find it standing still."""
    sides = facts.width, facts.height
    if crop and abs(read_crop(crop) - facts.shape) * facts.height > 1:
        return Refused(_("an animation cannot be cut; cut it in the program it was made with"), "crop")
    if rules.image_types and not _among(facts.media_type, rules.image_types):
        return Refused(_("an animation would stand still; save it as a video, or take a still picture"))
    if too_large := _over(facts.size, rules.gif_size or rules.frame.size):
        return Refused(too_large)
    if find_sides((0, 0, *sides), rules.frame) != sides:
        return Refused(_("an animation cannot be made smaller; export it smaller, or save it as a video"))
    if not can_clean(facts.media_type):
        return Refused(_("an animation of this type cannot be freed of its metadata; save it as WebP, or as a video"))
    return Ready(facts.media_type, sides)


def _still(facts: Facts, rules: MediaRules, crop: str, focus: Focus | None) -> Ready | Refused:
    whole = facts.width, facts.height
    if facts.media_type not in _READABLE or not all(whole):
        return Refused(_("this type of picture cannot be read here; save it as JPEG or PNG"))
    box = find_box(whole, find_shape(whole, rules.frame, crop), focus or CENTRE)
    cut = box != (0, 0, *whole)
    if not cut and _fits(facts, rules) and find_sides(box, rules.frame) == whole:
        return Ready(facts.media_type, whole, before=whole)
    frame = replace(rules.frame, width=min(rules.frame.width or _LARGE, _LARGE))
    wish = Wish(box, find_sides(box, frame), _preferred(facts, rules), rules.frame.size)
    if not wish.types:
        return Refused(_("only {types} are taken; save it as one of them").format(types=_takes(rules.image_types)))
    return Ready(
        wish.types[0],
        wish.sides,
        wish,
        whole,
        tuple(_changes(facts, rules, wish, cut=cut)),
        cut_unasked=cut and _bounded(facts, rules, crop),
    )


def _bounded(facts: Facts, rules: MediaRules, crop: str) -> bool:
    """Whether the network's bounds, not the author's crop, make the shape."""
    whole = facts.width, facts.height
    return find_shape(whole, rules.frame, crop) != find_shape(whole, Frame(), crop)


def _fits(facts: Facts, rules: MediaRules) -> bool:
    """Whether the file can go out as it is but for its metadata."""
    taken = not rules.image_types or _among(facts.media_type, rules.image_types)
    small = not rules.frame.size or facts.size <= rules.frame.size
    return taken and small and facts.orientation == 1 and can_clean(facts.media_type)


def _preferred(facts: Facts, rules: MediaRules) -> tuple[str, ...]:
    """The types to write, the best first: what is transparent or drawn stays without loss where it can."""
    allowed = rules.image_types or (*_USUAL, facts.media_type)
    if facts.transparent:
        order: tuple[str, ...] = (PNG, WEBP, JPEG)
    elif facts.media_type in _DRAWN:
        order = (PNG, JPEG, WEBP)
    else:
        order = (JPEG, WEBP, PNG)
    return tuple(one for one in order if _among(one, allowed))


def _changes(facts: Facts, rules: MediaRules, wish: Wish, *, cut: bool) -> Iterator[str]:
    width, height = wish.sides
    if cut:
        yield _("cut to {width} x {height}").format(width=wish.box[2] - wish.box[0], height=wish.box[3] - wish.box[1])
    if wish.sides != (wish.box[2] - wish.box[0], wish.box[3] - wish.box[1]):
        yield _("made smaller, {width} x {height}").format(width=width, height=height)
    if wish.types[0] != facts.media_type:
        yield _("saved as {type}").format(type=_takes(wish.types[:1]))
    if facts.transparent and wish.types[0] == JPEG:
        yield _("white where it is transparent")
    if rules.frame.size and facts.size > rules.frame.size:
        yield _("at most {most} MB").format(most=f"{rules.frame.size / 1e6:.1f}")


def _film(facts: Facts, rules: MediaRules) -> Ready | Refused:
    """A film is never encoded anew, so whatever does not fit is the author's to export again."""
    if rules.video_types and not _among(facts.media_type, rules.video_types):
        message = _("a video of this type is not taken; export it as {types}")
        return Refused(message.format(types=_takes(rules.video_types)))
    if too_large := _over(facts.size, rules.video_size):
        return Refused(too_large)
    if facts.codec and rules.video_codecs and facts.codec not in rules.video_codecs:
        message = _("the video is coded as {codec}; export it as {codecs}")
        return Refused(message.format(codec=facts.codec, codecs=", ".join(rules.video_codecs)))
    if rules.video_seconds and facts.seconds > rules.video_seconds:
        message = _("it is {seconds} seconds long, at most {most} are taken; cut it shorter")
        return Refused(message.format(seconds=f"{facts.seconds:.0f}", most=rules.video_seconds))
    return Ready(facts.media_type, (facts.width, facts.height))
