"""A part as the record that is published: text, facets, languages, labels, embed and place in the thread. Pure.

Lexicon: app.bsky.feed.post, https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from toolkit.model import Part, RichSpan, SpanKind
from toolkit.networks.bluesky.syntax import is_collection, is_did, is_handle, is_language, is_record_key
from toolkit.networks.jsonvalues import fields, items, text
from toolkit.values import dataclass

POST: Final = "app.bsky.feed.post"
IMAGES: Final = "app.bsky.embed.images"
EXTERNAL: Final = "app.bsky.embed.external"
# https://docs.bsky.app/docs/advanced-guides/moderation#self-labels; the last hides a post from people not signed in.
LABELS: Final = ("sexual", "nudity", "porn", "graphic-media", "!no-unauthenticated")

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: ``at://repo/collection/rkey``."""

    repo: str
    collection: str
    rkey: str

    def __str__(self) -> str:
        return f"at://{self.repo}/{self.collection}/{self.rkey}"

    @property
    def params(self) -> dict[str, str]:
        return {"repo": self.repo, "collection": self.collection, "rkey": self.rkey}


def read_place(uri: str) -> Place | None:
    """The place that an ``at://`` address names; None when it is none."""
    repo, _slash, below = uri.removeprefix("at://").partition("/")
    collection, _slash, key = below.partition("/")
    right = uri.startswith("at://") and is_collection(collection) and is_record_key(key)
    return Place(repo, collection, key) if right and (is_did(repo) or is_handle(repo)) else None


def web_url(handle: str, place: Place) -> str:
    """Where people see a post."""
    return f"https://bsky.app/profile/{handle or place.repo}/post/{place.rkey}"


def make_record(part: Part, language: str, created_at: str, dids: Mapping[str, str]) -> Record:
    """The record of `part` without embed and reply; `dids` says who the mentioned handles are."""
    record: Record = {"$type": POST, "text": part.text, "createdAt": created_at}
    return record | _changeable(part, language, dids)


def change_record(record: Mapping[str, object], part: Part, language: str, dids: Mapping[str, str]) -> Record:
    """`record` with the text of `part`, and its alt texts where the pictures are as many; all else stays."""
    kept = {name: value for name, value in record.items() if name not in {"facets", "langs", "labels"}}
    changed = kept | {"text": part.text} | _changeable(part, language, dids)
    embed = fields(record.get("embed"))
    images = [fields(image) for image in items(embed.get("images"))]
    if images and len(images) == len(part.attachments):
        alts = [attachment.alt for attachment in part.attachments]
        described = [{**image, "alt": alt} for image, alt in zip(images, alts, strict=True)]
        changed["embed"] = {**embed, "images": described}
    return changed


def _changeable(part: Part, language: str, dids: Mapping[str, str]) -> Record:
    labels = read_labels(part)
    found: Record = {
        "facets": make_facets(part, dids),
        "langs": [language] if is_language(language) else [],
    }
    if labels:
        values = [{"val": label} for label in labels]
        found["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": values}
    return {name: value for name, value in found.items() if value}


def make_facets(part: Part, dids: Mapping[str, str]) -> list[Record]:
    """The links, mentions and hashtags of a text, as posts and direct messages have them."""
    return list(_facets(part.spans, dids))


def read_labels(part: Part) -> list[str]:
    """The labels that the author set, as written."""
    return [label for label in re.split(r"[\s,]+", part.fields.get("labels", "")) if label]


def mentioned(parts: Iterable[Part]) -> list[str]:
    """The handles that the parts mention, each once."""
    spans = (span for part in parts for span in part.spans)
    return list(dict.fromkeys(span.target for span in spans if span.kind is SpanKind.MENTION))


def _facets(spans: Iterable[RichSpan], dids: Mapping[str, str]) -> Iterable[Record]:
    for span in spans:
        feature = _feature(span, dids)
        if feature:
            yield {"index": {"byteStart": span.start, "byteEnd": span.end}, "features": [feature]}


def _feature(span: RichSpan, dids: Mapping[str, str]) -> Record:
    name = "app.bsky.richtext.facet"
    match span.kind:
        case SpanKind.LINK:
            return {"$type": f"{name}#link", "uri": span.target}
        case SpanKind.HASHTAG:
            return {"$type": f"{name}#tag", "tag": span.target}
    did = dids.get(span.target, "")
    return {"$type": f"{name}#mention", "did": did} if did else {}


def reply_refs(parent: object) -> Record:
    """The references of a record that answers `parent`, as `com.atproto.repo.getRecord` tells it."""
    own = {"uri": text(parent, "uri"), "cid": text(parent, "cid")}
    root = fields(fields(fields(fields(parent).get("value")).get("reply")).get("root"))
    return {"root": {"uri": text(root, "uri"), "cid": text(root, "cid")} if root else own, "parent": own}
