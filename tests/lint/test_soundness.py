"""Whatever people type, checking ends with problems that lie in the file, never with a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lint.conftest import JPEG, SETTINGS, Desk
from toolkit.lint import check_workspace
from toolkit.networks import NETWORKS
from toolkit.source import read_post
from toolkit.workspace import Workspace

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
POST = """---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
title: Tür 1
author: redaktion
status: ready
publish: 2026-12-01 07:30
fold: 1
timezone: Europe/Berlin
channels: [mastodon, bluesky, feed, all]
campaign: advent
media:
  - {file: media/a.jpg, alt: Bild von IMG_1.jpg, crop: 4:5}
  - {order: Foto, due: 2026-11-01}
options:
  bluesky: {publish: 2026-10-25 02:30, language: fr}
approved:
  - {by: leitung, at: 2026-11-20T10:02:11+01:00, hash: sha256:0}
ignore:
  - {rule: link, reason: darf}
---
Hinter Tür 1: [Zum Shop](http://example.com/a?b=c#d) www.example.de #nordlichtkaffee @uns@example.social
---
Zwei <b>fett</b> <!-- still --> `code` https://localhost:80 mailto:a@b.de 👨‍👩‍👧‍👦

## @bluesky

Kürzer

- - -

#BLACKFRIDAY [x](javascript:alert(1))
"""
TYPED = st.text(st.sampled_from("aZ1ä👍‍🏽 :-#@/\n\r\t'\"[](){},&*!|>\\._%?=\u2028\x85\u202e"), max_size=8)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with an account on every network."""
    desk = Desk(tmp_path_factory.mktemp("sound"))
    others = "".join(f'\n[accounts.{name}-x]\nnetwork = "{name}"\n' for name in NETWORKS)
    desk.settings(f"{SETTINGS}{others}\n[policy]\napprovals = 1\nquiet_hours = ['21:00-08:00']\n")
    desk.write("content/campaigns/advent.md", "---\nstart: 2026-12-02\n---\n")
    desk.write("content/media/a.jpg", JPEG)
    return desk.load()


@given(st.data())
def test_no_slip_of_the_hand_crashes_a_rule(workspace: Workspace, data: st.DataObject) -> None:
    """A post that gives every rule something to say, mistyped at random, on every network."""
    text = POST.replace("all]", ", ".join(f"{name}-x" for name in NETWORKS) + "]")
    for _step in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 20)))
        text = text[:start] + data.draw(TYPED) + text[end:]
    check(workspace, text)


@given(st.lists(TYPED, max_size=30).map("".join))
def test_no_text_crashes_a_rule(workspace: Workspace, body: str) -> None:
    """Any text below a sound front matter."""
    head = POST[: POST.index("Hinter")].replace("all]", ", ".join(f"{name}-x" for name in NETWORKS) + "]")
    check(workspace, head + body)


def check(workspace: Workspace, text: str) -> None:
    post, problems = read_post("content/posts/x.md", text.encode(), workspace.settings)
    assert post is not None
    found = check_workspace(replace(workspace, posts=(post,), problems=tuple(problems)), now=NOW)
    for problem in found:
        if problem.path == post.path:
            start = post.source.offset(problem.span.line, problem.span.col)
            end = post.source.offset(problem.span.end_line, problem.span.end_col)
            assert 0 <= start <= end <= len(post.source.text)
        if problem.fix is not None:
            assert 0 <= problem.fix.start <= problem.fix.end <= len(post.source.text)


def test_the_sample_gives_every_rule_something_to_say(workspace: Workspace, tmp_path: Path) -> None:
    """The mistyped post is a fair test: as it stands, it already meets most rules."""
    text = POST.replace(", all]", "]").replace("rule: link", "rule: length")
    post, problems = read_post("content/posts/x.md", text.encode(), workspace.settings)
    assert post is not None
    found = check_workspace(replace(workspace, posts=(post,), problems=tuple(problems)), now=NOW)
    assert {problem.rule for problem in found} >= {
        "names", "publish-time", "alt-text", "media", "link", "campaign", "approval", "hashtag-case", "thread-break",
        "front-matter",
    }  # fmt: skip
