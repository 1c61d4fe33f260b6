"""New posts as files: front matter in the usual order, in the folder of their month, never over a file that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Existence, Post, Severity
from toolkit.settings import Settings
from toolkit.source import FRONT_MATTER, read_post
from toolkit.source.entries import scalar
from toolkit.workspace.folder import post_folder
from toolkit.workspace.naming import Names, slug

Values = Mapping[str, str | tuple[str, ...]]
_FIRST: Final = ("uid", "title", "author", "status", "publish", "channels", "language", "campaign")


def write_post(root: Path, settings: Settings, values: Values, today: date, *, body: str = "") -> tuple[Post, Path]:
    """Write a post with these front-matter values; the post as others will read it, and where it is.

    It lies in the folder of the month in which it goes out, else of `today`. Raises `UsageError`, with nothing written,
    for values that a post cannot have.
    """
    text = _text(values, body)
    post = _read_back(text, settings)
    path = _write(root / post_folder(f"{post.publish.wall if post.publish else today:%Y-%m}"), slug(post.title), text)
    return post, path


def _text(values: Values, body: str) -> str:
    lines = ["---"]
    for key in (*_FIRST, *(key for key in FRONT_MATTER if key not in _FIRST)):
        value = values.get(key, "")
        if isinstance(value, tuple):
            lines.append(f"{key}: [{', '.join(scalar(word, flow=True) for word in value)}]")
        elif value:
            lines.append(f"{key}: {scalar(value)}")
    return "\n".join([*lines, "---", body, ""])


def _read_back(text: str, settings: Settings) -> Post:
    """The post as every other verb will read it; what it could not read is refused now."""
    post, problems = read_post("", text.encode(), settings)
    errors = [problem.message for problem in problems if problem.severity is Severity.ERROR]
    if post is None or errors:
        raise UsageError("; ".join(errors))
    if post.publish is not None and post.publish.existence() is not Existence.ONCE:
        message = (
            _("{moment} does not exist: clocks go forward; take another time or add an offset such as +02:00")
            if post.publish.existence() is Existence.GAP
            else _("{moment} exists twice: clocks go back; add an offset such as +01:00")
        )
        raise UsageError(message.format(moment=post.publish))
    return post


def _write(parent: Path, name: str, text: str) -> Path:
    parent.mkdir(parents=True, exist_ok=True)
    names = Names(path.name for path in parent.iterdir())
    while True:
        path = parent / names.take(name, ".md")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as new:
                new.write(text)
        except FileExistsError:
            continue  # somebody was quicker
        return path
