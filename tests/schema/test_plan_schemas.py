"""Crisis plans and content/feeds.yml: the schema takes what the reader takes, and refuses what people get wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.schema.test_post_schema import flow, scalars, table
from tests.schema.yaml_json import as_json, objections, refusals
from toolkit.model import Severity
from toolkit.schema import collect_names, feeds_schema, playbook_schema
from toolkit.source import FrontMatter, decode, read_frontmatter
from toolkit.source.nodes import read_nodes
from toolkit.workspace import load_workspace
from toolkit.workspace.feeds import FEEDS as FEEDS_FILE
from toolkit.workspace.feeds import _read as read_feeds
from toolkit.workspace.keys import FEEDS, PLAYBOOK, Form, Key
from toolkit.workspace.playbooks import read_playbooks

ROOT = Path(__file__).parents[2]
PLAN, LISTEN = playbook_schema(), feeds_schema()
# What the shared samples do not have: durations, levels, scopes, scores, addresses.
OWN = st.sampled_from(
    [
        *("PT2H", "PT1H30M", "PT", "PT2X", "'PT30M'", "2h", "pt2h", "P1D", "1", "2", "3", "4", "'2'", "02", "4.5"),
        *(
            "all",
            "[all]",
            "channel:news",
            "['label:a b']",
            "label:",
            "[al]",
            "https://example.com/x",
            "ftp://example.com",
        ),
        *("press", "[press, vip]", "[police]", "ours", "negative", "HTTP://EXAMPLE.COM/"),
    ]
)


def written(key: Key) -> st.SearchStrategy[str]:
    """Flow YAML for one key, with what these files have besides."""
    if key.form in (Form.LIST, Form.TABLE):
        inner = st.fixed_dictionaries({}, optional={name: written(one) for name, one in key.keys.items()}).map(flow)
        if key.form is Form.TABLE:
            return st.one_of(scalars, inner, table(key))
        return st.one_of(scalars, st.lists(inner, max_size=2).map(lambda items: f"[{', '.join(items)}]"))
    return st.one_of(scalars, OWN)


def files(keys: dict[str, Key]) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(list(keys)), max_size=3, unique=True)
    values = {name: written(key) for name, key in keys.items()}
    return chosen.flatmap(lambda names: st.tuples(*(values[name].map(f"{name}: {{}}\n".format) for name in names))).map(
        "".join
    )


def plan_errors(text: str, root: Path) -> tuple[FrontMatter, list[str]]:
    """The front matter of a plan, and the errors of its readers."""
    (root / "guidelines/crisis").mkdir(parents=True, exist_ok=True)
    (root / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "probe"\n', encoding="utf-8")
    path = root / "guidelines/crisis/a.md"
    path.write_text(f"---\n{text}---\n# A\n", encoding="utf-8")
    workspace = load_workspace(root)
    handbook = workspace.handbook
    problems = [*read_playbooks(handbook)[1], *handbook.problems]
    source, found = decode("a.md", path.read_bytes())
    assert source is not None
    return read_frontmatter(source)[0], [
        str(one) for one in (*problems, *found) if one.severity is Severity.ERROR or "unknown danger" not in one.message
    ]


@given(text=files(dict(PLAYBOOK)))
def test_what_the_reader_of_plans_takes_the_schema_takes(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No plan that is read without an error is refused by the schema."""
    front, errors = plan_errors(text, tmp_path_factory.mktemp("plan"))
    if not errors:
        assert refusals(PLAN, front) == []


@given(text=files(dict(FEEDS)))
def test_what_the_reader_of_feeds_takes_the_schema_takes(text: str) -> None:
    """The same for content/feeds.yml."""
    _reading, problems = read_feeds(text.encode())
    if not problems:
        root = read_nodes(text)
        assert objections(LISTEN, None if root is None else as_json(root)) == []


@pytest.mark.parametrize(
    "line",
    [
        "levls: []",
        "levels: [{owner: anna}]",
        "levels: [{level: 4}]",
        "levels: [{level: 1, first_response: 30}]",
        "levels: [{level: 1, first_response: 30 min}]",
        "levels: [{level: 1, pause: [al]}]",
        "levels: [{level: 1, ownr: anna}]",
        "levels: [{level: 1, when: {score: [3]}}]",
        "levels: [{level: 1, when: {any_of: [police]}}]",
        "levels: [{level: 1, when: {series: loud}}]",
        "all_clear: {quiet_for: 24h}",
        "all_clear: {within: bald}",
        "drill_next: bald",
    ],
)
def test_a_mistake_in_a_plan_is_seen_by_both(line: str, tmp_path: Path) -> None:
    """The schema is more than lenient."""
    front, errors = plan_errors(f"{line}\n", tmp_path)
    assert errors
    assert refusals(PLAN, front)


@pytest.mark.parametrize(
    "line",
    [
        "feds: []",
        "feeds: [{name: a}]",
        "feeds: [{name: a, url: ftp://example.com}]",
        "feeds: [{name: a, url: https://example.com, kind: enemy}]",
        "terms: [{without: [x]}]",
        "terms: [{term: a, witout: [x]}]",
        "hashtags: [{tag: a}]",
    ],
)
def test_a_mistake_in_the_feeds_is_seen_by_both(line: str) -> None:
    """The same for content/feeds.yml."""
    assert read_feeds(f"{line}\n".encode())[1]
    assert objections(LISTEN, as_json(read_nodes(f"{line}\n")))


@pytest.mark.parametrize("aware", [False, True])
def test_the_plans_of_the_sample_fit(aware: bool) -> None:
    """Every plan of the sample, and its feeds where it has some, also where only existing names are allowed."""
    workspace = load_workspace(ROOT)
    names = collect_names(workspace) if aware else None
    plans, _problems = read_playbooks(workspace.handbook)
    assert len(plans) >= 2
    for plan in plans:
        assert refusals(playbook_schema(names), plan.places) == [], plan.path
    if FEEDS_FILE in set(workspace.tree.paths("content", ".yml")):
        root = read_nodes(workspace.tree.read(FEEDS_FILE).decode())
        assert objections(feeds_schema(names), as_json(root)) == []


@pytest.mark.parametrize("schema", [PLAN, LISTEN])
def test_they_are_schemas(schema: dict[str, object]) -> None:
    """Valid against the dialect that they name."""
    Draft202012Validator.check_schema(schema)
