"""The smallest workspace that publishes: Anna and a feed. Tests add the accounts that they are about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pytest

PROBE: Final = """\
format = 1

[workspace]
id = "probe"
timezone = "Europe/Berlin"
languages = ["de"]

[people.anna]
roles = ["editor"]

[accounts.news]
network = "feed"
id = "news"
server = "https://example.com/feeds"
"""


def person(key: str, name: str, role: str, more: str = "") -> str:
    """A table of `people`; `more` is further lines of it."""
    return f'\n[people.{key}]\nname = "{name}"\nroles = ["{role}"]\n{more}'


def settings(*people: str, rest: str, name: str = "", languages: str = '"de"', interface: str = "") -> str:
    """A leitstand.toml with these people and, below them, `rest`; "" leaves a key out."""
    further = f'name = "{name}"\n' * bool(name) + f'interface = "{interface}"\n' * bool(interface)
    head = f'format = 1\n\n[workspace]\nid = "probe"\ntimezone = "Europe/Berlin"\nlanguages = [{languages}]\n{further}'
    return head + "".join(people) + f"\n{rest}"


def write_files(root: Path, files: Mapping[str, str]) -> Path:
    """Write each file, its path from `root`, byte for byte, and give `root` back."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return root


def move_in(folder: Path, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, str]) -> Path:
    """A workspace of these files in `folder`/brand, with its state beside it, as somebody stands in it who speaks English."""
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(folder / "state"))
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    root = write_files(folder / "brand", files)
    monkeypatch.chdir(root)
    return root
