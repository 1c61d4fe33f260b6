"""The lines of .vale.ini as they are written: which value stands below which pattern of files, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.values import dataclass

_LINE: Final = re.compile(
    r"(?m)^[ \t]*(?:\[(?P<section>[^\n]+)\][ \t]*(?:[#;][^\n]*)?"
    r"|(?P<key>[^\s=#;\[][^=\n]*?)[ \t]*=[ \t]*(?P<value>[^\n]*)|(?P<other>[^\s#;][^\n]*))[ \t]*$"
)
_ITEM: Final = re.compile(r"(?:\\,|[^,])+")


@dataclass(frozen=True, slots=True)
class Line:
    """One value: the `section` that it stands in, "" above the first, and the offsets of its key and of its value."""

    section: str
    key: str
    value: str
    at: int
    start: int = 0
    lost: bool = False  # neither a section nor a value

    @property
    def key_span(self) -> tuple[int, int]:
        """Where the key stands."""
        return self.at, self.at + len(self.key)

    def items(self) -> Iterator[tuple[str, tuple[int, int]]]:
        r"""The parts of a list with commas between, each with its place; ``\,`` is a comma inside one."""
        for found in _ITEM.finditer(self.value):
            item = found[0].strip()
            if item:
                first = self.start + found.start() + found[0].index(item)
                yield item.replace("\\,", ","), (first, first + len(item))


def read_lines(text: str) -> Iterator[Line]:
    """The values of the file; a backslash at the end of a line joins it with the next."""
    joined = re.sub(r"\\\r?\n[ \t]*", lambda found: " " * len(found[0]), text).replace("\r", " ")
    section = ""
    for found in _LINE.finditer(joined):
        if found["section"] is not None:
            section = found["section"].strip()
        elif found["other"] is not None:
            yield Line(section, found["other"].strip(), "", found.start("other"), lost=True)
        else:
            yield _line(section, found)


def _line(section: str, found: re.Match[str]) -> Line:
    value = re.split(r"\s[#;]", " " + found["value"], maxsplit=1)[0].strip()
    start = found.start("value")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'`":
        value, start = value[1:-1], start + 1
    return Line(section, found["key"].strip(), value, found.start("key"), start)
