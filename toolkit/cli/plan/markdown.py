"""The plan as a pull request comment. What people wrote can neither break the table nor call anybody by @name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from toolkit.cli.plan.gathering import Planned
from toolkit.cli.plan.words import (
    day_and_moment,
    name,
    say_change,
    say_clock_change,
    say_collision,
    say_counts,
    say_gap,
)
from toolkit.messages import _, ngettext
from toolkit.planning import Change, Kind

_SPECIAL = re.compile(r"([\\`*_\[\]|~]|^[-+#])")


def plan_markdown(plan: Planned) -> str:
    """The whole comment, ending without a newline."""
    return "\n".join(_sections(plan))


def _sections(plan: Planned) -> Iterator[str]:
    yield "## " + _("Plan: {name}").format(name=safe(plan.name))
    yield ""
    if plan.changes is None:
        yield from _calendar(plan)
    else:
        yield from _changes(plan)
    yield from _list(_("Too close together"), (say_collision(pair, plan) for pair in plan.collisions))
    yield from _list(_("Silence"), map(say_gap, plan.gaps))
    yield from _list(_("Clocks"), (say_clock_change(change, plan) for change in plan.clock_changes))
    yield from _list(_("Errors"), map(str, plan.problems))


def _calendar(plan: Planned) -> Iterator[str]:
    if not plan.entries:
        yield _("Nothing is planned.")
        return
    yield from _table(
        (_("When"), _("Channel"), _("Post"), _("Count"), _("Standing")),
        (
            (
                day_and_moment(entry.slot, plan),
                entry.slot.account.name,
                name(entry.slot),
                entry.count(),
                entry.standing(),
            )
            for entry in plan.entries
        ),
    )


def _changes(plan: Planned) -> Iterator[str]:
    ref = safe(plan.window.since)
    if not plan.changes:
        yield _("Nothing that is planned changes since {ref}.").format(ref=ref)
        return
    yield ngettext("{count} change of the plan", "{count} changes of the plan", len(plan.changes)) + f" ({ref})"
    yield ""
    yield from (f"- {safe(line)}" for line in say_counts(plan))
    yield ""
    standing = {entry.slot.order: entry for entry in plan.entries}
    rows = []
    for change in plan.changes:
        entry = standing.get(change.slot.order) if change.after is not None else None
        now = ("", "") if entry is None else (entry.count(), entry.standing())
        slot = change.slot
        rows.append((say_change(change, plan), day_and_moment(slot, plan), slot.account.name, name(slot), *now))
    yield from _table((_("Change"), _("When"), _("Channel"), _("Post"), _("Count"), _("Standing")), rows)
    yield from _diffs(plan.changes)


def _diffs(found: Sequence[Change]) -> Iterator[str]:
    """The changed texts, once per post where channels share it."""
    shown = set()
    for change in found:
        lines = tuple(change.text_diff()) if change.kind in {Kind.MOVED, Kind.CHANGED} else ()
        if not lines or (change.slot.post.path, lines) in shown:
            continue
        shown.add((change.slot.post.path, lines))
        fence = "`" * max(3, 1 + max((len(run) for line in lines for run in re.findall("`+", line)), default=0))
        yield ""
        yield f"<details><summary>{safe(name(change.slot))}</summary>"
        yield ""
        yield f"{fence}diff"
        yield from lines
        yield fence
        yield ""
        yield "</details>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        yield "| " + " | ".join(map(safe, row)) + " |"


def _list(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"### {title}"
        yield ""
        yield from (f"- {safe(line)}" for line in found)


def safe(text: str) -> str:
    """`text` as plain words inside Markdown: no markup, no HTML, no table cells, no mention, one line."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # An entity would still call people; the comment splits the name for whoever looks for mentions.
    return _SPECIAL.sub(r"\\\1", plain).replace("@", "@<!-- -->")
