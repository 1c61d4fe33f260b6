"""Problems as the editor wants them."""

from __future__ import annotations

from typing import Final

from lsprotocol import types

from toolkit.lsp.links import rule_link
from toolkit.lsp.page import Page
from toolkit.lsp.scene import Scene
from toolkit.model import Problem, Severity

SOURCE: Final = "leitstand"
SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Hint,
}


def diagnostics(scene: Scene) -> list[types.Diagnostic]:
    """All problems of the file."""
    return [diagnostic(problem, scene) for problem in scene.problems]


def diagnostic(problem: Problem, scene: Scene) -> types.Diagnostic:
    """One problem, with the page of its rule and the other file that it is about."""
    found = bare_diagnostic(problem, scene.page)
    link = rule_link(scene.workspace, scene.rule_page(problem.rule))
    found.code_description = types.CodeDescription(link) if link else None
    if problem.related:
        place = types.Location((scene.workspace.root / problem.related).as_uri(), types.Range(_TOP, _TOP))
        found.related_information = [types.DiagnosticRelatedInformation(place, problem.related)]
    return found


def bare_diagnostic(problem: Problem, page: Page) -> types.Diagnostic:
    """One problem of a file whose workspace cannot be read."""
    return types.Diagnostic(
        range=page.span_range(problem.span),
        message=problem.message,
        severity=SEVERITIES[problem.severity],
        code=problem.rule,
        source=SOURCE,
    )


_TOP: Final = types.Position(0, 0)
