"""From an executed notebook to the files that people read: the page always, the others where they are asked for.

To add a format, write a function that takes `Executed` and returns the file's bytes, and name it in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit.errors import ReportError
from toolkit.messages import _
from toolkit.reports.files.paper import make_pdf
from toolkit.reports.files.sheets import make_sheets
from toolkit.reports.files.tables import read_tables
from toolkit.reports.files.typed import Value
from toolkit.reports.files.workbook import About, make_workbook
from toolkit.reports.notebook import read_notebook
from toolkit.reports.page import Page, find_contents, find_failures, make_page, page_css
from toolkit.reports.runner import Front, Job
from toolkit.reports.titles import period_title, report_title
from toolkit.reports.wording import Wording
from toolkit.settings import Settings
from toolkit.source import FolderTree, Tree
from toolkit.source.writing import replace_file
from toolkit.tokens import open_brand
from toolkit.values import dataclass
from toolkit.workspace import load_settings

if TYPE_CHECKING:
    from nbformat import NotebookNode

PAGE: Final = "index.html"


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
        """The report's name and its month or week, in its language."""
        return f"{report_title(self.front.name)} {period_title(self.front.month)}"


def write_outputs(job: Job, failures: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Write the page, and what [reports] asks for, beside the executed notebook; returns what could not be made."""
    executed = open_executed(job.executed, job.front, failures)
    write_file(job.folder / PAGE, page(executed))
    return write_formats(executed, job.folder, executed.settings.reports.formats)


def open_executed(notebook: Path, front: Front, failures: tuple[str, ...] = ()) -> Executed:
    """The executed notebook in its workspace; `failures` are those besides its cells."""
    read, tree = read_notebook(notebook), FolderTree(front.workspace)
    settings, _problems = load_settings(tree)
    return Executed(read, front, (*find_failures(read), *failures), settings, tree)


def write_formats(executed: Executed, folder: Path, formats: Iterable[str]) -> tuple[str, ...]:
    """Write files of `FORMATS`; returns why some could not be made."""
    lost = []
    for name in formats:
        try:
            write_file(folder / file_name(executed.front, name), FORMATS[name](executed))
        except ReportError as error:
            lost.append(str(error))
    return tuple(lost)


def file_name(front: Front, form: str) -> str:
    """The name under which people find a file again when they have saved it: ``monthly-2026-10.pdf``."""
    return f"{front.name}-{front.month}.{ENDINGS[form]}"


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


def paper(executed: Executed) -> bytes:
    """The page as a PDF."""
    return make_pdf(page(executed).decode())


def workbook(executed: Executed) -> bytes:
    """The tables as a workbook."""
    front = executed.front
    about = About(executed.heading, tuple(_facts(executed)), front.now, front.language)
    return make_workbook(read_tables(executed.notebook), about)


def sheets(executed: Executed) -> bytes:
    """The tables as CSV in a ZIP."""
    return make_sheets(read_tables(executed.notebook), executed.front.language)


def _facts(executed: Executed) -> Iterator[tuple[str, Value]]:
    """What the workbook was made from; where workspace and state lie is nobody's business."""
    front = executed.front
    yield _("Brand"), executed.settings.name
    yield _("Period"), front.month
    yield _("As of"), front.now.astimezone(ZoneInfo(executed.settings.timezone)).replace(tzinfo=None)
    yield _("Notebook"), f"{front.name}.ipynb"
    given = executed.notebook.metadata.get("papermill", {}).get("parameters", {})
    for name in ("channels", "comparison"):
        chosen = given.get(name)
        if isinstance(chosen, list) and chosen:
            yield name, ", ".join(map(str, chosen))
    for failure in executed.failures:
        yield _("Not complete"), failure
    yield _("To make it again and compare"), "leitstand report verify"


def write_file(path: Path, data: bytes) -> None:
    """Put the bytes there in one step, readable for whoever may read the folder."""
    path.touch()
    replace_file(path, data)


FORMATS: Final[Mapping[str, Callable[[Executed], bytes]]] = {"pdf": paper, "xlsx": workbook, "csv": sheets}
ENDINGS: Final[Mapping[str, str]] = {"pdf": "pdf", "xlsx": "xlsx", "csv": "zip"}
