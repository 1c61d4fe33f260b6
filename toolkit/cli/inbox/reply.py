"""`leitstand inbox reply`, `approve`, `drop`, `replies`, `suggest`: answering people, under the same rules as posts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json
from toolkit.cli.inbox.bench import find_author, open_bench, read_moment
from toolkit.cli.inbox.replied import reply_json, reply_lines
from toolkit.cli.inbox.shown import conversation_lines, print_lines
from toolkit.cli.inbox.writing import Sheet, find_editor, write_in_editor
from toolkit.cli.listening.office import opened
from toolkit.community.inbox.ids import short
from toolkit.community.inbox.saying import author_word, readable
from toolkit.community.replies.bench import Bench, find_suggestions, lay_out
from toolkit.community.replies.book import LASTS, Replies, Wish
from toolkit.community.replies.checking import errors_of
from toolkit.community.replies.composing import refuse_unanswerable
from toolkit.community.replies.reply import Reply, ReplyState
from toolkit.community.replies.saying import state_word
from toolkit.community.replies.submitting import find_begun, hand_in, judge, keep, look_again
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, InboxError, UsageError
from toolkit.messages import _, decimal
from toolkit.model import Problem

app = make_app()

Conv = Annotated[str, typer.Argument(help="The conversation: the last or first letters of its id.", metavar="ID")]
Which = Annotated[str, typer.Argument(help="The reply: the last or first letters of its id.", metavar="REPLY")]
By = Annotated[str, typer.Option("--by", help="Who does it, as named in leitstand.toml.")]


@app.command(name="reply")
def run_reply(
    name: Conv,
    *,
    by: By = "",
    text: Annotated[str, typer.Option("--text", help="The answer itself, or - for the standard input.")] = "",
    file: Annotated[str, typer.Option("--file", help="A file with the answer.")] = "",
    private: Annotated[
        bool | None, typer.Option("--private/--public", help="Who may read it; default: whoever reads the message.")
    ] = None,
    suggestion: Annotated[int, typer.Option("--suggestion", min=0, help="Begin with this one of inbox suggest.")] = 0,
    after: Annotated[str, typer.Option("--after", help="Not before this moment, such as 2026-12-02T08:00.")] = "",
    hours: Annotated[int, typer.Option("--hours", min=1, max=8760, help="Expires unsent after so many hours.")] = 72,
    draft: Annotated[bool, typer.Option("--draft", help="Only keep it; nobody is asked to approve it yet.")] = False,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Answer a conversation in your editor; it goes out with the next publish, once whoever has to approve it did."""
    context = open_context(workspace, now)
    author = find_author(context, by)
    with open_bench(context, name) as bench:
        wants_private = bench.message.private if private is None else private
        refuse_unanswerable(bench.account, bench.message, private=wants_private)
        begun = find_begun(bench, author)
        mine, others = begun.mine, begun.others
        begin = _suggested(bench, suggestion) if suggestion else mine.text if mine else ""
        written, problems = _written(context, bench, _given(text, file), begin, others)
        wish = Wish(
            written,
            author,
            wants_private,
            send_after=read_moment(context, after) if after else None,
            lasts=timedelta(hours=hours) if hours else LASTS,
        )
        try:
            reply = keep(bench, mine, wish)
        except InboxError as error:
            # Somebody, or the same person at the desk, was faster while the editor was open.
            raise InboxError(
                _("{problem}; your words, kept nowhere:\n{text}").format(problem=error, text=written)
            ) from None
        errors = errors_of(problems)
        failure = "" if draft or errors else hand_in(bench, reply, author)
        reply = bench.replies.reply(reply.id) if reply else None
    return _say(reply, problems, failure, others, context, as_json=as_json)


@app.command(name="approve")
def run_approve(name: Which, *, by: By = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Say yes to a reply; exit 1 when it is no longer what the conversation needs, or is not yours to approve."""
    context = open_context(workspace, now)
    person = find_author(context, by)
    with opened(context) as inbox:
        replies, moment = Replies(inbox), context.clock.now()
        reply = replies.reply(name)
        again = look_again(replies, reply, moment)
        if again is not None:
            seen = inbox.conversation(reply.conversation, now=moment)
            failure = _("something was said since it was written; read it, then approve again or rewrite it")
            if not as_json:
                print_lines(conversation_lines(seen, inbox.entries(seen), [], context))
            return _say(again, [], failure, [], context, as_json=as_json)
        found = judge(lay_out(inbox, reply.conversation, context.load(), moment), reply, person)
    return _say(found.reply, found.problems, found.failure, [], context, as_json=as_json)


@app.command(name="drop")
def run_drop(name: Which, *, by: By = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Say that a reply is not wanted any more; what is out already stays out."""
    context = open_context(workspace, now)
    person = find_author(context, by)
    with opened(context) as inbox:
        replies = Replies(inbox)
        reply = replies.drop(replies.reply(name), person, context.clock.now())
    return _say(reply, [], "", [], context, as_json=as_json)


@app.command(name="replies")
def run_replies(*, workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """List the replies that are neither out nor over; exit 1 when one waits for somebody."""
    context = open_context(workspace, now)
    with opened(context, read_only=True) as inbox:
        found = Replies(inbox).open()
    if as_json:
        print_json([reply_json(one) for one in found])
    else:
        print_lines([line for one in found for line in reply_lines(one, context)] or [_("no reply is under way")])
    return EXIT_PROBLEMS if any(one.state in (ReplyState.REVIEW, ReplyState.STALE) for one in found) else EXIT_CLEAN


@app.command(name="suggest")
def run_suggest(
    name: Conv,
    *,
    most: Annotated[int, typer.Option("--limit", min=1, max=50, help="At most so many.")] = 3,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show what was answered before, or is ready in the handbook, for words like these; nothing is sent."""
    context = open_context(workspace, now)
    with open_bench(context, name, read_only=True) as bench:
        found = find_suggestions(bench, most)
    if as_json:
        print_json(
            [{"source": one.source.name, "score": one.score, "text": one.source.text} for one in found],
        )
        return EXIT_CLEAN
    lines = [
        f"{number}. {one.source.name} {one.source.title} ({decimal(one.score, '.2f')})\n   {readable(one.source.text)}"
        for number, one in enumerate(found, 1)
    ]
    hint = [_("begin with one: leitstand inbox reply {id} --suggestion N").format(id=short(bench.seen.id))]
    print_lines([*lines, *hint] if lines else [_("nothing like it was answered before")])
    return EXIT_CLEAN


def _given(text: str, file: str) -> str:
    """What was written already; "" for what is to be written in the editor."""
    if text and file:
        raise UsageError(_("take --text or --file, not both"))
    if file:
        return _read(Path(file))
    return sys.stdin.read() if text == "-" else text


def _written(
    context: Context, bench: Bench, given: str, begin: str, others: Sequence[Reply]
) -> tuple[str, list[Problem]]:
    """The text and what is wrong with it, as given or from the editor."""
    if given:
        return given.strip(), bench.check(given.strip())
    launch = find_editor(context.environ)
    sheet = Sheet(begin, tuple(_below(context, bench, others)))
    text, _errors = write_in_editor(sheet, lambda one: errors_of(bench.check(one)), launch)
    return text, bench.check(text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(_("cannot read {path}: {error}").format(path=path, error=error)) from error


def _below(context: Context, bench: Bench, others: Sequence[Reply]) -> Iterator[str]:
    """What the person sees while writing."""
    who = author_word(bench.seen)
    yield (
        _("private: only {author} and we read it").format(author=who)
        if bench.message.private
        else _("public: everybody reads it")
    )
    for one in others:
        said = _("{person} has a reply here ({state}): {text}")
        yield said.format(person=one.author, state=state_word(one.state), text=" ".join(one.text.split()))
    entries = bench.replies.inbox.entries(bench.seen)
    for line in conversation_lines(bench.seen, entries, [], context):
        yield from line.splitlines() or [""]


def _suggested(bench: Bench, number: int) -> str:
    found = find_suggestions(bench, number)
    if len(found) < number:
        raise UsageError(_("there are {count} suggestions; see: leitstand inbox suggest").format(count=len(found)))
    return found[number - 1].source.text


def _say(
    reply: Reply | None,
    problems: Sequence[Problem],
    failure: str,
    others: Sequence[Reply],
    context: Context,
    *,
    as_json: bool,
) -> int:
    """What is now, what is wrong with it, and who else is at it."""
    failed = bool(failure or errors_of(list(problems)) or reply is None)
    if as_json:
        record = reply_json(reply) if reply else None
        print_json({"reply": record, "problems": [str(one) for one in problems], "failure": failure})
        return EXIT_PROBLEMS if failed else EXIT_CLEAN
    lines = [str(one) for one in problems]
    lines += [
        _("! {person} has a reply here, too ({id}, {state}):\n{text}").format(
            person=one.author, id=short(one.id), state=state_word(one.state), text=one.text
        )
        for one in others
    ]
    lines += [f"! {failure}"] if failure else []
    print_lines([*lines, *(reply_lines(reply, context) if reply else [_("nothing was written")])])
    return EXIT_PROBLEMS if failed else EXIT_CLEAN
