"""What libyaml's sentences mean to somebody who has never heard of YAML."""

from __future__ import annotations

from toolkit.messages import _


def remedy(what: str, char: str) -> str:
    """A sentence for libyaml's `what` about the character `char`; "" when its own must do."""
    if what.startswith("found") and char == "\t":
        return _("a tab; indent with blanks")
    meant = {
        "mapping values are not allowed": _('a colon and a blank inside a value; put the value in quotes: "…"'),
        "found character that cannot": _('a value cannot begin with {char}; put it in quotes: "…"'),
        "found unexpected end of stream": _("a quote or bracket is opened here and never closed"),
        "could not find expected ':'": _("a key without a colon, or a text that needs quotes"),
        "did not find expected": _("indentation, brackets or quotes do not match here or just above"),
    }
    found = next((text for beginning, text in meant.items() if what.startswith(beginning)), "")
    return found.format(char=char)
