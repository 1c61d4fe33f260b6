"""Slugs: the last part of a post's address, by which a post of ours is recognised.

A slug of ours ends in a mark made of the intent's key, so that every occurrence of a post has its own and no other
post has it by chance. A slug that the author chose has no mark. When a slug is taken, WordPress silently appends
``-2``; in the trash it ends in ``__trashed``. Both are looked for as well.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from toolkit.networks.base import Intent

LONGEST: Final = 80  # characters of the title's part
_GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "o", "å": "a", "œ": "oe"})
# How often WordPress may have appended a number before nobody would call it ours.
_NUMBERS: Final = range(2, 10)


def post_slug(intent: Intent) -> str:
    """The slug that the post of `intent` is to have; always the same for the same intent."""
    chosen = slugify(chosen_slug(intent))
    if chosen:
        return chosen
    mark = hashlib.sha256(intent.key.encode()).hexdigest()[:8]
    # A slug of digits alone could be taken for a year or a day.
    return f"{slugify(intent.rendition.title) or 'post'}-{mark}"


def chosen_slug(intent: Intent) -> str:
    """The slug that the author chose; "" where it is ours."""
    return intent.content.fields.get("slug", "")


def variants(slug: str) -> tuple[str, ...]:
    """Every form in which WordPress may have kept a post that was sent with `slug`."""
    return (slug, f"{slug}__trashed", *(f"{slug}-{number}" for number in _NUMBERS))


def slugify(words: str) -> str:
    """`words` as WordPress keeps them unchanged: lower case letters a to z, digits and hyphens."""
    plain = unicodedata.normalize("NFC", words).lower().translate(_GERMAN)
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].strip("-")
