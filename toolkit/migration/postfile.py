"""A post of another tool as a post file: front matter, the default text, a variant for each channel that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from toolkit.migration.archive import Medium
from toolkit.source.entries import flow_entry, scalar
from toolkit.values import dataclass

BREAK = "\n\n---\n\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in the front matter; "" and empty tuples are left out."""

    uid: str
    title: str
    author: str
    status: str
    publish: str
    channels: tuple[str, ...]
    language: str
    labels: tuple[str, ...]
    media: tuple[Medium, ...]


def post_text(head: Head, parts: Mapping[str, tuple[str, ...]], files: Mapping[str, str]) -> str:
    """The whole file. `parts`: account → parts; `files`: address of a medium → its file below content/."""
    lines = ["---", f"uid: {head.uid}", f"title: {scalar(head.title)}"]
    lines += [f"author: {scalar(head.author)}"] if head.author else []
    lines += [f"status: {head.status}"]
    lines += [f"publish: {head.publish}"] if head.publish else []
    lines += [f"channels: {_flow(head.channels)}", f"language: {head.language}"]
    lines += [f"labels: {_flow(head.labels)}"] if head.labels else []
    if head.media:
        lines += ["media:", *(f"  - {_medium(medium, files)}" for medium in head.media)]
    return "\n".join([*lines, "---", text_blocks(parts), ""])


def _flow(words: tuple[str, ...]) -> str:
    return "[" + ", ".join(scalar(word, flow=True) for word in words) + "]"


def _medium(medium: Medium, files: Mapping[str, str]) -> str:
    where = {"file": files[medium.address]} if medium.address in files else {"order": medium.address}
    return flow_entry({**where, "alt": medium.alt} if medium.alt else where)


def text_blocks(parts: Mapping[str, tuple[str, ...]]) -> str:
    """The commonest text as the default, and below it each channel's that is another."""
    usual = Counter(parts.values()).most_common(1)[0][0] if parts else ("",)
    blocks = [BREAK.join(usual)]
    for channel, own in parts.items():
        if own != usual:
            blocks.append(f"## @{channel}\n\n{BREAK.join(own)}")
    return "\n\n".join(blocks)
