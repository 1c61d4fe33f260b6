"""`leitstand inbox forget` and `review`: what is forgotten because somebody asks for it, and because its time is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.inbox.record import conversation_json
from toolkit.cli.inbox.shown import print_lines, print_table
from toolkit.cli.listening.office import maybe_ledger, named_accounts, opened
from toolkit.cli.rows import local_time
from toolkit.community.inbox.forgetting import Forgotten, find_author, forget, texts_of
from toolkit.community.inbox.retention import review
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.ledger import account_key
from toolkit.messages import _, ngettext


def run_forget(
    author: Annotated[str, typer.Argument(help="Handle, address or the network's id of the author.")],
    *,
    account: Annotated[str, typer.Option("--account", help="Only what they wrote to this account.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Count, and change nothing.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Forget somebody: their messages, their names, notes about them, our answers to them; exit 1 when nobody is found."""
    context = open_context(workspace, now)
    key = account_key(named_accounts(context, account)[account]) if account else ""
    with opened(context) as inbox, maybe_ledger(context) as ledger:
        who = find_author(inbox, author, key)
        texts = texts_of(inbox, who)
        found = forget(inbox, ledger, who, context.clock.now(), dry_run=dry_run)
        shared = inbox.place.shared
    labels = 0 if dry_run else _forget_labels(context, texts)
    if as_json:
        print_json(_forgotten_json(author, found, labels, dry_run=dry_run))
    else:
        print_lines(_forgotten_lines(author, found, labels, shared=shared, dry_run=dry_run))
    return EXIT_CLEAN if found.messages and found.scrubbed else EXIT_PROBLEMS


def run_review(*, workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Show what the retention period takes next, and what is older but still waits for us; exit 1 when something does."""
    context = open_context(workspace, now)
    moment = context.clock.now()
    with opened(context, read_only=True) as inbox:
        found = review(inbox, context.settings.inbox, moment)
    if as_json:
        overdue = [conversation_json(one) for one in found.overdue]
        print_json({"before": found.before.isoformat(), "over": found.over, "overdue": overdue})
    else:
        said = ngettext("{count} conversation is over", "{count} conversations are over", found.over)
        when = _("{conversations}: the last word is older than {moment}; the next fetch forgets who wrote what")
        print_lines([when.format(conversations=said, moment=local_time(found.before, context))])
        if found.overdue:
            print_lines([_("older, but not done, so they are kept; end them with leitstand inbox done ID:")])
            print_table([(one, "") for one in found.overdue], moment)
    return EXIT_PROBLEMS if found.overdue else EXIT_CLEAN


def _forget_labels(context: Context, texts: Sequence[str]) -> int:
    """What the team said about how these texts sound."""
    from toolkit.sentiment import forget_corrections

    return forget_corrections(context.state, texts) if texts else 0


def _forgotten_json(author: str, found: Forgotten, labels: int, *, dry_run: bool) -> dict[str, object]:
    return {
        "author": author,
        "dry_run": dry_run,
        "messages": found.messages,
        "answers": found.answers,
        "conversations": found.conversations,
        "remarks": found.remarks,
        "mentions": found.mentions,
        "sent_answers": found.sent.rows,
        "sent_answers_left": found.sent.left,
        "sentiment_labels": labels,
        "scrubbed": found.scrubbed,
    }


def _forgotten_lines(author: str, found: Forgotten, labels: int, *, shared: bool, dry_run: bool) -> list[str]:
    if not found.messages:
        return [_("nobody called {author} has written").format(author=author)]
    said = ", ".join(_counted(found, labels))
    if dry_run:
        return [_("would be forgotten: {what}").format(what=said)]
    lines = [_("forgotten: {what}").format(what=said)]
    if found.sent.left:
        count = found.sent.left
        lines.append(
            ngettext(
                "! {count} answer is still on its way and keeps its words; forget again when it is out",
                "! {count} answers are still on their way and keep their words; forget again when they are out",
                count,
            )
        )
    if not found.scrubbed:
        lines.append(
            _(
                "! bytes may be left in the database's files, because another process has it open or the disk is full;"
                " the next fetch tries again"
            )
        )
    if shared:
        lines.append(_("· the PostgreSQL server's own log and its backups keep what they have until they are rotated"))
    lines.append(
        _("· backups that you made keep what they have until you delete them; what stands on the network stays there")
    )
    return lines


def _counted(found: Forgotten, labels: int) -> list[str]:
    """Each number in its own words; what there was none of is left out."""
    said = (
        ngettext("{count} message", "{count} messages", found.messages),
        ngettext("{count} of our answers", "{count} of our answers", found.answers),
        ngettext("in {count} conversation", "in {count} conversations", found.conversations),
        ngettext("{count} note", "{count} notes", found.remarks),
        ngettext("{count} place where others named them", "{count} places where others named them", found.mentions),
        ngettext("{count} answer in the ledger", "{count} answers in the ledger", found.sent.rows),
        ngettext("{count} sentiment label", "{count} sentiment labels", labels),
    )
    counts = (
        found.messages,
        found.answers,
        found.conversations,
        found.remarks,
        found.mentions,
        found.sent.rows,
        labels,
    )
    return [words for words, count in zip(said, counts, strict=True) if count]
