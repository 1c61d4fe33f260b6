"""A post of galaxy-social as a post file: front matter, the default text, a variant for each channel that differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from toolkit.migration.galaxy.pictures import Picture
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text
from toolkit.source.entries import flow_entry, scalar
from toolkit.values import dataclass

_BREAK: Final = "\n\n---\n\n"
LONGEST: Final = 70  # characters of a title
_LOOSE: Final = " ,;:\u2013-"  # what a title does not begin or end with
_MARKS: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the front matter. `ready` is false for what never went out."""

    uid: str
    title: str
    publish: datetime
    channels: tuple[str, ...]
    pictures: tuple[Picture, ...]
    ready: bool
    retry: bool
    files: Mapping[str, str]  # address of a picture → its file below content/, where it was fetched


def title_of(text: str, name: str) -> str:
    """The first line that says something, without markup and addresses; else the file's name."""
    for line in plain_text(read_markup(text)).splitlines():
        said = " ".join(_MARKS.sub("", line).split()).strip(_LOOSE)
        if sum(letter.isalpha() for letter in said) > 2:
            return said if len(said) <= LONGEST else said[:LONGEST].rpartition(" ")[0].rstrip(_LOOSE) + " …"
    return name


def post_text(head: Head, tellings: Mapping[str, tuple[str, ...]]) -> str:
    """The whole file. `tellings`: channel → parts."""
    return "\n".join(["---", *_front_matter(head), "---", _body(tellings), ""])


def _front_matter(head: Head) -> list[str]:
    lines = [f"uid: {head.uid}", f"title: {scalar(head.title)}", "author: team"]
    lines += [f"status: {'ready' if head.ready else 'draft'}", f"publish: {head.publish:%Y-%m-%d %H:%M}"]
    lines += [f"channels: [{', '.join(scalar(name, flow=True) for name in head.channels)}]", "language: en"]
    lines += [f"labels: [galaxy-social{', retry' if head.retry else ''}]"]
    if head.pictures:
        lines += ["media:", *(f"  - {_medium(picture, head.files)}" for picture in head.pictures)]
    return lines


def _medium(picture: Picture, files: Mapping[str, str]) -> str:
    where = {"file": files[picture.url]} if picture.url in files else {"order": picture.url}
    return flow_entry({**where, "alt": picture.alt} if picture.alt else where)


def _body(tellings: Mapping[str, tuple[str, ...]]) -> str:
    usual = Counter(tellings.values()).most_common(1)[0][0]
    blocks = [_BREAK.join(usual)]
    for channel, parts in tellings.items():
        if parts != usual:
            blocks.append(f"## @{channel}\n\n{_BREAK.join(parts)}")
    return "\n\n".join(blocks)
