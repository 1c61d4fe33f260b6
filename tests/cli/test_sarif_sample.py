"""`check --format sarif` of the sample workspace with posts that break rules of every kind."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.terminal import Verbs
from tests.cli.test_formats import sarif_schema

ROOT = Path(__file__).parents[2]
NOW = "2026-11-21T12:00+01:00"
BROKEN = """\
---
title: Neu im Laden
author: jule
status: ready
publish: 2026-12-01 07:30
channels: [mastodon, blusky]
campain: advent-2026
---
😀 Nordlichtkaffee ist da, endlich! [Zum Laden](http://example.com) #ADVENTSKAFFEE
"""


@pytest.fixture
def log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The log of a copy of the sample with one more post."""
    verbs = Verbs(tmp_path / "brand", capsys)
    for name in ("content", "guidelines"):
        shutil.copytree(ROOT / name, verbs.root / name)
    shutil.copy(ROOT / "leitstand.toml", verbs.root)
    verbs.write("content/posts/2026/12/broken.md", BROKEN)
    found: dict[str, Any] = json.loads(verbs("check", "--format", "sarif", "--no-cache", "--now", NOW, code=1))
    return found


def test_the_log_obeys_the_schema(log: dict[str, Any]) -> None:
    """What code scanning reads is SARIF 2.1.0."""
    assert list(sarif_schema().iter_errors(log)) == []


def test_every_rule_leads_to_a_page_of_the_handbook(log: dict[str, Any]) -> None:
    """A built-in rule to its page, one of the house to its box; every address is a file that the site is made of."""
    [run] = log["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {"names", "front-matter", "link", "markenname", "ausrufezeichen"} <= set(rules)
    for name, rule in rules.items():
        path, anchor = re.fullmatch(
            r"https://nordlicht\.example\.com/handbook/(.*)/(?:#(.*))?", rule["helpUri"]
        ).groups()  # type: ignore[union-attr]  # an address of another form fails here
        page = (ROOT / "guidelines" / f"{path}.md").read_text("utf-8")
        assert anchor is None or re.search(rf"(?m)^id: {re.escape(anchor)}$", page), name
        assert rule["help"]["markdown"]


def test_fixes_say_what_they_write(log: dict[str, Any]) -> None:
    """The brand's name is written right by deleting exactly the wrong one, counted in code points."""
    [run] = log["runs"]
    [wrong] = [result for result in run["results"] if result["ruleId"] == "markenname"]
    region = wrong["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 9, "startColumn": 3, "endLine": 9, "endColumn": 18}
    [change] = wrong["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "Nordlicht Kaffee"}}]
