"""Rounds beside publishing: a thread of the daemon makes one every few minutes and never holds a tick up.

Measuring is such rounds, and so is listening; see `leitstand run`. Nothing that goes wrong in here ends anything: it is
a line, said once until it is over. What is due to be measured decides the schedule of `due`, so that a cron job beside
the daemon asks nothing twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

from toolkit.collect.rounds import Office, Round, plan_round, run_round
from toolkit.errors import LeitstandError
from toolkit.messages import _, ngettext

EVERY: Final = 300.0  # seconds; a third of the last step before a mark is still before it
GRACE: Final = 30.0  # seconds for the question in flight when the daemon stops


class Halted(Exception):  # noqa: N818  # no error: somebody asked for it
    """Raised between two questions; what was measured until then is stored."""


class Rounds:
    """Rounds of some work until `stop`, in a thread of their own.

    `work` makes one round, calls what it is given between two questions, and returns what went wrong; `complain` gets
    each of these once until it is over. `every` is the pause in seconds.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[Callable[[], None]], Iterable[str]],
        complain: Callable[[str], None],
        every: float,
    ) -> None:
        self._work = work
        self._say_trouble = complain
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._said: frozenset[str] = frozenset()

    def start(self) -> None:
        """Begin; the first round comes after the first pause, so that publishing has its start for itself."""
        self._thread.start()

    def halt(self) -> None:
        """End after the question in flight; does not wait for it."""
        self._ended.set()

    def stop(self, seconds: float = GRACE) -> None:
        """End after the question in flight, at most so many seconds later."""
        self.halt()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def once(self) -> None:
        """One round. Whatever goes wrong is a line."""
        try:
            troubles = self._work(self._between)
        except Halted:
            return
        except LeitstandError as error:
            troubles = [str(error)]
        except Exception as error:  # noqa: BLE001  # whatever it was, the next round may be better
            troubles = [f"{type(error).__name__}: {error}"]
        self._complain(troubles)

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            self.once()

    def _between(self) -> None:
        if self._ended.is_set():
            raise Halted

    def _complain(self, troubles: Iterable[str]) -> None:
        now = frozenset(troubles)
        for trouble in sorted(now - self._said):
            self._say_trouble(trouble)
        self._said = now


class Regular(Rounds):
    """Measuring until `stop`. `open_office` reads the workspace anew for each round; `say` gets a kind and a line.

    The kind is ``measured``, or ``unmeasured`` for what somebody has to look at.
    """

    def __init__(
        self, open_office: Callable[[], Office], say: Callable[[str, str], None], every: float = EVERY
    ) -> None:
        def complain(trouble: str) -> None:
            say("unmeasured", _("not measured: {trouble}").format(trouble=trouble))

        super().__init__("measuring", self._round, complain, every)
        self._open_office = open_office
        self._say = say

    def _round(self, between: Callable[[], None]) -> list[str]:
        office = self._open_office()
        round_ = plan_round(office, office.settings.accounts)
        try:
            run_round(office, round_, between)
        finally:
            self._tell(round_)
        return [f"{name}: {reason}" for name, reason in round_.failures.items()]

    def _tell(self, round_: Round) -> None:
        count = round_.count
        if count:
            said = ngettext("{count} value", "{count} values", count)
            self._say("measured", _("measured: {values}").format(values=said))
