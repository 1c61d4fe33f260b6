"""Posts of a Jekyll site: Markdown as it is, pictures out of it, Liquid named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State
from toolkit.migration.base import Change, Kind
from toolkit.migration.fromhtml import read_html
from toolkit.migration.moments import read_moment
from toolkit.migration.plaintext import as_read
from toolkit.migration.sitefile import Page, read_page, read_settings_file
from toolkit.migration.sitemedia import local_medium, take_media
from toolkit.model import Problem, zone

_NAME: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)\.(?:md|markdown|mkd|mkdown|html)", re.IGNORECASE)
_ENDINGS: Final = (".md", ".markdown", ".mkd", ".mkdown", ".html")
_LIQUID: Final = re.compile(r"\{%-?\s*+(\w++)[^%]*%\}|\{\{[^{}]*\}\}")
_BASE: Final = re.compile(r"\{\{\s*+site\.(?:baseurl|url)\s*+(?:\|[^{}]*)?\}\}")


def read_jekyll(paths: Sequence[Path], reading: Reading) -> Archive:
    """The posts and drafts of a site's folder; raises `UsageError` when there is no ``_posts``."""
    problems: list[Problem] = []
    items: list[Item] = []
    channels: dict[str, Channel] = {}
    for folder in paths:
        if not folder.is_dir() or not any(folder.rglob("_posts")):
            raise UsageError(_("{folder} is no Jekyll site: there is no _posts in it").format(folder=folder))
        site = read_settings_file(folder / "_config.yml")
        url = str(site.get("url") or "").rstrip("/")
        channels["blog"] = Channel("blog", "", url, str(site.get("title") or folder.name))
        named = str(site.get("timezone") or "")
        here = Reading(named if named and zone(named) else reading.zone, reading.now, reading.days)
        items += _items(folder, here, url, problems)
    return Archive(tuple(channels.values()), tuple(items), problems=tuple(problems))


def _items(folder: Path, reading: Reading, url: str, problems: list[Problem]) -> Iterator[Item]:
    files = [path for name in ("_posts", "_drafts") for place in folder.rglob(name) for path in place.rglob("*")]
    for path in sorted(set(files)):
        if path.suffix.lower() in _ENDINGS and path.is_file() and not path.is_symlink() and "_site" not in path.parts:
            page = read_page(path, path.relative_to(folder).as_posix(), problems)
            if page is not None:
                yield _item(folder, path, page, reading, url)


def _item(folder: Path, path: Path, page: Page, reading: Reading, url: str) -> Item:
    at = _moment(path, page, reading)
    kept_back = page.text("published").lower() == "false" or "_drafts" in path.parts
    state = State.DRAFT if kept_back else reading.state_by_time(at)
    body = _BASE.sub("", page.body)
    changes = tuple(_changes(body))
    if path.suffix.lower() == ".html":
        found = read_html(body)
        text, media = found.markdown, found.media
    else:
        text, media = take_media(body, url)
        text = as_read(text)
    media = tuple(local_medium(medium, folder, (folder,), path.parent) for medium in (*_cover(page), *media))
    match = _NAME.fullmatch(path.name)
    address = page.text("permalink")
    sending = Sending(
        "blog", state, (text,), f"{url}{address}" if url and address.startswith("/") and state.over else ""
    )
    return Item(
        key=page.path,
        source=page.path,
        at=at,
        sendings=(sending,),
        title=page.text("title") or (match[4] if match else path.stem).replace("-", " ").strip().capitalize(),
        media=tuple({medium.address: medium for medium in media}.values()),
        labels=page.words("tags", "tag", "categories", "category"),
        changes=changes,
    )


def _moment(path: Path, page: Page, reading: Reading) -> datetime | None:
    """`date` wins over the name; a bare day means its first moment, as Jekyll reads it."""
    match = _NAME.fullmatch(path.name)
    named = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else ""
    return reading.aware(read_moment(page.text("date")) or read_moment(named))


def _cover(page: Page) -> tuple[Medium, ...]:
    image = page.values.get("image")
    if isinstance(image, Mapping):
        address = str(image.get("path") or image.get("url") or "")
        return (Medium(address, str(image.get("alt") or "")),) if address else ()
    return (Medium(str(image), page.text("image_alt")),) if isinstance(image, str) and image else ()


def _changes(body: str) -> Iterator[Change]:
    found = dict.fromkeys(match[1] or match[0] for match in _LIQUID.finditer(body))
    for what in found:
        yield Change(Kind.MARKUP, _("Liquid's {what} is only text here").format(what=what))
