"""A small workspace, and files in it as an editor holds them: ``‸`` is the caret."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from lsprotocol import types

from toolkit.lsp.completion import complete
from toolkit.lsp.definition import definition
from toolkit.lsp.hover import hover
from toolkit.lsp.scene import Scene
from toolkit.lsp.session import Open, Session
from toolkit.model import SetClock

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
POST = "content/posts/tuer-1.md"
SETTINGS = """\
format = 1

[workspace]
id = "nordlicht"
timezone = "Europe/Berlin"
languages = ["de", "en"]
interface = "en"
url = "https://nordlicht.example.com"

[people.jule]
name = "Jule Hansen"
roles = ["editor"]
deputy = "finja"
absences = [{ from = 2026-12-21, to = 2027-01-06 }]

[people.finja]
name = "Finja Brandt"

[accounts.mastodon]
network = "mastodon"

[accounts.insta-shop]
network = "instagram"
title = "Laden"
language = "en"
approvals = 1
hand_off = true

[policy]
quiet_hours = ["21:30-06:30"]
distance = 30
"""
FILES = {
    "guidelines/referenz/front-matter.md": "# Keys\n",
    "guidelines/referenz/regeln/names.md": "# names\n",
    "leitstand.toml": SETTINGS,
    "content/campaigns/advent-2026.md": (
        "---\ntitle: Advent\nowner: finja\nstart: 2026-12-01\nend: 2026-12-24\n"
        "goals: [{metric: orders, target: 400}]\n---\nMit #AdventsKaffee.\n"
    ),
    "content/posts/alt.md": (
        "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: Alt\npublish: 2026-11-22 09:00\nchannels: [mastodon]\n"
        "pillar: wissen\nlabels: [versand, made: up]\nmedia:\n  - {file: media/tuer.png, alt: Eine Tür}\n---\n"
        "#Röstung am Morgen\n"
    ).replace("made: up", '"zwei: Wörter"'),
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360606000000004000105"
    "27d4a20000000049454e44ae426082"
)


def make_workspace(root: Path) -> Path:
    """The workspace's files in `root`."""
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "content/media").mkdir()
    (root / "content/media/tuer.png").write_bytes(PICTURE)
    (root / "content/media/neu.png").write_bytes(PICTURE)
    return root


def scene_at(root: Path, marked: str, path: str = POST) -> tuple[Scene, types.Position]:
    """The file as it is without the caret, and where that stands."""
    before, _caret, after = marked.partition("‸")
    uri = (root / path).as_uri()
    session = Session(SetClock(NOW), {"LEITSTAND_LANG": "en"})
    scene = session.scene(Open(uri, before + after, 1), {uri: before + after})
    assert scene is not None
    return scene, scene.page.position(len(before))


def proposals(root: Path, marked: str, path: str = POST) -> list[str]:
    """What is proposed at the caret."""
    return [item.label for item in complete(*scene_at(root, marked, path))]


def written(root: Path, marked: str, label: str) -> str:
    """The text after the proposal called `label` is taken."""
    scene, position = scene_at(root, marked)
    item = next(item for item in complete(scene, position) if item.label == label)
    assert isinstance(item.text_edit, types.TextEdit)
    return edited(scene, [item.text_edit])


def edited(scene: Scene, edits: Iterable[types.TextEdit]) -> str:
    """The file's text after `edits`."""
    text = scene.page.text
    for edit in sorted(edits, key=lambda edit: scene.page.offset(edit.range.start), reverse=True):
        start, end = scene.page.offset(edit.range.start), scene.page.offset(edit.range.end)
        text = text[:start] + edit.new_text + text[end:]
    return text


def explained(root: Path, marked: str) -> str:
    """What is said about the place of the caret; "" for nothing."""
    found = hover(*scene_at(root, marked))
    if found is None:
        return ""
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


def leads_to(root: Path, marked: str) -> tuple[str, int] | None:
    """The file and line (from 1) that the name at the caret leads to."""
    found = definition(*scene_at(root, marked))
    return None if found is None else (found.uri.removeprefix(f"{root.as_uri()}/"), found.range.start.line + 1)
