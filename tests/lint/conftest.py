"""A small workspace to check samples in. In a sample, «…» marks where the rule must point; the marks are taken out."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit.lint import LedgerRow, check_workspace
from toolkit.model import Problem, SourceText
from toolkit.workspace import Workspace, load_workspace

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SETTINGS = """format = 1

[workspace]
id = "nordlicht"
name = "Nordlicht Kaffee"
timezone = "Europe/Berlin"
languages = ["de", "en"]

[people.redaktion]
roles = ["editor"]

[people.leitung]
roles = ["manager"]

[accounts.mastodon]
network = "mastodon"

[accounts.mastodon-en]
network = "mastodon"
language = "en"

[accounts.bluesky]
network = "bluesky"

[accounts.feed]
network = "feed"
"""
HANDBOOK_PAGE = "guidelines/krise.md"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
JPEG = b"\xff\xd8\xff\xe0" + bytes(32)


class Desk:
    """A workspace in a folder; posts are written as samples and checked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings(SETTINGS)

    def settings(self, text: str) -> None:
        """Replace leitstand.toml."""
        self.write("leitstand.toml", text)

    def write(self, path: str, content: str | bytes) -> Path:
        """A file of the workspace, with its line endings as given."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def post(self, sample: str, path: str = "content/posts/post.md") -> list[tuple[int, int]]:
        """Write a sample; returns the places that it marks."""
        text, places = unmarked(sample)
        self.write(path, text)
        return places

    def block(self, kind: str, *blocks: str) -> None:
        """A handbook page with these blocks of YAML; the first one's keys begin in line 10."""
        fences = "".join(f"\n```{kind}\n{block}```\n" for block in blocks)
        self.write(HANDBOOK_PAGE, f"---\ntitle: Krise\nowner: leitung\n---\n# Krise\n\nWarum das so ist.\n{fences}")

    def on_page(self, rule: str) -> list[str]:
        """What the rule says about that page."""
        found = [problem for problem in self.check(rule) if problem.path == HANDBOOK_PAGE]
        return [f"{problem.span.line}:{problem.span.col} {problem.message}" for problem in found]

    def load(self) -> Workspace:
        return load_workspace(self.root)

    def check(self, rule: str = "", *, now: datetime = NOW, ledger_rows: Collection[LedgerRow] = ()) -> list[Problem]:
        """The problems of one rule, or all."""
        found = check_workspace(self.load(), now=now, ledger_rows=ledger_rows)
        return [problem for problem in found if problem.rule == rule or not rule]

    def messages(self, rule: str, sample: str, *, now: datetime = NOW) -> list[str]:
        """What the rule says about a sample; the places must be exactly the marked ones."""
        places = self.post(sample)
        problems = [problem for problem in self.check(rule, now=now) if problem.path == "content/posts/post.md"]
        source = SourceText("post.md", unmarked(sample)[0])
        found = [
            (source.offset(p.span.line, p.span.col), source.offset(p.span.end_line, p.span.end_col)) for p in problems
        ]
        assert found == places
        return [problem.message for problem in problems]


def unmarked(sample: str) -> tuple[str, list[tuple[int, int]]]:
    """The sample without its marks, and the offsets of what was marked; a leading line break is the test's own."""
    text, places, at = "", [], 0
    for piece in re.split(r"(«|»)", sample.removeprefix("\n")):
        if piece == "«":
            at = len(text)
        elif piece == "»":
            places.append((at, len(text)))
        else:
            text += piece
    return text, places


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
