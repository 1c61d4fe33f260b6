"""`leitstand explain WORD`: what a rule, a state, a key figure, a setting, a command, a network or a page is.

The word may be the name (``alt-text``), what people call it (``Engagement-Rate``), what `status` printed (``held``), a
short question, or the whole line that `check` printed. The answer is in the language spoken, and names the page of the
handbook that says more. A word that is not known gets no answer, only the names that are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, open_context, print_json
from toolkit.cli.explain.finding import Guess, find_topics, is_sure
from toolkit.cli.explain.topics import Topic, all_topics
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, SettingsError, UsageError
from toolkit.messages import _

MOST = 6  # topics that one answer names


def run(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORD]...", help="A name, a word for it, or a line that check printed; none: all names."
        ),
    ] = None,
    *,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Explain a rule, a state, a key figure, a setting, a command or a network."""
    context = _surroundings(workspace)
    topics = all_topics(context.tree if context else None, context.settings.url if context else "")
    asked = " ".join(words or ()).strip()
    if not asked:
        return _list(topics, as_json=as_json)
    found = find_topics(asked, topics)[:MOST]
    if not found:
        message = _("nothing here is called {word!r}; leitstand explain lists all names")
        raise UsageError(message.format(word=asked))
    sure = is_sure(found)
    if as_json:
        print_json(_answer(asked, found) if sure else _near(asked, found))
    elif sure:
        _tell(found)
    else:
        near = ", ".join(_named(guess.topic) for guess in found)
        typer.echo(_("{word!r} is not known here; near: {near}").format(word=asked, near=near))
    return EXIT_CLEAN if sure else EXIT_PROBLEMS


def _surroundings(folder: Folder) -> Context | None:
    """The workspace, for its language and the rules of its handbook; much can be explained without one."""
    try:
        return open_context(folder)
    except SettingsError:
        return None


def _list(topics: Sequence[Topic], *, as_json: bool) -> int:
    if as_json:
        print_json({"topics": [_short(topic) for topic in topics]})
        return EXIT_CLEAN
    for kind in dict.fromkeys(topic.kind for topic in topics):
        typer.echo(f"{kind.said()}:")
        for topic in topics:
            if topic.kind is kind:
                typer.echo(f"  {topic.name}" + (f"  {topic.title}" if topic.title != topic.name else ""))
    return EXIT_CLEAN


def _tell(found: Sequence[Guess]) -> None:
    best, others = found[0].topic, [guess.topic for guess in found[1:]]
    # A text that begins with the title does not need it twice.
    heading = best.name if best.title == best.name or best.text.startswith(best.title) else f"{best.name}: {best.title}"
    typer.echo(f"{heading}  [{best.kind.said()}]\n\n{best.text}")
    for label, line in ((_("More:"), best.more), (_("Command:"), best.command)):
        if line:
            typer.echo(f"\n{label} {line}")
    if others:
        typer.echo("\n" + _("Also:") + " " + ", ".join(map(_named, others)))


def _named(topic: Topic) -> str:
    return f"{topic.name} ({topic.kind.said()})"


def _short(topic: Topic) -> dict[str, object]:
    return {"kind": topic.kind.value, "name": topic.name, "title": topic.title}


def _near(asked: str, found: Sequence[Guess]) -> dict[str, object]:
    return {"asked": asked, "sure": False, "near": [_short(guess.topic) for guess in found]}


def _answer(asked: str, found: Sequence[Guess]) -> dict[str, object]:
    best = found[0].topic
    return {
        "asked": asked,
        "sure": True,
        **_short(best),
        "text": best.text,
        "more": best.more or None,
        "command": best.command or None,
        "others": [_short(guess.topic) for guess in found[1:]],
    }
