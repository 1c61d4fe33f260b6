"""A whole file of messages: told apart by what stands in it and not by its name, and all of it or its problems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.community.exports.archives import looks_like_archive, read_archive
from toolkit.community.exports.lines import looks_like_lines, read_lines
from toolkit.community.exports.records import RULE, Source
from toolkit.community.exports.sheets import read_sheets
from toolkit.importers import open_export
from toolkit.importers.encoding import read_text
from toolkit.messages import _
from toolkit.model import Message, Problem, Severity, Span
from toolkit.values import dataclass

LARGEST: Final = 200_000_000  # bytes of a file


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds: its messages, the oldest first, and its problems. One error, and nothing of it is stored."""

    messages: tuple[Message, ...]
    problems: tuple[Problem, ...]

    @property
    def good(self) -> bool:
        """Whether it may be stored."""
        return not any(problem.severity is Severity.ERROR for problem in self.problems)


def read_export(path: str, data: bytes, source: Source) -> Taken:
    """The messages in `data`; never raises for what stands in it."""
    found = list(_read(path, data, source))
    messages = [one for one in found if isinstance(one, Message)]
    problems = [one for one in found if isinstance(one, Problem)]
    if not messages and not problems:
        problems = [Problem(path, Span(), RULE, Severity.ERROR, _("there is no message in it"))]
    return Taken(tuple(sorted(messages, key=lambda one: (one.at, one.remote_id))), tuple(problems))


def _read(path: str, data: bytes, source: Source) -> Iterator[Message | Problem]:
    if len(data) > LARGEST:
        message = _("more than {limit} MB; split the file").format(limit=LARGEST // 1_000_000)
        yield Problem(path, Span(), RULE, Severity.ERROR, message)
    elif looks_like_archive(data):
        yield from read_archive(path, data, source)
    elif looks_like_lines(data[:64].decode("utf-8", "replace").lstrip("\ufeff")):
        text, problems = read_text(path, data)
        yield from problems
        yield from read_lines(text, source) if text is not None else ()
    else:
        export = open_export(path, data)
        yield from export.problems
        yield from read_sheets(export, source)
