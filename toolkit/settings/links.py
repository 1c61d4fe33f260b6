"""The table ``[links]``: what is added to links that lead to the company's own pages, so that visits can be told apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from toolkit.messages import _
from toolkit.settings.reader import Reader
from toolkit.values import dataclass

TABLE: Final = "links"
PLACEHOLDERS: Final = ("network", "account", "campaign", "uid")
DEFAULTS: Final[Mapping[str, str]] = {
    "utm_source": "{network}",
    "utm_medium": "social",
    "utm_campaign": "{campaign}",
    "utm_id": "",
    "utm_content": "",
    "utm_term": "",
}
KEYS: Final[Mapping[str, str]] = {
    "domains": "Whose links are measured, with their subdomains: a list such as nordlicht.example.com. Empty: nothing is added.",
    "utm_source": "Where the visit comes from. Default: {network}. Here and below also {account}, {campaign} and {uid}.",
    "utm_medium": "By which kind of channel. Default: social.",
    "utm_campaign": "For which campaign; left out for posts without one. Default: {campaign}.",
    "utm_id": "An id of the campaign or, with {uid}, of the post. Default: none.",
    "utm_content": "Which of several links or texts. Default: none.",
    "utm_term": "Which search term. Default: none.",
}
_DOMAIN: Final = re.compile(r"(?!-)[\w-]+(?:\.[\w-]+)+")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """Parameters (name → pattern) that links to `domains` get; without domains there is no policy."""

    domains: tuple[str, ...] = ()
    patterns: Mapping[str, str] = field(default_factory=dict)

    def parameters(self, values: Mapping[str, str]) -> dict[str, str]:
        """The parameters with `values` for the placeholders; one whose value is missing is left out."""
        found = {}
        for name, pattern in self.patterns.items():
            if pattern and all(values.get(place) for place in _PLACE.findall(pattern)):
                found[name] = _PLACE.sub(lambda place: values[place[1]], pattern)
        return found


def read_links(reader: Reader, raw: Mapping[str, object]) -> LinkPolicy:
    """The policy that the table sets; an empty one without it."""
    table = reader.table(reader.sub(raw, TABLE), TABLE, KEYS)
    domains = reader.words(table, TABLE, "domains", ())
    for domain in domains:
        if not _DOMAIN.fullmatch(domain):
            message = _('a domain is a name such as "nordlicht.example.com", without https:// and path; not {domain!r}')
            reader.error(TABLE, "domains", message.format(domain=domain))
    patterns = {name: reader.value(table, TABLE, name, str, default) for name, default in DEFAULTS.items()}
    for name, pattern in patterns.items():
        strange = [place for place in _PLACE.findall(pattern) if place not in PLACEHOLDERS]
        if strange or "{" in _PLACE.sub("", pattern) or "}" in _PLACE.sub("", pattern):
            known = ", ".join(f"{{{place}}}" for place in PLACEHOLDERS)
            message = _("{key} may hold only these placeholders: {known}")
            reader.error(TABLE, name, message.format(key=name, known=known))
    return LinkPolicy(tuple(domain.lower() for domain in domains), patterns)
