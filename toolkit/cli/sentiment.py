"""`leitstand sentiment`: how messages sound, for other programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from toolkit.cli.context import HERE, Folder, open_context
from toolkit.cli.linewise import Record, answer_lines
from toolkit.errors import SettingsError
from toolkit.messages import _
from toolkit.sentiment import LANGUAGES, Classifier, load_classifier
from toolkit.workspace import find_root


def run(folder: Folder = HERE) -> int:
    """Answer each line at once; languages and a team's own models are those of the workspace, if there is one."""
    classifier = _load(folder)
    return answer_lines(lambda record, text: asdict(classifier.judge(text, _language(record))))


def _load(folder: Path) -> Classifier:
    try:
        find_root(folder)
    except SettingsError:
        return load_classifier(LANGUAGES)
    context = open_context(folder)
    return load_classifier(context.settings.languages, context.state)


def _language(record: Record) -> str | None:
    """The language that a line names; raises `ValueError` when it names none in that place."""
    language = record.get("language")
    if language is None or isinstance(language, str):
        return language or None
    raise ValueError(_('"language" is a code such as "de", or left out'))
