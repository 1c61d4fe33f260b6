"""The one gettext catalogue for everything people read: command line, problems, site, reports.

English is the language of the source; German comes from `locale/de/LC_MESSAGES/leitstand.mo`.
A composition root calls `speak()` once; every other module only imports `_` and `ngettext`. Where one process talks to
several people, as the desk does, each request is answered inside `speaking()`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

LANGUAGES = ("en", "de")
LOCALE_DIR = Path(__file__).parent / "locale"
Made = TypeVar("Made")
Given = ParamSpec("Given")

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
    return gettext.translation("leitstand", LOCALE_DIR, languages=[language], fallback=True)


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
