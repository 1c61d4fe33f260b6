"""`leitstand login`: sign in for an account, or paste its token; `--list` and `--check` say how the tokens are."""

from __future__ import annotations

import sys
import webbrowser
from typing import Annotated

import typer

from toolkit.cli.context import HERE, AsJson, Context, Folder, Now, console, open_context, print_json, table_console
from toolkit.cli.login.identities import ask_identity, asked
from toolkit.cli.rows import local_time
from toolkit.cli.signins import find_account, health_json, health_of, is_wrong, source_word, state_words
from toolkit.credentials import secret_source, variable_name, vault_cipher
from toolkit.dispatch.lockouts import let_in
from toolkit.dispatch.tending import token_keeper
from toolkit.errors import EXIT_CLEAN, EXIT_PROBLEMS, UsageError
from toolkit.ledger import Ledger, account_key, open_ledger
from toolkit.messages import _
from toolkit.model import SignIn
from toolkit.networks import by_hand, find_network
from toolkit.networks.answers import NotBegunError
from toolkit.networks.base import Network
from toolkit.networks.opening import open_web
from toolkit.settings import Account
from toolkit.signin import (
    PORT,
    WAIT,
    AccountHealth,
    Back,
    ByBrowser,
    ByHand,
    Entrance,
    Grant,
    SignInError,
    pasted_grant,
)
from toolkit.values import dataclass

# By hand nobody listens there: the browser shows an error page, and its address holds the code.
LOOPBACK = "http://127.0.0.1:{port}/"


@dataclass(frozen=True, slots=True)
class _Options:
    """How a person wants to sign in."""

    token: bool
    no_browser: bool
    port: int
    redirect: str
    timeout: float


def run(
    account: Annotated[str, typer.Argument(help="The account's name in leitstand.toml.", metavar="[ACCOUNT]")] = "",
    *,
    show: Annotated[bool, typer.Option("--list", help="Show how every account's token is, and until when.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Like --list, and ask each network whether it takes the token now.")
    ] = False,
    token: Annotated[
        bool, typer.Option("--token", help="Paste a token or an app password, or hand it over on stdin.")
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address to open, and paste where it leads.")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", help="Port of the redirect; 0: a free one, or 8910 where the network knows only one."),
    ] = 0,
    redirect: Annotated[
        str, typer.Option("--redirect", help="Redirect address of the client, where the network takes no loopback.")
    ] = "",
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for the browser.")] = WAIT,
    workspace: Folder = HERE,
    now: Now = "",
    as_json: AsJson = False,
) -> int:
    """Sign in for an account."""
    context = open_context(workspace, now)
    if show or check:
        return _list(context, asking=check, as_json=as_json)
    if not account:
        raise UsageError(_("name an account to sign in for, or use --list"))
    found = find_account(context, account)
    network = _network(found)
    options = _Options(token, no_browser or bool(redirect), port, redirect, timeout)
    with open_ledger(context.ledger, now=context.clock.now()) as ledger:
        _store(context, found, network, ledger, options)
    return EXIT_CLEAN


def _network(account: Account) -> Network:
    network = find_network(account.network)
    if by_hand(account) or network.connect is None or not network.needs_token:
        message = _("{account} needs no token: nothing is sent to {network} with one")
        raise UsageError(message.format(account=account.name, network=network.title))
    return network


def _store(context: Context, account: Account, network: Network, ledger: Ledger, options: _Options) -> None:
    keeper = token_keeper(account, context.settings, ledger, context.environ, context.clock)
    # A key that is missing or wrong is said before a person signs in for nothing.
    vault_cipher(context.environ, None if ledger.place.shared else ledger.place.file.parent)
    keeper.vault.read()
    if options.token or network.sign_in is None:
        grant = pasted_grant(account, network.sign_in, _read_token(account), context.clock.now())
    else:
        grant = _enter(context, account, network.sign_in, options)
    try:
        known = _check_identity(context, account, grant)
    except SignInError:
        keeper.revoke(grant)
        raise
    keeper.store(grant)
    going = let_in(ledger, account_key(account), context.clock.now())
    for line in _told(context, account, grant):
        console().print(line, markup=False)
    if going:
        console().print(_("what waited for it goes out at the next tick"), markup=False)
    if not known:
        message = _("{network} does not tell whose token it is; a wrong one shows when something is published")
        console().print(message.format(network=network.title), markup=False)


def _enter(context: Context, account: Account, facts: SignIn, options: _Options) -> Grant:
    def show(address: str) -> None:
        terminal = console(stderr=True)
        terminal.print(_("Sign in as {id} here:").format(id=account.id), markup=False)
        sys.stderr.write(f"{address}\n")
        sys.stderr.flush()
        if not options.no_browser and webbrowser.open(address):
            terminal.print(_("A browser was opened; waiting for it …"), markup=False)

    web = open_web(context.settings, context.clock)
    return Entrance(account, facts, context.environ, web, context.clock, show).enter(
        _back(context, account, facts, options)
    )


def _back(context: Context, account: Account, facts: SignIn, options: _Options) -> Back:
    if not facts.loopback and not options.redirect:
        message = _("{network} sends people only to the https address of its client; name it with --redirect")
        raise UsageError(message.format(network=account.network))
    if not options.no_browser:
        port = options.port or (0 if facts.register else PORT)
        return ByBrowser(account.language or context.settings.interface, port, options.timeout)
    address = options.redirect or facts.out_of_band or LOOPBACK.format(port=options.port or PORT)
    return ByHand(address, _read_code, code_alone=facts.pkce)


def _check_identity(context: Context, account: Account, grant: Grant) -> bool:
    """Whether the token is the account's, False where the network does not tell; raises `SignInError` for another's."""
    environ = {**context.environ, variable_name(account.name): grant.access}
    try:
        return ask_identity(account, context, environ)
    except NotBegunError as error:
        raise SignInError(_("{reason}; nothing was stored").format(reason=error.answer.reason)) from error


def _told(context: Context, account: Account, grant: Grant) -> list[str]:
    lines = [_("{account} is signed in; its token is kept encrypted in the ledger").format(account=account.name)]
    if grant.renews:
        lines.append(_("it renews itself"))
    elif grant.expires_at:
        until = local_time(grant.expires_at, context)
        lines.append(_("it ends {when}; until then somebody has to sign in again").format(when=until))
    if secret_source(account.name, context.environ):
        message = _("! but {variable}, or the credentials file {account}, is used as long as it is there")
        lines.append(message.format(variable=variable_name(account.name), account=account.name))
    return lines


def _read_token(account: Account) -> str:
    """From a prompt without echo, or from stdin."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(_("Token or app password of {account}: ").format(account=account.name))
    return sys.stdin.readline()


def _read_code() -> str:
    console(stderr=True).print(_("Then paste the code, or the address that the browser was sent to:"), markup=False)
    return sys.stdin.readline()


def _list(context: Context, *, asking: bool, as_json: bool) -> int:
    found = asked(context) if asking else health_of(context)
    if as_json:
        print_json({"now": context.clock.now().isoformat(), "accounts": health_json(found)})
    else:
        _print(found, context)
    wrong = any(is_wrong(one) or (asking and one.reason) for one in found)
    return EXIT_PROBLEMS if wrong else EXIT_CLEAN


def _print(found: list[AccountHealth], context: Context) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for title in (_("account"), _("network"), _("token from"), _("signed in"), _("until"), _("renews"), _("state")):
        table.add_column(title)
    for one in found:
        signed = local_time(one.signed_in_at, context) if one.signed_in_at else "-"
        until = local_time(one.valid_until, context) if one.valid_until else "-"
        renews = _("by itself") if one.renews else "-"
        row = (one.account, one.network, source_word(one.source), signed, until, renews, state_words(one))
        table.add_row(*map(Text, row))
    table_console().print(table if found else _("no account needs a token"))
