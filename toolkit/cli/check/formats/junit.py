"""Problems as a test report that any CI can show: a file is a suite, an error a failed test, the rest passes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from toolkit.cli.findings import Findings, sound
from toolkit.model import Problem, Severity
from toolkit.values import dataclass

# XML 1.0 has no way at all to say these.
_IMPOSSIBLE: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def show_junit(findings: Findings) -> Iterator[str]:
    """One document. A file without errors has one test that passes, with its warnings and hints as output."""
    files: defaultdict[str, list[Problem]] = defaultdict(list)
    for path in findings.checked:
        files[path] = []
    for problem in findings.problems:
        files[problem.path].append(problem)
    suites = [_suite(findings, path, found) for path, found in sorted(files.items())]
    tests, failures = sum(suite.tests for suite in suites), sum(suite.failures for suite in suites)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<testsuites name="leitstand" tests="{tests}" failures="{failures}" errors="0">\n'
    yield from (suite.text for suite in suites)
    yield "</testsuites>\n"


@dataclass(frozen=True, slots=True)
class _Suite:
    """The XML of one file, the number of its tests, and of those that fail."""

    text: str
    tests: int
    failures: int


def _suite(findings: Findings, path: str, problems: Sequence[Problem]) -> _Suite:
    place = findings.place(path)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    others = [problem for problem in problems if problem.severity is not Severity.ERROR]
    cases = "".join(_failure(place, problem) for problem in errors)
    if others or not errors:
        cases += _case(place, "check", "".join(f"{problem.severity.value}: {problem}\n" for problem in others))
    tests = len(errors) + (1 if others or not errors else 0)
    counts = _attributes({"name": place, "tests": str(tests), "failures": str(len(errors)), "errors": "0"})
    return _Suite(f" <testsuite {counts}>\n{cases} </testsuite>\n", tests, len(errors))


def _failure(place: str, problem: Problem) -> str:
    name = f"{problem.rule} ({problem.span.line}:{problem.span.col})"
    case = _attributes({"classname": place, "name": name, "file": place, "line": str(problem.span.line)})
    failure = _attributes({"message": problem.message, "type": problem.rule})
    return f"  <testcase {case}>\n   <failure {failure}>{_text(str(problem))}</failure>\n  </testcase>\n"


def _case(place: str, name: str, output: str) -> str:
    said = f"<system-out>{_text(output)}</system-out>" if output else ""
    return f"  <testcase {_attributes({'classname': place, 'name': name, 'file': place})}>{said}</testcase>\n"


def _attributes(values: Mapping[str, str]) -> str:
    return " ".join(f"{name}={quoteattr(_sayable(value))}" for name, value in values.items())


def _text(text: str) -> str:
    return escape(_sayable(text), {"\r": "&#13;"})


def _sayable(text: str) -> str:
    return sound(_IMPOSSIBLE.sub("\ufffd", text))
