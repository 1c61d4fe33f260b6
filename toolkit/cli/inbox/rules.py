"""`leitstand inbox rules`: the handbook's triage rules and dangers in their order, and whether they do what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, open_context, print_json, print_json_lines
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.messages import _, ngettext
from toolkit.settings import unknown_name
from toolkit.workspace import Example, Risk, TriageRule

if TYPE_CHECKING:
    from toolkit.community.triage.book import Book
    from toolkit.model import Problem

app = make_app()
Facts = Mapping[str, object]


@app.callback()
def _root() -> None:
    """List the triage rules and dangers of the handbook, show one, and try them with their examples."""


@app.command("list", help="List the rules in the order in which they are asked, then the dangers.")
def list_rules(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """List the rules in the order in which they are asked, then the dangers."""
    book = _book(open_context(workspace))
    records = [*map(rule_record, book.rules), *map(risk_record, book.risks)]
    if as_json:
        print_json_lines(records)
        return EXIT_CLEAN
    for record in records:
        typer.echo(printable(_line(record)))
    if not records:
        typer.echo(_("no rules: a page of the handbook has them in blocks called triage and risk"), err=True)
    return EXIT_CLEAN


@app.command("show", help="Show when a rule applies, what it does, and its examples.")
def show_rule(
    name: Annotated[str, typer.Argument(metavar="RULE", help="The rule's or the danger's name.")],
    *,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Show when a rule applies, what it does, and its examples."""
    book = _book(open_context(workspace))
    known = {
        **{risk.name: risk_record(risk) for risk in book.risks},
        **{one.name: rule_record(one) for one in book.rules},
    }
    if name not in known:
        raise UsageError(unknown_name(_("rule"), name, known))
    if as_json:
        print_json(known[name])
        return EXIT_CLEAN
    for line in _page(known[name]):
        typer.echo(printable(line))
    return EXIT_CLEAN


@app.command("test", help="Try the rules with their own examples, and with each other.")
def try_all(*, workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Try the rules with their own examples, and with each other; exit 1 when something does not come out."""
    from toolkit.community.triage.trying import count_examples

    context = open_context(workspace, now)
    book = _book(context)
    problems = list(find_problems(context, book))
    examples = count_examples(book)
    if as_json:
        lines = [str(problem) for problem in problems]
        print_json({"rules": len(book.rules), "dangers": len(book.risks), "examples": examples, "problems": lines})
        return EXIT_PROBLEMS if problems else EXIT_CLEAN
    for problem in problems:
        typer.echo(printable(str(problem)))
    rules = ngettext("{count} rule", "{count} rules", len(book.rules))
    dangers = ngettext("{count} danger", "{count} dangers", len(book.risks))
    tried = ngettext("{count} example", "{count} examples", examples)
    said = _("{rules} and {dangers}, {examples} tried").format(rules=rules, dangers=dangers, examples=tried)
    typer.echo(said, err=True)
    return EXIT_PROBLEMS if problems else EXIT_CLEAN


def find_problems(context: Context, book: Book) -> Iterator[Problem]:
    """What cannot be read, examples that come out otherwise, rules that are never reached; in the order of the pages."""
    from toolkit.community.triage.shadows import find_shadows
    from toolkit.community.triage.trying import try_rules
    from toolkit.lint.triaging import find_slips

    handbook = context.load().handbook
    found = chain(find_slips(handbook, context.settings), try_rules(book), find_shadows(book.rules))
    yield from sorted(found, key=lambda problem: (problem.path, problem.span.line, problem.span.col))


def rule_record(rule: TriageRule) -> Facts:
    """A rule for programs; what it does not say is left out."""
    when, then = rule.when, rule.then
    conditions: dict[str, object] = {
        "words": list(when.words),
        "patterns": list(when.patterns),
        "kinds": sorted(when.kinds),
        "channels": sorted(when.channels),
        "languages": sorted(when.languages),
        "roles": sorted(when.roles),
        "reach": when.reach,
        "negative": when.negative,
        "question": when.question,
        "risk": when.risk,
        "first_contact": when.first_contact,
        "outside_hours": when.outside_hours,
    }
    outcome: dict[str, object] = {
        "labels": list(then.labels),
        "assign": then.assign,
        "points": then.points,
        "first_response": _minutes(then.first_response),
        "risk": then.risk,
        "stop": then.stop,
        "keep": then.keep,
    }
    return {
        "kind": "triage",
        "name": rule.name,
        "place": f"{rule.path}:{rule.places.span('rule').line}",
        "order": rule.order,
        "why": rule.why,
        "if": {key: value for key, value in conditions.items() if value or value is False},
        "then": {key: value for key, value in outcome.items() if value},
        **_examples(rule.good, rule.bad),
    }


def risk_record(risk: Risk) -> Facts:
    """A danger for programs."""
    wording = risk.wording
    told: dict[str, object] = {
        "words": list(wording.words),
        "patterns": list(wording.patterns),
        "channels": sorted(wording.channels),
        "languages": sorted(wording.languages),
    }
    return {
        "kind": "risk",
        "name": risk.name,
        "place": f"{wording.path}:{wording.places.span('risk').line}",
        "owner": wording.owner,
        "instead": wording.instead,
        "if": {key: value for key, value in told.items() if value},
        "then": {"risk": risk.level},
        **_examples(risk.good, risk.bad),
    }


def _book(context: Context) -> Book:
    from toolkit.community.triage.book import read_book

    return read_book(context.load())


def _examples(good: tuple[Example, ...], bad: tuple[Example, ...]) -> Facts:
    return {"good": [example.text for example in good], "bad": [example.text for example in bad]}


def _minutes(length: timedelta | None) -> str:
    """As the handbook writes it."""
    if length is None:
        return ""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return "PT" + (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")


def _line(record: Facts) -> str:
    return (
        f"{record['kind']:<6}  {record['name']}  ({record['place']})  {_facts(record['if'])} → {_facts(record['then'])}"
    )


def _facts(facts: object) -> str:
    """``words: a, b; question: true``."""
    if not isinstance(facts, Mapping):
        return ""
    return "; ".join(f"{key}: {_value(value)}" for key, value in facts.items())


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _page(record: Facts) -> Iterator[str]:
    yield f"{record['name']}  ({record['place']})"
    for key in ("why", "owner", "instead"):
        if record.get(key):
            yield f"  {record[key]}"
    for title, key in ((_("if"), "if"), (_("then"), "then")):
        yield f"{title}:"
        facts = record[key]
        for name, value in facts.items() if isinstance(facts, Mapping) else ():
            yield f"  {name}: {_value(value)}"
    for title, key in ((_("for"), "good"), (_("not for"), "bad")):
        examples = record[key]
        for text in examples if isinstance(examples, list) else ():
            yield f"{title}: {text}"
