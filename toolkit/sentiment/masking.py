"""Taking people out of a message: names of accounts, links, mails, telephone and order numbers become markers.

What stood behind a marker is neither hashed into a model's weights nor kept in a file of labels. A person's name in the
middle of a sentence is not recognised; names after a form of address, after a greeting and below a closing are.
"""

from __future__ import annotations

import re
from typing import Final

# Short messages are what this is for; what comes later in a long one does not count.
LONGEST: Final = 4_000

_MAIL: Final = r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_LINK: Final = (
    r"(?i:https?://|www\.)\S+"
    r"|(?:[\w-]{1,63}\.){1,4}(?i:de|com|org|net|eu|at|ch|info|shop|io|uk|social|app|example)(?![\w-])(?:/\S*)?"
)
_HANDLE: Final = r"@\w[\w.-]{0,99}(?:@\w[\w.-]{0,99})?"
# Six digits and more, however they are grouped: telephones, orders, accounts, dates.
_NUMBER: Final = r"[A-Za-z]{0,4}[-#+(]{0,2}\d(?:[ ()/.-]{0,2}\d){5,40}"
_NAME: Final = r"[A-ZÄÖÜÀ-Þ][\w'-]{1,40}"
_TITLE: Final = (
    r"(?i:herrn?|frau|hr\.|fr\.|mr\.?|mrs\.?|ms\.?|dr\.|prof\.|ich hei(?:ß|ss)e|mein name ist|my name is)\s{1,3}"
)
_GREETING: Final = r"(?i:hallo|hi|hey|moin|liebe[rs]?|hello|dear)\s{1,3}(?!Gr[uü])"
_CLOSING: Final = r"(?i:lg|vg|mfg|gru(?:ß|ss)|grü(?:ß|ss)e|regards|cheers|wishes)[,.!]?\s{1,3}(?:(?i:von|from)\s)?"
_FOUND: Final = re.compile(
    rf"(?P<mail>{_MAIL})|(?P<link>{_LINK})|(?P<handle>{_HANDLE})|(?P<number>{_NUMBER})"
    rf"|(?P<title>\b{_TITLE}){_NAME}(?:\s{_NAME})?"
    rf"|(?P<greeting>\b{_GREETING}){_NAME}(?=\s{{0,3}}[,!\n])"
    rf"|(?P<closing>\b{_CLOSING}){_NAME}(?:\s{_NAME}){{0,2}}(?=\W{{0,5}}$)",
    re.MULTILINE,
)
MARKER: Final = re.compile(r"⟨\w+⟩")
# What was found → its marker, behind the words that gave a person's name away.
_MARKERS: Final = {"mail": "⟨mail⟩", "link": "⟨link⟩", "number": "⟨number⟩"}
_PERSON: Final = "⟨name⟩"


def mask(text: str) -> str:
    """The first `LONGEST` characters of `text` with markers such as ⟨name⟩ in place of what leads to a person.

    Masking a second time changes nothing.
    """
    return _FOUND.sub(_marker, text[:LONGEST])


def _marker(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    if kind in _MARKERS:
        return _MARKERS[kind]
    return _PERSON if kind == "handle" else found[kind] + _PERSON
