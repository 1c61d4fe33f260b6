"""Problems for programs: one JSON object per line, with stable keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from toolkit.cli.findings import Findings, sound


def show_json(findings: Findings) -> Iterator[str]:
    """Paths are relative to the workspace, columns and the offsets of fixes count code points."""
    for problem in findings.problems:
        span, fix = problem.span, problem.fix
        record = {
            "path": problem.path,
            "line": span.line,
            "col": span.col,
            "end_line": span.end_line,
            "end_col": span.end_col,
            "rule": problem.rule,
            "severity": problem.severity.value,
            "message": problem.message,
            "fix": fix and asdict(fix),
            "related": problem.related,
            "link": findings.link(problem.rule),
        }
        yield sound(json.dumps(record, ensure_ascii=False)) + "\n"
