"""`leitstand desk`: the desk in the browser, its login links, the way out, and who did what there."""

from __future__ import annotations

import sys
import webbrowser
from contextlib import nullcontext
from typing import Annotated

import typer

from toolkit.cli import leave_log
from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json
from toolkit.cli.desk.lines import deed_json, deed_lines, pick_person
from toolkit.desk.audit import forget_deeds, read_deeds
from toolkit.desk.house import House
from toolkit.desk.links import make_link, void_links
from toolkit.desk.opening import shown
from toolkit.desk.running import find_running, note_running, strike_running
from toolkit.desk.sessions import end_sessions
from toolkit.errors import EXIT_CLEAN, UsageError
from toolkit.messages import _, ngettext
from toolkit.settings import Person, unknown_name


def _finish(code: int | None, **_options: object) -> None:
    raise typer.Exit(code or EXIT_CLEAN)


app = typer.Typer(add_completion=False, rich_markup_mode=None, result_callback=_finish)
Who = Annotated[str, typer.Option("--person", help="Whom it is about, as named in leitstand.toml.")]


@app.callback(invoke_without_command=True)
def run(
    called: typer.Context,
    *,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Listen on this port; 0 takes a free one.")] = 0,
    host: Annotated[str, typer.Option("--host", help="Listen on this address.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the login link in the browser.")] = True,
    person: Annotated[str, typer.Option("--person", help="Who signs in, as named in leitstand.toml.")] = "",
    workspace: Folder = HERE,
    now: Now = "",
) -> int | None:
    """Work at the desk in the browser: inbox, replies, approvals, crisis board. Ends with Ctrl-C."""
    if called.invoked_subcommand:
        return None
    context, house = _open(workspace, now)
    from toolkit.desk.serving import refuse_open

    # An address that is never served is refused before anybody is asked who they are.
    refuse_open(host, context.settings.desk)
    guest = None if context.settings.desk.user_header else pick_person(person, context.settings, context.root)
    return _serve(house, guest, (host, port), browser=browser)


def _serve(house: House, guest: Person | None, at: tuple[str, int], *, browser: bool) -> int:
    # Before anything is printed: without the extra there is no desk.
    from toolkit.desk.app import make_app, set_up
    from toolkit.desk.serving import make_server, take_post

    policy = house.settings.desk
    post = take_post(*at, policy)
    application = make_app(set_up(house, post.address), log=_log, defect=lambda error: leave_log(error, "desk"))
    with house.book() as store:
        forget_deeds(store, house.now() - policy.audit)
        note_running(store, post.url)
        link = f"{post.url}/login/{make_link(store, guest.key, policy, house.now())}" if guest else ""
    _greet(post.url, guest, link, int(policy.link.total_seconds() // 60))
    window = shown(link, house.state, webbrowser.open) if browser and link else nullcontext()
    try:
        with window:
            make_server(application).run(sockets=[post.line])
    except KeyboardInterrupt:
        pass
    finally:
        with house.book() as store:
            strike_running(store, post.url)
    console(stderr=True).print(_("the desk is closed"))
    return EXIT_CLEAN


@app.command(name="link")
def run_link(*, person: Who = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """Make a further login link for the desk that is running on this machine."""
    context, house = _open(workspace, now)
    policy = context.settings.desk
    if policy.user_header:
        raise UsageError(_("there are no login links: the company's login is in front of the desk"))
    guest = pick_person(person, context.settings, context.root)
    with house.book() as store:
        url = find_running(store)
        if not url:
            raise UsageError(_("no desk is running on this machine; start it with: leitstand desk"))
        link = f"{url}/login/{make_link(store, guest.key, policy, house.now())}"
    minutes = int(policy.link.total_seconds() // 60)
    if as_json:
        print_json({"person": guest.key, "link": link, "minutes": minutes})
    else:
        _greet(url, guest, link, minutes)
    return EXIT_CLEAN


@app.command(name="logout")
def run_logout(*, person: Who = "", workspace: Folder = HERE, now: Now = "", as_json: AsJson = False) -> int:
    """End a person's sessions and login links, or everybody's."""
    context, house = _open(workspace, now)
    if person and person not in context.settings.people:
        # Somebody who was struck off leitstand.toml may be signed out all the same.
        with house.book(read_only=True) as store:
            if not any(deed.person == person for deed in read_deeds(store, person=person, limit=1)):
                raise UsageError(unknown_name(_("person"), person, context.settings.people))
    with house.book() as store:
        void_links(store, person)
        ended = end_sessions(store, person)
    if as_json:
        print_json({"person": person, "ended": ended})
    else:
        console().print(ngettext("{count} session ended", "{count} sessions ended", ended))
    return EXIT_CLEAN


@app.command(name="audit")
def run_audit(
    *,
    person: Who = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many, the newest.")] = 200,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Show who did what at the desk, the newest first; refused attempts, too."""
    context, house = _open(workspace, now)
    with house.book(read_only=True) as store:
        found = read_deeds(store, person=person, limit=limit)
    if as_json:
        print_json([deed_json(deed) for deed in found])
        return EXIT_CLEAN
    for line in list(deed_lines(found, context.zone)) or [_("nobody did anything yet")]:
        console().print(line, markup=False)
    return EXIT_CLEAN


def _open(workspace: Folder, now: str) -> tuple[Context, House]:
    context = open_context(workspace, now)
    return context, House(context.root, context.clock, context.environ)


def _greet(url: str, guest: Person | None, link: str, minutes: int) -> None:
    terminal = console()
    if guest is None:
        terminal.print(_("the desk is at {url}, behind the company's login").format(url=url), markup=False)
        return
    said = _("{name} signs in here, once, within {minutes} minutes:")
    terminal.print(said.format(name=guest.name, minutes=minutes), markup=False)
    terminal.print(link, markup=False)


def _log(line: str) -> None:
    sys.stderr.write(line + "\n")
