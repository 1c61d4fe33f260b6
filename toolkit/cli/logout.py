"""`leitstand logout`: forget an account's token, and give it back to its network where that takes it."""

from __future__ import annotations

from typing import Annotated

import typer

from toolkit.cli.context import HERE, Folder, Now, console, open_context
from toolkit.cli.signins import find_account
from toolkit.credentials import secret_source, variable_name
from toolkit.dispatch.tending import token_keeper
from toolkit.errors import EXIT_CLEAN
from toolkit.ledger import open_ledger
from toolkit.messages import _
from toolkit.signin import Forgotten


def run(
    account: Annotated[str, typer.Argument(help="The account's name in leitstand.toml.")],
    workspace: Folder = HERE,
    now: Now = "",
) -> int:
    """Forget the token of an account."""
    context = open_context(workspace, now)
    found = find_account(context, account)
    forgotten = Forgotten.NOTHING
    if context.ledger.exists():
        with open_ledger(context.ledger, now=context.clock.now()) as ledger:
            keeper = token_keeper(found, context.settings, ledger, context.environ, context.clock)
            forgotten = keeper.forget()
    told = {
        Forgotten.NOTHING: _("nobody was signed in for {account}"),
        Forgotten.HERE_ONLY: _(
            "{account} is signed out here; the network still knows the token, take it back on its pages"
        ),
        Forgotten.REVOKED: _("{account} is signed out, and the network took the token back"),
    }
    console().print(told[forgotten].format(account=account), markup=False)
    if secret_source(account, context.environ):
        message = _("! {variable}, or the credentials file {account}, still holds a token")
        console().print(message.format(variable=variable_name(account), account=account), markup=False)
    return EXIT_CLEAN
