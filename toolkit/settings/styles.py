"""The table ``[check.styles]``: which Vale packages of guidelines/styles/ check the posts, and what they leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "check.styles"
KEYS: Final[Mapping[str, str]] = {
    "packages": "Folders of guidelines/styles/ whose rules check the posts. Default: all of them.",
    "vocabularies": "Folders of guidelines/styles/config/vocabularies/ whose accepted words no rule touches and whose rejected words are errors. Default: all of them.",
    "ignore": "Regular expressions: what they match in a text is taken for code and not read.",
    "except": "Table path pattern = list of rules or packages that do not look at these posts.",
}


@dataclass(frozen=True, slots=True)
class StylePolicy:
    """Packages and vocabularies that are used; None means all that lie there. `exempt` is path pattern → rules."""

    packages: tuple[str, ...] | None = None
    vocabularies: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    exempt: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_styles(reader: Reader, check: Mapping[str, object]) -> StylePolicy:
    """The policy in ``[check.styles]``; everything that lies in the folder without it."""
    raw = reader.table(reader.sub(check, "styles", "check"), TABLE, KEYS)
    exempt = reader.sub(raw, "except", TABLE)
    for pattern, rules in exempt.items():
        if not isinstance(rules, list) or not all(isinstance(rule, str) for rule in rules):
            reader.error(f"{TABLE}.except", pattern, _("{key} must be a list of texts").format(key=pattern))
    return StylePolicy(
        packages=reader.words(raw, TABLE, "packages", ()) if "packages" in raw else None,
        vocabularies=reader.words(raw, TABLE, "vocabularies", ()) if "vocabularies" in raw else None,
        ignore=reader.words(raw, TABLE, "ignore", ()),
        exempt={pattern: tuple(map(str, rules)) for pattern, rules in exempt.items() if isinstance(rules, list)},
    )
