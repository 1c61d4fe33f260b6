"""The file patterns of .vale.ini: ``*.{md,txt}``, ``docs/**``, ``!*.py``. A star also takes slashes, as in Vale."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re2


def glob_matches(glob: str, path: str) -> bool:
    """Whether a path, or its name alone, is meant by the pattern."""
    wanted = not glob.startswith("!")
    compiled = _compile(glob.removeprefix("!"))
    hit = any(compiled.fullmatch(one.encode("utf-8", "replace")) for one in (path, PurePath(path).name))
    return hit == wanted


@lru_cache(maxsize=512)
def _compile(glob: str) -> re2._Regexp:
    """For RE2: many stars would take `re` for ever."""
    import re2

    options = re2.Options()
    options.log_errors = False
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
        return re2.compile(f"(?s){''.join(parts)}{')' * depth}".encode(), options)
    except re2.error:  # a range that runs backwards: the pattern means itself
        return re2.compile(re2.escape(glob).encode(), options)
