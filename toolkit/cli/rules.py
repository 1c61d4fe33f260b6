"""`leitstand rules`: the rules and what they are for."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import AsJson, print_json, print_json_lines
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.lint import Rule, all_rules
from toolkit.lint.explaining import explain
from toolkit.messages import _
from toolkit.settings import unknown_name

app = make_app()


@app.callback()
def _root() -> None:
    """List the rules and show one."""


@app.command("list", help="List the rules, one line each.")
def list_rules(*, as_json: AsJson = False) -> int:
    """List the rules, one line each."""
    rules = all_rules()
    if as_json:
        print_json_lines(map(_record, rules.values()))
        return EXIT_CLEAN
    width = max(map(len, rules))
    for name, rule in rules.items():
        typer.echo(f"{name:<{width}}  {rule.severity.value:<7}  {_(rule.summary)}")
    return EXIT_CLEAN


@app.command("show", help="Show what a rule does, why, and how to satisfy it.")
def show_rule(
    name: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.")], *, as_json: AsJson = False
) -> int:
    """Show what a rule does, why, and how to satisfy it."""
    rules = all_rules()
    if name not in rules:
        raise UsageError(unknown_name(_("rule"), name, rules))
    rule = rules[name]
    if as_json:
        print_json({**_record(rule), "docs": rule.docs})
    else:
        typer.echo(f"# {name}\n\n{explain(rule.docs)}")
    return EXIT_CLEAN


def _record(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "fixable": rule.fixable,
        "required": rule.required,
    }
