"""A tick of a real workspace in a process of its own, killed with SIGKILL when it comes to a named crash point."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

_CHILD = """\
import os, signal, sys
from datetime import datetime
from pathlib import Path
from toolkit.dispatch import publish_due
from toolkit.model import SetClock

left = int(sys.argv[3])

def crash(point):
    global left
    left -= point == sys.argv[2]
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

publish_due(Path(sys.argv[1]), clock=SetClock(datetime.fromisoformat(sys.argv[4])), environ=os.environ, crash=crash)
"""


def tick_and_die(root: Path, now: datetime, environ: Mapping[str, str], kill: tuple[str, int]) -> None:
    """One tick at `now` that ends at a crash point, when it comes there for the n-th time: ``("C2", 1)``."""
    point, time = kill
    child = subprocess.run(
        [sys.executable, "-c", _CHILD, str(root), point, str(time), now.isoformat()],
        env={**os.environ, **environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
