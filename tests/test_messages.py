"""The German catalogue is complete, current and fills in the same names as the English originals."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from toolkit.cli.reference.catalogue import catalogue_texts
from toolkit.messages import LOCALE_DIR, _, catalogue, kept_in_each_language, speaking

ROOT = Path(__file__).parents[1]
FOLDER = LOCALE_DIR / "de" / "LC_MESSAGES"


@pytest.fixture(scope="module")
def german() -> Catalog:
    with (FOLDER / "leitstand.po").open("rb") as file:
        return read_po(file)


def messages(path: Path) -> Iterator[str]:
    """The texts handed to `_` and `ngettext` in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            for argument in node.args[:1]:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)


def test_every_message_is_in_the_catalogue(german: Catalog) -> None:
    """Each `_("…")` in the code, and each text of a key table or help, has an entry.

    Run `make messages` otherwise; what it does not find stands inside an f-string, where no collector looks.
    """
    found = {text for path in (ROOT / "toolkit").rglob("*.py") for text in messages(path)}
    missing = [text for text in {*found, *catalogue_texts()} if text and text not in german]
    assert missing == []


def test_every_message_is_translated(german: Catalog) -> None:
    """No entry is empty or marked as uncertain."""
    empty = [message.id for message in german if message.id and (message.fuzzy or not all(_texts(message.string)))]
    assert empty == []


def test_translations_fill_in_the_same_names(german: Catalog) -> None:
    """A translation uses only the placeholders of its original, so that formatting it cannot fail."""
    wrong = []
    for message in german:
        allowed = set().union(*(_names(text) for text in _texts(message.id))) if message.id else set()
        wrong += [text for text in _texts(message.string) if message.id and not _names(text) <= allowed]
    assert wrong == []


def test_compiled_catalogue_is_current(german: Catalog) -> None:
    """The .mo file that programs read is made from the .po file that people edit."""
    compiled = BytesIO()
    write_mo(compiled, german)
    assert (FOLDER / "leitstand.mo").read_bytes() == compiled.getvalue()


@pytest.mark.parametrize("language", ["de", "de_AT.UTF-8", "de-CH"])
def test_german_speaks_german(language: str) -> None:
    """Any German locale finds the German catalogue."""
    assert catalogue(language).gettext("Commands") == "Befehle"


def test_a_look_finds_what_reading_everything_does(german: Catalog) -> None:
    """Every entry, in each form, and what stands in no catalogue, is said as the standard library says it."""
    with (FOLDER / "leitstand.mo").open("rb") as file:
        standard = GNUTranslations(file)
    ours = catalogue("de")
    assert ours.info() == standard.info()
    nowhere = ["Nowhere", "Ä", "~~~"]
    for message in [*nowhere, *(_texts(one.id)[0] for one in german)]:
        assert ours.gettext(message) == standard.gettext(message)
    for message in [*nowhere, *(one.id[0] for one in german if one.pluralizable)]:
        said = [(ours.ngettext(message, "many", n), standard.ngettext(message, "many", n)) for n in (0, 1, 2)]
        assert all(one == other for one, other in said)


def test_what_is_kept_is_kept_in_each_language() -> None:
    """What was said in one language is not heard in another, and is made once in each."""
    asked = []

    @kept_in_each_language
    def greet(name: str) -> str:
        asked.append(name)
        return f"{_('Commands')} {name}"

    for _round in range(2):
        with speaking("en"):
            assert greet("Anna") == "Commands Anna"
        with speaking("de"):
            assert greet("Anna") == "Befehle Anna"
    assert asked == ["Anna", "Anna"]


def _texts(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def _names(text: str) -> set[str]:
    try:
        return {name.split("!")[0].split(".")[0] for _t, name, _s, _c in string.Formatter().parse(text) if name}
    except ValueError:
        return set()
