"""How an executed notebook is saved after each cell: whole or not at all, whatever ends the process meanwhile.

Papermill by itself empties the file before it fills it again, and puts every state in its final form, twice a cell,
which costs more than all that it does else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.engines import NBClientEngine

ENGINE: Final = "leitstand"


class WholeFile:
    """Writes for papermill."""

    def write(self, text: str, path: str) -> None:
        """Put the text there in one step. It need not outlive a power cut: the folder does not, either."""
        target = Path(path)
        part = target.with_suffix(".part")
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def pretty_path(self, path: str) -> str:
        """For papermill's log."""
        return path


def save_whole(executed: Path) -> None:
    """Let papermill save this notebook so, in this process; its engine is called `ENGINE`."""
    from papermill.engines import papermill_engines
    from papermill.iorw import papermill_io

    papermill_io.register(str(executed), WholeFile())
    papermill_engines.register(ENGINE, _engine())


def make_final(executed: Path) -> None:
    """Give a notebook whose run broke off the form in which notebooks are kept."""
    import nbformat

    from toolkit.reports.notebook import read_notebook

    WholeFile().write(nbformat.writes(read_notebook(executed)), str(executed))  # type: ignore[no-untyped-call]  # nbformat has no types


def _engine() -> type[NBClientEngine]:
    from papermill.engines import NBClientEngine, NotebookExecutionManager

    class Saver(NotebookExecutionManager):  # type: ignore[misc]  # papermill has no types
        """Saves in one line; what ran to its end papermill saves once more, in its final form."""

        def save(self, **_changed: Any) -> None:
            WholeFile().write(json.dumps(self.nb, ensure_ascii=False), str(self.output_path))
            self.last_save_time = self.now()

    class Engine(NBClientEngine):  # type: ignore[misc]  # see above
        """Papermill's own with another way to save."""

        @classmethod
        def execute_notebook(
            cls, nb: NotebookNode, kernel_name: str, output_path: str, progress_bar: bool = False, **kwargs: Any
        ) -> NotebookNode:
            del progress_bar  # `on_cell_executed` tells how far it is
            saver = Saver(nb, output_path=output_path, progress_bar=False)
            saver.notebook_start()
            try:
                cls.execute_managed_notebook(saver, kernel_name, **kwargs)
            finally:
                saver.notebook_complete()
            return nb

    return Engine
