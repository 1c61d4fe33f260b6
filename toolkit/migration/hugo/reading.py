"""Posts of a Hugo site: every page with a date, Markdown as it is, pictures out of it, shortcodes named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _, ngettext
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State
from toolkit.migration.base import Change, Kind
from toolkit.migration.moments import read_moment
from toolkit.migration.plaintext import as_read
from toolkit.migration.sitefile import Page, read_page, read_settings_file
from toolkit.migration.sitemedia import local_medium, take_media
from toolkit.model import Problem, zone

_SETTINGS: Final = tuple(
    f"{folder}{name}.{ending}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for ending in ("toml", "yaml", "yml")
)
# What Hugo takes for the day of publication, in its order.
_DATES: Final = ("publishdate", "pubdate", "published", "date")
_FIGURE: Final = re.compile(r"\{\{[<%]\s*+figure\s([^{}]*)[>%]\}\}")
_NAMED: Final = re.compile(r"(?<!\w)(\w++)\s*+=\s*+(?:\"([^\"]*)\"|`([^`]*)`)")
_SHORTCODE: Final = re.compile(r"\{\{[<%]\s*+(?:/\s*+)?([\w/.-]++)[^{}]*[>%]\}\}")


def read_hugo(paths: Sequence[Path], reading: Reading) -> Archive:
    """The pages of a site's folder that have a date; raises `UsageError` when there is no ``content``."""
    problems: list[Problem] = []
    items: list[Item] = []
    changes: list[Change] = []
    channels: dict[str, Channel] = {}
    for folder in paths:
        if not (folder / "content").is_dir():
            raise UsageError(_("{folder} is no Hugo site: there is no content in it").format(folder=folder))
        settings = next((folder / name for name in _SETTINGS if (folder / name).is_file()), None)
        site = read_settings_file(settings) if settings else {}
        url = str(site.get("baseurl") or "").rstrip("/")
        channels["blog"] = Channel("blog", "", url, str(site.get("title") or folder.name))
        named = str(site.get("timezone") or "")
        here = Reading(named if named and zone(named) else reading.zone, reading.now, reading.days)
        items += _items(folder, here, url, problems, changes)
    return Archive(tuple(channels.values()), tuple(items), tuple(changes), tuple(problems))


def _items(folder: Path, reading: Reading, url: str, problems: list[Problem], changes: list[Change]) -> Iterator[Item]:
    undated = 0
    for path in sorted((folder / "content").rglob("*.md")):
        if path.name.startswith("_index.") or path.is_symlink():
            continue
        page = read_page(path, path.relative_to(folder).as_posix(), problems)
        if page is None:
            continue
        if read_moment(page.text(*_DATES)) is None and page.text("draft") != "true":
            undated += 1
        else:
            yield _item(folder, path, page, reading, url)
    if undated:
        changes.append(
            Change(
                Kind.LEFT,
                ngettext(
                    "{count} page without a date is no post and stays behind",
                    "{count} pages without a date are no posts and stay behind",
                    undated,
                ),
            )
        )


def _item(folder: Path, path: Path, page: Page, reading: Reading, url: str) -> Item:
    at = _moment(page, reading)
    state = State.DRAFT if page.text("draft").lower() == "true" else reading.state_by_time(at)
    figures: list[Medium] = []
    body = _FIGURE.sub(lambda match: _figure(match[1], figures), page.body)
    text, media = take_media(body, url)
    places = (folder / "static", folder / "assets", folder)
    found = [local_medium(medium, folder, places, path.parent) for medium in (*_cover(page), *figures, *media)]
    address = page.text("url")
    sending = Sending(
        "blog", state, (as_read(text),), f"{url}{address}" if url and address.startswith("/") and state.over else ""
    )
    name = path.parent.name if path.stem == "index" else path.stem
    return Item(
        key=page.path,
        source=page.path,
        at=at,
        sendings=(sending,),
        title=page.text("title") or name.replace("-", " ").strip().capitalize(),
        media=tuple({medium.address: medium for medium in found}.values()),
        labels=page.words("tags", "categories"),
        changes=tuple(_changes(body)),
    )


def _moment(page: Page, reading: Reading) -> datetime | None:
    return reading.aware(read_moment(page.text(*_DATES)))


def _cover(page: Page) -> tuple[Medium, ...]:
    """The picture of a page, as most themes have it."""
    found = page.values.get("cover")
    if isinstance(found, Mapping):
        address = str(found.get("image") or "")
        return (Medium(address, str(found.get("alt") or "")),) if address else ()
    images = page.words("images", "featured_image", "image")
    return (Medium(images[0]),) if images else ()


def _figure(values: str, figures: list[Medium]) -> str:
    named = {match[1]: match[2] or match[3] or "" for match in _NAMED.finditer(values)}
    if named.get("src"):
        figures.append(Medium(named["src"], named.get("alt") or named.get("caption", "")))
    return ""


def _changes(body: str) -> Iterator[Change]:
    for name in dict.fromkeys(match[1] for match in _SHORTCODE.finditer(body)):
        yield Change(Kind.MARKUP, _("the shortcode {name} is only text here").format(name=name))
