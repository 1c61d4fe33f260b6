"""An IPython kernel that puts up its walls before it listens. Run as ``python -m toolkit.reports.kernels.kernel``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from toolkit.reports.isolation import Isolation, isolate, open_places
from toolkit.reports.isolation.system import adopt_orphans
from toolkit.reports.kernels.lifeline import end_with
from toolkit.reports.runner import Job
from toolkit.reports.window import know_only


def run_kernel(connection: str) -> None:
    """Serve the notebook until the process is ended. `connection` is the path of Jupyter's connection file."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(["-f", connection, "--quiet"])  # type: ignore[no-untyped-call]  # ipykernel has no types
    _show_charts()
    app.start()  # type: ignore[no-untyped-call]  # ipykernel has no types


def _show_charts() -> None:
    """Let matplotlib draw into the notebook, although it was imported when there was none."""
    if "matplotlib" in sys.modules:
        import matplotlib as mpl
        import matplotlib.pyplot as plt
        from matplotlib_inline import backend_inline

        mpl.use("module://matplotlib_inline.backend_inline")
        # It runs by itself at the first import only, which may be over.
        backend_inline._enable_matplotlib_integration()  # type: ignore[no-untyped-call]  # noqa: SLF001  # see above
        # After each cell it would draw for a window what is only made into a picture and closed.
        plt.uninstall_repl_displayhook()


def enclose(job: Job, home: Path) -> Isolation:
    """Put up the walls around this process, for the job's notebook."""
    if job.imports is not None:
        know_only(job.imports)
    return isolate(open_places(job.readable, home), job.limits)


def main() -> None:
    """Serve the connection file of the argument; what is allowed stands in the environment, see `FreshKernel`."""
    job, home = Job.from_json(os.environ.pop("LEITSTAND_KERNEL")), Path(os.environ.pop("LEITSTAND_KERNEL_HOME"))
    adopt_orphans()
    standing = enclose(job, home)
    # Later than the walls, which a process with threads cannot put up.
    end_with(sys.stdin.buffer, lambda: None)
    sys.stdout.write(json.dumps(asdict(standing)) + "\n")
    sys.stdout.flush()
    run_kernel(sys.argv[1])


if __name__ == "__main__":
    main()
