"""The one gettext catalogue for everything people read: command line, problems, site, reports.

English is the language of the source; German comes from `locale/de/LC_MESSAGES/leitstand.mo`.
A composition root calls `speak()` once; every other module only imports `_` and `ngettext`.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("en", "de")
LOCALE_DIR = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: str) -> None:
    """Use `language` (``de``, ``de-AT``, ``en`` …) from now on; unknown ones mean English."""
    global _catalogue  # noqa: PLW0603  # one process speaks one language, chosen by its composition root
    _catalogue = catalogue(language)


def surroundings(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for, such as ``de_DE.UTF-8``; "" where it says nothing."""
    named = (environ.get(name) for name in ("LEITSTAND_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, named), "")


def spoken() -> str:
    """The language that is spoken: ``en`` or ``de``."""
    return str(_catalogue.info().get("language", "en"))


def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of `language`, or the English originals."""
    short = language.replace("_", "-").split("-")[0].lower()
    return gettext.translation("leitstand", LOCALE_DIR, languages=[short], fallback=True)


def _(message: str) -> str:
    return _catalogue.gettext(message)


def decimal(value: float, form: str) -> str:
    """`value` as ``format(value, form)`` has it, with the spoken language's decimal sign."""
    return format(value, form).replace(".", _("1.5")[1])


def ngettext(singular: str, plural: str, count: int) -> str:
    """`singular` or `plural` in the spoken language, with ``{count}`` filled in."""
    return _catalogue.ngettext(singular, plural, count).format(count=count)
