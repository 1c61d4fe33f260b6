"""Names that a notebook's parameters must be: a campaign or an experiment that is not there is refused before it runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.experiments.reading import read_experiments
from toolkit.messages import _
from toolkit.reports.given import Given
from toolkit.settings import unknown_name
from toolkit.workspace import Workspace


def _campaigns(workspace: Workspace) -> Collection[str]:
    return workspace.campaigns


def _experiments(workspace: Workspace) -> Collection[str]:
    return [one.name for one in read_experiments(workspace.tree)[0]]


# A parameter of one's own may mean anything; that of a notebook which opens one of our reports means this.
_NAMES: Final[Mapping[str, tuple[str, Callable[[Workspace], Collection[str]]]]] = {
    "campaign": ("toolkit.reports.campaign", _campaigns),
    "experiment": ("toolkit.reports.experiment", _experiments),
}


def check_names(given: Mapping[str, Given], workspace: Workspace, notebook: Path) -> None:
    """Raise `UsageError` with the near names for a campaign or an experiment that there is not; "" is all of them."""
    for name, known in _known(given, workspace, notebook):
        if given[name] not in known:
            titles = {"campaign": _("campaign"), "experiment": _("experiment")}
            raise UsageError(unknown_name(titles[name], str(given[name]), dict.fromkeys(known)))


def _known(given: Mapping[str, Given], workspace: Workspace, notebook: Path) -> Iterator[tuple[str, Collection[str]]]:
    for name, (module, names) in _NAMES.items():
        if given.get(name) and re.search(rf"\b{re.escape(module)}\b", notebook.read_text(encoding="utf-8")):
            yield name, names(workspace)
