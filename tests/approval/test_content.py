"""The content hash: what voids an approval and what does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.approval import canonical_content, content_hash
from toolkit.model import Severity
from toolkit.settings import Settings, read_settings
from toolkit.source import FolderTree, read_post
from toolkit.workspace import Workspace

SETTINGS = """\
format = 1
[workspace]
id = "probe"
[accounts.mastodon]
network = "mastodon"
[accounts.bluesky]
network = "bluesky"
[accounts.bluesky-en]
network = "bluesky"
[accounts.news]
network = "feed"
"""

# The front matter as values, so that a mutation changes exactly one of them.
FRONT: dict[str, object] = {
    "uid": "01JDK3V7Q2M8X4T6R9A0B1C2D3",
    "title": "Adventskalender, Tür 1",
    "author": "redaktion",
    "status": "ready",
    "publish": "2026-10-25 02:30",
    "fold": 0,
    "timezone": "Europe/Berlin",
    "channels": ["mastodon", "bluesky", "bluesky-en"],
    "language": "de",
    "media": [{"file": "media/tuer.jpg", "kind": "photo", "alt": "Eine Hand", "crop": "4:5", "focus": [0.4, 0.5]}],
    "options": {
        "bluesky-en": {"language": "en", "publish": "2026-10-26 15:00"},
        "mastodon": {"visibility": "public", "content_warning": "Werbung"},
    },
}
BODY = """\
Hinter Tür 1: unser Winterröster, heute versandkostenfrei. [Zum Shop](https://example.com/winter)

## @bluesky

Kürzer für Bluesky: Tür 1 ist auf.

---

Ein zweiter Teil.
"""
PICTURE = bytes(range(256))


def load(folder: Path, front: dict[str, object], body: str = BODY, picture: bytes = PICTURE) -> Workspace:
    """A workspace whose one post is `front` (JSON is YAML) above `body`."""
    return load_text(folder, "---\n" + json.dumps(front, ensure_ascii=False) + "\n---\n" + body, picture)


def load_text(folder: Path, text: str, picture: bytes = PICTURE) -> Workspace:
    media = folder / "content/media"
    media.mkdir(parents=True, exist_ok=True)
    file = media / "tuer.jpg"
    if not file.exists() or file.read_bytes() != picture:
        file.write_bytes(picture)
    found = brand_settings()
    post, problems = read_post("content/posts/tuer.md", text.encode(), found)
    assert post is not None
    assert [problem for problem in problems if problem.severity is not Severity.HINT] == []
    return Workspace(folder, FolderTree(folder), found, (post,), {}, (), ())


@cache
def brand_settings() -> Settings:
    found, _problems = read_settings(SETTINGS)
    assert found is not None
    return found


def digest(workspace: Workspace) -> str:
    return content_hash(workspace.posts[0], workspace)


def altered(front: dict[str, object], path: tuple[str | int, ...], value: object) -> dict[str, object]:
    """A copy of `front` with another value at `path`."""
    copy: dict[str, object] = json.loads(json.dumps(front))
    at: object = copy
    for step in path[:-1]:
        at = at[step]  # type: ignore[index]  # JSON, walked by a path of ours
    at[path[-1]] = value  # type: ignore[index]
    return copy


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)
MINUTES = st.integers(0, 24 * 60 - 1).map(lambda minute: f"2026-12-03 {minute // 60:02}:{minute % 60:02}")
VALUES: dict[tuple[str | int, ...], st.SearchStrategy[object]] = {
    ("title",): WORDS.filter(lambda text: text.strip() == text),
    ("publish",): MINUTES,
    ("fold",): st.just(1),
    ("timezone",): st.sampled_from(["Europe/London", "UTC", "America/New_York"]),
    ("channels",): st.sampled_from([["mastodon"], ["mastodon", "bluesky"], ["mastodon", "bluesky", "news"], []]),
    ("language",): st.sampled_from(["en", "de-AT", "fr"]),
    ("media", 0, "alt"): WORDS,
    ("media", 0, "kind"): st.sampled_from(["graphic", "video", "document"]),
    ("media", 0, "crop"): st.sampled_from(["1:1", "16:9", "5:4", ""]),
    ("media", 0, "focus"): st.tuples(st.floats(0, 0.39), st.floats(0, 1)).map(list),
    ("media", 0, "file"): st.just("media/other.jpg"),
    ("media",): st.sampled_from([[], [{"order": "Foto Tür 1"}]]),
    ("options", "mastodon", "visibility"): st.sampled_from(["unlisted", "private", ""]),
    ("options", "mastodon", "sensitive"): st.sampled_from(["true", "false"]),
    ("options", "bluesky-en", "language"): st.sampled_from(["de", "fr"]),
    ("options", "bluesky-en", "media"): st.just([]),
    ("options", "bluesky-en", "publish"): st.one_of(MINUTES, st.just("2026-10-26 15:00+01:00")),
}
MUTATIONS = st.sampled_from(sorted(VALUES, key=str)).flatmap(lambda path: st.tuples(st.just(path), VALUES[path]))


@settings(max_examples=1000, deadline=None)
@given(mutation=MUTATIONS)
def test_every_change_of_a_value_voids(
    mutation: tuple[tuple[str | int, ...], object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another title, minute, zone, fold, offset, channel, option, language, alt text, crop or focus is other content."""
    folder = tmp_path_factory.getbasetemp() / "values"
    path, value = mutation
    assert digest(load(folder, altered(FRONT, path, value))) != GOLDEN


@settings(max_examples=1000, deadline=None)
@given(at=st.integers(0, len(BODY) - 2), char=st.characters(codec="utf-8", exclude_characters="\0\r\n"))
def test_every_change_of_a_character_voids(at: int, char: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One other character anywhere in the text, in any variant or part, is other content."""
    folder = tmp_path_factory.getbasetemp() / "text"
    inserted = BODY[:at] + char + BODY[at:]
    assert digest(load(folder, FRONT, inserted)) != GOLDEN
    if BODY[at] != char:
        replaced = BODY[:at] + char + BODY[at + 1 :]
        assert digest(load(folder, FRONT, replaced)) != GOLDEN


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, len(PICTURE) - 1), bit=st.integers(0, 7))
def test_every_bit_of_a_picture_counts(at: int, bit: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """One flipped bit of a medium is other content, though no name and no text changed."""
    folder = tmp_path_factory.getbasetemp() / "picture"
    flipped = bytearray(PICTURE)
    flipped[at] ^= 1 << bit
    assert digest(load(folder, FRONT, picture=bytes(flipped))) != GOLDEN


REWRITES: dict[str, Callable[[str], str]] = {
    "quotes": lambda text: text.replace("title: Adventskalender, Tür 1", 'title: "Adventskalender, T\\u00fcr 1"'),
    "key order": lambda text: text.replace("language: de\n", "").replace("---\nuid", "---\nlanguage: de\nuid", 1),
    "a label": lambda text: text.replace("status: ready", "status: ready\nlabels: [advent]"),
    "campaign and pillar": lambda text: text.replace("status: ready", "status: ready\ncampaign: a\npillar: b"),
    "status": lambda text: text.replace("status: ready", "status: review"),
    "block lists": lambda text: text.replace("channels: [mastodon, bluesky]", "channels:\n- mastodon\n- bluesky"),
    "order of channels": lambda text: text.replace("[mastodon, bluesky]", "[bluesky, mastodon]"),
    "a comment": lambda text: text.replace("language: de", "language: de  # German"),
    "windows line endings": lambda text: text.replace("\n", "\r\n"),
    "blank lines around the text": lambda text: text.replace("---\nHinter", "---\n\n\nHinter") + "\n\n",
    "no newline at the end": lambda text: text.removesuffix("\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "an approval": lambda text: text.replace(
        "language: de", "language: de\napproved: [{by: a, at: 2026-11-20T10:02:11+01:00, hash: sha256:0}]"
    ),
}
WRITTEN = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Adventskalender, Tür 1
author: redaktion
status: ready
publish: 2026-12-01 07:30
channels: [mastodon, bluesky]
language: de
media:
  - {file: media/tuer.jpg, alt: Eine Hand, focus: [0.4, 0.5]}
---
Hinter Tür 1: unser Winterröster.

Zweiter Absatz.
"""


@pytest.mark.parametrize("name", REWRITES)
def test_formatting_does_not_void(name: str, tmp_path: Path) -> None:
    """Quotes, key order, list style, line endings, labels, status and approvals are not content."""
    rewritten = REWRITES[name](WRITTEN)
    assert digest(load_text(tmp_path, rewritten)) == digest(load_text(tmp_path, WRITTEN))


def test_a_renamed_picture_is_the_same_picture(tmp_path: Path) -> None:
    """The bytes of a medium count, not its file name."""
    before = digest(load_text(tmp_path, WRITTEN))
    (tmp_path / "content/media/tuer-eins.jpg").write_bytes(PICTURE)
    assert digest(load_text(tmp_path, WRITTEN.replace("tuer.jpg", "tuer-eins.jpg"))) == before


def test_a_missing_picture_is_other_content_than_the_picture(tmp_path: Path) -> None:
    """A file that arrives after the approval voids it."""
    workspace = load_text(tmp_path, WRITTEN)
    before = digest(workspace)
    (tmp_path / "content/media/tuer.jpg").unlink()
    assert digest(workspace) != before


# The post of `FRONT` and `BODY`, as version 0.1.0 (form 1) hashed it. Neither line may ever change: whoever needs
# another form gives it another number.
GOLDEN = "sha256:33259b2d0a2f638b1f926b5dda8dcc1677fe80a07e09c2aa25f53b1c14761d64"
PICTURE_HASH = "40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880"
GOLDEN_CONTENT = {
    "accounts": {
        "bluesky": {
            "language": "de",
            "media": [
                {
                    "alt": "Eine Hand",
                    "bytes": PICTURE_HASH,
                    "crop": "4:5",
                    "focus": [0.4, 0.5],
                    "kind": "photo",
                    "order": "",
                }
            ],
            "network": "bluesky",
            "options": {},
            "publish": {"fold": 0, "offset": None, "wall": "2026-10-25T02:30:00", "zone": "Europe/Berlin"},
        },
        "bluesky-en": {
            "language": "en",
            "media": [
                {
                    "alt": "Eine Hand",
                    "bytes": PICTURE_HASH,
                    "crop": "4:5",
                    "focus": [0.4, 0.5],
                    "kind": "photo",
                    "order": "",
                }
            ],
            "network": "bluesky",
            "options": {},
            "publish": {"fold": None, "offset": None, "wall": "2026-10-26T15:00:00", "zone": "Europe/Berlin"},
        },
        "mastodon": {
            "language": "de",
            "media": [
                {
                    "alt": "Eine Hand",
                    "bytes": PICTURE_HASH,
                    "crop": "4:5",
                    "focus": [0.4, 0.5],
                    "kind": "photo",
                    "order": "",
                }
            ],
            "network": "mastodon",
            "options": {"content_warning": "Werbung", "visibility": "public"},
            "publish": {"fold": 0, "offset": None, "wall": "2026-10-25T02:30:00", "zone": "Europe/Berlin"},
        },
    },
    "channels": ["bluesky", "bluesky-en", "mastodon"],
    "form": 1,
    "next": False,
    "text": "Hinter Tür 1: unser Winterröster, heute versandkostenfrei. [Zum Shop](https://example.com/winter)\n"
    "\n"
    "## @bluesky\n"
    "\n"
    "Kürzer für Bluesky: Tür 1 ist auf.\n"
    "\n"
    "---\n"
    "\n"
    "Ein zweiter Teil.",
    "title": "Adventskalender, Tür 1",
}


def test_the_hash_of_a_known_post_never_changes(tmp_path: Path) -> None:
    """No upgrade changes the hash silently; a second implementation, four lines long, computes the same."""
    assert hashlib.sha256(PICTURE).hexdigest() == PICTURE_HASH
    text = json.dumps(GOLDEN_CONTENT, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest() == GOLDEN
    assert digest(load(tmp_path, FRONT)) == GOLDEN


def test_what_is_hashed_can_be_read(tmp_path: Path) -> None:
    """The canonical content is JSON that an auditor can read, without parser, rendition or clock."""
    workspace = load_text(tmp_path, WRITTEN)
    content = json.loads(canonical_content(workspace.posts[0], workspace))
    assert sorted(content) == ["accounts", "channels", "form", "next", "text", "title"]
    assert content["text"] == "Hinter Tür 1: unser Winterröster.\n\nZweiter Absatz."
    moment = {"wall": "2026-12-01T07:30:00", "zone": "Europe/Berlin", "fold": None, "offset": None}
    assert content["accounts"]["mastodon"]["publish"] == moment
