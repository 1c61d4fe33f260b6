"""Spelling: Hunspell's dictionaries through pyenchant, a list of trade words, the house's own words and German compounds.

`open_speller` raises `SpellingError`, whose text says what to install; nothing else here needs a package.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final, Protocol

from toolkit.errors import LeitstandError
from toolkit.language.compounds import Compounds
from toolkit.language.text import Kind, Token, has_blanks_inside, tokens
from toolkit.messages import _


class Speller(Protocol):
    """Whoever knows how words are spelled."""

    def check(self, word: str) -> bool:
        """Whether the word is right."""

    def suggest(self, word: str) -> list[str]:
        """What may have been meant, the likeliest first; empty when nothing comes to mind."""


class SpellingError(LeitstandError):
    """A package or a dictionary is missing; the text says which, and how to install it."""


# A language's dictionaries in the order in which they are tried; each that is there counts.
_DICTIONARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "de": ("de_DE", "de"),
    "de-at": ("de_AT", "de_DE", "de"),
    "de-ch": ("de_CH",),
    "en": ("en_GB", "en_US", "en"),
    "en-gb": ("en_GB",),
    "en-us": ("en_US",),
}
_PIECE: Final = re.compile(r"\S+")
_PARTS: Final = re.compile(r"[-/()*:_·\\]+")
_GENDERED: Final = re.compile(r"\\?[*:_·]|/-?|[()]")
_ABBREVIATION: Final = 5  # letters: KPI, GmbH and HTTPS are not in question


@cache
def open_speller(language: str) -> Spelling:
    """The speller of ``de`` or ``en-GB``, without words of a house; the same one for the same language."""
    checks = [_dictionary(name) for name in dictionary_names(language)]
    return Spelling(language, checks, trade_words(language))


def dictionary_names(language: str) -> list[str]:
    """The installed dictionaries of a language, such as ``en_GB`` and ``en_US``. Raises `SpellingError`."""
    broker = _broker()
    wanted = language.lower().replace("_", "-")
    names = _DICTIONARIES.get(wanted) or _DICTIONARIES.get(wanted.split("-")[0]) or (wanted.split("-")[0],)
    found = [name for name in names if broker.dict_exists(name)]
    if not found:
        raise SpellingError(_missing_dictionary(language, names[0]))
    return found


class _Broker(Protocol):
    """What we use of pyenchant's broker."""

    def dict_exists(self, tag: str) -> bool: ...

    def request_dict(self, tag: str) -> Speller: ...


@cache
def _broker() -> _Broker:
    try:
        import enchant  # type: ignore[import-untyped]  # it ships no types
    except ImportError as error:
        raise SpellingError(_missing_package(error)) from None
    broker: _Broker = enchant.Broker()
    return broker


@cache
def _dictionary(name: str) -> Speller:
    return _broker().request_dict(name)


def _missing_package(error: ImportError) -> str:
    if "enchant" in str(error) and "C library" in str(error):
        return _(
            "the library Enchant is missing. Debian and Ubuntu: apt install libenchant-2-2; macOS: brew install enchant; "
            "Windows: it comes with the package pyenchant"
        )
    return _('the package pyenchant is missing; install it with: pip install "leitstand[language]"')


def _missing_dictionary(language: str, name: str) -> str:
    message = _(
        "there is no dictionary {name} for the language {language}. Debian and Ubuntu: apt install {package}; macOS: put "
        "{name}.dic and {name}.aff into ~/Library/Spelling; Windows: put them into %LOCALAPPDATA%\\enchant\\hunspell"
    )
    packages = {"de_DE": "hunspell-de-de", "de_AT": "hunspell-de-at", "de_CH": "hunspell-de-ch"}
    package = packages.get(name, f"hunspell-{name.lower().replace('_', '-')}")
    return message.format(name=name, language=language, package=package)


@cache
def trade_words(language: str) -> frozenset[str]:
    """The shipped words of social media and trade; empty for a language that has no list."""
    file = files("toolkit.language") / "words" / f"{language[:2].lower()}.txt"
    return read_words(file.read_text(encoding="utf-8")) if file.is_file() else frozenset()


def read_words(text: str) -> frozenset[str]:
    """The words of a list: any number a line; what follows ``#`` is a remark."""
    return frozenset(word for line in text.splitlines() for word in line.partition("#")[0].split())


class Spelling:
    """One language: dictionaries, trade words, and `own` words of a house, which are right in every form given."""

    def __init__(
        self, language: str, checks: Sequence[Speller], trade: frozenset[str], own: Collection[str] = ()
    ) -> None:
        self.language = language
        self.own = frozenset(own)
        self._checks = checks
        self._trade = trade
        self._listed = trade | self.own
        self._remembered: dict[str, bool] = {}
        self._right_pieces: set[str] = set()
        self._near: dict[str, list[str]] = {}
        # Compounds are a matter of German; English writes its parts apart or with a hyphen.
        self._compounds = (
            Compounds(self.has, self._in_dictionary, self._listed) if language[:2].lower() == "de" else None
        )

    def with_words(self, own: Collection[str]) -> Spelling:
        """The same dictionaries for a house that has words of its own."""
        return Spelling(self.language, self._checks, self._trade, own)

    def wrong(self, text: str) -> list[Token]:
        """The words of `text` that are not right, at their places.

        Most texts consist of pieces that were right before; only the others are looked at.
        """
        unknown = set(text.split()) - self._right_pieces
        wrong = {piece for piece in unknown if not self._is_right(piece)}
        if not wrong:
            return []
        if has_blanks_inside(text):
            return self._wrong_words(text)
        pieces = [piece for piece in _PIECE.finditer(text) if piece[0] in wrong]
        return [token.moved(piece.start()) for piece in pieces for token in self._wrong_words(piece[0])]

    def _wrong_words(self, text: str) -> list[Token]:
        return [token for token in tokens(text) if token.kind is Kind.WORD and not self.check(token.text)]

    def _is_right(self, piece: str) -> bool:
        """Whether every word between two blanks is right."""
        right = not self._wrong_words(piece)
        if right and not has_blanks_inside(piece):
            self._right_pieces.add(piece)
        return right

    def check(self, word: str) -> bool:
        """Whether the word is right, alone, as part of the house's words, or as a compound."""
        right = self._remembered.get(word)
        if right is None:
            right = self._remembered[word] = self._decide(_plain(word))
        return right

    def _decide(self, word: str) -> bool:
        if self.has(word) or _is_initials(word):
            return True
        if word.endswith("'s") or (word.endswith("'") and word[-2:-1] in "sxzß"):
            return self.check(word.rpartition("'")[0])
        if _GENDERED.search(word):
            return self._right_form(word)
        if "-" in word:
            return all(self._right_part(part) for part in word.split("-") if part)
        return self._compounds is not None and self._compounds.is_one(word)

    def has(self, word: str) -> bool:
        """Whether a list or a dictionary has the word; at the beginning of a sentence every word has a capital."""
        lowered = word[:1].lower() + word[1:]
        if word in self._listed or lowered in self._listed or (word.isupper() and self._capitals(word)):
            return True
        # Genitives and plurals of names: Jules Karte, die Instagrams.
        if word.endswith("s") and word[:-1] in self.own:
            return True
        return self._in_dictionary(word)

    def _in_dictionary(self, word: str) -> bool:
        return any(check.check(word) for check in self._checks)

    def _capitals(self, word: str) -> bool:
        return word.capitalize() in self._listed or word.lower() in self._listed

    def _right_form(self, word: str) -> bool:
        """Whether a form for all genders is right: read without its mark, or part by part."""
        joined = _GENDERED.sub("", word)
        return self.check(joined) or all(self.check(part) for part in _PARTS.split(word) if part)

    def _right_part(self, part: str) -> bool:
        """Whether a part between hyphens is right; Redaktions- and Kunden- may wait for what comes."""
        return self.check(part) or (part.endswith(("s", "n")) and self.check(part[:-1]))

    def near(self, word: str) -> list[str]:
        """Up to three right words that are one slip away from `word`; a fixed number of tries, whatever the word."""
        found = self._near.get(word)
        if found is None:
            found = self._near[word] = _near(self, word)
        return found

    def suggest(self, word: str) -> list[str]:
        """As `near`; where nothing is near, what the dictionary proposes, which takes it a quarter of a second."""
        return self.near(word) or [found for check in self._checks[:1] for found in check.suggest(word)[:3]]


def _plain(word: str) -> str:
    """`word` composed, without soft hyphens, with the typewriter's apostrophe."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", word).replace("\u00ad", "").replace("\u2019", "'")


def _is_initials(word: str) -> bool:
    return len(word) <= _ABBREVIATION and (word.isupper() or len(word) == 1)


# What fingers and ears confuse, most of all in German; each is tried in both directions.
_CONFUSED: Final = (
    ("ss", "ß"), ("ae", "ä"), ("oe", "ö"), ("ue", "ü"), ("e", "ä"), ("d", "t"), ("b", "p"), ("g", "k"), ("f", "v"),
    ("ie", "i"), ("z", "tz"), ("k", "ck"), ("i", "y"), ("eu", "äu"), ("a", "e"), ("e", "i"), ("o", "u"), ("o", "ö"),
    ("u", "ü"), ("a", "ä"), ("m", "n"), ("s", "ß"), ("c", "k"), ("ei", "ie"), ("ai", "ei"), ("ph", "f"), ("s", "z"),
)  # fmt: skip
_MISSED: Final = "enrisathl"


def _near(speller: Spelling, word: str) -> list[str]:
    """Words of lists and dictionaries first: of compounds there are too many that nobody means."""
    candidates = [slip for slip in dict.fromkeys(_slips(word)) if slip != word and len(slip) > 1]
    for right in (speller.has, speller.check):
        found = list(islice(filter(right, candidates), 3))
        if found:
            return found
    return []


def _slips(word: str) -> Iterator[str]:
    """Words one slip away: the likeliest slips first."""
    if len(word) > 40:
        return
    for one, other in _CONFUSED:
        yield from _replaced(word, one, other)
        yield from _replaced(word, other, one)
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) + 1):
        yield word[:at] + word[at - 1].lower() + word[at:]
    for at in range(1, len(word) + 1):
        yield from (word[:at] + letter + word[at:] for letter in _MISSED)
    yield word.capitalize()
    yield word.lower()


def _replaced(word: str, one: str, other: str) -> Iterator[str]:
    at = word.find(one)
    while at >= 0:
        yield word[:at] + other + word[at + len(one) :]
        at = word.find(one, at + 1)
