"""`leitstand inbox`: what people write to us and about us, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Final

import typer

from toolkit.cli import make_app
from toolkit.cli.context import (
    HERE,
    AsJson,
    Context,
    Folder,
    Now,
    open_context,
    print_json,
    progress,
)
from toolkit.cli.inbox.briefed import briefing_json, briefing_lines
from toolkit.cli.inbox.forgetting import run_forget, run_review
from toolkit.cli.inbox.importing import run_import
from toolkit.cli.inbox.reasons import find_why, why_json, why_lines
from toolkit.cli.inbox.record import act_json, conversation_json, cursor_json, entry_json, heard_json, remark_json
from toolkit.cli.inbox.replied import reply_json, reply_lines
from toolkit.cli.inbox.reply import app as reply_app
from toolkit.cli.inbox.rules import app as rules_app
from toolkit.cli.inbox.shown import conversation_lines, heard_lines, print_lines, print_table
from toolkit.cli.inbox.training import run_train
from toolkit.cli.listening.office import listen, named_accounts, named_person, opened
from toolkit.cli.rows import local_time
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.community.inbox.cursors import all_cursors
from toolkit.community.inbox.desk import OURS, Wanted
from toolkit.community.inbox.fetching import why_deaf
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.saying import stage_word
from toolkit.community.inbox.sounds import Ear, note_sound
from toolkit.community.replies.book import Replies
from toolkit.community.replies.briefed import find_fitting
from toolkit.community.triage.assigning import find_taker
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _
from toolkit.model import WallTime, in_range
from toolkit.settings import unknown_name
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
    accounts = named_accounts(context, account)
    deaf = [(name, reason) for name, one in accounts.items() if (reason := why_deaf(one))]
    with progress() as bar:
        task = bar.add_task(_("listening"), total=len(accounts))
        found = listen(context, accounts, lambda: bar.advance(task))
    if as_json:
        silent = [{"account": name, "reason": reason} for name, reason in deaf]
        print_json({"accounts": [heard_json(one) for one in found], "not_heard": silent})
    else:
        print_lines(heard_lines(found, deaf, context))
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
        named_accounts(context, account)
    if assignee not in ("", "-"):
        named_person(context, assignee)
    stages = frozenset({_stage(stage)}) if stage else _EVERYTHING if everything else OURS
    wanted = Wanted(stages, account, assignee, label, limit + 1)
    moment = context.clock.now()
    with opened(context, read_only=True) as inbox:
        found = inbox.conversations(wanted, now=moment)
        last = inbox.last_words(found[:limit])
        cursors = [one for one in all_cursors(inbox.store) if one.channel in context.settings.accounts]
    if as_json:
        records = [conversation_json(one) | {"last": last.get(one.id, "")} for one in found[:limit]]
        print_json(
            {"conversations": records, "more": len(found) > limit, "accounts": [cursor_json(one) for one in cursors]}
        )
        return EXIT_CLEAN
    if found:
        print_table([(one, last.get(one.id, "")) for one in found[:limit]], moment)
    else:
        print_lines([_("nothing waits for us") if stages == OURS else _("no such conversation")])
    if len(found) > limit:
        print_lines([_("… and more; --limit shows them")])
    print_lines(
        _("! {account}: {reason}").format(account=one.channel, reason=one.reason) for one in cursors if one.reason
    )
    return EXIT_CLEAN


@app.command(name="show")
def run_show(name: Id, *, workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Show a whole conversation with our notes and what was done; looking changes nothing."""
    context = open_context(workspace, now)
    with opened(context, read_only=True) as inbox:
        found = inbox.conversation(name, now=context.clock.now())
        entries, remarks, acts = inbox.entries(found), inbox.remarks(found), inbox.acts(found)
        replies = Replies(inbox).of(found)
        why = find_why(inbox, found, context, context.clock.now())
        briefings = find_fitting(context.load(), found, context.clock.now())
    if as_json:
        beside = {"remarks": [remark_json(one) for one in remarks], "acts": [act_json(one) for one in acts]}
        print_json(
            conversation_json(found)
            | {"entries": [entry_json(one) for one in entries], "triage": why_json(why)}
            | {"replies": [reply_json(one) for one in replies]}
            | {"briefings": [briefing_json(one) for one in briefings]}
            | beside
        )
    else:
        print_lines(conversation_lines(found, entries, [*remarks, *acts], context))
        print_lines(line for one in replies for line in ["", *reply_lines(one, context)])
        print_lines(why_lines(why, context))
        print_lines(line for one in briefings for line in briefing_lines(one, context))
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
    wanted = None if person == "-" else named_person(context, person)
    taker = None if wanted is None else find_taker(wanted, context.settings, context.local_now.date())
    key, detail = (taker.person.key, taker.detail) if taker else ("", "")

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        return inbox.assign(seen, key, _by(context, by), moment, detail)

    code = _change(context, name, work, as_json=as_json)
    if wanted is not None and taker is not None and taker.stands_in and not as_json:
        print_lines([_("{person} is away; {deputy} stands in").format(person=wanted.name, deputy=taker.person.name)])
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
    changes: Annotated[
        list[str] | None, typer.Argument(help="+label to add, -label to take away.", metavar="[+LABEL -LABEL]")
    ] = None,
    *,
    sounds: Annotated[
        str,
        typer.Option(
            "--sounds",
            help="How their last message really sounds: negative, neutral or positive; `leitstand inbox train` learns from it.",
        ),
    ] = "",
    by: By = "",
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Add and take away labels, or say how it really sounds."""
    context = open_context(workspace, now)
    for change in changes or ():
        if not re.fullmatch(r"[+-][\w][\w.-]*", change):
            raise UsageError(_("write +{label} or -{label}, a word without spaces").format(label=change.strip("+-")))
    if not changes and not sounds:
        raise UsageError(_("say what changes: +LABEL, -LABEL or --sounds negative"))
    add, remove = ([one[1:] for one in changes or () if one[0] == sign] for sign in "+-")

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        if sounds:
            note_sound(inbox, seen, sounds, Ear(context.state, context.settings.languages), moment)
        return inbox.label(seen, add, remove, _by(context, by), moment) if changes else seen

    return _change(context, name, work, as_json=as_json)


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
            raise UsageError(unknown_name(_("role"), role, {one.value: one for one in AuthorRole}))

    def work(inbox: Inbox, seen: Conversation, moment: datetime) -> Conversation:
        inbox.set_roles(seen, wanted, _by(context, by), moment)
        return seen

    return _change(context, name, work, as_json=as_json)


app.command(name="forget")(run_forget)
app.command(name="review")(run_review)
app.command(name="import")(run_import)
app.command(name="train")(run_train)
app.registered_commands += reply_app.registered_commands


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
    print_lines([f"{short(changed.id)}: {', '.join(told)}"])
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
        raise UsageError(unknown_name(_("stage"), text, {one.value: one for one in Stage}))
    return Stage(text)


def _by(context: Context, name: str) -> str:
    return named_person(context, name).key if name else ""
