"""What stands in a mail's headers, whoever wrote them: words, addresses, the ids that tell what answers what.

RFC 5322, 2047 and 2231, and what is sent instead: raw bytes, unknown character sets, ids with blanks inside.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mime
from email.utils import getaddresses
from typing import Final

LONGEST: Final = 2000  # characters of a header that are read
MOST_IDS: Final = 100
_ID: Final = re.compile(r"<([^<>\s]{1,400})>")
# Labels that people's programs use for something else, as the WHATWG's Encoding Standard reads them.
_MEANT: Final = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "utf-8", "ascii": "utf-8"}


def words(mime: Mime, name: str) -> str:
    """The header as one line of text; "" where there is none."""
    return line(decoded(_raw(mime, name)))


def line(text: str) -> str:
    """`text` as one line that can be stored: no control characters, no halves of pairs."""
    return " ".join(clean(text).split())


def clean(text: str) -> str:
    """`text` without what no database and no terminal takes; line breaks and tabs stay."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(char for char in whole if char in "\n\t" or unicodedata.category(char) != "Cc")


def decode(data: bytes, charset: str) -> str:
    """Bytes as text: as they say they are, else UTF-8, else what Western Windows writes. Never fails."""
    named = charset.strip().strip("\"'").lower()
    for encoding in (_MEANT.get(named, named), "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def mailboxes(mime: Mime, name: str) -> list[tuple[str, str]]:
    """Name and address of everybody in the header; what is no address is left out."""
    raw = _raw(mime, name).replace("\n", " ").replace("\r", " ")
    # The addresses are told apart before the words are decoded: a coded name may hold a comma or an address.
    return [(line(decoded(said)), _address(address)) for said, address in getaddresses([raw]) if _address(address)]


def ids(mime: Mime, name: str) -> list[str]:
    """The message ids in the header, with their angle brackets, in order."""
    return [f"<{clean(found)}>" for found in _ID.findall(_raw(mime, name, 40_000))][-MOST_IDS:]


def identity(mime: Mime, data: bytes) -> str:
    """The mail's id: its Message-ID, else one made of its bytes, always the same."""
    found = ids(mime, "Message-ID")
    return found[0] if found else f"<{hashlib.sha256(data).hexdigest()[:32]}@no-message-id.invalid>"


def root(mime: Mime, own: str) -> str:
    """The id of the mail with which its conversation began, as far as it knows."""
    return next(iter([*ids(mime, "References"), *ids(mime, "In-Reply-To")]), own)


def parent(mime: Mime) -> str:
    """The id of the mail that it answers; "" where it answers none."""
    return next(iter([*ids(mime, "In-Reply-To")[:1], *ids(mime, "References")[-1:]]), "")


def _raw(mime: Mime, name: str, longest: int = LONGEST) -> str:
    """The header as it came, bytes beyond ASCII read as UTF-8 or Windows."""
    # `get` would put signs of replacement where bytes beyond ASCII are.
    found = (str(value) for key, value in mime.raw_items() if key.lower() == name.lower())
    return _from_bytes(next(found, "")[:longest])


def _from_bytes(raw: str) -> str:
    """The parser keeps bytes beyond ASCII as halves of pairs."""
    if not any("\udc80" <= char <= "\udcff" for char in raw):
        return raw
    return decode(raw.encode("utf-8", "surrogateescape"), "utf-8")


def decoded(raw: str) -> str:
    """`raw` with its coded words (RFC 2047) as text; raw bytes are read as UTF-8 or Windows."""
    try:
        pieces = decode_header(re.sub(r"[\r\n]+\s*", " ", _from_bytes(raw)))
    except (HeaderParseError, ValueError, LookupError):
        return raw
    return "".join(
        piece if isinstance(piece, str) else decode(piece, charset or _guess(piece)) for piece, charset in pieces
    )


def _guess(piece: bytes) -> str:
    """Beside coded words, `decode_header` gives the others as raw-unicode-escape."""
    return "raw-unicode-escape" if b"\\u" in piece else "utf-8"


def _address(written: str) -> str:
    """An address with its domain in lower case; "" for what is none."""
    local, _at, domain = line(written).rpartition("@")
    return f"{local}@{domain.lower()}" if local and domain and " " not in written and len(written) <= 254 else ""
