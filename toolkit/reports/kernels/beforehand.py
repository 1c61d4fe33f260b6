"""What every report and its kernel need anyway, imported and made once, before they are forked.

Nothing here may start a thread or ask DuckDB or Arrow for anything: a fork would inherit their locks and not the
threads that open them.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from toolkit.messages import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.kpis import Engine

# matplotlib_inline is not among it: see `kernel._show_charts`.
IMPORTS: Final = (
    "duckdb",
    "ibis",
    "ibis.backends.duckdb",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.kernelspec",
    "ipykernel.zmqshell",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.display_functions",
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "jupyter_client.provisioning",
    "matplotlib.pyplot",
    "nbclient",
    "nbconvert",
    "nh3",
    "numpy",
    "pandas",
    "pandas.core.reshape.reshape",
    "papermill",
    "pyarrow.dataset",
    "scipy.stats",
    "seaborn",
    "tornado.platform.asyncio",
    "tornado.queues",
    "toolkit.reports.execute",
    "toolkit.reports.kernels.provisioner",
    "toolkit.reports.kernels.source",
    "toolkit.reports.monthly",
    "zmq.utils.garbage",
)


def prepare() -> None:
    """Do it all. A report that needs what is missing says so itself."""
    # Nearly everything that is made here stays, and the collector would look through it again and again.
    gc.disable()
    for name in IMPORTS:
        with suppress(ImportError):
            import_module(name)
    for language in LANGUAGES:
        catalogue(language)  # reads it, and changes nothing
    for step in (know_debugger, draw, know_notebooks, lay_out):
        with suppress(ImportError):
            step()
    gc.enable()
    _keep()


def _keep() -> None:
    gc.collect()
    gc.freeze()  # nothing of this is ever looked at by a child's collector, so its pages stay shared


@cache
def ask() -> None:
    """Make the SQL of every KPI as reports of months that are over ask for it, or recall it; once.

    Most of what a packaged report computes before its first number is this, and no kernel could keep it for the next.
    """
    from toolkit.kpis import KPIS, Period, unit_rows

    start, end, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2021, 2022))
    nobody = cast("Engine", _Nobody())
    for kpi in KPIS.values():
        unit_rows(kpi, nobody, Period(start, end, until))
    _keep()


class _Nobody:
    """An engine that is asked and has nothing to say."""

    def query(self, _sql: str, _tables: Mapping[str, object]) -> _Nobody:
        return self

    def to_pylist(self) -> list[dict[str, object]]:
        return []


def know_debugger() -> None:
    """Let kernels know that there is no debugger: nobody could reach it, and each would import all of it."""
    with _absent("debugpy"):
        import_module("ipykernel.debugger")


def draw() -> None:
    """Find the fonts, and draw letters, signs and both kinds of pictures once."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.registry import backend_registry
    from matplotlib.figure import Figure

    backend_registry.list_all()  # type: ignore[no-untyped-call]  # matplotlib has few types; it looks through all installed packages for more of them
    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title("0")
    axes.set_xscale("log")  # its labels have a grammar of their own
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  # a name, not a path of the project
        for form in ("png", "svg"):
            figure.savefig(nowhere, format=form)


def know_notebooks() -> None:
    """Read and write one: the checks of its format are made of a schema, for each version of it."""
    from nbformat import NotebookNode, v4, validate

    for minor in (4, 5):
        cell = {"cell_type": "markdown", "metadata": {}, "source": "", **({"id": "a"} if minor == 5 else {})}
        whole: NotebookNode = v4.new_notebook(cells=[NotebookNode(cell)], nbformat_minor=minor)  # type: ignore[no-untyped-call]  # nbformat has no types
        validate(whole)


def lay_out() -> None:
    """Make one page, so that its templates and patterns are known."""
    from nbformat import v4

    from toolkit.reports.page import Page, make_page

    shown = [v4.new_output("display_data", {"text/html": "<p>0</p>"})]  # type: ignore[no-untyped-call]  # nbformat has no types
    cells = [v4.new_markdown_cell("0"), v4.new_code_cell("0", outputs=shown)]  # type: ignore[no-untyped-call]  # see above
    make_page(v4.new_notebook(cells=cells), Page("en", "", "", "", "", "", ""))  # type: ignore[no-untyped-call]  # see above


@contextmanager
def _absent(name: str) -> Iterator[None]:
    """Let this package look as if it were not installed."""
    known = sys.modules.get(name)
    sys.modules[name] = None  # type: ignore[assignment]  # what the import system takes for "not there"
    try:
        yield
    finally:
        del sys.modules[name]
        if known is not None:
            sys.modules[name] = known
