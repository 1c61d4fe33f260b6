"""`leitstand experiment`: plan, register, deal out and read an experiment with posts."""

from __future__ import annotations

from toolkit.cli import make_app
from toolkit.cli.experiment.creating import create
from toolkit.cli.experiment.dealing import assign
from toolkit.cli.experiment.planning import plan
from toolkit.cli.experiment.registering import register_design
from toolkit.cli.experiment.standing import status

app = make_app()


@app.callback()
def _root() -> None:
    """Try things out with posts: plan how many it takes, register it, deal posts out, and see what came of it."""


app.command("plan", help="Say how many posts each arm needs, from the spread of the last year's results.")(plan)
app.command("new", help="Write and register an experiment, with the posts that it takes.")(create)
app.command("register", help="Keep the design as it is; after the first post only with a reason.")(register_design)
app.command("assign", help="Deal posts out to the arms, alternating inside each weekday.")(assign)
app.command("status", help="Say what came of experiments so far; nobody wins before the planned posts.")(status)
