"""Posts of a WXR file: published, planned and drafts; what is no post, is private or has a password is named and left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from toolkit.messages import _, ngettext
from toolkit.migration.archive import Archive, Channel, Item, Medium, Reading, Sending, State, problem_in
from toolkit.migration.base import Change, Kind
from toolkit.migration.fromhtml import read_html
from toolkit.migration.moments import read_moment
from toolkit.migration.wordpress.wxr import Blog, Entry, read_wxr
from toolkit.model import Problem

_STATES: Final[Mapping[str, State]] = {"publish": State.PUBLISHED, "future": State.PLANNED}
# Not of anybody's writing: menus, revisions, styles.
_OWN: Final = frozenset(
    {"attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "wp_global_styles"}
)
_GONE: Final = frozenset({"trash", "auto-draft", "inherit"})
_CAPTION: Final = re.compile(r"\[caption[^\[\]]*\]((?:(?!\[/?caption).)*+)\[/caption\]", re.DOTALL)
_SHORTCODE: Final = re.compile(r"\[/?([a-z][a-z0-9_-]{2,}+)(?:\s[^\[\]]*)?\]")
_BLOCKS: Final = re.compile(r"(?i)<(?:p|div|ul|ol|h[1-6]|blockquote|figure|pre)\b")


def read_wordpress(paths: Sequence[Path], reading: Reading) -> Archive:
    """The posts of all files; a large blog is exported in several."""
    problems: list[Problem] = []
    blogs = [blog for path in paths if (blog := read_wxr(path, problems)) is not None]
    attached = {entry.id: entry for blog in blogs for entry in blog.entries if entry.kind == "attachment"}
    changes = [change for blog in blogs for change in _others(blog)]
    posts = ((blog, entry) for blog in blogs for entry in blog.entries if entry.kind == "post")
    items = [_item(blog, entry, attached, reading) for blog, entry in posts if entry.status not in _GONE]
    channels = {blog.link: _channel(blog) for blog in blogs}
    if blogs and not items:
        problems.append(problem_in(blogs[0].path, _("no post in it; export posts, or all content")))
    return Archive(
        tuple(channels.values()), tuple({item.key: item for item in items}.values()), tuple(changes), tuple(problems)
    )


def _channel(blog: Blog) -> Channel:
    return Channel(blog.link, "wordpress", blog.link, blog.title or urlsplit(blog.link).hostname or "")


def _others(blog: Blog) -> Iterator[Change]:
    """What was not taken, counted: pages, products, posts in the bin."""
    kinds = Counter(entry.kind for entry in blog.entries if entry.kind != "post" and entry.kind not in _OWN)
    for kind, count in sorted(kinds.items()):
        message = _("{count} of the kind {kind} are no posts and stay behind")
        yield Change(Kind.LEFT, message.format(count=count, kind=kind))
    binned = sum(entry.kind == "post" and entry.status == "trash" for entry in blog.entries)
    if binned:
        yield Change(Kind.LEFT, _("{count} in the bin stay there").format(count=binned))


def _item(blog: Blog, entry: Entry, attached: Mapping[str, Entry], reading: Reading) -> Item:
    html = _CAPTION.sub(r"\1", entry.content)
    found = read_html(html if _BLOCKS.search(html) else _with_paragraphs(html))
    cover = attached.get(entry.meta.get("_thumbnail_id", ""))
    media = {medium.address: medium for medium in (*_cover(cover), *found.media)}
    changes = [*_changes(entry), *(_left(one) for one in found.left), *_shortcodes(found.markdown)]
    hidden = entry.status == "private" or entry.password
    state = State.DRAFT if hidden else _STATES.get(entry.status, State.DRAFT)
    at = read_moment(entry.moment_utc, utc=True) or reading.aware(read_moment(entry.moment))
    sending = Sending(blog.link, state, (found.markdown,), entry.link if state is State.PUBLISHED else "")
    return Item(
        key=entry.guid or f"{blog.link}#{entry.id}",
        source=f"{blog.path}#{entry.id}",
        at=at,
        sendings=(sending,),
        title=entry.title,
        media=tuple(media.values()),
        labels=entry.labels,
        changes=tuple(changes),
    )


def _with_paragraphs(html: str) -> str:
    """The classic editor keeps blank lines where readers see paragraphs, and line ends where they see breaks."""
    blocks = re.split(r"\n\s*\n", html.replace("\r\n", "\n").strip())
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


def _cover(entry: Entry | None) -> tuple[Medium, ...]:
    if entry is None or not entry.attachment:
        return ()
    return (Medium(entry.attachment, entry.meta.get("_wp_attachment_image_alt", "")),)


def _changes(entry: Entry) -> Iterator[Change]:
    if entry.status == "private":
        yield Change(Kind.DRAFT, _("private there; a draft here, and nothing of it is public"))
    if entry.password:
        yield Change(Kind.DRAFT, _("a password guards it there; a draft here"))
    if entry.comments:
        yield Change(Kind.LEFT, ngettext("{count} comment stays there", "{count} comments stay there", entry.comments))


def _left(what: str) -> Change:
    return Change(Kind.LEFT, _("{what} cannot stand in a post and is left out").format(what=what))


def _shortcodes(text: str) -> Iterator[Change]:
    names = dict.fromkeys(match[1] for match in _SHORTCODE.finditer(text.replace("\\", "")))
    for name in names:
        yield Change(Kind.MARKUP, _("the shortcode [{name}] is only text here").format(name=name))
