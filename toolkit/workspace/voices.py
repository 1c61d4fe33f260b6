"""What people want, praise and complain of, and as what they describe the house: words of the handbook that are counted.

Both stand in the pages that explain them, as fences with the word ``voice`` or ``image`` behind them and YAML in them.
Nothing is decided by them: they make the numbers of the hand-over, and their own examples are their tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from toolkit.messages import _
from toolkit.source import Fields
from toolkit.values import dataclass
from toolkit.workspace.hours import tell_missing
from toolkit.workspace.statements import Wording, read_wording
from toolkit.workspace.triage import Example

VOICE: Final = "voice"
IMAGE: Final = "image"
RULE: Final = "voices"
_EXAMPLES: Final[Mapping[str, str]] = {
    "good": "Texts that it is for; they are its tests.",
    "bad": "Texts that it is not for.",
}
VOICE_KEYS: Final[Mapping[str, str]] = {
    "voice": "What people say, such as: more decaf.",
    "sort": "wish, praise or complaint.",
    "words": "Words and phrases it is told by, in any case; * stands for the rest of a word.",
    "patterns": "Patterns it is told by, in RE2's syntax; capitals and small letters are the same.",
    "unless": "Words or phrases with which it means something else.",
    "label": "Label by which people confirm or deny it: +LABEL or -LABEL on the conversation.",
    "languages": "Languages it is about; default: all. A message in an unknown one counts.",
    **_EXAMPLES,
}
IMAGE_KEYS: Final[Mapping[str, str]] = {
    "image": "The attribute, such as friendly.",
    "words": "Adjectives and phrases that say so; German endings and degrees are found by themselves.",
    "wanted": "Whether the house wants to be seen so: true or false; default: neither.",
    "languages": "Languages it is about; default: all. A message in an unknown one counts.",
    **_EXAMPLES,
}


class VoiceSort(StrEnum):
    """What somebody does who speaks so."""

    WISH = "wish"
    PRAISE = "praise"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Voice:
    """Something that people want, praise or complain of, and how it is told."""

    name: str
    sort: VoiceSort
    wording: Wording
    unless: tuple[str, ...] = ()
    label: str = ""
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Trait:
    """An attribute of the house in people's words; `wanted` is None for one that is neither sought nor feared."""

    name: str
    wording: Wording
    wanted: bool | None = None
    good: tuple[Example, ...] = ()
    bad: tuple[Example, ...] = ()


def read_voice(fields: Fields) -> Voice | None:
    """The words of a ``voice`` block; None, with a problem, when it cannot be used."""
    before = len(fields.problems)
    fields.refuse_unknown(VOICE_KEYS)
    wording = _read(fields, VOICE)
    if not fields.has("sort"):
        tell_missing(fields, "sort", _("{key} is missing").format(key="sort"))
    sort = fields.choice("sort", VoiceSort, VoiceSort.WISH)
    if wording is None or len(fields.problems) > before:
        return None
    told = fields.text(VOICE), sort, wording, fields.words("unless"), fields.text("label")
    return Voice(*told, _examples(fields, "good"), _examples(fields, "bad"))


def read_trait(fields: Fields) -> Trait | None:
    """The attribute of an ``image`` block; None, with a problem, when it cannot be used."""
    before = len(fields.problems)
    fields.refuse_unknown(IMAGE_KEYS)
    wording, wanted = _read(fields, IMAGE), fields.flag("wanted")
    if wording is None or len(fields.problems) > before:
        return None
    return Trait(fields.text(IMAGE), wording, wanted, _examples(fields, "good"), _examples(fields, "bad"))


def _read(fields: Fields, name: str) -> Wording | None:
    if not fields.values:
        tell_missing(fields, name, _("{key} is missing").format(key=name))
        return None
    for key in ("good", "bad"):
        if not fields.has(key):
            said = _("{key} is missing; show a text that it is for (good) and one that it is not for (bad)")
            tell_missing(fields, key, said.format(key=key))
    return read_wording(fields, name)


def _examples(fields: Fields, name: str) -> tuple[Example, ...]:
    words = fields.words(name)
    return tuple(Example(fields.key(f"{name}.{at}" if len(words) > 1 else name), text) for at, text in enumerate(words))
