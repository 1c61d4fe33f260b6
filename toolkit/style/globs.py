"""The file patterns of .vale.ini: ``*.{md,txt}``, ``docs/**``, ``!*.py``. A star also takes slashes, as in Vale."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath


def glob_matches(glob: str, path: str) -> bool:
    """Whether a path, or its name alone, is meant by the pattern."""
    wanted = not glob.startswith("!")
    compiled = _compile(glob.removeprefix("!"))
    hit = compiled.fullmatch(path) is not None or compiled.fullmatch(PurePath(path).name) is not None
    return hit == wanted


@lru_cache(maxsize=512)
def _compile(glob: str) -> re.Pattern[str]:
    parts, depth, at = [], 0, 0
    while at < len(glob):
        char = glob[at]
        if glob.startswith("**/", at):
            parts.append("(?:.*/)?")
            at += 2
        elif char == "*":
            parts.append(".*")
        elif char == "?":
            parts.append(".")
        elif char == "[" and "]" in glob[at + 2 :]:
            end = glob.index("]", at + 2)
            inner = re.sub(r"([\\\[&~|])", r"\\\1", glob[at + 1 : end])
            parts.append("[" + ("^" + inner[1:] if inner[0] in "!^" else inner) + "]")
            at = end
        elif char == "{":
            depth += 1
            parts.append("(?:")
        elif char == "}" and depth:
            depth -= 1
            parts.append(")")
        elif char == "," and depth:
            parts.append("|")
        else:
            parts.append(re.escape(char))
        at += 1
    try:
        return re.compile("".join(parts) + ")" * depth, re.DOTALL)
    except re.error:  # a range that runs backwards: the pattern means itself
        return re.compile(re.escape(glob))
