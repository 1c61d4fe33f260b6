"""Messages of rules: ``%s`` is filled in, what is too much is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_VERB: Final = re.compile(r"%(?:\[(\d+)\])?([sdvq%])")


def fill(message: str, *values: str) -> str:
    """`message` with each ``%s`` (or ``%[2]s``) replaced by its value; without a value it stays empty."""
    if "%" not in message:
        return message
    used = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal used
        if found[2] == "%":
            return "%"
        used = int(found[1]) if found[1] else used + 1
        value = values[used - 1] if 0 < used <= len(values) else ""
        return f'"{value}"' if found[2] == "q" else value

    return _VERB.sub(replace, message)


def enumerate_options(options: Sequence[str]) -> str:
    """``'a', 'b', or 'c'``, as Vale lists what may be written instead."""
    quoted = [f"'{option}'" for option in options]
    if len(quoted) < 3:
        return " or ".join(quoted)
    return ", ".join([*quoted[:-1], f"or {quoted[-1]}"])


def unquote(message: str) -> str:
    """The message without the quotes around its first ``%s``, where both are quoted: the options bring their own."""
    for quoted in ("'%s'", '"%s"'):
        if message.count(quoted) == 2:
            message = message.replace(quoted, "%s", 1)
    return message


def capitalised(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]
