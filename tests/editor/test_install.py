from __future__ import annotations

import base64
import hashlib
import io
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from toolkit.editor import PackageError, install_packages
from toolkit.editor.build import at_home
from toolkit.editor.install import is_installed, read_files
from toolkit.editor.packages import ADDRESSES, PACKAGES, Package


def make_archive(folder: Path, files: dict[str, bytes]) -> Package:
    """An archive as npm makes them, and the package that it is."""
    package = Package("@a/b", "1.0.0", "", {name: f"page/{name}" for name in files})
    folder.mkdir(exist_ok=True)
    with tarfile.open(folder / package.archive, "w:gz") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    digest = base64.b64encode(hashlib.sha512((folder / package.archive).read_bytes()).digest()).decode()
    return replace(package, digest=digest)


def test_files_are_taken_from_archives_that_are_what_they_should_be(tmp_path: Path) -> None:
    """An archive with the right checksum gives its files; one changed byte, and it is as if it were not there."""
    package = make_archive(tmp_path, {"a.js": b"1"})
    assert read_files(tmp_path, [package]) == {"page/a.js": b"1"}
    archive = tmp_path / package.archive
    archive.write_bytes(archive.read_bytes() + b"\0")
    assert not is_installed(tmp_path, package)
    with pytest.raises(PackageError, match="run: leitstand editor install"):
        read_files(tmp_path, [package])


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program called npm first on the path, alone."""

    def put(script: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        (folder / "npm").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "npm").chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    return put


def test_another_package_than_the_checked_one_is_refused(tmp_path: Path, npm: Callable[[str], None]) -> None:
    """What a registry gives out under the name and version is not used when its checksum is another one."""
    npm(f"echo evil > {PACKAGES[0].archive}")
    folder = tmp_path / "packages"
    with pytest.raises(PackageError, match="is not the package that was checked; nothing was installed"):
        install_packages(folder)
    assert list(folder.iterdir()) == []


def test_a_registry_that_cannot_be_reached_is_named(tmp_path: Path, npm: Callable[[str], None]) -> None:
    """Npm's own last line is passed on."""
    npm("echo 'npm error network: no route' >&2; exit 1")
    with pytest.raises(PackageError, match="npm cannot fetch @sveltia/cms: npm error network: no route"):
        install_packages(tmp_path / "packages")


def test_without_npm_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has no npm learns what to install."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PackageError, match=r"install Node\.js"):
        install_packages(tmp_path / "packages")


def test_a_script_that_asks_elsewhere_is_refused() -> None:
    """Each address of others is turned into a path exactly once; a script without one of them was not checked."""
    script = "\n".join(ADDRESSES)
    assert "https://" not in at_home(script.encode()).decode()
    for changed in (script.replace("5.3.7", "5.4.0"), script + script):
        with pytest.raises(PackageError, match="in another way"):
            at_home(changed.encode())
