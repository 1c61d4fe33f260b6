"""The card below a post with a link and no picture: written by the author, or read from the page when asked for.

Lexicon: app.bsky.embed.external. The page is asked through the guarded client, once: what it said is kept with the
record that shows it. A page that cannot be read makes a post without a card, since the link stands in the text.
Source of the page's part: https://ogp.me
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin

from toolkit.model import Attachment, Part
from toolkit.networks.bluesky.record import EXTERNAL
from toolkit.networks.bluesky.render import CARD
from toolkit.networks.bluesky.uploads import Uploads
from toolkit.networks.limits import limit
from toolkit.pictures import Frame, Picture, PictureError, crop_picture
from toolkit.values import dataclass
from toolkit.web import Web, WebError

WIDTH: Final = 1200  # pixels of the picture of a page
AUTO: Final = "auto"
TIME: Final = 15.0  # seconds for the page, and again for its picture
LARGEST: Final = 4_000_000  # bytes of either
_PARTS: Final = {"og:title": "title", "og:description": "description", "og:image": "image", "description": "summary"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about itself."""

    title: str = ""
    description: str = ""
    image: str = ""  # its address


def make_card(part: Part, web: Web, uploads: Uploads) -> dict[str, object]:
    """The embed of the card of `part`; empty where it has none. Raises what `Uploads` raises."""
    link = part.fields.get("card_link", "")
    if not link:
        return {}
    page = read_page(web, link) if part.fields.get("card") == AUTO else Page()
    title = part.fields.get("card_title") or page.title
    if not title:
        return {}
    description = part.fields.get("card_description") or page.description
    card: dict[str, object] = {"uri": link, "title": title, "description": description}
    thumb = _thumb(part, page, web, uploads)
    if thumb is not None:
        card["thumb"] = uploads.blob(thumb)
    return {"$type": EXTERNAL, "external": card}


def pictures_of(part: Part) -> tuple[Attachment, ...]:
    """The media of `part` that are not its card's."""
    return tuple(attachment for attachment in part.attachments if attachment.kind != CARD)


def _thumb(part: Part, page: Page, web: Web, uploads: Uploads) -> Picture | None:
    most = limit("bluesky", "card_image_size")
    for attachment in part.attachments:
        if attachment.kind == CARD:
            return uploads.picture(attachment, most)
    if not page.image:
        return None
    try:
        reply = web.request("GET", page.image, timeout=TIME, max_bytes=LARGEST)
        return crop_picture(reply.body, Frame(width=WIDTH, size=most)) if reply.ok else None
    except (WebError, PictureError):
        return None


def read_page(web: Web, link: str) -> Page:
    """What the page at `link` says about itself; nothing where it cannot be read."""
    try:
        reply = web.request("GET", link, headers={"Accept": "text/html"}, timeout=TIME, max_bytes=LARGEST)
    except WebError:
        return Page()
    if not reply.ok or "html" not in reply.headers.get("content-type", ""):
        return Page()
    return parse_page(reply.text, reply.url or link)


def parse_page(html: str, link: str) -> Page:
    """The title, description and picture that the HTML of the page at `link` names."""
    head = _Head()
    try:
        head.feed(html)
        image = urljoin(link, head.found.get("image", "").strip()) if head.found.get("image") else ""
    except (AssertionError, ValueError):  # the parser's words for markup that is none, and for no address
        image = ""
    found = {name: " ".join(value.split()) for name, value in head.found.items()}
    title = found.get("title") or " ".join("".join(head.heading).split())
    return Page(title, found.get("description") or found.get("summary", ""), image)


@dataclass
class _Head(HTMLParser):
    found: dict[str, str] = field(default_factory=dict)
    heading: list[str] = field(default_factory=list)
    in_title: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self.in_title = not self.heading
        if tag == "meta":
            self._meta({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.heading.append(data)

    def _meta(self, attrs: Mapping[str, str]) -> None:
        name = _PARTS.get((attrs.get("property") or attrs.get("name") or "").strip().lower())
        if name and attrs.get("content"):
            self.found.setdefault(name, attrs["content"])
