"""How much a rule weighs: changed in its block on the handbook page, or in leitstand.toml for one that is built in."""

from __future__ import annotations

import re
from typing import Final

from toolkit.errors import LeitstandError
from toolkit.learning.changes import Change, read_page
from toolkit.messages import _
from toolkit.model import Severity, SourceText
from toolkit.settings import FILE_NAME, read_settings
from toolkit.source import Edit, Fields, Tree
from toolkit.source.blocks import read_blocks
from toolkit.source.entries import line_ending
from toolkit.source.writing import set_key

TABLE: Final = "check.severity"
_BLOCK: Final = "rule"
_HEADER: Final = re.compile(r"^[ \t]*\[[ \t]*check[ \t]*\.[ \t]*severity[ \t]*\][^\r\n]*", re.MULTILINE)
_HANDBOOK: Final = "guidelines"
# The handbook's blocks say it in Vale's words.
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "suggestion"}
_ORDER: Final = (Severity.HINT, Severity.WARNING, Severity.ERROR)


def lighter(severity: Severity) -> Severity | None:
    """One step down; None where there is none."""
    at = _ORDER.index(severity)
    return _ORDER[at - 1] if at else None


def heavier(severity: Severity) -> Severity | None:
    """One step up; None where there is none."""
    at = _ORDER.index(severity)
    return _ORDER[at + 1] if at + 1 < len(_ORDER) else None


def rule_page(tree: Tree, rule: str) -> str:
    """The handbook page that has the rule's block; "" for a rule that is built in or comes from a package."""
    found = _find(tree, rule)
    return found[0] if found is not None else ""


def level_change(tree: Tree, rule: str, severity: str) -> Change:
    """Give the rule another weight."""
    wanted = Severity(severity)
    found = _find(tree, rule)
    if found is None:
        return _setting(tree, rule, wanted)
    path, text, fields = found
    edit = set_key(fields.front, "level", _LEVELS[wanted])
    if edit is None:
        raise LeitstandError(_("{path}: the level of {rule} cannot be changed here").format(path=path, rule=rule))
    return Change(path, text, (edit,))


def _find(tree: Tree, rule: str) -> tuple[str, str, Fields] | None:
    for path in tree.paths(_HANDBOOK, ".md"):
        text = read_page(tree, path)
        if text is None or rule not in text:
            continue
        for block in read_blocks(SourceText(path, text), (_BLOCK,)):
            if block.fields is not None and block.fields.text("id") == rule:
                return path, text, block.fields
    return None


def _setting(tree: Tree, rule: str, severity: Severity) -> Change:
    """In the table of weights of leitstand.toml, which is made when there is none."""
    text = read_page(tree, FILE_NAME) or ""
    change = Change(FILE_NAME, text, (_setting_edit(text, rule, f'{rule} = "{severity.value}"'),))
    settings, _problems = read_settings(change.after)
    if settings is None or settings.severities.get(rule) != severity.value:
        message = _("{file} is in a form that only people change: write {line} into its table {table}")
        raise LeitstandError(message.format(file=FILE_NAME, line=f'{rule} = "{severity.value}"', table=TABLE))
    return change


def _setting_edit(text: str, rule: str, line: str) -> Edit:
    ending, old, header = line_ending(text), _old_line(text, rule), re.search(_HEADER, text)
    if old is not None:
        return Edit(*old, line)
    if header is not None:
        return Edit(header.end(), header.end(), ending + line)
    lead = "" if text.endswith(("\n", "\r")) or not text else ending
    return Edit(len(text), len(text), f"{lead}{ending}[{TABLE}]{ending}{line}{ending}")


def _old_line(text: str, rule: str) -> tuple[int, int] | None:
    """Where the table's line about the rule stands, without a remark behind it."""
    header = re.search(_HEADER, text)
    if header is None:
        return None
    end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, header.end())
    line = re.compile(rf"^[ \t]*[\"']?{re.escape(rule)}[\"']?[ \t]*=[ \t]*[\"']\w+[\"']", re.MULTILINE)
    found = line.search(text, header.end(), end.start() if end else len(text))
    return found.span() if found else None
