"""The file that lets a forge check every proposal: `leitstand init --ci github` or `--ci gitlab`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from toolkit import __version__

# Forge → where it looks for its file.
PLACES: Final[Mapping[str, str]] = {"github": ".github/workflows/leitstand.yml", "gitlab": ".gitlab-ci.yml"}


def ci_files(forge: str) -> dict[str, str]:
    """Path → text of the file for `forge`, which is one of `PLACES`; it installs this very version."""
    text = files("toolkit.starter").joinpath("forges", f"{forge}.yml").read_text(encoding="utf-8")
    return {PLACES[forge]: text.replace("LEITSTAND_VERSION", __version__)}
