"""`leitstand idea`: write ideas down, decide about them, make posts of them. What was dropped is never offered again."""

from __future__ import annotations

from toolkit.cli import make_app
from toolkit.cli.idea.deciding import drop, promote, shortlist
from toolkit.cli.idea.listing import list_, show
from toolkit.cli.idea.noting import new

app = make_app()


@app.callback()
def _root() -> None:
    """Write ideas down, decide about them, and make posts of them."""


app.command("new")(new)
app.command("list")(list_)
app.command("show")(show)
app.command("shortlist")(shortlist)
app.command("promote")(promote)
app.command("drop")(drop)
