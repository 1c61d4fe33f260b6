"""Mixpost's posts: one text for all accounts and versions for some, HTML, a status for the whole and errors per account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from toolkit.messages import _
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State, problem_in
from toolkit.migration.assigning import network_of
from toolkit.migration.base import Change, Kind
from toolkit.migration.fromhtml import read_html
from toolkit.migration.jsonfile import Values, objects, read_json
from toolkit.migration.moments import read_moment
from toolkit.migration.plaintext import as_written
from toolkit.model import Problem


def read_mixpost(paths: Sequence[Path], reading: Reading) -> Archive:
    """The posts of all files; repeated answers name a post once, posts in the bin are left there."""
    problems: list[Problem] = []
    posts: dict[str, Values] = {}
    for path in paths:
        value = read_json(path, problems)
        found = tuple(objects(value, "data", "posts")) if value is not None else ()
        if value is not None and not found:
            problems.append(problem_in(str(path), _("no posts of Mixpost: a list data was expected")))
        posts |= {one.text("uuid", "id"): one for one in found}
    binned = [key for key, one in posts.items() if one.inner("trashed").raw is True]
    kept = [one for key, one in posts.items() if key not in binned]
    lonely = [one for one in kept if not one.listed("accounts")]
    problems += [problem_in(one.place, _("it is for no account and stays behind")) for one in lonely]
    channels = {account.text("id"): _channel(account) for one in kept for account in one.listed("accounts")}
    gone = (Change(Kind.LEFT, _("{count} in the bin stay there").format(count=len(binned))),) if binned else ()
    items = tuple(_item(one, reading) for one in kept if one not in lonely)
    return Archive(tuple(channels.values()), items, gone, tuple(problems))


def _channel(account: Values) -> Channel:
    provider = account.text("provider")
    network = network_of(provider)
    server = account.text("data.server")
    handle = account.text("username", "name")
    full = f"@{handle.lstrip('@')}@{server}" if network == "mastodon" and server else handle
    return Channel(account.text("id"), network, full, "" if network else provider)


def _item(one: Values, reading: Reading) -> Item:
    state = one.text("status").lower()
    media: dict[str, Medium] = {}
    changes: list[Change] = []
    sendings = tuple(_sending(one, account, state, media, changes) for account in one.listed("accounts"))
    at = _moment(one, "published_at", reading) if state in ("published", "failed") else None
    labels = tuple(filter(None, (tag.text("name") for tag in one.listed("tags"))))
    return Item(
        key=one.text("uuid", "id"),
        source=one.place,
        at=at or _moment(one, "scheduled_at", reading),
        sendings=sendings,
        media=tuple(media.values()),
        labels=labels,
        changes=tuple(dict.fromkeys(changes)),
    )


def _moment(one: Values, name: str, reading: Reading) -> datetime | None:
    """The API says UTC in a text; Lite says day and time on the clock of whoever looked."""
    if one.text(name):
        return read_moment(one.text(name), utc=True)
    day, clock = one.text(f"{name}.date"), one.text(f"{name}.time")
    return reading.aware(read_moment(f"{day} {clock}")) if day and clock else None


def _sending(one: Values, account: Values, status: str, media: dict[str, Medium], changes: list[Change]) -> Sending:
    versions = one.listed("versions")
    own = [version for version in versions if version.text("account_id") == account.text("id")]
    usual = [version for version in versions if version.inner("is_original").raw is True]
    content = (own or usual or versions)[0].listed("content") if versions else ()
    parts = tuple(_text(part, media, changes) for part in content)
    url = account.text("external_url")
    return Sending(account.text("id"), _state(status, account), parts or ("",), url if url.startswith("http") else "")


def _state(status: str, account: Values) -> State:
    """Failed is said of the whole post as soon as one account failed; the others are out."""
    if status in ("published", "failed", "publishing"):
        return State.FAILED if account.listed("errors") or account.inner("errors").raw else State.PUBLISHED
    return State.PLANNED if status == "scheduled" else State.DRAFT


def _text(part: Values, media: dict[str, Medium], changes: list[Change]) -> str:
    body = part.text("body")
    found = read_html(body) if "<" in body else None
    for medium in found.media if found else ():
        media[medium.address] = medium
    for one in _media(part, changes):
        media[one.address] = one
    link = part.text("url")
    text = found.markdown if found else as_written(body)
    return "\n\n".join(filter(None, (text, link if link and link not in text else "")))


def _media(part: Values, changes: list[Change]) -> Iterator[Medium]:
    for one in part.listed("media"):
        if one.text("url"):
            yield Medium(one.text("url"), one.text("alt_text", "alt"))
        else:
            message = _("medium {number} is named by its number only; put its file in").format(
                number=one.text("", "id")
            )
            changes.append(Change(Kind.LEFT, message))
