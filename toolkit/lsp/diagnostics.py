"""Problems of one open file as the editor wants them. Pure but for reading the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.workspace import PositionCodec

from toolkit.lint import check_workspace
from toolkit.model import Problem, Severity
from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace import load_workspace

SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}


def diagnose(root: Path, file: Path, text: str, now: datetime) -> list[Problem]:
    """The problems of `file` as it would be with `text`, the rest of the workspace as it lies on disk."""
    path = file.resolve().relative_to(root).as_posix()
    tree = OverlayTree(FolderTree(root), {path: text.encode()})
    problems = check_workspace(load_workspace(root, tree), now=now, paths=(path,))
    return [problem for problem in problems if problem.path == path]


def diagnostic(problem: Problem, lines: Sequence[str], codec: PositionCodec) -> types.Diagnostic:
    """One problem; columns become the units that the client counts in (UTF-16 unless it says otherwise)."""
    span = problem.span
    start = types.Position(span.line - 1, span.col - 1)
    end = types.Position(span.end_line - 1, max(span.end_col - 1, span.col if span.line == span.end_line else 0))
    return types.Diagnostic(
        range=codec.range_to_client_units(list(lines), types.Range(start, end)),
        message=problem.message,
        severity=SEVERITIES[problem.severity],
        code=problem.rule,
        source="leitstand",
    )
