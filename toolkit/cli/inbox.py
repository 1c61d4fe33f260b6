"""`leitstand inbox`: what people write to us and about us, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer

from toolkit.approval import present_person
from toolkit.cli import make_app
from toolkit.cli.context import (
    HERE,
    AsJson,
    Context,
    Folder,
    Now,
    console,
    open_context,
    print_json,
    progress,
    table_console,
)
from toolkit.cli.inboxed import conversation_lines, heard_lines, inbox_table, stage_word
from toolkit.cli.inboxjson import act_json, conversation_json, cursor_json, entry_json, heard_json, remark_json
from toolkit.cli.inboxoffice import listen, maybe_ledger, opened
from toolkit.cli.inboxrules import app as rules_app
from toolkit.cli.inboxwhy import find_why, why_json, why_lines
from toolkit.cli.rows import local_time
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.cursors import all_cursors
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.fetching import why_deaf
from toolkit.community.inbox.forgetting import Forgotten, find_author, forget, texts_of
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.retention import review
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import account_key
from toolkit.messages import _, ngettext
from toolkit.model import WallTime, in_range
from toolkit.settings import Account, Person, unknown_name
from toolkit.workspace import AuthorRole

app = make_app()
app.add_typer(rules_app, name="rules", help="List, show and try the handbook's triage rules and dangers.")

Id = Annotated[str, typer.Argument(help="The conversation: the last or first letters of its id.", metavar="ID")]
By = Annotated[str, typer.Option("--by", help="Who does it, as named in leitstand.toml.")]
_EVERYTHING: Final[frozenset[Stage]] = frozenset()


@app.callback()
def _root() -> None:
    """Hear what people write, see whose turn it is, and sort it; answers go out as posts do."""


@app.command(name="fetch")
def run_fetch(
    *,
    account: Annotated[str, typer.Option("--account", help="Ask this account only.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Ask the networks what people write; exit 1 when an account could not be asked."""
    context = open_context(workspace, now)
    accounts = _accounts(context, account)
    deaf = [(name, reason) for name, one in accounts.items() if (reason := why_deaf(one))]
    with progress() as bar:
        task = bar.add_task(_("listening"), total=len(accounts))
        found = listen(context, accounts, lambda: bar.advance(task))
    if as_json:
        silent = [{"account": name, "reason": reason} for name, reason in deaf]
        print_json({"accounts": [heard_json(one) for one in found], "not_heard": silent})
    else:
        _print(heard_lines(found, deaf, context))
    return EXIT_PROBLEMS if any(one.failure for one in found) else EXIT_CLEAN


@app.command(name="list")
def run_list(
    *,
    stage: Annotated[str, typer.Option("--stage", help="new, open, waiting, snoozed or done.")] = "",
    account: Annotated[str, typer.Option("--account", help="Of this account only.")] = "",
    assignee: Annotated[str, typer.Option("--assignee", help="Of this person only; - for nobody's.")] = "",
    label: Annotated[str, typer.Option("--label", help="With this label only.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also what waits for them, is snoozed or done.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show what waits for us, the most urgent first."""
    context = open_context(workspace, now)
    if account:
        _accounts(context, account)
    if assignee not in ("", "-"):
        _person(context, assignee)
    stages = frozenset({_stage(stage)}) if stage else _EVERYTHING if everything else OURS
    wanted = Wanted(stages, account, assignee, label, limit + 1)
    moment = context.clock.now()
    with opened(context, read_only=True) as inbox:
        found = inbox.conversations(wanted, now=moment)
        last = inbox.last_words(found[:limit])
        cursors = all_cursors(inbox.store)
    if as_json:
        records = [conversation_json(one) | {"last": last.get(one.id, "")} for one in found[:limit]]
        print_json(
            {"conversations": records, "more": len(found) > limit, "accounts": [cursor_json(one) for one in cursors]}
        )
        return EXIT_CLEAN
    if found:
        _print_table([(one, last.get(one.id, "")) for one in found[:limit]], moment)
    else:
        _print([_("nothing waits for us") if stages == OURS else _("no such conversation")])
    if len(found) > limit:
        _print([_("… and more; --limit shows them")])
    _print(_("! {account}: {reason}").format(account=one.channel, reason=one.reason) for one in cursors if one.reason)
    return EXIT_CLEAN


@app.command(name="show")
def run_show(name: Id, *, workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Show a whole conversation with our notes and what was done; looking changes nothing."""
    context = open_context(workspace, now)
    with opened(context, read_only=True) as inbox:
        found = inbox.conversation(name, now=context.clock.now())
        entries, remarks, acts = inbox.entries(found), inbox.remarks(found), inbox.acts(found)
        why = find_why(inbox, found, context, context.clock.now())
    if as_json:
        beside = {"remarks": [remark_json(one) for one in remarks], "acts": [act_json(one) for one in acts]}
        print_json(
            conversation_json(found)
            | {"entries": [entry_json(one) for one in entries], "triage": why_json(why)}
            | beside
        )
    else:
        _print([*conversation_lines(found, entries, [*remarks, *acts], context), *why_lines(why, context)])
    return EXIT_CLEAN


@app.command(name="assign")
def run_assign(
    name: Id,
    person: Annotated[str, typer.Argument(help="Who answers, as named in leitstand.toml; - for nobody.")],
    *,
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Make a conversation somebody's; of whoever is away the deputy takes it."""
    context = open_context(workspace, now)
    wanted = None if person == "-" else _person(context, person)
    found = None if wanted is None else present_person(wanted, context.settings, context.local_now.date())
    if wanted is not None and found is None:
        raise UsageError(_("{person} is away, and so is everybody who stands in").format(person=wanted.name))
    key = found.key if found else ""
    detail = f"{key} ({wanted.key})" if wanted and key != wanted.key else key

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        return inbox.assign(seen, key, _by(context, by), moment, detail)

    code = _change(context, name, work, as_json=as_json)
    if wanted is not None and found is not None and found != wanted and not as_json:
        _print([_("{person} is away; {deputy} stands in").format(person=wanted.name, deputy=found.name)])
    return code


@app.command(name="snooze")
def run_snooze(
    name: Id,
    *,
    until: Annotated[str, typer.Option("--until", help="A moment such as 2026-12-02T08:00, or 3h, 2d, 1w.")],
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Put a conversation away until then, or until they write again."""
    context = open_context(workspace, now)
    moment = _until(context, until)
    return _change(
        context, name, lambda inbox, seen, now_: inbox.snooze(seen, moment, _by(context, by), now_), as_json=as_json
    )


@app.command(name="done")
def run_done(name: Id, *, by: By = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Say that nothing is left to do; it opens again when they write."""
    return _set_stage(name, Stage.DONE, by, open_context(workspace, now), as_json=as_json)


@app.command(name="open")
def run_open(name: Id, *, by: By = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Say that somebody is at it, or that it is our turn again."""
    return _set_stage(name, Stage.OPEN, by, open_context(workspace, now), as_json=as_json)


@app.command(name="label", context_settings={"ignore_unknown_options": True})
def run_label(
    name: Id,
    changes: Annotated[list[str], typer.Argument(help="+label to add, -label to take away.", metavar="+LABEL -LABEL")],
    *,
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Add and take away labels."""
    context = open_context(workspace, now)
    for change in changes:
        if not re.fullmatch(r"[+-][\w][\w.-]*", change):
            raise UsageError(_("write +{label} or -{label}, a word without spaces").format(label=change.strip("+-")))
    add, remove = ([one[1:] for one in changes if one[0] == sign] for sign in "+-")
    return _change(
        context,
        name,
        lambda inbox, seen, moment: inbox.label(seen, add, remove, _by(context, by), moment),
        as_json=as_json,
    )


@app.command(name="note")
def run_note(
    name: Id,
    text: Annotated[str, typer.Argument(help="What the team should know; no network sees it.")],
    *,
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Note something about a conversation."""
    context = open_context(workspace, now)
    if not text.strip():
        raise UsageError(_("a note needs words"))

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        inbox.remark(seen, text.strip(), _by(context, by), moment)
        return seen

    return _change(context, name, work, as_json=as_json)


@app.command(name="mark")
def run_mark(
    name: Id,
    roles: Annotated[list[str], typer.Argument(help="vip, press, authority; - for nobody special.", metavar="ROLE")],
    *,
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Say who the author is to us, in this and every later conversation; triage goes by it."""
    context = open_context(workspace, now)
    wanted = [role for role in roles if role != "-"]
    for role in wanted:
        if role not in set(AuthorRole):
            raise UsageError(unknown_name(_("role"), role, dict.fromkeys(AuthorRole)))

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        inbox.set_roles(seen, wanted, _by(context, by), moment)
        return seen

    return _change(context, name, work, as_json=as_json)


@app.command(name="forget")
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
    key = account_key(_accounts(context, account)[account]) if account else ""
    with opened(context) as inbox, maybe_ledger(context) as ledger:
        who = find_author(inbox, author, key)
        texts = texts_of(inbox, who)
        found = forget(inbox, ledger, who, context.clock.now(), dry_run=dry_run)
        shared = inbox.place.shared
    labels = 0 if dry_run else _forget_labels(context, texts)
    if as_json:
        print_json(_forgotten_json(author, found, labels, dry_run=dry_run))
    else:
        _print(_forgotten_lines(author, found, labels, shared=shared, dry_run=dry_run))
    return EXIT_CLEAN if found.messages and found.scrubbed else EXIT_PROBLEMS


@app.command(name="review")
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
        _print([when.format(conversations=said, moment=local_time(found.before, context))])
        if found.overdue:
            _print([_("older, but not done, so they are kept; end them with leitstand inbox done ID:")])
            _print_table([(one, "") for one in found.overdue], moment)
    return EXIT_PROBLEMS if found.overdue else EXIT_CLEAN


def _set_stage(name: str, stage: Stage, by: str, context: Context, *, as_json: bool) -> int:
    return _change(
        context,
        name,
        lambda inbox, seen, moment: inbox.set_stage(seen, stage, _by(context, by), moment),
        as_json=as_json,
    )


def _change(
    context: Context,
    name: str,
    work: Callable[[Inbox, Conversation, datetime], Conversation],
    *,
    as_json: bool,
) -> int:
    """Do something with one conversation and say what it is now."""
    moment = context.clock.now()
    with opened(context) as inbox:
        changed = work(inbox, inbox.conversation(name, now=moment), moment)
    if as_json:
        print_json(conversation_json(changed))
        return EXIT_CLEAN
    told = [stage_word(changed.stage)]
    if changed.snoozed_until is not None:
        told = [_("snoozed until {moment}").format(moment=local_time(changed.snoozed_until, context))]
    if changed.assignee:
        told.append(_("assigned to {person}").format(person=changed.assignee))
    told += [f"#{label}" for label in changed.labels]
    _print([f"{short(changed.id)}: {', '.join(told)}"])
    return EXIT_CLEAN


def _until(context: Context, text: str) -> datetime:
    """A moment; without an offset it is wall time of the workspace. Or so many hours, days or weeks from now."""
    span = re.fullmatch(r"(\d{1,4})([hdw])", text.strip())
    if span:
        unit = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[span[2]]
        return context.clock.now() + int(span[1]) * unit
    try:
        parsed = datetime.fromisoformat(text.strip())
    except ValueError:
        parsed = None
    if parsed is None or len(text.strip()) <= len("2026-12-02") or not in_range(parsed):
        message = _("--until needs a moment such as {example}, or 3h, 2d, 1w, not {text!r}")
        raise UsageError(message.format(example="2026-12-02T08:00", text=text))
    return parsed if parsed.tzinfo is not None else WallTime(parsed, context.settings.timezone).instant()


def _stage(text: str) -> Stage:
    if text not in set(Stage):
        raise UsageError(unknown_name(_("stage"), text, dict.fromkeys(Stage)))
    return Stage(text)


def _accounts(context: Context, name: str) -> Mapping[str, Account]:
    accounts = context.settings.accounts
    if name and name not in accounts:
        raise UsageError(unknown_name(_("account"), name, accounts))
    return {name: accounts[name]} if name else accounts


def _person(context: Context, name: str) -> Person:
    people = context.settings.people
    if name not in people:
        raise UsageError(unknown_name(_("person"), name, people))
    return people[name]


def _by(context: Context, name: str) -> str:
    return _person(context, name).key if name else ""


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
    said = _(
        "{messages} messages and {answers} of our answers in {conversations} conversations, {remarks} notes, "
        "{mentions} places where others named them, {sent} answers in the ledger, {labels} sentiment labels"
    ).format(
        messages=found.messages,
        answers=found.answers,
        conversations=found.conversations,
        remarks=found.remarks,
        mentions=found.mentions,
        sent=found.sent.rows,
        labels=labels,
    )
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
            _("! another process has the database open, so bytes may be left in its files; the next fetch tries again")
        )
    if shared:
        lines.append(_("· the PostgreSQL server's own log and its backups keep what they have until they are rotated"))
    lines.append(_("· backups that you made keep what they have; what stands on the network is there as before"))
    return lines


def _print_table(found: Sequence[tuple[Conversation, str]], now: datetime) -> None:
    terminal = table_console()
    terminal.print(inbox_table(found, now, terminal.width))


def _print(lines: Iterable[str]) -> None:
    terminal = console()
    for line in lines:
        terminal.print(line, markup=False)
