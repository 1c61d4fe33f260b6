"""Names of problems that stay the same while the file around them changes.

A problem is known by its file, its rule and the words of the line it stands in: not by the line's number, which every
line above it shifts, and not by the message, which the next release may word better.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from toolkit.model import Problem

# path, number of the line from 1 → the line
FindLine = Callable[[str, int], str]
Mark = tuple[str, str, str]


def mark(problem: Problem, line: FindLine) -> Mark:
    """File, rule and the hash of the problem's line; blanks around the line do not count."""
    return problem.path, problem.rule, digest(line(problem.path, problem.span.line).strip())


def fingerprints(problems: Iterable[Problem], line: FindLine) -> list[str]:
    """One 64-digit name per problem, in their order; equal problems in equal lines are numbered from above."""
    seen: Counter[Mark] = Counter()
    names = []
    for problem in problems:
        found = mark(problem, line)
        seen[found] += 1
        names.append(digest("\0".join((*found, str(seen[found])))))
    return names


def digest(text: str) -> str:
    """SHA-256 of a text in hexadecimal digits; file names may hold what UTF-8 has no bytes for."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
