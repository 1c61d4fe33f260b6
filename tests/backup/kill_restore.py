"""Restores that are killed at their first, third, fifth … step at the files: run as a program, with a folder.

Below it lie ``template`` (a state directory) and ``backup.db`` with its parts. For each step the template is copied to a
folder with the step's number, and a child of this process is killed by itself in the middle of restoring there. The last
folder's child got through.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from tests.backup.states import LATER, state_at
from toolkit.backup import restore

# Everything that opens, makes, renames or removes a file; in between, SQLite's own promise holds.
STEPS = frozenset({"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "sqlite3.connect", "os.chmod"})


def main(root: Path) -> None:
    # Once before, so that no step is the loading of a module.
    rehearsal = root / "rehearsal"
    shutil.copytree(root / "template", rehearsal)
    restore(state_at(rehearsal), root / "backup.db", LATER)
    shutil.rmtree(rehearsal)
    for step in count(1, 2):
        folder = root / str(step)
        shutil.copytree(root / "template", folder)
        child = os.fork()
        if not child:
            die_at(step)
            restore(state_at(folder), root / "backup.db", LATER)
            os._exit(0)
        if not os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            return


def die_at(step: int) -> None:
    left = [step]

    def hear(event: str, _args: object) -> None:
        if event in STEPS:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
