"""Which language a short text is in, German or English, by the small words that every sentence has."""

from __future__ import annotations

import re
from typing import Final

_GERMAN: Final = {
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und", "oder", "nicht",
    "ist", "sind", "war", "mit", "auf", "für", "von", "zu", "zum", "zur", "im", "am", "bei", "nach", "aus", "über",
    "unter", "vor", "sich", "auch", "wie", "wir", "ihr", "sie", "es", "man", "sein", "seine", "ihre", "neben",
    "zwischen", "hinter", "darüber", "davor", "daneben", "darauf", "steht", "liegt", "sitzt", "hält", "zeigt",
    "trägt", "zwei", "drei", "vier", "viele", "mehrere",
}  # fmt: skip
_ENGLISH: Final = {
    "the", "a", "an", "and", "or", "not", "is", "are", "was", "were", "with", "on", "for", "of", "to", "in", "at",
    "by", "from", "over", "under", "before", "behind", "between", "it", "its", "this", "that", "these", "those",
    "we", "you", "they", "he", "she", "his", "her", "their", "two", "three", "four", "many", "several", "next",
    "into", "above", "below", "while", "has", "have", "holds", "shows", "wears",
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST: Final = 3  # small words; fewer prove nothing


def guess_language(text: str) -> str:
    """``de``, ``en``, or "" when the text does not tell: too short, or both."""
    words = [word.lower() for word in _WORD.findall(text)]
    german, english = sum(word in _GERMAN for word in words), sum(word in _ENGLISH for word in words)
    if german >= _LEAST and german > 3 * english:
        return "de"
    if english >= _LEAST and english > 3 * german:
        return "en"
    return ""
