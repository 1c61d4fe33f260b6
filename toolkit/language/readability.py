"""How hard a text is to read, as published formulas say; they count, they do not understand.

Every function takes plain counts of a text with at least one word and one sentence (others raise ZeroDivisionError).
Who counts decides what a word and a sentence is: `toolkit.language.text` for posts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from math import sqrt
from typing import Final

# Weights of the four Wiener Sachtextformeln (Bamberger and Vanecek 1984): share of words with three and more
# syllables, words per sentence, share of words of more than six letters, share of words with one syllable, constant.
_WIENER: Final[Mapping[int, tuple[float, float, float, float, float]]] = {
    1: (0.1935, 0.1672, 0.1297, -0.0327, -0.875),
    2: (0.2007, 0.1682, 0.1373, 0.0, -2.779),
    3: (0.2963, 0.1905, 0.0, 0.0, -1.1144),
    4: (0.2744, 0.2656, 0.0, 0.0, -1.693),
}


def flesch(words: float, sentences: float, syllables: float) -> float:
    """Flesch Reading Ease (1948) of an English text: 0 is very hard, 100 very easy.

    The three sentences are Wikipedia's, which gives 116, 69 and 37.5.

    >>> [round(flesch(6, 1, 6)), round(flesch(16, 1, 23)), round(flesch(13, 1, 24), 1)]
    [116, 69, 37.5]
    """
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def amstad(words: float, sentences: float, syllables: float) -> float:
    """Flesch Reading Ease with Amstad's weights (1978) for German: 0 is very hard, 100 very easy.

    >>> round(amstad(3, 1, 5), 1)  # Ein einzelner Satz: 180 - 3 - 58.5 * 5 / 3
    79.5
    """
    return 180.0 - words / sentences - 58.5 * syllables / words


def wiener(variant: int, *, words: float, sentences: float, many: float, long: float, single: float) -> float:
    """Wiener Sachtextformel 1 to 4: the school year that understands a German text, from 4 to about 15.

    `many` words have three and more syllables, `long` ones more than six letters, `single` ones one syllable.

    >>> round(wiener(1, words=3, sentences=1, many=1, long=1, single=2), 1)  # Ein einzelner Satz.
    8.2
    >>> round(wiener(1, words=9, sentences=2, many=1, long=2, single=7), 1)  # ... Beispielsatz. ... der nächste.
    2.4
    """
    ms, sl, iw, es, constant = _WIENER[variant]
    share = 100.0 / words
    return ms * share * many + sl * words / sentences + iw * share * long + es * share * single + constant


def lix(words: float, sentences: float, long: float) -> float:
    """Björnsson's LIX (1968), for every language: below 30 very easy, above 60 very hard. `long`: over six letters.

    >>> lix(20, 2, 5)  # 20 / 2 + 100 * 5 / 20
    35.0
    """
    return words / sentences + 100.0 * long / words


def flesch_kincaid(words: float, sentences: float, syllables: float) -> float:
    """Flesch-Kincaid grade level: years of school in the United States.

    >>> round(flesch_kincaid(13, 1, 24), 1)  # Wikipedia's sentence about the platypus: 11.3
    11.3
    """
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def gunning_fog(words: float, sentences: float, many: float) -> float:
    """Gunning fog index: years of school. `many` words have three and more syllables.

    >>> gunning_fog(100, 5, 10)  # 0.4 * (20 + 10)
    12.0
    """
    return 0.4 * (words / sentences + 100.0 * many / words)


def coleman_liau(letters: float, words: float, sentences: float) -> float:
    """Coleman-Liau index: years of school.

    The counts are those of Wikipedia's example, which gives 14.5 (with shares rounded to 537 and 4.20).

    >>> round(coleman_liau(639, 119, 5), 1)
    14.5
    """
    return 0.0588 * 100.0 * letters / words - 0.296 * 100.0 * sentences / words - 15.8


def smog(sentences: float, many: float) -> float:
    """SMOG grade: years of school. `many` words have three and more syllables.

    >>> round(smog(30, 64), 2)  # McLaughlin's shortcut, the root of 64 and 3, is 11
    11.47
    """
    return 1.0430 * sqrt(many * 30.0 / sentences) + 3.1291


def automated(characters: float, words: float, sentences: float) -> float:
    """Automated readability index: years of school. `characters` are letters and digits.

    >>> round(automated(500, 100, 5), 2)  # 4.71 * 5 + 0.5 * 20 - 21.43
    12.12
    """
    return 4.71 * characters / words + 0.5 * words / sentences - 21.43


@lru_cache(maxsize=65_536)
def syllables(word: str, language: str) -> int:
    """How many syllables a word has, at least one; ``de`` and ``en``, others are counted like German.

    >>> [syllables(word, "de") for word in ("Röstung", "Kaffee", "Theater", "Frühstücksei", "neue", "Quelle", "h")]
    [2, 2, 3, 3, 2, 2, 1]
    >>> [syllables(word, "en") for word in ("coffee", "roasted", "baked", "the", "little", "created", "delicious")]
    [2, 2, 1, 1, 2, 3, 3]
    """
    count = _COUNTERS.get(language[:2].lower(), _german)
    return max(1, count(word.lower()))


# One sound each; what stands beside it otherwise begins a syllable of its own: The-a-ter, be-en-den, Fe-ri-en, Mu-se-um.
_GERMAN: Final = re.compile(
    r"(?<=^[bg])e(?=e)|e(?=en$)|(?<=\w\w\w)i(?=en$)|aa|ee|oo|ie|ei|ai|au|eu(?!m$)|äu|ey|ay|oy|ou|[aeiouyäöüéèáàâêîôû]"
)
_CONSONANT: Final = re.compile(r"qu|(?<![^\W_])y(?=[aeou])|(?<=[aeou])y(?=[aeou])")


def _german(word: str) -> int:
    return len(_GERMAN.findall(_CONSONANT.sub("k", word)))


_ENGLISH: Final = re.compile(r"[aeiouyé]+")
# What is written and not spoken at the end: baked, loved, likes; but wanted, boxes, tables.
_SILENT: Final = re.compile(
    r"(?<=[^aeiouy])(?:(?<![^aeiouy]l)e|(?<![tdaeiouy])ed|(?<![szxcg])(?<!sh)(?<!ch)(?<![^aeiouy]l)es)$"
)
# Two syllables where two vowels meet: me-di-a, va-ri-ous, qui-et, us-u-al, a-re-a, cre-ate, go-ing.
_SPLIT: Final = re.compile(
    r"i(?:a(?!l\b|n\b)|o(?!u|n)|et\b)|(?<![ctxsg])i(?=ous)|(?<!q)ua|eo(?!u|p)|(?<=[aeiou]\w)ea\b|cre(?=at[eio])|(?<=[aeiouy])ing\b"
)


def _english(word: str) -> int:
    spoken = _SILENT.sub("", word)
    return len(_ENGLISH.findall(spoken)) + len(_SPLIT.findall(spoken))


_COUNTERS: Final[Mapping[str, Callable[[str], int]]] = {"de": _german, "en": _english}
