"""Problems for reviewdog, which writes them as comments into pull requests: its JSON diagnostic format.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf. Columns count UTF-8 bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.cli.findings import Findings, sound
from toolkit.model import Problem, Severity, Span

_LEVELS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "ERROR",
    Severity.WARNING: "WARNING",
    Severity.HINT: "INFO",
}


def show_rdjson(findings: Findings) -> Iterator[str]:
    """One diagnostic result; fixes are suggestions that a reviewer can accept."""
    result = {
        "source": {"name": "leitstand"},
        "diagnostics": [_diagnostic(findings, problem) for problem in findings.problems],
    }
    yield sound(json.dumps(result, ensure_ascii=False, indent=1)) + "\n"


def _diagnostic(findings: Findings, problem: Problem) -> Mapping[str, object]:
    link = findings.link(problem.rule)
    diagnostic: dict[str, object] = {
        "message": problem.message,
        "location": {
            "path": findings.place(problem.path),
            "range": _range(findings, problem.path, problem.span),
        },
        "severity": _LEVELS[problem.severity],
        "code": {"value": problem.rule, **({"url": link} if link else {})},
    }
    fix = problem.fix
    if fix is not None:
        span = findings.source(problem.path).span(fix.start, fix.end)
        diagnostic["suggestions"] = [{"range": _range(findings, problem.path, span), "text": fix.text}]
    return diagnostic


def _range(findings: Findings, path: str, span: Span) -> Mapping[str, Mapping[str, int]]:
    return {
        "start": {"line": span.line, "column": _byte(findings.line(path, span.line), span.col)},
        "end": {"line": span.end_line, "column": _byte(findings.line(path, span.end_line), span.end_col)},
    }


def _byte(line: str, col: int) -> int:
    return len(line[: col - 1].encode("utf-8", "surrogatepass")) + 1
