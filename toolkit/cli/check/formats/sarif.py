"""Problems for code scanning: one SARIF 2.1.0 log.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Columns are code points, and the log says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from toolkit import __version__
from toolkit.cli.findings import Findings, sound
from toolkit.messages import _
from toolkit.model import Problem, Severity, Span

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Relative to this, by convention the root of the repository.
BASE: Final = "%SRCROOT%"
_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "note",
}
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\(")


def show_sarif(findings: Findings) -> Iterator[str]:
    """The whole log as one JSON object."""
    named = list(dict.fromkeys(problem.rule for problem in findings.problems))
    pairs = zip(findings.problems, findings.fingerprints(), strict=True)
    run = {
        "tool": {"driver": {"name": "Leitstand", "version": __version__, "rules": list(_rules(named, findings))}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(findings, problem, name, named.index(problem.rule)) for problem, name in pairs],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield sound(json.dumps(log, ensure_ascii=False, indent=1)) + "\n"


def _rules(named: Collection[str], findings: Findings) -> Iterator[Mapping[str, object]]:
    known = findings.rules(named)
    for name in named:
        link = findings.link(name)
        described: dict[str, object] = {"id": name, **({"helpUri": link} if link else {})}
        rule = known.get(name)
        if rule is not None:
            described["shortDescription"] = {"text": _(rule.summary)}
            described["help"] = {"text": rule.docs.strip(), "markdown": rule.docs.strip()}
            described["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
        yield described


def _result(findings: Findings, problem: Problem, fingerprint: str, index: int) -> Mapping[str, object]:
    result: dict[str, object] = {
        "ruleId": problem.rule,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": _text(problem.message)},
        "locations": [{"physicalLocation": {**_artifact(findings, problem.path), "region": _region(problem.span)}}],
        "partialFingerprints": {"leitstand/v1": fingerprint},
    }
    if problem.related:
        place = {"physicalLocation": _artifact(findings, problem.related), "message": {"text": _text(problem.related)}}
        result["relatedLocations"] = [place]
    if problem.fix is not None:
        result["fixes"] = [_fix(findings, problem)]
    return result


def _text(message: str) -> str:
    r"""A message as SARIF reads it: braces hold placeholders and ``[a](b)`` is a link unless they are escaped."""
    return _LINK.sub(r"\\[\1\\](", message.replace("{", "{{").replace("}", "}}")) or "-"


def _fix(findings: Findings, problem: Problem) -> Mapping[str, object]:
    fix, source = problem.fix, findings.source(problem.path)
    if fix is None:
        raise ValueError(problem)
    # As `SourceText.span`, which gives an empty span its own end, too.
    replacement = {
        "deletedRegion": _region(source.span(fix.start, fix.end)),
        "insertedContent": {"text": fix.text},
    }
    change = {**_artifact(findings, problem.path), "replacements": [replacement]}
    return {"description": {"text": _text(fix.title)}, "artifactChanges": [change]}


def _artifact(findings: Findings, path: str) -> dict[str, object]:
    uri = quote(findings.place(path).encode("utf-8", "replace"))
    return {"artifactLocation": {"uri": uri, "uriBaseId": BASE}}


def _region(span: Span) -> Mapping[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.col,
        "endLine": span.end_line,
        "endColumn": span.end_col,
    }
