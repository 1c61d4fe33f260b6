"""Writing into leitstand.toml which ledger may send: one line, and nothing else in the file changes."""

from __future__ import annotations

import re

from toolkit.settings.reading import read_settings


def bind_ledger(text: str, identity: str) -> str | None:
    """The text of a settings file with ``[state] ledger_id``; None when only a person can write it there."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = (text if text.endswith("\n") or not text else text + ending).splitlines(keepends=True)
    line = f'ledger_id = "{identity}"{ending}'
    header = _find(lines, 0, len(lines), r"\[\s*state\s*\]")
    if header is None:
        lines.append(f"{ending}[state]{ending}{line}")
    else:
        end = _find(lines, header + 1, len(lines), r"\[")
        known = _find(lines, header + 1, len(lines) if end is None else end, r"\"?ledger_id\"?\s*=")
        lines[header if known is None else known] = lines[header] + line if known is None else line
    bound = "".join(lines)
    settings, _problems = read_settings(bound.replace("\r\n", "\n"))
    return bound if settings is not None and settings.ledger_id == identity else None


def _find(lines: list[str], start: int, end: int, pattern: str) -> int | None:
    """The first line from `start` to before `end` that begins so."""
    begins = re.compile(rf"\s*{pattern}")
    return next((number for number in range(start, end) if begins.match(lines[number])), None)
