"""The few requests of man(7) that the manual page needs, with every character of a text kept from being one."""

from __future__ import annotations

from typing import Final

NOTHING: Final = "\\&"


def text(said: str) -> str:
    """A text in which nothing is a request: no backslash, no dot or apostrophe at the beginning of a line."""
    escaped = " ".join(said.split()).replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def section(title: str) -> str:
    """A heading, which man pages write in capitals."""
    return f".SH {text(title.upper())}\n"


def sentence(said: str) -> str:
    """What stands right below a heading."""
    return f"{text(said)}\n" if said else ""


def tagged(name: str, said: str) -> str:
    """A name, and what it is, set in."""
    return f".TP\n\\fB{text(name)}\\fR\n{text(said) or NOTHING}\n"


def literal(line: str) -> str:
    """A line as it is typed."""
    return f".RS 4\n\\fB{text(line)}\\fR\n.RE\n"
