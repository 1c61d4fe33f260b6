"""One request without the web framework: what came over the wire, and what is safe to take from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl

from toolkit.values import dataclass

FORM: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """A request. Header names are in lower case; each value stands as often as it was sent."""

    method: str
    path: str  # without the query, as it was sent: with its percent signs
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    peer: str = ""  # the address at the other end of the line; never what a header says about it
    body: bytes = b""

    def values(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for known, value in self.headers if known == name]

    def header(self, name: str) -> str:
        """The value of a header that was sent once; "" for none, and for several: whose would it be?"""
        found = self.values(name)
        return found[0] if len(found) == 1 else ""

    def cookie(self, name: str) -> str:
        """The cookie of this name; "" where there is none or, as after tossing one over ours, several."""
        pairs = [pair.strip().partition("=") for value in self.values("cookie") for pair in value.split(";")]
        found = [value for known, _sign, value in pairs if known == name]
        return found[0] if len(found) == 1 else ""

    @property
    def is_form(self) -> bool:
        """Whether the body is what a plain form sends."""
        return self.header("content-type").split(";")[0].strip().lower() == FORM

    @property
    def by_htmx(self) -> bool:
        return self.header("hx-request") == "true"

    @property
    def wants_part(self) -> bool:
        """Whether htmx asks for less than the page's main part."""
        whole = self.header("hx-boosted") or self.header("hx-history-restore-request")
        return self.by_htmx and not whole and self.header("hx-target") not in ("", "main")


def read_query(ask: Ask) -> Mapping[str, str]:
    """The query's values by name. Raises `ValueError` for what is no UTF-8, or too much."""
    return dict(_pairs(ask.query))


def read_form(ask: Ask) -> Mapping[str, tuple[str, ...]]:
    """The form's values by name. Raises `ValueError` for what is no UTF-8, or too much."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _pairs(ask.body.decode("ascii")):
        # Browsers send line ends as CRLF; texts have LF.
        found[name] = (*found.get(name, ()), value.replace("\r\n", "\n"))
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
