"""The program that runs one notebook; `runner` starts it in a process and an environment of its own.

It reads a JSON object from stdin (`notebook`, `output`, `parameters`, `cell_timeout`) and writes a JSON line to stdout
when it begins and for each finished cell. Failing cells do not stop it: what can be shown is shown, and the caller finds the failures in
the executed notebook. Run as ``python -m toolkit.reports.execute``.
"""

from __future__ import annotations

import json
import signal
import sys
from pathlib import Path
from typing import Any

from toolkit.reports.notebook import read_notebook


def main() -> None:
    """Run the notebook named on stdin."""
    import papermill
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    job = json.load(sys.stdin)
    done = _Counter(job["notebook"])
    # From the first line on the caller interrupts us instead of ending us; a background job inherits it ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    done.tell()
    try:
        papermill.execute_notebook(
            job["notebook"],
            job["output"],
            parameters=job["parameters"],
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=job["cell_timeout"],
            # A local socket instead of TCP ports: no other user can connect, and no two runs want the same port.
            config=Config({"KernelManager": {"transport": "ipc"}}),
            allow_errors=True,
            on_cell_executed=done,
        )
    except PapermillExecutionError:
        return  # it stands in the output


class _Counter:
    """Tells the caller how far the run is."""

    def __init__(self, notebook: str) -> None:
        cells = read_notebook(Path(notebook)).cells
        # papermill adds one cell with the parameters.
        self.of = sum(cell.cell_type == "code" for cell in cells) + 1
        self.done = 0

    def __call__(self, **_cell: Any) -> None:
        self.done += 1
        self.tell()

    def tell(self) -> None:
        """Write the state of the run as a line."""
        sys.stdout.write(json.dumps({"done": self.done, "of": self.of}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
