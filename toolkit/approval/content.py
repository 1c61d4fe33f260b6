"""The hash that an approval is given for.

It covers what people decide about a post: the text as written, title, channels, and per channel language, moment
(wall time, zone, fold, offset), options and media with the hash of their bytes. It covers no rendition and no parse
of the Markdown, so that neither an upgrade nor a new time zone database voids an approval; and neither labels,
campaign, pillar nor status, which are not sent. Line endings and blank lines around the text do not count either:
git and editors change those on their own.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Final

from toolkit.model import Media, MediaKind, Post, Repeat, WallTime
from toolkit.workspace import Draft, MediaDigests, Workspace, drafts, media_path

# Part of the hashed text. A change of the form below voids every approval in the world, so it gets a new number.
FORM: Final = 1
HASH: Final = "sha256:"  # how every hash begins


def content_hash(post: Post, workspace: Workspace) -> str:
    """``sha256:…`` over `canonical_content`."""
    return hash_content(canonical_content(post, workspace))


def hash_content(content: str) -> str:
    """``sha256:…`` over what `canonical_content` made."""
    return HASH + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def canonical_content(post: Post, workspace: Workspace) -> str:
    """What is approved, as JSON with sorted keys and no spaces."""
    digests = MediaDigests(workspace.tree)
    content = {
        "form": FORM,
        "title": post.title,
        "text": post.body.replace("\r\n", "\n").replace("\r", "\n").strip("\n"),
        "channels": sorted(set(post.channels)),
        "next": post.publish_next,
        **({"repeat": _repeat(post.repeat, digests)} if post.repeat else {}),
        **({"correction": asdict(post.correction)} if post.correction else {}),
        **({"retract": asdict(post.retraction)} if post.retraction else {}),
        "accounts": {draft.account.name: _channel(draft, digests) for draft in drafts(post, workspace.settings)},
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _channel(draft: Draft, digests: MediaDigests) -> dict[str, object]:
    return {
        # The network's name chooses the text variant.
        "network": draft.account.network,
        "language": draft.language,
        "publish": _moment(draft.publish),
        "options": _written_options(draft),
        "media": [{**_medium(medium, digests), **_subtitles(medium, draft, digests)} for medium in draft.media],
    }


def _subtitles(medium: Media, draft: Draft, digests: MediaDigests) -> dict[str, object]:
    """The subtitles beside a film, where there are any: they go out with it. Without, the hash is what it always was."""
    if medium.kind is not MediaKind.VIDEO or not medium.file:
        return {}
    from toolkit.pictures import caption_names  # with everything that is known of pictures and films

    names = caption_names(medium.file, draft.language)
    found = {name: digests.digest(name) for name in names if digests.tree.exists(media_path(name))}
    return {"subtitles": found} if found else {}


def _written_options(draft: Draft) -> dict[str, str]:
    """What the post sets. Defaults of the account are the operator's: a moved feed file must not void approvals."""
    options = draft.post.options
    chosen = [options[name] for name in (draft.account.network, draft.account.name) if name in options]
    return {key: value for option in chosen for key, value in option.values.items()}


def _moment(publish: WallTime | None) -> dict[str, object] | None:
    if publish is None:
        return None
    return {
        "wall": publish.wall.isoformat(),
        "zone": publish.zone,
        "fold": publish.fold,
        "offset": None if publish.offset is None else int(publish.offset.total_seconds()),
    }


def _repeat(repeat: Repeat, digests: MediaDigests) -> dict[str, object]:
    """Absent for a post that comes once, whose hash is what it was before posts could come again."""
    return {
        "rule": repeat.rule,
        "except": [day.isoformat() for day in sorted(repeat.left_out)],
        "instances": {
            day.isoformat(): {
                "publish": _moment(own.publish),
                "media": None if own.media is None else [_medium(medium, digests) for medium in own.media],
            }
            for day, own in repeat.own.items()
        },
    }


def _medium(medium: Media, digests: MediaDigests) -> dict[str, object]:
    return {
        "bytes": digests.digest(medium.file),
        "order": medium.order,
        "kind": medium.kind.value,
        "alt": medium.alt,
        "crop": medium.crop,
        "focus": None if medium.focus is None else list(medium.focus),
    }
