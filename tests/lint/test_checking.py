from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lint.conftest import NOW, SETTINGS, Desk
from toolkit.errors import UsageError
from toolkit.lint import RULES, Rule, all_rules, check_workspace
from toolkit.lint.rules import BUILT_IN
from toolkit.model import Problem, Severity
from toolkit.workspace import load_workspace

SAMPLE = (
    "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\nauthor: redaction\nchannels: [mastodon]\n{ignore}---\nhttp://example.com\n"
)
IGNORE_LINK = "ignore:\n  - {rule: link, reason: Der Partner kann kein https}\n"


def sample(ignore: str = "") -> str:
    return SAMPLE.format(ignore=ignore)


def rules_of(desk: Desk) -> list[str]:
    return [problem.rule for problem in desk.check()]


def test_problems_are_sorted_by_path_line_and_column(desk: Desk) -> None:
    """What is higher up in the file comes first, and files are in order."""
    desk.post(sample(), "content/posts/b.md")
    desk.post(sample().replace("C2D3", "C2D4"), "content/posts/a.md")
    found = desk.check()
    places = [(problem.path, problem.span.line, problem.span.col) for problem in found]
    assert places == sorted(places)
    assert [problem.rule for problem in found] == ["names", "link", "names", "link"]


def test_paths_limit_the_answer_not_the_view(desk: Desk) -> None:
    """Only the asked file is reported, although what is wrong with it stands in another."""
    for name in "ab":
        desk.post(sample(), f"content/posts/{name}.md")
    found = check_workspace(desk.load(), now=NOW, paths=["content/posts/b.md"])
    assert {problem.path for problem in found} == {"content/posts/b.md"}
    assert "content/posts/a.md" in {problem.related for problem in found}


def test_settings_weigh_the_rules(desk: Desk) -> None:
    """`[check.severity]` wins over a rule's own severity and switches rules off."""
    desk.post(sample())
    desk.settings(SETTINGS + '\n[check.severity]\nnames = "hint"\nlink = "off"\n')
    assert [(problem.rule, problem.severity) for problem in desk.check()] == [("names", Severity.HINT)]


def test_a_post_may_ignore_a_rule_with_a_reason(desk: Desk) -> None:
    """An `ignore` entry silences its rule in its post, and nothing else."""
    desk.post(sample(IGNORE_LINK))
    assert rules_of(desk) == ["names"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{rule: media, reason: r}", "media has no complaint here; remove the entry"),
        ("{rule: lenght, reason: r}", "unknown rule 'lenght'; did you mean 'length'?"),
        ("{rule: uid, reason: r}", "the rule uid cannot be ignored"),
        ("{rule: link}", "an ignored rule needs a rule and a reason"),
    ],
)
def test_an_entry_that_does_nothing_is_itself_a_problem(desk: Desk, entry: str, said: str) -> None:
    """Unused, unknown, forbidden and unexplained entries are pointed out."""
    desk.post(sample(f"ignore:\n  - {entry}\n"))
    assert said in [problem.message for problem in desk.check("front-matter")]


def test_an_entry_of_a_rule_that_is_off_is_left_alone(desk: Desk) -> None:
    """Switching a rule off does not make every post complain."""
    desk.settings(SETTINGS + '\n[check.severity]\nlink = "off"\n')
    desk.post(sample(IGNORE_LINK))
    assert rules_of(desk) == ["names"]


def test_a_repeated_entry_is_pointed_out(desk: Desk) -> None:
    """One entry per rule is enough."""
    desk.post(sample(IGNORE_LINK + "  - {rule: link, reason: noch einmal}\n"))
    assert [problem.message for problem in desk.check("front-matter")] == ["link is ignored twice; remove one entry"]


def test_required_rules_cannot_be_ignored(desk: Desk) -> None:
    """A missing uid stays a problem whatever the post says."""
    desk.post("---\nignore:\n  - {rule: uid, reason: brauche ich nicht}\n---\n")
    assert "uid" in rules_of(desk)


def test_checking_changes_nothing_and_repeats(desk: Desk) -> None:
    """Two checks of the same files at the same time say the same, but for freshly minted uids."""
    desk.post(sample(IGNORE_LINK))
    assert desk.check() == desk.check()


@pytest.mark.parametrize("module", BUILT_IN, ids=lambda module: module.RULE.id)
def test_every_rule_is_documented(module: object) -> None:
    """Its docstring is its page: a summary sentence, what, why, an example and what to write instead."""
    rule = getattr(module, "RULE", None)
    assert isinstance(rule, Rule)
    assert rule.summary.endswith(".")
    headings = [line for line in rule.docs.splitlines() if line.startswith("## ")]
    assert headings == ["## What it does", "## Why is this bad?", "## Example", "## Use instead"]
    assert rule.docs.count("```") >= 4


def test_every_rule_has_a_module_and_a_test() -> None:
    """One rule is one module, one page and one test."""
    tests = {path.stem.removeprefix("test_").removesuffix("_rule") for path in Path(__file__).parent.glob("test_*.py")}
    assert list(RULES) == [
        "front-matter", "encoding", "settings", "names", "uid", "publish-time", "posting-window", "posting-slot", "distance", "duty", "holiday", "length", "alt-text", "media",
        "media-fit", "media-mix", "media-captions", "brand-colours", "tokens", "contrast", "rights", "link", "campaign", "campaign-plan",
        "strategy", "social-media-plan", "pillar-mix", "experiment", "idea", "occasion", "no-go", "claims", "service-hours", "triage", "voices", "playbook", "briefing", "handbook-review", "decision", "style-rule", "duplicate-text", "approval", "sponsored",
        "spelling", "address", "gender-form", "abbreviation", "readability", "hashtag-case", "emoji", "fancy-letters",
        "invisible-characters", "homoglyph-domain", "thread-break",
    ]  # fmt: skip
    for name, module in zip(RULES, BUILT_IN, strict=True):
        assert module.__name__ == f"toolkit.lint.rules.{name.replace('-', '_')}"
        assert name.replace("-", "_") in tests


SHOUTING = """
from toolkit.lint import Rule
from toolkit.model import Severity


def check(post, view):
    for at, char in enumerate(post.body):
        if char == "!":
            yield RULE.in_body(post, at, at + 1, "no shouting")


RULE = Rule("shouting", Severity.WARNING, "Posts do not shout.", check_post=check)
"""


def install(folder: Path, entry_points: str) -> None:
    """A package in `folder`, as pip would have left it there."""
    (folder / "quiet_please.py").write_text(SHOUTING, encoding="utf-8")
    info = folder / "quiet_please-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: quiet-please\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[leitstand.rules]\n{entry_points}", encoding="utf-8")


@pytest.fixture
def _fresh_rules() -> Iterator[None]:
    all_rules.cache_clear()
    yield
    all_rules.cache_clear()


@pytest.mark.usefixtures("_fresh_rules")
def test_packages_add_rules(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry point of `leitstand.rules` adds a rule like any other; a built-in one is never replaced."""
    install(tmp_path, "shouting = quiet_please:RULE\nuid = toolkit.lint.rules.link:RULE\n")
    monkeypatch.syspath_prepend(tmp_path)
    desk.post("---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\n---\nHallo!\n")
    assert [(problem.rule, problem.span.col) for problem in desk.check()] == [("shouting", 6)]
    assert all_rules()["uid"] is RULES["uid"]
    desk.post("---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\nignore: [{rule: shouting, reason: es brennt}]\n---\nHallo!\n")
    assert desk.check() == []


@pytest.mark.usefixtures("_fresh_rules")
def test_what_is_no_rule_is_said(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package whose entry point is no rule is named."""
    install(tmp_path, "shouting = quiet_please:check\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=r"the entry point shouting .* is not a Rule"):
        desk.check()


def test_foreign_posts_are_reported_not_refused(desk: Desk, shared_data: Path) -> None:
    """267 posts of another tool are read without a crash, and each of their foreign keys is named."""
    posts = sorted((shared_data / "galaxy-social/posts").rglob("*.md"))
    for number, path in enumerate(posts):
        desk.write(f"content/posts/{number:03}.md", path.read_bytes())
    workspace = load_workspace(desk.root)
    found: list[Problem] = check_workspace(workspace, now=NOW)
    assert len(posts) == len(workspace.posts) == 267
    unknown = {problem.path for problem in found if problem.message.startswith("unknown key")}
    assert {post.path for post in workspace.posts if "\nhashtags:" in post.source.text} <= unknown
    assert all(
        "did you mean" in p.message or "known:" in p.message for p in found if p.message.startswith("unknown key")
    )
