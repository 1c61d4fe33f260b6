"""Importers of other packages are found through their entry point and come before the general one."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.importers import IMPORTERS, all_importers, find_importer

MODULE = '''
"""A network's own export."""
from toolkit.importers import Extract, Match, Menu
TITLE = "Pinboard export"
NETWORK = ""
MENU = Menu(en="Settings, Export", de="Einstellungen, Export")
def identify(export):
    return Match(("pinboard",)) if export.data.startswith(b"subject,metric,value,pinboard") else Match()
def extract(document): return Extract(())
'''


def test_an_installed_importer_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution with the entry point ``leitstand.importers`` is all it takes; the general importer stays."""
    (tmp_path / "pinboard_export.py").write_text(MODULE)
    info = tmp_path / "pinboard_export-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pinboard-export\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[leitstand.importers]\npinboard = pinboard_export\n")
    assert "pinboard" not in all_importers()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert list(all_importers()) == ["pinboard", *IMPORTERS]
    found = find_importer(b"subject,metric,value,pinboard\n")
    assert found is not None
    assert found[0] == "pinboard"
