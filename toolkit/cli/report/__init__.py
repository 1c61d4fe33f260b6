"""`leitstand report`: run report notebooks and make their files; `report verify` makes one again and compares."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Now, open_context, progress
from toolkit.cli.report.due import DUE, make_due
from toolkit.cli.report.mail import add_formats, check_formats, mail_all
from toolkit.cli.report.runs import RUNS, show_runs
from toolkit.cli.report.shown import Bars, show_all, show_verified
from toolkit.errors import UsageError
from toolkit.messages import LANGUAGES, _, speak
from toolkit.model import SystemClock
from toolkit.reports.batch import Plan, make_all, plan
from toolkit.reports.cluster import Dask
from toolkit.reports.commentary import begin_commentary
from toolkit.reports.executors import Executor, Local
from toolkit.reports.given import read_given
from toolkit.reports.isolation import Limits
from toolkit.reports.kernels import open_runner
from toolkit.reports.making import Place
from toolkit.reports.notebook import find_notebook, names
from toolkit.reports.orders import AGE, Order, read_months
from toolkit.reports.periods import last_month
from toolkit.settings import unknown_name

EVERY = "all"
VERIFY = "verify"

Folders = Annotated[
    list[Path] | None, typer.Option("--workspace", "-w", help="A folder in the workspace; may be repeated.")
]


def run(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="Reports, by their notebooks' names; `all`; `verify` and a report's file; `due` to make those that come by"
            " themselves, once; or `runs` to see them."
        ),
    ] = None,
    *,
    month: Annotated[
        str, typer.Option("--month", help="2026-10 or 2026-01..2026-10; default: the last one that is over.")
    ] = "",
    workspace: Folders = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", help="Only this account; may be repeated.")] = None,
    language: Annotated[str, typer.Option("--language", help="de or en; default: the workspace's.")] = "",
    age: Annotated[
        float, typer.Option("--age", help="Hours after publication at which posts are compared; 0: a week.")
    ] = 0.0,
    given: Annotated[
        list[str] | None,
        typer.Option("--set", help="name=value: a parameter of the notebook, as campaign=advent; may be repeated."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Folder of the report's files.")] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="Also pdf, xlsx or csv; may be repeated. See [reports] formats."),
    ] = None,
    mail: Annotated[bool, typer.Option("--mail", help="Send it to [reports] mail, each stage once.")] = False,
    mail_again: Annotated[
        bool, typer.Option("--mail-again", help="Also where an earlier --mail was cut off in the middle.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Make reports that would not change too.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which a report ends.")] = 600.0,
    cpu: Annotated[
        float, typer.Option("--cpu", help="Seconds of processor time of a notebook; 0: as --timeout.")
    ] = 0.0,
    memory: Annotated[int, typer.Option("--memory", help="MiB of a notebook; 0: any.")] = 4096,
    executor: Annotated[str, typer.Option("--executor", help="local or dask.")] = "local",
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="A Dask scheduler, as tcp://host:8786; default: one on this machine.")
    ] = "",
    workers: Annotated[int, typer.Option("--workers", help="Reports at once; default: one per processor.")] = 0,
    beside: Annotated[
        bool, typer.Option("--beside", help="Give way, and end with standard input; for `run`.", hidden=True)
    ] = False,
    as_json: AsJson = False,
    now: Now = "",
) -> int:
    """Run report notebooks and make their files; `verify FILE` makes a report again and compares."""
    contexts = [open_context(folder, now) for folder in workspace or [HERE]]
    if language and language not in LANGUAGES:
        raise UsageError(unknown_name(_("language"), language, dict.fromkeys(LANGUAGES)))
    if workers < 0:
        raise UsageError(_("--workers must be 1 or more, or 0 for one per processor"))
    if language:
        speak(language)
    chosen = what or ["monthly"]
    if {DUE, RUNS} & set(chosen):
        return _by_itself(contexts, chosen, beside=beside, force=force, as_json=as_json)
    limits = Limits(timeout, cpu, memory)
    if chosen[0] == VERIFY:
        return _verify(contexts[0], [Path(name) for name in chosen[1:]], limits, as_json=as_json)
    check_formats(formats or ())
    draft = Order("", "", language, tuple(channel or ()), output=output.resolve() if output else None, limits=limits)
    said = [*(given or ()), *([f"{AGE}={age}"] if age else ())]
    planned = _plan(contexts, chosen, month, draft, said, force=force)
    runs = _executor(executor, scheduler, workers or os.cpu_count() or 1, contexts[0])
    with progress() as bar:
        done = list(make_all(planned, runs, Bars(bar, planned)))
    codes = [show_all(done, contexts, as_json=as_json), add_formats(done, formats or (), as_json=as_json)]
    if mail or mail_again:
        codes.append(mail_all(done, contexts, again=mail_again, as_json=as_json))
    return max(codes)


def _by_itself(contexts: Sequence[Context], chosen: Sequence[str], *, beside: bool, force: bool, as_json: bool) -> int:
    """`due` and `runs` are words of their own, about one workspace."""
    if len(chosen) > 1 or len(contexts) > 1:
        message = _("`{word}` stands alone: it is about all reports of one workspace that come by themselves")
        raise UsageError(message.format(word=DUE if DUE in chosen else RUNS))
    if chosen[0] == DUE:
        return make_due(contexts[0], beside=beside, force=force, as_json=as_json)
    return show_runs(contexts[0], as_json=as_json)


def _plan(
    contexts: Sequence[Context], chosen: Sequence[str], month: str, draft: Order, said: Sequence[str], *, force: bool
) -> Plan:
    """Workspaces times notebooks times months; what is `said` is read as each notebook's own parameters."""
    orders = []
    for context in contexts:
        place = Place(context.load(), context.state, context.clock)
        months = read_months(month or last_month(context.clock.now(), context.settings.timezone))
        there = names(context.root)
        every = there if EVERY in chosen else list(dict.fromkeys(chosen))
        for name in every:
            if name not in there:
                raise UsageError(unknown_name(_("report"), name, dict.fromkeys([*there, EVERY, VERIFY, DUE, RUNS])))
            own = replace(draft, given=read_given(said, find_notebook(context.root, name)))
            orders += [(place, own.of(name, one)) for one in months]
        for name in set(every) & set(names(context.root)):
            for one in months:
                begin_commentary(context.root, name, one)
    if draft.output is not None and len(orders) > 1:
        raise UsageError(_("--output is for one report; leave it out, and each has a folder of its own"))
    return plan(orders, force=force)


def _executor(name: str, scheduler: str, workers: int, context: Context) -> Executor:
    if name == "dask" or scheduler:
        return Dask(scheduler, workers)
    if name != "local":
        raise UsageError(_("unknown executor {name!r}; there are local and dask").format(name=name))
    return Local(open_runner(context.environ, context.state / "cache"), workers, SystemClock())


def _verify(context: Context, files: Sequence[Path], limits: Limits, *, as_json: bool) -> int:
    from toolkit.reports.verifying import verify_report

    if len(files) != 1:
        raise UsageError(_("name one report: its folder, its page or its manifest"))
    runner = open_runner(context.environ, context.state / "cache")
    try:
        with progress() as bar:
            found = verify_report(files[0], context.state, runner, limits, Bars(bar).one(str(files[0])))
    finally:
        runner.close()
    return show_verified(found, as_json=as_json)
