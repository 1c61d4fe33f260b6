"""How problems are printed: one function per form, findings → pieces of text that each end their own line.

===========  =============================================  ======================
form         for whom                                       module
===========  =============================================  ======================
full         people: the line, the place, the remedy        terminal
concise      people and editors: one line per problem       terminal
line         editors and other linters' readers             terminal
json         programs: one object per line                  records
github       annotations of GitHub Actions                  forges
gitlab       Code Quality reports of GitLab                 forges
sarif        code scanning (SARIF 2.1.0)                    sarif
rdjson       reviewdog                                      reviewdog
junit        test reports of any CI                         junit
===========  =============================================  ======================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module
from typing import Final

from toolkit.cli.findings import Findings

Show = Callable[[Findings], Iterator[str]]


class Format(StrEnum):
    """How `check` prints problems."""

    FULL = "full"
    CONCISE = "concise"
    LINE = "line"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    RDJSON = "rdjson"
    JUNIT = "junit"

    @property
    def for_people(self) -> bool:
        """Whether somebody reads it as it is, so that a summary below it is welcome."""
        return self in {Format.FULL, Format.CONCISE}


_MODULES: Final[Mapping[Format, str]] = {
    Format.FULL: "terminal",
    Format.CONCISE: "terminal",
    Format.LINE: "terminal",
    Format.JSON: "records",
    Format.GITHUB: "forges",
    Format.GITLAB: "forges",
    Format.SARIF: "sarif",
    Format.RDJSON: "reviewdog",
    Format.JUNIT: "junit",
}


def show_findings(findings: Findings, form: Format) -> Iterator[str]:
    """The findings in a form; only its own module is loaded."""
    module = import_module(f"{__name__}.{_MODULES[form]}")
    show: Show = getattr(module, f"show_{form.value}")
    return show(findings)
