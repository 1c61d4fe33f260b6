"""Lengths in UTF-16 code units: what networks count whose programs are written in Java or JavaScript."""

from __future__ import annotations


def units(text: str) -> int:
    """The UTF-16 code units of `text`; a lone surrogate is one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
