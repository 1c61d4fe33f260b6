"""`leitstand approve`: show what is approved, then write the yes into the post's front matter."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.approval import Verdict, content_hash, judge, objection, sign, time_objection
from toolkit.cli.approve.waiting import list_waiting
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.posts import error_lines, named_post
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _, ngettext
from toolkit.model import Approval, Post
from toolkit.workspace import Draft, Workspace, drafts

PREVIEW_LINES = 4
PREVIEW_WIDTH = 100


def run(
    post: Annotated[str, typer.Argument(help="Uid, path or end of the path of the post.", metavar="[POST]")] = "",
    *,
    by: Annotated[str, typer.Option("--by", help="The person who approves, as named in leitstand.toml.")] = "",
    list_: Annotated[bool, typer.Option("--list", help="Show which posts wait for whose approval, and stop.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be approved and write nothing.")] = False,
    folder: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Approve a post as it is now; any later change of its content voids the approval."""
    context = open_context(folder, now)
    if list_:
        return list_waiting(context, as_json=as_json)
    if not post or not by:
        raise UsageError(_("say which post and who approves it: leitstand approve POST --by NAME; or: --list"))
    workspace = context.load()
    found = named_post(workspace, post)
    digest = content_hash(found, workspace)
    if not as_json:
        _show(found, workspace, digest)
    refusal = objection(by, found, workspace.settings) or time_objection(found, workspace.settings)
    refusal = refusal or "\n".join(error_lines(workspace, found, context.clock.now()))
    if refusal:
        return _refused(found, digest, refusal, as_json=as_json)
    written = not dry_run and _sign(context, found, by, digest)
    if not dry_run:
        workspace = context.load()
        found = next(again for again in workspace.posts if again.path == found.path)
    _tell(found, workspace, digest, by, written=written, dry_run=dry_run, as_json=as_json)
    return EXIT_CLEAN


def _sign(context: Context, post: Post, by: str, digest: str) -> bool:
    return sign(context.root, post, Approval(by, context.local_now, digest), context.settings)


def _refused(post: Post, digest: str, refusal: str, *, as_json: bool) -> int:
    if as_json:
        print_json({"uid": post.uid, "path": post.path, "hash": digest, "written": False, "refused": refusal})
    else:
        console(stderr=True).print(_("not approved: {refusal}").format(refusal=refusal), markup=False)
    return EXIT_PROBLEMS


def _show(post: Post, workspace: Workspace, digest: str) -> None:
    """A short look at every channel, so that nobody approves what they have not seen."""
    terminal = console()
    terminal.print(f"{post.title or post.path} ({post.path})", style="bold", markup=False)
    for draft in drafts(post, workspace.settings):
        terminal.print(f"\n{draft.account.name}, {_moment(draft, post)}, {draft.language}", markup=False)
        terminal.print("\n".join(f"  {line}" for line in _preview(draft)), markup=False)
    terminal.print(f"\n{digest}", markup=False)


def _moment(draft: Draft, post: Post) -> str:
    if draft.publish is None:
        return _("the next free slot") if post.publish_next else _("no publish time")
    return f"{draft.publish.local():%Y-%m-%d %H:%M %Z}"


def _preview(draft: Draft) -> list[str]:
    lines = [line for part in draft.parts for line in part.splitlines() if line.strip()]
    shown = [line if len(line) <= PREVIEW_WIDTH else line[: PREVIEW_WIDTH - 1] + "…" for line in lines[:PREVIEW_LINES]]
    if len(lines) > PREVIEW_LINES:
        shown.append(ngettext("… and {count} more line", "… and {count} more lines", len(lines) - PREVIEW_LINES))
    shown += [f"[{medium.file or medium.order}: {medium.alt or _('no alt text')}]" for medium in draft.media]
    return shown


def _tell(
    post: Post, workspace: Workspace, digest: str, by: str, *, written: bool, dry_run: bool, as_json: bool
) -> None:
    accounts = [draft.account for draft in drafts(post, workspace.settings)]
    verdicts = {account.name: judge(post, account, workspace, digest=digest) for account in accounts}
    if as_json:
        channels = {name: _verdict_json(verdict) for name, verdict in verdicts.items()}
        print_json({"uid": post.uid, "path": post.path, "hash": digest, "written": written, "channels": channels})
        return
    terminal = console()
    if dry_run:
        terminal.print(_("nothing was written (--dry-run)"))
    elif written:
        terminal.print(_("approved by {by}").format(by=by), markup=False)
    else:
        terminal.print(_("{by} has approved exactly this already").format(by=by), markup=False)
    for name, verdict in verdicts.items():
        said = _("may be sent") if verdict.granted else verdict.reason
        terminal.print(f"{name}: {said}", markup=False)


def _verdict_json(verdict: Verdict) -> dict[str, object]:
    return {
        "granted": verdict.granted,
        "required": verdict.required,
        "given": [approval.by for approval in verdict.given],
        "void": [approval.by for approval in verdict.void],
        "reason": verdict.reason,
    }
