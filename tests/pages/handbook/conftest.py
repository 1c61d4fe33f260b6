"""A workspace whose handbook has a history."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.pages.conftest import Studio


@pytest.fixture
def save(studio: Studio) -> Callable[..., None]:
    """Write files of the handbook and commit them: ``save("2026-11-02", "Du statt Sie", stimme="# Stimme")``."""

    def git(*args: str, **environ: str) -> None:
        subprocess.run(["git", *args], cwd=studio.root, check=True, capture_output=True, env={**os.environ, **environ})

    def commit(day: str, sentence: str, *, mail: str = "jule@example.com", **files: str) -> None:
        for stem, text in files.items():
            studio.write(f"guidelines/{stem}.md", text)
        git("add", "-A")
        moment = f"{day}T09:00:00+01:00"
        who = {"AUTHOR_NAME": "jh", "AUTHOR_EMAIL": mail, "COMMITTER_NAME": "forge", "COMMITTER_EMAIL": "f@example.com"}
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        git(
            "-c",
            "commit.gpgsign=false",
            "commit",
            "-q",
            "-m",
            sentence,
            **{f"GIT_{k}": v for k, v in who.items()},
            **dates,
        )

    git("init", "-q")
    return commit
