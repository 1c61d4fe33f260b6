"""The page of a week: sections become a notebook's outputs, as if a kernel had shown them, and go the way of every report.

What is kept is the page, the same as a notebook for PDF and workbook, and a manifest whose key stands for the numbers and
the commentary: the same numbers make no second page, and the words that people wrote are on every one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from toolkit.community.inbox.book import Inbox
from toolkit.community.summary.summary import Summary, plain, summarise
from toolkit.community.summary.week import Week
from toolkit.errors import UsageError
from toolkit.messages import _, speak, spoken
from toolkit.reports.blocks import Section
from toolkit.reports.commentary import Words, commentary_path, read_words
from toolkit.reports.handover.amounts import answers_section, volume_section
from toolkit.reports.handover.opening import opening_section, words_section
from toolkit.reports.handover.talk import image_section, topics_section, voices_section
from toolkit.reports.handover.tone import tone_section
from toolkit.reports.handover.waiting import away_section, dangers_section, pending_section
from toolkit.reports.isolation import Limits
from toolkit.reports.making import Place, Report
from toolkit.reports.manifest import Manifest, altered, file_hash, find_commit, read_manifest, versions, write_manifest
from toolkit.reports.orders import Order
from toolkit.reports.outputs import Executed, open_executed, page, write_file, write_formats
from toolkit.reports.placing import put, staged
from toolkit.reports.runner import Front
from toolkit.reports.wording import Wording
from toolkit.sentiment.confusion import Confusion
from toolkit.sentiment.measuring import measure_models
from toolkit.tokens import open_brand
from toolkit.values import dataclass
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME: Final = "handover"
# What changes with every look and says nothing new.
_FLEETING: Final = ("now",)


@dataclass(frozen=True, slots=True)
class Given:
    """A summary, the words that people wrote about it, and the language of the page."""

    summary: Summary
    words: Words | None
    language: str

    @property
    def key(self) -> str:
        """The hash of everything that the page shows."""
        told = {key: value for key, value in _told(self.summary).items() if key not in _FLEETING}
        words = self.words.text if self.words else "", [str(one) for one in self.words.actions] if self.words else []
        basis = [told, words, self.language, dict(versions())]
        return hashlib.sha256(json.dumps(basis, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def hand_over(place: Place, inbox: Inbox, week: Week, language: str = "") -> tuple[Report, Summary]:
    """Make the page of a week, unless it is there and would come out the same. Raises `UsageError` for a week to come."""
    workspace, now = place.workspace, place.clock.now()
    zone = ZoneInfo(workspace.settings.timezone)
    if week.span(zone)[0] > now:
        raise UsageError(_("{week} has not begun").format(week=week.name))
    confusions: Mapping[str, Confusion] = measure_models(place.state, workspace.settings.languages)
    summary = summarise(inbox, workspace, week, now, confusions)
    given = Given(summary, _words(workspace, week), language or workspace.settings.interface)
    order = Order(NAME, week.name, given.language, limits=Limits(0.0, 0.0, 0))
    target = order.folder(place.state)
    if _is_there(order, place, given.key):
        return Report(order, target, (), 0.0, unchanged=True), summary
    began, worked = place.clock.elapsed(), process_time()
    before = spoken()
    speak(given.language)
    try:
        with staged(target) as folder:
            front = Front(workspace.root, NAME, week.name, given.language, now)
            failures = _write(front, given, place, folder)
            made = _manifest(place, given, order, failures)
            outputs = {path.name: file_hash(path) for path in sorted(folder.iterdir())}
            seconds, cpu = round(place.clock.elapsed() - began, 1), round(process_time() - worked, 1)
            write_manifest(folder, replace(made, seconds=seconds, cpu_seconds=cpu, outputs=outputs))
            put(folder, target)
    finally:
        speak(before)
    return Report(order, target, failures, seconds), summary


def need_packages() -> None:
    """Raise what names a missing package before anything is begun."""
    for name in ("nbformat", "nbconvert", "seaborn", "numpy"):
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def sections(given: Given, workspace: Workspace) -> Iterator[Section]:
    """The page from top to bottom, without what there is nothing to say about."""
    summary, settings = given.summary, workspace.settings
    wording, brand, zone = Wording(given.language), open_brand(workspace.tree), ZoneInfo(settings.timezone)
    titles = {name: one.title or name for name, one in settings.accounts.items()}

    def name_of(person: str) -> str:
        found = settings.people.get(person)
        return found.name if found else person

    made = (
        opening_section(summary, wording),
        words_section(given.words, wording),
        pending_section(summary, name_of, zone, wording),
        dangers_section(summary, wording),
        volume_section(summary, titles, wording, brand),
        answers_section(summary, wording),
        topics_section(summary, wording, brand),
        voices_section(summary, wording),
        tone_section(summary, wording, brand),
        image_section(summary, wording, brand),
        away_section(summary, name_of, wording),
    )
    yield from (section for section in made if section is not None)


def as_notebook(made: Iterable[Section]) -> NotebookNode:
    """The sections as a notebook that has been run: a cell each, with what it shows and no code."""
    from nbformat import v4

    cells = []
    for section in made:
        outputs = [_output(data, metadata) for data, metadata in section.bundles()]
        # The ids of a fresh cell are drawn by lot; these are the same for the same page.
        cells.append(v4.new_code_cell(id=section.name, source="", outputs=outputs))  # type: ignore[no-untyped-call]  # nbformat has no types
    notebook: NotebookNode = v4.new_notebook(cells=cells)  # type: ignore[no-untyped-call]  # see above
    return notebook


def _output(data: Mapping[str, str], metadata: Mapping[str, object]) -> NotebookNode:
    from nbformat import v4

    found: NotebookNode = v4.new_output("display_data", data=dict(data), metadata=dict(metadata))  # type: ignore[no-untyped-call]  # see above
    return found


def _write(front: Front, given: Given, place: Place, folder: Path) -> tuple[str, ...]:
    """The notebook, the page, and what [reports] formats asks for; returns what could not be made."""
    import nbformat

    path = folder / f"{NAME}.ipynb"
    made = as_notebook(sections(given, place.workspace))
    write_file(path, nbformat.writes(made).encode())  # type: ignore[no-untyped-call]  # nbformat has no types
    executed: Executed = open_executed(path, front)
    write_file(folder / "index.html", page(executed))
    return write_formats(executed, folder, place.workspace.settings.reports.formats)


def _is_there(order: Order, place: Place, key: str) -> bool:
    folder = order.folder(place.state)
    try:
        manifest = read_manifest(folder)
    except UsageError:
        return False
    return manifest.key == key and not manifest.failures and not altered(folder, manifest)


def _manifest(place: Place, given: Given, order: Order, failures: tuple[str, ...]) -> Manifest:
    parameters = {"month": order.month, "language": given.language}
    return Manifest(
        report=NAME,
        key=given.key,
        basis={"report": NAME, "parameters": parameters, "summary": _told(given.summary)},
        commit=find_commit(place.workspace.root),
        made_at=place.clock.now().isoformat(),
        seconds=0.0,
        cpu_seconds=0.0,
        isolation=None,
        failures=failures,
        outputs={},
    )


def _told(summary: Summary) -> dict[str, object]:
    told = plain(summary)
    return dict(told) if isinstance(told, dict) else {}


def _words(workspace: Workspace, week: Week) -> Words | None:
    path = commentary_path(NAME, week.name)
    return read_words(path, workspace.tree.read(path)) if workspace.tree.exists(path) else None
