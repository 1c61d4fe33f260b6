"""Values of galaxy-social's YAML, as plain words; what has another shape reads as missing."""

from __future__ import annotations

from toolkit.source.nodes import Mapping, Node, Scalar, Sequence
from toolkit.values import dataclass


@dataclass(frozen=True, slots=True)
class Values:
    """The values of one table."""

    node: Node | None

    def text(self, key: str) -> str:
        """A word; "" when there is none."""
        found = self._get(key)
        return "" if not isinstance(found, Scalar) or found.empty else found.text

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        return _words(self._get(key))

    def texts(self, key: str) -> dict[str, str]:
        """A table of words."""
        return _texts(self._get(key))

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A table of lists of words, as mentions and hashtags per account; names in small letters."""
        found = self._get(key)
        return (
            {name.lower(): _words(value) for name, value in found.values.items()} if isinstance(found, Mapping) else {}
        )

    def tables(self, key: str) -> list[dict[str, str]]:
        """A list of tables of words."""
        found = self._get(key)
        return [_texts(item) for item in found.items] if isinstance(found, Sequence) else []

    def _get(self, key: str) -> Node | None:
        return self.node.values.get(key) if isinstance(self.node, Mapping) else None


def _words(node: Node | None) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else []
    return tuple(item.text for item in items if isinstance(item, Scalar) and not item.empty)


def _texts(node: Node | None) -> dict[str, str]:
    items = node.values.items() if isinstance(node, Mapping) else ()
    return {name: value.text for name, value in items if isinstance(value, Scalar) and not value.empty}
