"""Tools that keep one post per channel: those of one text and one minute were one post, and become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from toolkit.migration.archive import Item


def join_items(items: Iterable[Item]) -> tuple[Item, ...]:
    """`items` with those joined that say the same at the same time on other channels; each once, whatever files repeat."""
    groups: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for item in items:
        channel = item.sendings[0].channel
        if (item.key, channel) in seen:
            continue
        seen.add((item.key, channel))
        minute = item.at.replace(second=0, microsecond=0) if item.at else item.key
        group = groups[(minute, tuple(one.parts for one in item.sendings), tuple(one.address for one in item.media))]
        if any(one.sendings[0].channel == channel for one in group):
            groups[(item.key,)].append(item)  # twice on one channel: two posts
        else:
            group.append(item)
    return tuple(map(_joined, groups.values()))


def _joined(group: list[Item]) -> Item:
    first = min(group, key=lambda item: item.key)
    sendings = tuple(one for item in group for one in item.sendings)
    labels = tuple(dict.fromkeys(label for item in group for label in item.labels))
    return replace(first, sendings=sendings, labels=labels)
