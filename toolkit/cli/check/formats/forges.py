"""Problems for forges: workflow commands of GitHub Actions, Code Quality reports of GitLab.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions,
https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.cli.findings import Findings, printable, sound
from toolkit.model import Problem, Severity

_COMMANDS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.HINT: "notice",
}
_WEIGHTS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "major",
    Severity.WARNING: "minor",
    Severity.HINT: "info",
}


def show_github(findings: Findings) -> Iterator[str]:
    """One workflow command per problem; nothing in a text can end the command or begin another."""
    for problem in findings.problems:
        properties = ",".join(f"{key}={_property(value)}" for key, value in _where(findings, problem).items())
        yield f"::{_COMMANDS[problem.severity]} {properties}::{_data(problem.message)}\n"


def _where(findings: Findings, problem: Problem) -> Mapping[str, str]:
    span = problem.span
    where = {"file": findings.place(problem.path), "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        # GitHub's last column is part of the place.
        where |= {"col": str(span.col), "endColumn": str(max(span.col, span.end_col - 1))}
    return {**where, "title": f"leitstand ({problem.rule})"}


def _data(text: str) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def show_gitlab(findings: Findings) -> Iterator[str]:
    """One JSON list. The fingerprint stays when lines above come and go, so that GitLab shows what a branch adds."""
    records = [
        {
            "description": problem.message,
            "check_name": problem.rule,
            "fingerprint": fingerprint,
            "severity": _WEIGHTS[problem.severity],
            "location": {
                "path": findings.place(problem.path),
                "lines": {"begin": problem.span.line, "end": problem.span.end_line},
            },
        }
        for problem, fingerprint in zip(findings.problems, findings.fingerprints(), strict=True)
    ]
    yield sound(json.dumps(records, ensure_ascii=False, indent=1)) + "\n"
