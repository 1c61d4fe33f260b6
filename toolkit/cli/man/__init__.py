"""`leitstand man`: the manual page, made from the commands themselves in the language spoken."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from toolkit import __version__
from toolkit.cli import VERBS, load_verb
from toolkit.cli.context import Now, make_clock
from toolkit.cli.man.roff import literal, section, sentence, tagged, text
from toolkit.cli.usage import every_verb, is_called, say_places
from toolkit.errors import EXIT_CLEAN
from toolkit.messages import _, spoken
from toolkit.source.writing import READABLE, replace_file

NAME: Final = "leitstand.1"


def run(
    *,
    install: Annotated[
        bool, typer.Option("--install", help="Write it to where man looks for it: below ~/.local/share/man.")
    ] = False,
    now: Now = "",
) -> int:
    """Print the manual page; `leitstand man | man -l -` shows it."""
    page = manual(make_clock(now).now().date())
    if not install:
        typer.echo(page, nl=False)
        return EXIT_CLEAN
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    folder = data / "man" / ("" if spoken() == "en" else spoken()) / "man1"
    replace_file(folder / NAME, page.encode(), READABLE)
    typer.echo(_("written: {file}").format(file=folder / NAME))
    return EXIT_CLEAN


def manual(day: date) -> str:
    """The page of that day in man(7), UTF-8."""
    title, motto = text(_("Manual")), text(_("social media as code"))
    head = f'.TH LEITSTAND 1 "{day}" "leitstand {__version__}" "{title}"\n'
    name = section(_("Name")) + f"leitstand \\- {motto}\n"
    command, arguments, options = text(_("command")), text(_("arguments")), text(_("options"))
    usage = section(_("Usage")) + f".B leitstand\n.I {command}\n[{arguments}] [{options}]\n"
    about = section(_("Description")) + sentence(
        _(
            "A workspace is a folder with a leitstand.toml: posts, brand handbook, plan and reports as files. Leitstand"
            " checks them by the handbook's own rules, publishes each post once, counts what came of it, and shows all of"
            " it on one site."
        )
    )
    first = "".join(
        literal(line) for line in ("leitstand init my-brand", "leitstand check", "leitstand plan", "leitstand run")
    )
    begin = section(_("To begin")) + first
    return f"{head}{name}{usage}{about}{begin}{_commands()}{_codes()}{_surroundings()}"


def _commands() -> str:
    return section(_("Commands")) + "".join(_verb(verb) for verb in VERBS)


def _verb(verb: str) -> str:
    from toolkit.cli import EXTRAS

    try:
        command = load_verb(verb)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").split(".")[0], "all")
        return f".SS {text(verb)}\n" + sentence(_(VERBS[verb]) + f" (pip install 'leitstand[{extra}]')")
    parts = []
    for name, one in every_verb(verb, command):
        told = _(VERBS[verb]) if name == verb else one.help or ""
        parts += [f".SS {text(name)}\n", sentence(told.strip())]
        parts += [_parameter(parameter) for parameter in one.params if is_called(one)]
    return "".join(parts)


def _parameter(parameter: object) -> str:
    if getattr(parameter, "hidden", False) or getattr(parameter, "name", "") == "help":
        return ""
    opts: list[str] = getattr(parameter, "opts", [])
    metavar = getattr(parameter, "metavar", None) or str(getattr(parameter, "name", "")).upper()
    flag = getattr(parameter, "is_flag", True)
    shown = ", ".join(opts) + ("" if flag else f" {metavar.upper()}") if opts[0].startswith("-") else metavar
    return tagged(say_places(shown), getattr(parameter, "help", None) or "")


def _codes() -> str:
    codes = {
        "0": _("clean; warnings and hints included"),
        "1": _("errors or failures that somebody must act on"),
        "2": _("wrong usage or configuration"),
        "3": _("a defect of ours, with a log to paste"),
        "130": _("interrupted"),
    }
    return section(_("Exit code")) + "".join(tagged(code, meaning) for code, meaning in codes.items())


def _surroundings() -> str:
    variables = {
        "LEITSTAND_LANG": _("Language of the command line: de or en."),
        "LEITSTAND_STATE_DIR": _("Where state lives, over [state] dir."),
        "LEITSTAND_TOKEN_ACCOUNT": _("The secret of an account; its name in capitals, hyphens as underscores."),
    }
    files = {
        "leitstand.toml": _("The one settings file of a workspace. Unknown keys are errors with a suggestion."),
        "content/posts/": _("The posts, as Markdown with front matter."),
        "guidelines/": _("The brand handbook: pages, rules, strategy, crisis plans, replies."),
    }
    environment = section(_("Environment")) + "".join(tagged(*one) for one in variables.items())
    return environment + section(_("Files")) + "".join(tagged(*one) for one in files.items())
