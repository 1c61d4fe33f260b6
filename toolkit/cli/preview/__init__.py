"""`leitstand preview`: exactly what each network will receive of a post, before anybody sends it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer

from toolkit.cli.context import HERE, AsJson, Folder, console, open_context, print_json
from toolkit.cli.posts import named_post
from toolkit.cli.preview.media import fate_record, find_fate
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.model import Attachment, Count, Part, Post, Rendition, Severity
from toolkit.networks import by_hand, find_network
from toolkit.networks.base import Network
from toolkit.networks.filters import part_record
from toolkit.networks.tracking import tracked_addresses
from toolkit.networks.units import unit_word
from toolkit.settings import Settings, unknown_name
from toolkit.workspace import FIRST_COMMENT, Draft, Workspace, drafts, first_comment
from toolkit.workspace.mediafiles import Files

if TYPE_CHECKING:
    from rich.console import Console

BAR: Final = 20  # characters
Shown = tuple[Draft, Network, Rendition]


def run(
    name: Annotated[str, typer.Argument(metavar="POST", help="A post's path, uid or file name.")],
    *,
    channel: Annotated[str, typer.Option("--channel", "-c", help="Only this account or network.")] = "",
    as_json: AsJson = False,
    folder: Folder = HERE,
) -> int:
    """Show what each network will receive of a post; exit code 1 when a part is too long."""
    workspace = open_context(folder).load()
    post = named_post(workspace, name)
    broken = _errors(workspace, post)
    shown = [
        (draft, network, network.render(draft))
        for draft in _chosen(post, channel, workspace.settings)
        for network in [find_network(draft.account.network)]
    ]
    missing = [] if channel else [one for one in post.channels if one not in workspace.settings.accounts]
    if as_json:
        print_json(_record(post, shown, missing, Files(workspace.tree)))
    else:
        _show(post, shown, missing, Files(workspace.tree))
    valid = all(part.count.valid for _draft, _network, rendition in shown for part in rendition.parts)
    return EXIT_CLEAN if valid and not missing and not broken else EXIT_PROBLEMS


def _errors(workspace: Workspace, post: Post) -> int:
    """Say on stderr what could not be read in the post's file; returns how much."""
    found = [one for one in workspace.problems if one.path == post.path and one.severity is Severity.ERROR]
    for problem in found:
        console(stderr=True).print(str(problem), style="red", markup=False)
    return len(found)


def _chosen(post: Post, channel: str, settings: Settings) -> list[Draft]:
    """The drafts of the post's channels, or of the one that was asked for."""
    found = drafts(post, settings)
    if not channel:
        return found
    own = {draft.account.name: draft for draft in found}
    chosen = [draft for draft in found if channel in (draft.account.name, draft.account.network)]
    if not chosen:
        raise UsageError(unknown_name(_("channel of this post"), channel, own))
    return chosen


def _record(post: Post, shown: Iterable[Shown], missing: list[str], files: Files) -> dict[str, object]:
    return {
        "uid": post.uid,
        "path": post.path,
        "title": post.title,
        "unknown_channels": missing,
        "channels": [_channel_record(*one, files) for one in shown],
    }


def _channel_record(draft: Draft, network: Network, rendition: Rendition, files: Files) -> dict[str, object]:
    return {
        "account": draft.account.name,
        "network": network.name,
        "language": rendition.language,
        "publish": draft.publish.local().isoformat() if draft.publish else None,
        "sends": network.connect is not None and not by_hand(draft.account),
        "by_hand": by_hand(draft.account),
        "title": rendition.title,
        "parts": [
            {
                **part_record(part),
                "media": [_medium_record(medium, network, files) for medium in part.attachments],
                "measured": list(_measured(draft, part)),
            }
            for part in rendition.parts
        ],
        "first_comment": _comment_record(draft, network),
    }


def _medium_record(medium: Attachment, network: Network, files: Files) -> dict[str, object]:
    return {**asdict(medium), "sent": fate_record(find_fate(medium, network, files))}


def _measured(draft: Draft, part: Part) -> tuple[str, ...]:
    """The addresses of `part` that lead to the company's own pages and carry the policy's parameters."""
    targets = [span.target for span in part.spans]
    html = part.html.replace("&amp;", "&")
    return tracked_addresses(draft, " ".join([part.text, html, *targets, *part.fields.values()]))


def _comment_record(draft: Draft, network: Network) -> list[dict[str, object]]:
    comment = first_comment(draft) if FIRST_COMMENT in network.known_options else None
    return [part_record(part) for part in network.render_comment(comment).parts] if comment else []


def _show(post: Post, shown: list[Shown], missing: list[str], files: Files) -> None:
    out = console()
    out.print(f"{post.title or post.path}", style="bold", markup=False)
    for draft, network, rendition in shown:
        _show_channel(out, (draft, network, rendition), files)
    for name in missing:
        out.print(_("{name}: no account of this name; it gets nothing").format(name=name), style="red", markup=False)
    if not shown and not missing:
        out.print(_("no channels; add some to the front matter, for example: channels: [NAME]"), markup=False)


def _show_channel(out: Console, shown: Shown, files: Files) -> None:
    draft, network, rendition = shown
    facts = [network.title, rendition.language, str(draft.publish) if draft.publish else _("no publish time")]
    out.print(f"\n{draft.account.name} · {' · '.join(filter(None, facts))}", style="bold cyan", markup=False)
    if by_hand(draft.account):
        out.print(_("published by hand, from the kit: leitstand kit POST"), style="yellow", markup=False)
    elif network.connect is None:
        out.print(_("cannot be sent yet: rendered and counted only"), style="yellow", markup=False)
    if rendition.title:
        out.print(_("Title: {title}").format(title=rendition.title), markup=False)
    for number, part in enumerate(rendition.parts, 1):
        if len(rendition.parts) > 1:
            heading = _("Part {number} of {count}").format(number=number, count=len(rendition.parts))
            out.print(heading, style="bold", markup=False)
        _show_part(out, part, (*_media_lines(part, network, files), *_measured_lines(draft, part)))
    comment = first_comment(draft)
    if comment is not None and FIRST_COMMENT in network.known_options:
        out.print(_("First comment"), style="bold", markup=False)
        for part in network.render_comment(comment).parts:
            _show_part(out, part)


def _show_part(out: Console, part: Part, notes: Iterable[str] = ()) -> None:
    out.print(part.text or _("(no text)"), markup=False)
    out.print(_measure(part.count), style="green" if part.count.valid else "bold red", markup=False)
    for line in [*notes, *_link_lines(part), *_field_lines(part.fields)]:
        out.print(f"  {line}", markup=False)


def _measure(count: Count) -> str:
    """``[########------------] 123/300 graphemes``; what is too much is said, not only coloured."""
    filled = min(BAR, round(BAR * count.length / count.limit)) if count.limit else BAR
    text = f"[{'#' * filled}{'-' * (BAR - filled)}] {count.length}/{count.limit} {unit_word(count.unit)}"
    if count.valid:
        return text
    return text + " " + _("({excess} too many)").format(excess=count.length - count.limit)


def _media_lines(part: Part, network: Network, files: Files) -> Iterator[str]:
    for medium in part.attachments:
        alt = medium.alt or _("no alt text")
        yield _("{kind} {file}: {alt}").format(kind=medium.kind, file=medium.file, alt=alt)
        yield f"  {find_fate(medium, network, files)}"


def _measured_lines(draft: Draft, part: Part) -> list[str]:
    return [_("measured: {address}").format(address=address) for address in _measured(draft, part)]


def _link_lines(part: Part) -> list[str]:
    data = part.text.encode("utf-8", "surrogatepass")
    return [
        f"{span.kind.value} {data[span.start : span.end].decode('utf-8', 'replace')} -> {span.target}"
        for span in part.spans
    ]


def _field_lines(fields: Mapping[str, str]) -> list[str]:
    return [f"{name}: {value}" for name, value in fields.items()]
