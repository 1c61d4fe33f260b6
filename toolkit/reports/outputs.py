"""From an executed notebook to the files that people read. Each kind of file is one function in `OUTPUTS`.

To add one, write a function that takes `Executed` and returns the file's bytes, and name its file here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit.messages import _
from toolkit.reports.notebook import read_notebook
from toolkit.reports.page import Page, find_contents, find_failures, make_page, page_css
from toolkit.reports.periods import read_month
from toolkit.reports.runner import Front, Job
from toolkit.reports.wording import Wording
from toolkit.settings import Settings
from toolkit.source import FolderTree, Tree
from toolkit.source.writing import replace_file
from toolkit.tokens import open_brand
from toolkit.workspace import load_settings

if TYPE_CHECKING:
    from nbformat import NotebookNode


@dataclass(frozen=True, slots=True)
class Executed:
    """An executed notebook, what failed in it, and the workspace it is about."""

    notebook: NotebookNode
    front: Front
    failures: tuple[str, ...]
    settings: Settings
    tree: Tree

    @property
    def heading(self) -> str:
        """The report's name and month, in its language."""
        month = Wording(self.front.language).month(read_month(self.front.month))
        if self.front.name == "monthly":
            return _("Monthly report {month}").format(month=month)
        return f"{self.front.name}, {month}"


def write_outputs(job: Job, failures: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Write every output beside the executed notebook of the job; returns all that failed, cells first."""
    notebook = read_notebook(job.executed)
    tree = FolderTree(job.front.workspace)
    settings, _problems = load_settings(tree)
    every = (*find_failures(notebook), *failures)
    executed = Executed(notebook, job.front, every, settings, tree)
    for name, make in OUTPUTS.items():
        write_file(job.folder / name, make(executed))
    return every


def page(executed: Executed) -> bytes:
    """The accessible HTML page."""
    front, settings = executed.front, executed.settings
    local = front.now.astimezone(ZoneInfo(settings.timezone))
    whole = Page(
        language=front.language,
        title=f"{executed.heading} – {settings.name}",  # noqa: RUF001  # a dash, as titles have it
        brand=settings.name,
        heading=executed.heading,
        made=_("As of {moment}").format(moment=Wording(front.language).moment(local)),
        footer=_("Made by Leitstand from {notebook}. What it was made from stands in manifest.json beside it.").format(
            notebook=f"{front.name}.ipynb"
        ),
        css=page_css(open_brand(executed.tree)),
        failures=executed.failures,
        contents=find_contents(executed.notebook),
        created=local.isoformat(timespec="seconds"),
    )
    return make_page(executed.notebook, whole).encode()


def write_file(path: Path, data: bytes) -> None:
    """Put the bytes there in one step, readable for whoever may read the folder."""
    path.touch()
    replace_file(path, data)


OUTPUTS: Final[Mapping[str, Callable[[Executed], bytes]]] = {"index.html": page}
