"""A new idea as a file of content/ideas, never over one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path

from toolkit.editorial.ideas import IDEAS, Origin, Stage
from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.source.entries import scalar
from toolkit.values import dataclass
from toolkit.workspace.naming import mint_uid, slug


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new idea as somebody says it; empty is not said."""

    title: str
    source: Origin = Origin.PERSON
    origin: str = ""
    by: str = ""
    text: str = ""
    # goal, audience, pillar, campaign, language, and channels and labels as lists.
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    score: Mapping[str, int] = field(default_factory=dict)


def write_idea(root: Path, proposal: Proposal, now: datetime) -> Path:
    """Write it down; `now` is aware, on the workspace's clock. Raises `UsageError` without a title or when it is there."""
    if not proposal.title.strip():
        raise UsageError(_("an idea needs a title"))
    path = root / IDEAS / f"{slug(proposal.title)}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(_text(proposal, now))
    except FileExistsError:
        message = _("{path} is there already; choose another title")
        raise UsageError(message.format(path=f"{IDEAS}/{path.name}")) from None
    return path


def _text(proposal: Proposal, now: datetime) -> str:
    values: dict[str, str | tuple[str, ...]] = {
        "id": mint_uid(now),
        "title": proposal.title.strip(),
        "status": Stage.NEW.value,
        "source": proposal.source.value,
        "origin": proposal.origin.strip(),
        "by": proposal.by,
        "created": now.date().isoformat(),
        **proposal.values,
    }
    lines = [f"{key}: {_value(value)}" for key, value in values.items() if value]
    if proposal.score:
        lines.append(f"score: {{{', '.join(f'{key}: {number}' for key, number in proposal.score.items())}}}")
    return "\n".join(["---", *lines, "---", proposal.text.strip(), ""])


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(scalar(word, flow=True) for word in value)}]"
    return scalar(value)
