"""`leitstand networks`: what the networks are, and counting and rendering as they do it, for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Annotated

import typer

from toolkit.cli import make_app
from toolkit.cli.context import AsJson, Now, console, make_clock, print_json, print_json_lines
from toolkit.cli.linewise import answer_lines
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS
from toolkit.messages import _, ngettext
from toolkit.networks import all_networks, find_network
from toolkit.networks.age import OLD_AFTER, Aged, Ageing, find_aged
from toolkit.networks.base import Network
from toolkit.networks.filters import count_record, detect_record, render_record
from toolkit.networks.limits import ApiVersion, say_source

WIDTH = 100  # columns of a table that people read
Answer = Callable[[Network, str], Mapping[str, object]]
Name = Annotated[str, typer.Argument(metavar="NETWORK", help="The network's name, such as bluesky.")]
Days = Annotated[int, typer.Option("--days", min=0, help="Say which limits were checked longer ago than this.")]


app = make_app()


@app.callback()
def _root() -> None:
    """List, count and render as the networks do."""


@app.command("list", help="List the networks: promise, capabilities, how they were verified.")
def list_networks(*, as_json: AsJson = False) -> int:
    """List the networks."""
    networks = all_networks()
    if as_json:
        print_json_lines(map(_record, networks.values()))
        return EXIT_CLEAN
    width = max(map(len, networks))
    for name, network in networks.items():
        typer.echo(f"{name:<{width}}  {network.promise.value:<9}  {', '.join(map(_, _capabilities(network)))}")
        typer.echo(f"{'':<{width}}  {_(network.verified.value)}: {_(network.verified_by)}")
    return EXIT_CLEAN


@app.command("show", help="Show a network's limits and options, and where each limit is known from.")
def show_network(name: Name, *, as_json: AsJson = False) -> int:
    """Show a network's limits and options."""
    network = find_network(name)
    if as_json:
        print_json({**_record(network), "limits": _limits(network), "options": dict(network.known_options)})
        return EXIT_CLEAN
    typer.echo(f"{network.title} ({network.name}): {network.promise.value}")
    typer.echo(", ".join(map(_, _capabilities(network))))
    typer.echo(f"{_(network.verified.value)}: {_(network.verified_by)}")
    if network.api is not None:
        _echo_api(network.api)
    for limit in network.limits:
        typer.echo(f"\n{limit.name}: {limit}")
        known = _("{source} (checked {checked}, confidence {confidence})")
        typer.echo("  " + known.format(source=say_source(limit), checked=limit.checked, confidence=limit.confidence))
    if network.known_options:
        typer.echo("\n" + _("Options of posts and accounts:"))
    for option, meaning in network.known_options.items():
        typer.echo(f"  {option}: {_(meaning)}")
    return EXIT_CLEAN


@app.command("check-age", help="Say what is known of networks for too long, and which API versions end.")
def check_age(*, days: Days = OLD_AFTER, now: Now = "", as_json: AsJson = False) -> int:
    """Say what has aged; 1 when a version of an API has ended or ends within sixty days."""
    today = make_clock(now).now().date()
    found = find_aged(all_networks().values(), today, days)
    urgent = any(aged.is_urgent for aged in found)
    if as_json:
        print_json({"day": today.isoformat(), "urgent": urgent, "aged": [asdict(aged) for aged in found]})
    else:
        _show_aged(found)
    return EXIT_PROBLEMS if urgent else EXIT_CLEAN


def _show_aged(found: list[Aged]) -> None:
    """What is urgent as a sentence each, then a table: what has a last day first, then what nobody looked at longest."""
    for aged in found:
        if aged.is_urgent:
            typer.echo(_urgent(aged))
    rest = sorted((one for one in found if not one.is_urgent), key=lambda one: (one.ageing is Ageing.OLD, one.day))
    if rest:
        _print_aged(rest)
        typer.echo(_("Sources to look at: leitstand networks show NETWORK"))
    typer.echo(_summary(found))


def _urgent(aged: Aged) -> str:
    if aged.ageing is Ageing.ENDED:
        message = _("{network}: version {value} of its API ended on {day}: it refuses everything; update Leitstand")
    else:
        message = _("{network}: version {value} of its API ends on {day}, in {days} days; update Leitstand")
    return message.format(**asdict(aged))


def _print_aged(found: list[Aged]) -> None:
    """A row for each network and day; what else is as old as that stands in it."""
    from rich.table import Table
    from rich.text import Text

    rows: dict[tuple[str, Ageing, str], list[Aged]] = {}
    for one in found:
        rows.setdefault((one.network, one.ageing, one.day), []).append(one)
    table = Table(box=None, pad_edge=False)
    for title in (_("network"), _("since or until"), _("days"), _("what")):
        table.add_column(title, overflow="fold", no_wrap=title != _("what"))
    for (network, ageing, day), ones in rows.items():
        when = _("checked {day}") if ageing is Ageing.OLD else _("holds until {day}")
        names = ", ".join(one.name for one in ones)
        table.add_row(*map(Text, (network, when.format(day=day), str(ones[0].days), names)))
    terminal = console()
    terminal.width = min(terminal.width, WIDTH) if terminal.is_terminal else WIDTH
    terminal.print(table)


def _summary(found: list[Aged]) -> str:
    if not found:
        return _("Everything that is known of networks is fresh.")
    return ngettext("{count} thing has aged", "{count} things have aged", len(found))


@app.command("count", help='Count texts: JSON lines {"text"} in, {"length", "limit", "valid", "unit"} out.')
def count(name: Name) -> int:
    """Count texts as the network does; they are counted as they are, not read as Markdown."""
    return _filter(find_network(name), count_record)


@app.command("render", help='Render Markdown texts: JSON lines {"text"} in, renditions out.')
def render(name: Name) -> int:
    """Render Markdown texts as the network would receive them."""
    return _filter(find_network(name), render_record)


@app.command("detect", help='What the network makes clickable: JSON lines {"text"} in, links, tags, mentions out.')
def detect(name: Name) -> int:
    """What the network itself makes clickable in plain texts."""
    return _filter(find_network(name), detect_record)


def _filter(network: Network, answer: Answer) -> int:
    return answer_lines(lambda _record, text: answer(network, text))


def _capabilities(network: Network) -> list[str]:
    return sorted(capability.value for capability in network.capabilities)


def _echo_api(api: ApiVersion) -> None:
    ends = _("until {day}").format(day=api.sunset) if api.sunset else _("no end known")
    typer.echo("\n" + _("API version {version}, {ends}").format(version=api.version, ends=ends))
    typer.echo("  " + _("{source} (checked {checked})").format(source=say_source(api), checked=api.checked))


def _limits(network: Network) -> list[dict[str, object]]:
    names = ("unit", "source", "note", "checked", "confidence", "sunset")
    return [
        {"name": limit.name, "value": limit.figure, **{name: getattr(limit, name) for name in names}}
        for limit in network.limits
    ]


def _record(network: Network) -> dict[str, object]:
    return {
        "name": network.name,
        "title": network.title,
        "promise": network.promise.value,
        "sends": network.connect is not None,
        "capabilities": _capabilities(network),
        "verified": network.verified.value,
        "verified_by": network.verified_by,
        "max_media": network.max_media,
        "max_alt": network.max_alt,
        "api": None if network.api is None else asdict(network.api),
    }
