"""The protocol's own names: handles, DIDs, collections, record keys and languages. Whatever is none is refused here.

Source: https://atproto.com/specs/handle, /did, /nsid, /record-key and /lexicon; the protocol's interop lists prove it.
"""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_FIRST: Final = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HANDLE: Final = re.compile(rf"(?:{_LABEL}\.)+{_FIRST}", re.IGNORECASE)
_DID: Final = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]")
_NSID: Final = re.compile(rf"{_FIRST}(?:\.{_LABEL})+\.[a-z][a-z0-9]{{0,62}}", re.IGNORECASE)
_KEY: Final = re.compile(r"[a-zA-Z0-9._:~-]{1,512}")
# RFC 5646: a language with script, region, variants and extensions; a private tag; the irregular ones of old.
_LANGUAGE: Final = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wy-z0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|sgn-(?:be-fr|be-nl|ch-de)|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min|min-nan|xiang)",
    re.IGNORECASE,
)
_LONGEST: Final = {"handle": 253, "did": 2048, "nsid": 317}  # characters


def is_handle(written: str) -> bool:
    """Whether it has the syntax of a handle, without ``@``."""
    return len(written) <= _LONGEST["handle"] and _HANDLE.fullmatch(written) is not None


def is_did(written: str) -> bool:
    """Whether it has the syntax of a DID."""
    return len(written) <= _LONGEST["did"] and _DID.fullmatch(written) is not None


def is_collection(written: str) -> bool:
    """Whether it has the syntax of an NSID, the name of a kind of records."""
    return len(written) <= _LONGEST["nsid"] and _NSID.fullmatch(written) is not None


def is_record_key(written: str) -> bool:
    """Whether it has the syntax of a record key."""
    return written not in {".", ".."} and _KEY.fullmatch(written) is not None


def is_language(written: str) -> bool:
    """Whether it is a well-formed language tag."""
    return _LANGUAGE.fullmatch(written) is not None
