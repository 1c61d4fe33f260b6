from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.schema.yaml_json import described, refusals
from toolkit.lint import check_workspace
from toolkit.model import Severity
from toolkit.schema import campaign_schema, collect_names, post_schema
from toolkit.schema.fragments import Fragment, plain_value
from toolkit.settings import Settings
from toolkit.source import FrontMatter, decode, read_frontmatter, read_post
from toolkit.workspace import Workspace, load_workspace
from toolkit.workspace.campaigns import read_campaign
from toolkit.workspace.keys import CAMPAIGN, POST, Form, Key, Naming

ROOT = Path(__file__).parents[2]
BROKEN = ROOT / "tests/broken"
SETTINGS = Settings(id="nordlicht", name="Nordlicht", timezone="Europe/Berlin")
READERS_OWN = {"front-matter", "encoding"}

# Values as people write them, right and wrong ones for every form of key.
SCALARS = [
    *(
        "advent",
        "'advent'",
        '"advent"',
        "''",
        "~",
        "null",
        "''",
        "2026",
        "'2026'",
        "1.5",
        "1e3",
        "true",
        "'true'",
        "no",
    ),
    *("0", "'0'", "1", "007", "'5'", "-1", "1234567890", "12:30", "4:5", "0:5", "'4:5'", ".5", "inf", "+3", "0.0"),
    *("2026-12-01", "'2026-12-01'", "20261201", "2026-W49-2", "2026-13-01", "01.12.2026", "2026-12-01x"),
    *("2026-12-01 07:30", "'2026-12-01 07:30'", "2026-12-01T07:30", "2026-12-01 07:30:00+01:00", "2026-12-01 07:30 Z"),
    *(
        "2026-12-01 7",
        "2026-12-01 99:99",
        "next",
        "' next '",
        "'Next'",
        "2026-11-20T10:02:11+01:00",
        "'20261120T100211Z'",
    ),
    *(
        "draft",
        "ready",
        "Ready",
        "photo",
        "ask",
        "reply",
        "repost",
        "Europe/Berlin",
        "Mars/Olympus",
        "FREQ=DAILY;COUNT=3",
    ),
    *(
        "[]",
        "[a]",
        "[a, 1, ~]",
        "[0.4, 0.5]",
        "['0.4', 1]",
        "[0.4]",
        "[2, 2]",
        "[[a]]",
        "[{a: 1}]",
        "{}",
        "{a: 1}",
        "{a: {}}",
    ),
]
scalars = st.sampled_from(SCALARS)


def written(key: Key) -> st.SearchStrategy[str]:
    """Flow YAML for one key: what its form wants, or anything."""
    if key.form is Form.LIST:
        return st.one_of(scalars, st.lists(table(key), max_size=2).map(lambda items: f"[{', '.join(items)}]"))
    if key.form is Form.TABLE:
        return st.one_of(scalars, table(key))
    if key.form is Form.NAMED:
        names = st.sampled_from(["mastodon", "2026-12-01", "x", "'2026-12-02'"])
        inner = st.one_of(table(key, "visibility"), scalars)
        return st.one_of(scalars, st.dictionaries(names, inner, max_size=2).map(flow))
    return scalars


def table(key: Key, *more: str) -> st.SearchStrategy[str]:
    return st.one_of([written_table(key.keys, more), written_table(key.keys, ("strange",))])


def written_table(keys: dict[str, Key] | object, more: tuple[str, ...]) -> st.SearchStrategy[str]:
    assert isinstance(keys, dict)
    optional = {name: written(key) for name, key in keys.items()} | dict.fromkeys(more, scalars)
    return st.fixed_dictionaries({}, optional=optional).map(flow)


def flow(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in values.items()) + "}"


@cache
def fronts(campaign: bool = False) -> st.SearchStrategy[str]:
    """Whole files with up to all keys; few of them are free of problems, so most have few keys."""
    keys = CAMPAIGN if campaign else POST
    chosen = st.lists(st.sampled_from([*keys, "strange"]), max_size=3, unique=True)
    values = {name: written(key) for name, key in keys.items()} | {"strange": scalars}
    lines = chosen.flatmap(lambda names: st.tuples(*(values[name].map(f"{name}: {{}}".format) for name in names)))
    return lines.map(lambda found: "---\n" + "".join(f"{line}\n" for line in found) + "---\nText\n")


def read(path: str, data: bytes) -> tuple[FrontMatter | None, list[str]]:
    """The front matter of a post, and the errors of its reader."""
    source, found = decode(path, data)
    if source is None:
        return None, [str(problem) for problem in found]
    _post, problems = read_post(path, data, SETTINGS)
    return read_frontmatter(source)[0], [str(one) for one in problems if one.severity is Severity.ERROR]


POST_SCHEMA, CAMPAIGN_SCHEMA = post_schema(), campaign_schema()


@given(text=fronts())
def test_what_the_reader_takes_the_schema_takes(text: str) -> None:
    """No front matter that the reader reads without an error is refused by the schema."""
    front, errors = read("content/posts/a.md", text.encode())
    assert front is not None
    idle_fold = "next" in text and "fold" in text  # which the reader does not look at beside `next`
    if not errors and not idle_fold:
        assert refusals(POST_SCHEMA, front) == []


@given(text=fronts(campaign=True))
def test_what_the_reader_of_campaigns_takes_the_schema_takes(text: str) -> None:
    """The same for campaigns."""
    _campaign, problems = read_campaign("content/campaigns/a.md", text.encode())
    if not problems:
        source, _found = decode("a.md", text.encode())
        assert source is not None
        assert refusals(CAMPAIGN_SCHEMA, read_frontmatter(source)[0]) == []


@given(data=st.data(), name=st.sampled_from([*POST, "strange"]))
def test_what_the_reader_refuses_in_one_value_the_schema_refuses(data: st.DataObject, name: str) -> None:
    """A wrong value alone in the front matter is wrong for both; what is left to the reader is named here."""
    value = data.draw(scalars)
    front, errors = read("content/posts/a.md", f"---\n{name}: {value}\n---\n".encode())
    assert front is not None
    left_to_the_reader = {
        "repeat": "rules of RFC 5545",
        "except": "needs a repeat",
        "instances": "needs a repeat",
        "timezone": "the zones of the time zone database",
    }
    calendar = any(word in " ".join(errors) for word in ("a date", "dates", "date and time"))
    seen = plain_value(value)
    # +3 and 3.0 are 3 to whoever reads numbers.
    respelled = isinstance(seen, int | float) and f"{seen:g}" != value
    if errors and name not in left_to_the_reader and not calendar and not respelled:
        assert refusals(POST_SCHEMA, front), errors


@pytest.mark.parametrize(
    "line",
    [
        "titel: Advent",
        "title: [Advent]",
        "status: fertig",
        "publish: 2026-12-01",
        "publish: morgen",
        "due: bald",
        "grace: -5",
        "grace: eine Stunde",
        "fold: 2",
        "late: nie",
        "channels: {mastodon: true}",
        "labels: [[a]]",
        "media: media/tuer-1.jpg",
        "media: [media/tuer-1.jpg]",
        "media: [{alt: Eine Tür}]",
        "media: [{file: a.jpg, crop: quadratisch}]",
        "media: [{file: a.jpg, focus: [0.5]}]",
        "media: [{file: a.jpg, focus: [0.5, 2]}]",
        "media: [{file: a.jpg, kind: bild}]",
        "options: [mastodon]",
        "options: {mastodon: public}",
        "options: {mastodon: {visibility: [public]}}",
        "correction: {number: 0, reason: Tippfehler}",
        "correction: {number: 1}",
        "retract: {channels: [mastodon]}",
        "approved: [{by: leitung, hash: x}]",
        "approved: [{by: leitung, at: gestern, hash: x}]",
        "ignore: [alt-text]",
        "ignore: [{rule: alt-text}]",
    ],
)
def test_a_mistake_is_seen_by_both(line: str) -> None:
    """The schema is more than lenient: it refuses what people get wrong."""
    front, errors = read("content/posts/a.md", f"---\n{line}\n---\n".encode())
    assert front is not None
    assert errors
    assert refusals(POST_SCHEMA, front)


@pytest.fixture(scope="module")
def sample() -> Workspace:
    return load_workspace(ROOT)


@pytest.mark.parametrize("aware", [False, True])
def test_the_sample_workspace_fits(sample: Workspace, aware: bool) -> None:
    """Every post and campaign of the sample fits, also where only existing names are allowed."""
    names = collect_names(sample) if aware else None
    schemas: list[tuple[Fragment, str]] = [(post_schema(names), post.path) for post in sample.posts]
    schemas += [(campaign_schema(names), campaign.path) for campaign in sample.campaigns.values()]
    assert len(schemas) > 40
    for schema, path in schemas:
        source, _problems = decode(path, sample.tree.read(path))
        assert source is not None
        assert refusals(schema, read_frontmatter(source)[0]) == [], path


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.md")), ids=lambda path: path.stem)
def test_broken_posts(path: Path) -> None:
    """Of the collection of broken posts the schema refuses none that the reader takes."""
    front, errors = read(path.name, path.read_bytes())
    if front is not None and not errors:
        assert refusals(POST_SCHEMA, front) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("author: niemand", "niemand"),
        ("channels: [mastodn]", "mastodn"),
        ("campaign: ostern", "ostern"),
        ("options: {mastodn: {visibility: public}}", "mastodn"),
        ("media: [{file: a.jpg, owner: niemand}]", "niemand"),
    ],
)
def test_names_that_do_not_exist_are_refused(tmp_path: Path, line: str, name: str) -> None:
    """The schema of a workspace refuses the names that `leitstand check` calls unknown, and says which."""
    workspace = make_workspace(tmp_path, f"---\n{line}\n---\nText\n")
    [post] = workspace.posts
    found = check_workspace(workspace, now=datetime(2026, 11, 21, tzinfo=UTC), paths=())
    assert any(problem.rule == "names" and name in problem.message for problem in found)
    source, _problems = decode(post.path, workspace.tree.read(post.path))
    assert source is not None
    front, _problems = read_frontmatter(source)
    assert any(name in said for said in refusals(post_schema(collect_names(workspace)), front))
    assert refusals(post_schema(), front) == []


def make_workspace(root: Path, post: str) -> Workspace:
    settings = 'format = 1\n[workspace]\nid = "a"\n[people.jule]\n[accounts.mastodon]\nnetwork = "mastodon"\n'
    (root / "leitstand.toml").write_text(settings)
    (root / "content/posts").mkdir(parents=True)
    (root / "content/posts/a.md").write_text(post)
    return load_workspace(root)


def test_numbers_may_be_names(tmp_path: Path) -> None:
    """A campaign called 2026 may be named with and without quotes."""
    workspace = make_workspace(tmp_path, "---\ncampaign: 2026\n---\n")
    (tmp_path / "content/campaigns").mkdir()
    (tmp_path / "content/campaigns/2026.md").write_text("---\ntitle: Das Jahr\n---\n")
    schema = post_schema(collect_names(load_workspace(tmp_path)))
    for line in ("campaign: 2026", "campaign: '2026'"):
        source, _problems = decode("a.md", f"---\n{line}\n---\n".encode())
        assert source is not None
        assert refusals(schema, read_frontmatter(source)[0]) == []
    assert collect_names(workspace)[Naming.CAMPAIGN] == {}


@pytest.mark.parametrize("schema", [post_schema(), campaign_schema()])
def test_a_schema_is_one_and_explains_every_key(schema: Fragment) -> None:
    """It is valid JSON Schema 2020-12, and each key has its sentence."""
    Draft202012Validator.check_schema(schema)
    assert all(value["description"] for value in described(schema).values())
