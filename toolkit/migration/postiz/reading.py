"""Postiz' posts: one per channel, those of one `group` made together; HTML texts, threads as chains of posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State, problem_in
from toolkit.migration.assigning import network_of
from toolkit.migration.base import Change, Kind
from toolkit.migration.fromhtml import read_html
from toolkit.migration.jsonfile import Values, objects, read_json
from toolkit.migration.moments import read_moment
from toolkit.migration.plaintext import as_written
from toolkit.model import Problem

_STATES: Final[Mapping[str, State]] = {
    "published": State.PUBLISHED,
    "error": State.FAILED,
    "failed": State.FAILED,
    "draft": State.DRAFT,
}


def read_postiz(paths: Sequence[Path], _reading: Reading) -> Archive:
    """The posts of all files; repeated answers name a post once."""
    problems: list[Problem] = []
    posts: dict[str, Values] = {}
    for path in paths:
        value = read_json(path, problems)
        found = tuple(objects(value, "posts", "data")) if value is not None else ()
        if value is not None and not found:
            problems.append(problem_in(str(path), _("no posts of Postiz: a list posts was expected")))
        posts |= {one.text("id"): one for one in found if one.text("id") and not one.text("deletedAt")}
    channels = dict(map(_channel, posts.values()))
    return Archive(tuple(channels.values()), tuple(_items(posts)), problems=tuple(problems))


def _channel(one: Values) -> tuple[str, Channel]:
    service = one.text("integration.providerIdentifier", "integration.identifier")
    key = one.text("integration.id", "integrationId") or service
    network = network_of(service)
    name = one.text("integration.profile", "integration.name")
    return key, Channel(key, network, name, "" if network else service)


def _items(posts: Mapping[str, Values]) -> Iterator[Item]:
    following = {one.text("parentPostId"): one for one in posts.values() if one.text("parentPostId") in posts}
    groups: dict[str, list[Values]] = defaultdict(list)
    for key, one in posts.items():
        if one.text("parentPostId") not in posts:
            groups[f"{one.text('group') or key}|{one.text('publishDate')}"].append(one)
    for group in groups.values():
        yield _item(group, following)


def _item(group: Sequence[Values], following: Mapping[str, Values]) -> Item:
    first = group[0]
    chains = [tuple(_chain(one, following)) for one in group]
    media = {medium.address: medium for chain in chains for one in chain for medium in _media(one)}
    texts = [tuple(_text(one.text("content"), media) for one in chain) for chain in chains]
    sendings = tuple(
        Sending(_channel(one)[0], _STATES.get(one.text("state", "status").lower(), State.PLANNED), text, _url(one))
        for one, text in zip(group, texts, strict=True)
    )
    labels = tuple(filter(None, (tag.text("tag.name", "name") for tag in first.listed("tags"))))
    at = read_moment(first.text("actualDate", "publishDate"), utc=True)
    key = first.text("group", "id")
    return Item(key, first.place, at, sendings, "", tuple(media.values()), labels, tuple(_changes(first)))


def _chain(one: Values, following: Mapping[str, Values]) -> Iterator[Values]:
    """A post and what continues it; a circle ends where it began."""
    seen: set[str] = set()
    found: Values | None = one
    while found is not None and found.text("id") not in seen:
        seen.add(found.text("id"))
        yield found
        found = following.get(found.text("id"))


def _text(content: str, media: dict[str, Medium]) -> str:
    if "<" not in content:
        return as_written(content)
    found = read_html(content)
    media.update({medium.address: medium for medium in found.media})
    return found.markdown


def _media(one: Values) -> Iterator[Medium]:
    for found in one.listed("image", "media"):
        address = found.text("path", "url")
        if address:
            yield Medium(address, found.text("alt"))


def _url(one: Values) -> str:
    url = one.text("releaseURL")
    return url if url.startswith(("https://", "http://")) else ""


def _changes(one: Values) -> Iterator[Change]:
    days = one.text("intervalInDays")
    if days and days != "0":
        yield Change(
            Kind.LEFT, _("it came again every {days} days there; here it comes once, see repeat").format(days=days)
        )
