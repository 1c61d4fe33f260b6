"""`leitstand tokens`: the brand's colours and fonts, checked and handed to other programs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import HERE, AsJson, Context, Folder, open_context, print_json, print_json_lines, table_console
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.lint import check_workspace
from toolkit.messages import _, ngettext
from toolkit.model import Problem, Severity
from toolkit.starter import write_files
from toolkit.tokens import (
    SCHEMES,
    TOKENS,
    Measured,
    Tokens,
    chart_palette,
    first_tokens,
    make_brand,
    matplotlib_style,
    measure_pairs,
    open_tokens,
    role_variables,
    say_hex,
    token_variables,
    tokens_css,
)

app = make_app()


class Scheme(StrEnum):
    """Which half of the brand."""

    LIGHT = "light"
    DARK = "dark"


@app.callback()
def _root() -> None:
    """Check the brand's colours and fonts, and hand them to other programs."""


@app.command("init", help="Write a token file to begin with: the colours that everything has without one.")
def begin_tokens(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Write a token file to begin with: the colours that everything has without one."""
    context = open_context(workspace)
    if write_files(context.root, {TOKENS: first_tokens()}):
        raise UsageError(
            _("{path} is there already and stays as it is; check it: {command}").format(
                path=TOKENS, command="leitstand tokens check"
            )
        )
    if as_json:
        print_json({"path": TOKENS})
    else:
        typer.echo(_("{path} written; put your colours in, then: leitstand tokens check").format(path=TOKENS))
    return EXIT_CLEAN


@app.command("check", help="Check the token file: format, aliases, contrast.")
def check_tokens(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Check the token file: format, aliases, contrast."""
    context = open_context(workspace)
    tokens = _read(context)
    # Only this file is asked about, whatever rule speaks of it.
    problems = check_workspace(context.load(), now=context.clock.now(), paths=(TOKENS,))
    if as_json:
        print_json_lines(map(_problem, problems))
    else:
        for problem in problems:
            typer.echo(str(problem))
        count = len(tokens.tokens)
        typer.echo(ngettext("{count} token read", "{count} tokens read", count).format(count=count), err=True)
    return EXIT_PROBLEMS if any(one.severity is Severity.ERROR for one in problems) else EXIT_CLEAN


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.span.line,
        "col": problem.span.col,
        "rule": problem.rule,
        "severity": problem.severity.value,
        "message": problem.message,
    }


@app.command("css", help="Print tokens and roles as CSS variables, light and dark.")
def print_css(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Print tokens and roles as CSS variables, light and dark."""
    tokens = _read(open_context(workspace))
    brand = make_brand(tokens)
    if as_json:
        roles = {scheme: role_variables(brand.scheme(scheme)) for scheme in SCHEMES}
        print_json({"tokens": token_variables(tokens), **roles})
    else:
        typer.echo(tokens_css(tokens, brand), nl=False)
    return EXIT_CLEAN


@app.command("palette", help="Print the charts' colours: for seaborn with --json, else a matplotlib style file.")
def print_palette(
    *,
    scheme: Annotated[Scheme, typer.Option("--scheme", help="For light or for dark grounds.")] = Scheme.LIGHT,
    workspace: Folder = HERE,
    as_json: AsJson = False,
) -> int:
    """Print the charts' colours: for seaborn with --json, else a matplotlib style file."""
    brand = make_brand(_read(open_context(workspace)))
    palette, style = chart_palette(brand, scheme), matplotlib_style(brand, scheme)
    if as_json:
        print_json({"scheme": scheme.value, "palette": palette, "rc": style})
        return EXIT_CLEAN
    # In a style file a # begins a comment; matplotlib takes the digits alone.
    for setting, colour in style.items():
        typer.echo(f"{setting}: {colour.removeprefix('#')}")
    listed = ", ".join(f"'{colour.removeprefix('#')}'" for colour in palette)
    typer.echo(f"axes.prop_cycle: cycler('color', [{listed}])")
    return EXIT_CLEAN


@app.command("contrast", help="Show every pair of colours with its contrast; fails when one is too little.")
def show_contrast(*, workspace: Folder = HERE, as_json: AsJson = False) -> int:
    """Show every pair of colours with its contrast; fails when one is too little."""
    measured = measure_pairs(_read(open_context(workspace)))
    if as_json:
        print_json_lines(map(_record, measured))
    else:
        _show_matrix(measured)
    return EXIT_CLEAN if all(found.passed for found in measured) else EXIT_PROBLEMS


def _record(found: Measured) -> dict[str, object]:
    pair = found.pair
    return {
        "colour": pair.one.name,
        "ground": pair.ground.name,
        "kind": pair.kind,
        "ratio": round(found.ratio, 4),
        "minimum": pair.minimum,
        "passed": found.passed,
        "better": None if found.passed else say_hex(found.better),
        "line": pair.span.line,
        "col": pair.span.col,
    }


def _show_matrix(measured: Iterable[Measured]) -> None:
    from rich.table import Table

    table = Table(_("Colour"), _("On"), _("Kind"), _("Contrast"), _("At least"), "", box=None)
    kinds = {"text": _("text"), "large": _("large text"), "graphics": _("lines and shapes")}
    for found in measured:
        verdict = (
            _("enough") if found.passed else _("too little; {better} would do").format(better=say_hex(found.better))
        )
        table.add_row(
            found.pair.one.name,
            found.pair.ground.name,
            kinds[found.pair.kind],
            f"{int(found.ratio * 100) / 100:.2f}",
            f"{found.pair.minimum:g}",
            verdict,
        )
    table_console().print(table)


def _read(context: Context) -> Tokens:
    """The tokens, where there is a file at all."""
    if not context.tree.exists(TOKENS):
        message = _("there is no {path}, which holds the brand's colours (W3C design tokens); begin one: {command}")
        raise UsageError(message.format(path=TOKENS, command="leitstand tokens init"))
    return open_tokens(context.tree)[0]
