"""The one gettext catalogue for everything people read: command line, problems, site, reports.

English is the language of the source; German comes from `locale/de/LC_MESSAGES/leitstand.mo`.
A composition root calls `speak()` once; every other module only imports `_` and `ngettext`. Where one process talks to
several people, as the desk does, each request is answered inside `speaking()`.
"""

from __future__ import annotations

import gettext
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from io import BytesIO
from pathlib import Path
from struct import unpack_from
from typing import ParamSpec, TypeVar

LANGUAGES = ("en", "de")
LOCALE_DIR = Path(__file__).parent / "locale"
Made = TypeVar("Made")
Given = ParamSpec("Given")


class Catalogue(gettext.GNUTranslations):
    """A compiled catalogue that looks up what is asked for; the standard one turns thousands of messages into strings.

    The format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
    """

    plural: Callable[[int], int]  # which of a translation's forms a count takes; from the catalogue's first entry
    _said: _Translations

    def _parse(self, fp: BytesIO) -> None:  # type: ignore[override]  # the standard one asks for less of a file
        whole = fp.read()
        # The first entry tells of the catalogue itself: a file that says it has no other is read as always.
        super()._parse(BytesIO(whole[:8] + (1).to_bytes(4, "little") + whole[12:]))
        self._said = _Translations(whole)

    def gettext(self, message: str) -> str:
        return (self._said[message] or (message,))[0]

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms, form = self._said[msgid1], self.plural(n)
        return forms[form] if form < len(forms) else super().ngettext(msgid1, msgid2, n)


class _Translations(dict[str, tuple[str, ...]]):
    """The forms of each translation that was asked for; none where there is no translation."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self._count, self._originals, self._translated = unpack_from("<3I", whole, 8)

    def __missing__(self, message: str) -> tuple[str, ...]:
        wanted = message.encode()
        place = bisect_left(range(self._count), wanted, key=self._original)  # they are sorted
        there = place < self._count and self._original(place) == wanted
        self[message] = forms = tuple(self._text(self._translated, place).decode().split("\0")) if there else ()
        return forms

    def _original(self, place: int) -> bytes:
        return self._text(self._originals, place).partition(b"\0")[0]  # after it stands its plural, if it has one

    def _text(self, table: int, place: int) -> bytes:
        length, start = unpack_from("<2I", self._whole, table + 8 * place)
        return self._whole[start : start + length]


_catalogue: gettext.NullTranslations = gettext.NullTranslations()
# What is spoken to one person, in one thread or task; None: as everywhere.
_here: ContextVar[gettext.NullTranslations | None] = ContextVar("language", default=None)


def speak(language: str) -> None:
    """Use `language` (``de``, ``de-AT``, ``en`` …) from now on; unknown ones mean English."""
    global _catalogue  # noqa: PLW0603  # one process speaks one language, chosen by its composition root
    _catalogue = catalogue(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use `language` within, in this thread or task alone."""
    token = _here.set(catalogue(language))
    try:
        yield
    finally:
        _here.reset(token)


def surroundings(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for, such as ``de_DE.UTF-8``; "" where it says nothing."""
    named = (environ.get(name) for name in ("LEITSTAND_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "")


def spoken() -> str:
    """The language that is spoken: ``en`` or ``de``."""
    return str((_here.get() or _catalogue).info().get("language", "en"))


def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of `language`, or the English originals."""
    short = language.replace("_", "-").split("-")[0].lower()
    return _open(short if short in LANGUAGES else "en")


@cache
def _open(language: str) -> gettext.NullTranslations:
    return gettext.translation("leitstand", LOCALE_DIR, languages=[language], class_=Catalogue, fallback=True)


def kept_in_each_language(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """`make`, which says something about values that can be hashed, asked once for each of them and each language."""

    @lru_cache(maxsize=2048, typed=True)
    def remember(_language: gettext.NullTranslations, *given: Given.args, **named: Given.kwargs) -> Made:
        return make(*given, **named)

    @wraps(make)
    def ask(*given: Given.args, **named: Given.kwargs) -> Made:
        return remember(_here.get() or _catalogue, *given, **named)  # type: ignore[arg-type]  # what cannot be hashed raises

    return ask


def _(message: str) -> str:
    return (_here.get() or _catalogue).gettext(message)


def decimal(value: float, form: str) -> str:
    """`value` as ``format(value, form)`` has it, with the spoken language's decimal sign."""
    return format(value, form).replace(".", _("1.5")[1])


def ngettext(singular: str, plural: str, count: int) -> str:
    """`singular` or `plural` in the spoken language, with ``{count}`` filled in."""
    return (_here.get() or _catalogue).ngettext(singular, plural, count).format(count=count)
