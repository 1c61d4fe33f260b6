"""What a proposal changes in the files: a line on a page, a level of a rule, a target; as edits and as a patch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

from toolkit.errors import ChangedError, LeitstandError
from toolkit.learning.decisions import Decision, decision_edit
from toolkit.messages import _
from toolkit.model import SourceText
from toolkit.source import Edit, Tree, apply_edits, decode, read_frontmatter, write_edits
from toolkit.source.entries import line_ending
from toolkit.source.text import BOM
from toolkit.source.writing import READABLE, replace_file
from toolkit.values import dataclass

# The list of findings on a page is the one below this line; nobody reads it on the site.
MARK: Final = "<!-- learned -->"
_EMPTY: Final = "---\n---\n"


@dataclass(frozen=True, slots=True)
class Change:
    """The edits of one file; `before` is None for a file that is new."""

    path: str
    before: str | None
    edits: tuple[Edit, ...]

    @property
    def after(self) -> str:
        return apply_edits(self.before or "", self.edits)

    def with_edit(self, edit: Edit) -> Change:
        """The same with one edit more."""
        return Change(self.path, self.before, (*self.edits, edit))


def add_finding(tree: Tree, path: str, ident: str, sentence: str, owner: str = "") -> Change:
    """Put a sentence into the page's list of findings, in the place of the one with the same id if there is one.

    A page that is new is the `owner`'s.
    """
    text = read_page(tree, path)
    if text is None:
        return Change(path, None, (Edit(0, 0, _new_page(_item(ident, sentence), owner)),))
    ending = line_ending(text)
    item = _item(ident, sentence)
    old = _old_item(text, ident)
    if old is not None:
        return Change(path, text, (Edit(*old, item),))
    at = text.find(MARK)
    if at < 0:
        lead = ending if text.endswith(("\n", "\r")) else ending * 2
        heading = f"{lead}## {_('What the numbers say')}{ending}{ending}{MARK}{ending}{ending}{item}{ending}"
        return Change(path, text, (Edit(len(text), len(text), heading),))
    end, lines = _list_end(text, at + len(MARK))
    lead = ending if lines else ending * 2
    return Change(path, text, (Edit(end, end, f"{lead}{item}"),))


def join_changes(changes: Iterable[Change]) -> list[Change]:
    """One change for each file, in the order in which the files come first; all were read at the same moment."""
    found: dict[str, Change] = {}
    for change in changes:
        known = found.get(change.path)
        found[change.path] = (
            change if known is None else Change(known.path, known.before, (*known.edits, *change.edits))
        )
    return list(found.values())


def take_finding(tree: Tree, path: str, ident: str) -> Change | None:
    """Take the sentence with this id out of the page, with its line; None where there is none."""
    text = read_page(tree, path)
    old = _old_item(text, ident) if text is not None else None
    if text is None or old is None:
        return None
    rest = text[old[1] :]
    end = old[1] + (2 if rest.startswith("\r\n") else 1 if rest else 0)
    return Change(path, text, (Edit(old[0], end, ""),))


def add_decision(tree: Tree, changes: Iterable[Change], path: str, decision: Decision) -> list[Change]:
    """The changes, with the decision written onto its page; a page without front matter gets one."""
    found = list(changes)
    index = next((at for at, one in enumerate(found) if one.path == path), None)
    if index is None:
        found.append(Change(path, read_page(tree, path), ()))
        index = len(found) - 1
    own = found[index]
    # A page that is new is whole already: the decision is put into what it will be.
    text = own.after if own.before is None else own.before
    edit = _on_page(path, text, decision)
    if own.before is None:
        found[index] = Change(path, None, (Edit(0, 0, apply_edits(text, [edit])),))
    else:
        found[index] = own.with_edit(edit)
    return found


def write_changes(root: Path, changes: Iterable[Change]) -> None:
    """Write every file, or none when one of them is no longer what was read (`ChangedError`)."""
    wanted = [change for change in changes if change.edits]
    for change in wanted:
        _refuse_changed(root / change.path, change)
    for change in wanted:
        path = root / change.path
        if change.before is None:
            replace_file(path, change.after.encode(), mode=READABLE)
        else:
            write_edits(path, change.before, change.edits)


def patch_text(tree: Tree, changes: Iterable[Change], prefix: str = "") -> str:
    """The changes as ``git apply`` takes them; `prefix` is where in its repository the workspace lies: "brand/", or "".

    git knows one end of a line, the line feed. What Unicode calls another one stands inside of a line like any other character.
    """
    return "".join(line for change in changes for line in _diff(tree, change, prefix))


def _diff(tree: Tree, change: Change, prefix: str) -> Iterator[str]:
    mark = BOM if change.before is not None and tree.read(change.path).startswith(BOM.encode()) else ""
    before, after = (_lines(mark + text) if text else [] for text in (change.before or "", change.after))
    path = prefix + change.path
    end = "\t" if " " in path else ""  # as git writes it: a name with a space in it ends there
    old = "/dev/null" if change.before is None else f"a/{path}{end}"
    lines = list(unified_diff(before, after, old, f"b/{path}{end}", lineterm="\n"))
    if lines:
        yield f"diff --git a/{path} b/{path}\n"
    if lines and change.before is None:
        yield "new file mode 100644\n"
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines with their ends, as git sees them."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + ([rest] if rest else [])


def read_page(tree: Tree, path: str) -> str | None:
    """The text of a file; None when there is none. Raises `LeitstandError` for one that is not UTF-8."""
    try:
        source, problems = decode(path, tree.read(path))
    except FileNotFoundError:
        return None
    if source is None:
        raise LeitstandError("\n".join(map(str, problems)))
    return source.text


def _on_page(path: str, text: str, decision: Decision) -> Edit:
    if not text.startswith("---"):
        head = SourceText(path, _EMPTY)
        return Edit(0, 0, apply_edits(_EMPTY, [decision_edit(read_frontmatter(head)[0], decision)]))
    front, problems = read_frontmatter(SourceText(path, text))
    if front.root is None:
        raise LeitstandError("\n".join(map(str, problems)))
    return decision_edit(front, decision)


def _refuse_changed(path: Path, change: Change) -> None:
    now = path.read_bytes().decode("utf-8-sig", "replace") if path.exists() else None
    if now != change.before:
        raise ChangedError(_("{path} changed meanwhile; nothing was written, run the command again").format(path=path))


def _item(ident: str, sentence: str) -> str:
    return f"- {sentence} <!-- {ident} -->"


def _old_item(text: str, ident: str) -> tuple[int, int] | None:
    """Where the item with this id stands; people may have broken it into lines, which are indented then."""
    tail = f"<!-- {ident} -->"
    at = text.find(tail)
    start = text.rfind("\n", 0, max(at, 0)) + 1
    while start and text[start:].startswith("  "):
        start = text.rfind("\n", 0, start - 1) + 1
    return (start, at + len(tail)) if at >= 0 and text[start:].startswith("- ") else None


def _list_end(text: str, at: int) -> tuple[int, bool]:
    """The end of the last line of the list that begins below `at`, and whether there is one."""
    end, lines, place = at, False, at
    for line in _lines(text[at:]):
        plain = line.strip()
        if plain.startswith("- ") or (lines and line.startswith("  ") and plain):
            end, lines = place + len(line.rstrip("\r\n")), True
        elif plain:
            break
        place += len(line)
    return end, lines


def _new_page(item: str, owner: str) -> str:
    title = _("What the numbers say")
    lead = _("Findings of `leitstand learn` that somebody has accepted, each with its decision.")
    head = f"title: {title}\n" + (f"owner: {owner}\n" if owner else "")
    return f"---\n{head}---\n# {title}\n\n{lead}\n\n{MARK}\n\n{item}\n"
