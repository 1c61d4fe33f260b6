"""The files of a report that is there: which there are, and making those that somebody asks for later.

They come from the executed notebook, so no kernel runs and no number can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

from toolkit.errors import ReportError, UsageError
from toolkit.messages import _, speak
from toolkit.reports.manifest import Manifest, altered, file_hash, read_manifest, write_manifest
from toolkit.reports.outputs import Executed, file_name, open_executed, write_formats
from toolkit.reports.runner import Front


def add_files(folder: Path, workspace: Path, formats: Iterable[str]) -> tuple[Path, ...]:
    """The files of these formats in the report's folder, made where they are missing; the manifest knows them.

    Raises `UsageError` where no report is or somebody has changed it, `ReportError` when a file cannot be made.
    """
    manifest = read_manifest(folder)
    changed = altered(folder, manifest)
    if changed:
        message = _("{files} in {folder} are not what was made; make the report again with --force")
        raise UsageError(message.format(files=", ".join(changed), folder=folder))
    front = front_of(manifest, workspace)
    wanted = {form: folder / file_name(front, form) for form in formats}
    missing = [form for form, path in wanted.items() if path.name not in manifest.outputs]
    if missing:
        executed = executed_of(folder, manifest, workspace)
        speak(front.language)
        lost = write_formats(executed, folder, missing)
        if lost:
            raise ReportError(lost[0])
        known = {wanted[form].name: file_hash(wanted[form]) for form in missing}
        write_manifest(folder, replace(manifest, outputs={**manifest.outputs, **known}))
    return tuple(wanted.values())


def executed_of(folder: Path, manifest: Manifest, workspace: Path) -> Executed:
    """The report's executed notebook."""
    front = front_of(manifest, workspace)
    executed = open_executed(folder / f"{front.name}.ipynb", front)
    return replace(executed, failures=manifest.failures)


def front_of(manifest: Manifest, workspace: Path) -> Front:
    """What the outputs say around the notebook, as it was."""
    given = cast("Mapping[str, object]", manifest.basis["parameters"])
    moment = datetime.fromisoformat(manifest.made_at)
    return Front(workspace, manifest.report, str(given["month"]), str(given["language"]), moment)
