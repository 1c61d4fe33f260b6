"""Verbs of the command line in one workspace, with what they print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.cli import execute


class Verbs:
    """Somebody in the workspace at `root`, who reads English."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys

    def __call__(self, *args: str, code: int = 0) -> str:
        """The output of a verb that has to end with `code`."""
        got = execute([*args, "-w", str(self.root)], {"LEITSTAND_LANG": "en"})
        printed = self.capsys.readouterr()
        assert got == code, printed
        return printed.out + printed.err

    def json(self, *args: str, code: int = 0) -> dict[str, object]:
        """The one JSON object that the verb prints."""
        value: dict[str, object] = json.loads(self(*args, "--json", code=code))
        return value

    def write(self, path: str, content: str | bytes) -> None:
        """A file of the workspace."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
