"""Where report notebooks are: the workspace's own come before the packaged ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.settings import unknown_name

if TYPE_CHECKING:
    from nbformat import NotebookNode

FOLDER: Final = "notebooks"
# In an installed package the notebooks lie beside this module, in a checkout at its top.
PACKAGED: Final = (Path(__file__).parent / FOLDER, Path(__file__).parents[2] / FOLDER)


def find_notebook(root: Path, name: str) -> Path:
    """The notebook called `name`; raises `UsageError` with the known names."""
    if re.fullmatch(r"[\w-]+", name):
        for folder in (root / FOLDER, *PACKAGED):
            path = folder / f"{name}.ipynb"
            if path.is_file():
                return path
    raise UsageError(unknown_name(_("report"), name, dict.fromkeys(names(root))))


def names(root: Path) -> list[str]:
    """The names of all reports that can be made in a workspace."""
    return sorted({path.stem for folder in (root / FOLDER, *PACKAGED) for path in folder.glob("*.ipynb")})


def read_notebook(path: Path) -> NotebookNode:
    """A notebook, upgraded to format 4."""
    import nbformat

    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook
