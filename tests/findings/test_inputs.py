from __future__ import annotations

import json
import os
import subprocess
import sys
import zoneinfo
from pathlib import Path

import pytest

from toolkit.findings import inputs
from toolkit.findings.inputs import FILES, FOLDERS, name_program, read_inputs
from toolkit.messages import speak

ROOT = Path(__file__).parents[2]
EVER = 2**63
SETTINGS = 'format = 1\n[workspace]\nid = "x"\n[accounts.mastodon]\nnetwork = "mastodon"\n'
# Checks the workspace in the folder named first; prints what was opened, listed and started meanwhile.
WATCHED = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from toolkit.lint import check_workspace
from toolkit.workspace import load_workspace
root, seen = Path(sys.argv[1]), set()
def watch(event, args):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], (str, bytes)):
        seen.add(("file", str(Path(args[0] if isinstance(args[0], str) else args[0].decode()).absolute())))
    elif event == "subprocess.Popen":
        seen.add(("program", str(args[0])))
    elif event.startswith("socket.connect"):
        seen.add(("address", str(args[-1])))
sys.addaudithook(watch)
check_workspace(load_workspace(root), now=datetime(2026, 11, 21, 12, tzinfo=UTC))
print(json.dumps(sorted(seen)))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with a post, a picture and a page."""
    for name, text in {
        "leitstand.toml": SETTINGS,
        "content/posts/a.md": "---\ntitle: x\n---\n",
        "content/media/a.png": "Bild",
        "guidelines/stil.md": "# Stil",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def key(root: Path, *more: str, settled: int = 0, **environ: str) -> str:
    return read_inputs(root, name_program(environ), more, settled=settled).key


def test_a_key_is_the_same_until_something_changes(root: Path) -> None:
    """Nothing depends on the order of folders, the process or the moment."""
    assert key(root) == key(root)
    assert key(root, settled=EVER) == key(root, settled=EVER)


@pytest.mark.parametrize("name", ["leitstand.toml", "content/posts/a.md", "content/media/a.png", "guidelines/stil.md"])
def test_one_byte_of_a_file_is_another_key(root: Path, name: str) -> None:
    """Also with the same size and the old time of change, as editors and scripts may set it."""
    before, file = key(root), root / name
    status, data = file.stat(), file.read_bytes()
    file.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert key(root) != before
    file.write_bytes(data)
    assert key(root) == before


def test_names_links_and_folders_count(root: Path) -> None:
    """What is new, moved, gone, a link or hidden can be found by a rule, too."""
    seen = [key(root)]
    (root / "content/media/b.png").write_text("Bild", encoding="utf-8")
    seen.append(key(root))
    (root / "content/media/b.png").rename(root / "content/media/c.png")
    seen.append(key(root))
    (root / "content/media/c.png").unlink()
    (root / "content/media/c.png").symlink_to("a.png")
    seen.append(key(root))
    (root / "content/.hidden").mkdir()
    seen.append(key(root))
    (root / os.fsdecode(b"content/t\xfcr.md")).write_text("", encoding="utf-8")
    seen.append(key(root))
    (root / "guidelines/stil.md").unlink()
    seen.append(key(root))
    assert len(set(seen)) == len(seen)


def test_what_the_caller_and_the_machine_add_counts(root: Path) -> None:
    """The ledger's rows, the programs that are found, what git is told, the spoken language."""
    seen = [key(root), key(root, "row a"), key(root, "row a", "row b"), key(root, PATH="/opt"), key(root, GIT_DIR="x")]
    speak("de")
    seen.append(key(root))
    assert len(set(seen)) == len(seen)


def test_another_way_to_the_same_programs_changes_nothing(root: Path, tmp_path: Path) -> None:
    """`make`, an editor's window and a virtual environment have each its own PATH; another git on it counts."""
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        for program in ("git", "ffprobe"):
            (folder / program).write_text("#!/bin/sh\n", encoding="utf-8")
            (folder / program).chmod(0o755)
    plain = key(root, PATH=str(here))
    assert key(root, PATH=f"{tmp_path}{os.pathsep}{here}{os.pathsep}{there}") == plain
    assert key(root, PATH=f"{there}{os.pathsep}{here}") != plain


def test_a_large_file_that_lay_still_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gigabytes of film cost a look at their times; one that changed just now is read."""
    read: list[str] = []
    original = inputs._read

    def note(full: str) -> bytes:
        read.append(Path(full).name)
        return original(full)

    monkeypatch.setattr(inputs, "_read", note)
    key(root, settled=EVER)
    assert "a.png" not in read
    key(root, settled=0)
    assert "a.png" in read


def test_the_texts_are_those_of_the_key(root: Path) -> None:
    """A file that is saved while a check runs is checked as it was when the key was made."""
    found = read_inputs(root, "", (), settled=0)
    (root / "content/posts/a.md").write_text("anders", encoding="utf-8")
    assert found.tree.read("content/posts/a.md") == b"---\ntitle: x\n---\n"
    assert found.tree.read("content/media/a.png") == b"Bild"
    with pytest.raises(FileNotFoundError):
        found.tree.read("content/posts/b.md")


def test_checks_look_at_nothing_that_the_key_does_not_know(tmp_path: Path) -> None:
    """Every file that is opened while our own workspace is checked is part of the key, and so is every program."""
    state = {"HOME": str(tmp_path), "LEITSTAND_STATE_DIR": str(tmp_path), "PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-B", "-c", WATCHED, str(ROOT)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=state, timeout=120)
    known = [str(ROOT / name) for name in (*FILES, *FOLDERS)]
    known += [*zoneinfo.TZPATH, *(str(Path(folder).expanduser()) for folder in inputs._DICTIONARIES)]
    known += [
        str(ROOT / "toolkit"),
        sys.prefix,
        sys.base_prefix,
        "/dev/null",
        *(path for path in sys.path if path not in ("", str(ROOT))),
    ]
    # What is remembered of pictures is known by their bytes; Python looks for modules in the folder itself.
    known.append(str(ROOT / ".leitstand/cache"))
    seen = [one for one in json.loads(done.stdout) if one != ["file", str(ROOT)]]
    assert ["program", "git"] in seen
    strange = [
        [kind, name]
        for kind, name in seen
        if not (
            Path(name).name in {"git", "ffprobe", "ldconfig"}  # the last finds libraries by their names
            if kind == "program"
            else kind == "file" and any(Path(name).is_relative_to(place) for place in known)
        )
    ]
    assert strange == []
