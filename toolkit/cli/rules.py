"""`leitstand rules`: the rules and what they are for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Folder, print_json, print_json_lines
from toolkit.cli.findings import printable
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, SettingsError, UsageError
from toolkit.lint import Rule, all_rules
from toolkit.lint.explaining import explain
from toolkit.messages import _, ngettext
from toolkit.settings import unknown_name
from toolkit.source import FolderTree
from toolkit.workspace import find_root, load_settings

if TYPE_CHECKING:
    from toolkit.lint.house import House

app = make_app()


@app.callback()
def _root() -> None:
    """List the rules, show one, and test those that the house writes."""


@app.command("list", help="List the rules, one line each; in a workspace also those of its handbook.")
def list_rules(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """List the rules, one line each; in a workspace also those of its handbook."""
    rules = _rules(workspace)
    if as_json:
        print_json_lines(map(_record, rules.values()))
        return EXIT_CLEAN
    width = max(map(len, rules))
    for name, rule in rules.items():
        typer.echo(f"{name:<{width}}  {rule.severity.said():<7}  {_(rule.summary)}")
    return EXIT_CLEAN


@app.command("show", help="Show what a rule does, why, and how to satisfy it.")
def show_rule(
    name: Annotated[str, typer.Argument(metavar="RULE", help="The rule's name.")],
    *,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Show what a rule does, why, and how to satisfy it."""
    rules = _rules(workspace)
    if name not in rules:
        raise UsageError(unknown_name(_("rule"), name, rules))
    rule = rules[name]
    if as_json:
        print_json({**_record(rule), "docs": rule.docs})
    else:
        typer.echo(f"# {name}\n\n{explain(rule.docs)}")
    return EXIT_CLEAN


@app.command("test", help="Run the examples of the handbook's rules: good ones must pass, bad ones must be found.")
def try_rules(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Run the examples of the handbook's rules: good ones must pass, bad ones must be found."""
    own = _house(workspace)
    problems = [*own.broken, *own.examples]
    examples = sum(len(style.good) + len(style.bad) for style in own.styles)
    if as_json:
        print_json({"rules": len(own.styles), "examples": examples, "problems": [str(problem) for problem in problems]})
    else:
        for problem in problems:
            typer.echo(printable(str(problem)))
        counts = ngettext("{count} rule", "{count} rules", len(own.styles))
        tried = ngettext("{count} example", "{count} examples", examples)
        typer.echo(_("{rules} of the house, {examples} tried").format(rules=counts, examples=tried), err=True)
    return EXIT_PROBLEMS if problems else EXIT_CLEAN


def _house(folder: Path) -> House:
    from toolkit.lint.handbook import house

    tree = FolderTree(find_root(folder))
    return house(tree, load_settings(tree)[0].styles)


def _rules(folder: Path) -> Mapping[str, Rule]:
    """The rules of the workspace; outside of one, or in one that cannot be read, those that every workspace has."""
    try:
        return {**_house(folder).rules, **all_rules()}
    except SettingsError:
        return all_rules()


def _record(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.id,
        "severity": rule.severity.value,
        "summary": rule.summary,
        "fixable": rule.fixable,
        "required": rule.required,
    }
