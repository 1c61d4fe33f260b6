"""Filters for other programs: JSON lines on stdin, an answer to each on stdout, in the same order and at once."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from toolkit.cli.context import console
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext

Record = Mapping[str, object]


def answer_lines(answer: Callable[[Record, str], Record]) -> int:
    """One line out for each line in, by `answer` to its object and the object's text.

    A bad line gets an error as its answer and makes the exit code 1; a `ValueError` of `answer` says what is wrong.
    """
    failed = 0
    for number, line in _lines(sys.stdin.buffer):
        try:
            record = answer(*_read(line))
        except ValueError as error:
            record = {"error": _("line {number}: {error}").format(number=number, error=error)}
            failed += 1
        _write(record)
    if failed:
        said = ngettext("{count} line could not be read", "{count} lines could not be read", failed)
        console(stderr=True).print(said, markup=False)
    return EXIT_PROBLEMS if failed else EXIT_CLEAN


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(stream, 1) if line.strip())


def _read(line: bytes) -> tuple[Record, str]:
    """The object of one input line and its text; raises `ValueError` with what is wrong with it."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(_("no JSON: {error}").format(error=error)) from None
    text = record.get("text") if isinstance(record, dict) else None
    if isinstance(text, str):
        return record, text
    raise ValueError(_('needs an object such as {"text": "Hello"}'))


def _write(record: Record) -> None:
    """One JSON line in UTF-8, whatever the terminal's encoding; half characters stay escaped."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        data = line.encode()
    except UnicodeEncodeError:
        data = json.dumps(record).encode()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()
