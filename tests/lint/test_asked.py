"""Asking about one file gives what asking about all of them says of it."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lint import check_workspace
from toolkit.source import FolderTree, OverlayTree
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, tzinfo=UTC)
UIDS = ("", "01JDK3V7Q2M8X4T6R9A0B1C2D3", "01JDK3V7Q2M8X4T6R9A0B1C2D4", "short")
TEXTS = (
    "Hinter Tür 1 steht unser Winterröster, heute versandkostenfrei für alle. #AdventsKaffee",
    "Hinter Tür 1 steht unser Winterröster, heute versandkostenfrei für alle! #adventskaffee",
    (
        "Etwas ganz anderes. #adventskaffee\n\n## @bluesky\n\n"
        "Hinter Tür 1 steht unser Winterröster, heute versandkostenfrei für alle."
    ),
    "",
)
POST = st.builds(
    "---\nuid: {}\npublish: {} 09:{}0{}\nchannels: [{}]\n---\n{}\n".format,
    st.sampled_from(UIDS),
    st.dates(date(2026, 12, 1), date(2026, 12, 31)),
    st.integers(0, 5),
    st.sampled_from(("", "", " +14:00", " -11:00", "\nrepeat: FREQ=DAILY;COUNT=3")),
    st.sampled_from(("mastodon", "bluesky", "mastodon, bluesky")),
    st.sampled_from(TEXTS),
)
POSTS = st.lists(POST, min_size=1, max_size=5)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in git, in which the first post has the first uid."""
    folder = tmp_path_factory.mktemp("asked")
    accounts = "".join(f'[accounts.{name}]\nnetwork = "{name}"\n' for name in ("mastodon", "bluesky"))
    (folder / "leitstand.toml").write_text(
        f'format = 1\n[workspace]\nid = "x"\n{accounts}[policy]\ndistance = 1500\n', encoding="utf-8"
    )
    (folder / "content/posts").mkdir(parents=True)
    (folder / "content/posts/0.md").write_text(f"---\nuid: {UIDS[1]}\n---\n", encoding="utf-8")
    author = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    for command in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", "posts"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)
    return folder


@given(posts=POSTS)
def test_one_file_is_told_what_all_are_told(posts: list[str], root: Path) -> None:
    """Leaving out the files that cannot matter changes no problem of the file that was asked about."""
    files = {f"content/posts/{number}.md": text.encode() for number, text in enumerate(posts)}
    workspace = load_workspace(root, OverlayTree(FolderTree(root), files))
    everything = check_workspace(workspace, now=NOW)
    for path in files:
        # Minted uids are random.
        asked = [str(problem) for problem in check_workspace(workspace, now=NOW, paths=(path,))]
        assert asked == [str(problem) for problem in everything if problem.path == path]
