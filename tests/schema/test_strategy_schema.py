"""The schema of the social media plan and of a campaign's working plan takes what the reader takes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.schema.test_plan_schemas import files
from tests.schema.yaml_json import as_json, refusals
from toolkit.model import Severity
from toolkit.schema import campaign_schema, collect_names, strategy_schema
from toolkit.source import FrontMatter, decode, read_frontmatter
from toolkit.strategy import read_strategy
from toolkit.strategy.keys import STRATEGY_PAGE
from toolkit.workspace import load_workspace

ROOT = Path(__file__).parents[2]
PLAN = strategy_schema()


def read(text: str, root: Path) -> tuple[FrontMatter, list[str]]:
    """The front matter of a plan, and the errors of its readers."""
    (root / "guidelines").mkdir(parents=True, exist_ok=True)
    (root / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "probe"\n', encoding="utf-8")
    path = root / "guidelines/strategy.md"
    path.write_text(f"---\n{text}---\n# A\n", encoding="utf-8")
    workspace = load_workspace(root)
    problems = [*workspace.problems, *read_strategy(workspace).problems, *workspace.handbook.problems]
    source, _found = decode("a.md", path.read_bytes())
    assert source is not None
    return read_frontmatter(source)[0], [str(one) for one in problems if one.severity is Severity.ERROR]


def test_the_sample_is_taken() -> None:
    """The plan and the campaigns of the sample workspace are what the schemas allow, with the names that exist."""
    workspace = load_workspace(ROOT)
    names, plan = collect_names(workspace), read_strategy(workspace)
    assert plan.places is not None
    assert refusals(strategy_schema(names), plan.places) == []
    for one in workspace.campaigns.values():
        source, _problems = decode(one.path, workspace.tree.read(one.path))
        assert source is not None
        assert refusals(campaign_schema(names), read_frontmatter(source)[0]) == []


@given(files(dict(STRATEGY_PAGE)))
def test_what_the_reader_takes_the_schema_takes(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever stands there: an editor never marks what check lets pass."""
    front, errors = read(text, tmp_path_factory.getbasetemp() / "plan-schema")
    if front.root is not None and not errors:
        assert refusals(PLAN, front) == [], (text, as_json(front.root))


@pytest.mark.parametrize(
    "text",
    [
        "pilars: []\n",
        "pillars: [{title: Produkt}]\n",
        "channels: [{channel: mastodon}]\n",
        "budget: [{for: Fotos, amount: -3, year: 2026}]\n",
        "goals: [{metric: orders}]\n",
        "audiences: alle\n",
    ],
)
def test_what_people_get_wrong_is_refused_by_both(tmp_path: Path, text: str) -> None:
    """A slip is marked in any editor, and by check."""
    front, errors = read(text, tmp_path)
    assert errors
    assert refusals(PLAN, front)


@given(st.sampled_from(["", "15", "15 %", "'15%'", "15,5 %", "1e1", "~"]))
def test_shares_are_taken_as_people_write_them(tmp_path_factory: pytest.TempPathFactory, share: str) -> None:
    """The schema takes every form of a share that the reader takes."""
    front, errors = read(
        f"pillars: [{{name: a, least: {share}}}]\n".replace("15,5 %", '"15,5 %"'),
        tmp_path_factory.getbasetemp() / "share",
    )
    assert errors or refusals(PLAN, front) == []
