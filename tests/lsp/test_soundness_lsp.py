"""Whatever is half written, every feature has an answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from tests.lsp.bench import POST, make_workspace, scene_at
from toolkit.lsp.actions import code_actions
from toolkit.lsp.completion import complete
from toolkit.lsp.definition import definition
from toolkit.lsp.diagnostics import diagnostics
from toolkit.lsp.hints import inlay_hints
from toolkit.lsp.hover import hover
from toolkit.lsp.symbols import symbols

WHOLE = types.Range(types.Position(0, 0), types.Position(999, 0))
TEXT = """\
---
title: Tür 1 😀
author: jule
status: ready
publish: 2026-12-01 07:30
channels: [mastodon, insta-shop]
campaign: advent-2026
labels:
  - versand
media:
  - file: media/tuer.png
    alt: Eine Tür
options:
  mastodon: {visibility: public, publish: 2026-12-01 08:00}
ignore: [{rule: link, reason: x}]
---
Hinter Tür 1: #ADVENTSKAFFEE [Zum Shop](https://example.com)

---

Zwei

## @insta-shop

Anders 😀
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One workspace for all examples: nothing is written into it."""
    return make_workspace(tmp_path_factory.mktemp("sound"))


@given(
    cut=st.integers(0, len(TEXT)),
    gone=st.integers(0, 40),
    typed=st.text(st.sampled_from("a:-#@[]{},\"' \n\r\t😀\u2028\0\ud83d"), max_size=6),
)
def test_every_feature_answers_in_every_text(kept: Path, cut: int, gone: int, typed: str) -> None:
    """A stretch of a post is gone and something else typed there: nothing raises, and every place lies in the text."""
    scene, at = scene_at(kept, f"{TEXT[:cut]}{typed}‸{TEXT[cut + gone :]}")
    last = scene.page.position(len(scene.page.text))
    places = [one.range for one in diagnostics(scene)]
    places += [one.text_edit.range for one in complete(scene, at) if isinstance(one.text_edit, types.TextEdit)]
    told = hover(scene, at)
    places += [told.range] if told is not None and told.range is not None else []
    places += [one.range for one in symbols(scene)]
    places += [types.Range(one.position, one.position) for one in inlay_hints(scene, WHOLE)]
    for action in code_actions(scene, (kept / POST).as_uri(), types.Range(at, at)):
        assert action.edit is not None
        places += [edit.range for edits in (action.edit.changes or {}).values() for edit in edits]
    definition(scene, at)
    assert all(place.start <= place.end <= last for place in places)
