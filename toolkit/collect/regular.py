"""Measuring beside publishing: a thread of the daemon makes a round every few minutes and never holds a tick up.

Nothing that goes wrong in here ends anything: it is a line, said once until it is over. What is due decides the
schedule of `due`, so that a cron job beside the daemon asks nothing twice.
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


class Regular:
    """Rounds until `stop`. `open_office` reads the workspace anew for each; `say` gets a kind and a line.

    The kind is ``measured``, or ``unmeasured`` for what somebody has to look at.
    """

    def __init__(
        self, open_office: Callable[[], Office], say: Callable[[str, str], None], every: float = EVERY
    ) -> None:
        self._open_office = open_office
        self._say = say
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="measuring", daemon=True)
        self._said: frozenset[str] = frozenset()

    def start(self) -> None:
        """Begin; the first round comes after the first pause, so that publishing has its start for itself."""
        self._thread.start()

    def stop(self, seconds: float = GRACE) -> None:
        """End after the question in flight, at most so many seconds later."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def once(self) -> None:
        """One round. Whatever goes wrong is a line."""
        try:
            troubles = self._round()
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

    def _round(self) -> list[str]:
        office = self._open_office()
        round_ = plan_round(office, office.settings.accounts)
        try:
            run_round(office, round_, self._between)
        finally:
            self._tell(round_)
        return [f"{name}: {reason}" for name, reason in round_.failures.items()]

    def _between(self) -> None:
        if self._ended.is_set():
            raise Halted

    def _tell(self, round_: Round) -> None:
        count = round_.count
        if count:
            said = ngettext("{count} value", "{count} values", count)
            self._say("measured", _("measured: {values}").format(values=said))

    def _complain(self, troubles: Iterable[str]) -> None:
        now = frozenset(troubles)
        for trouble in sorted(now - self._said):
            self._say("unmeasured", _("not measured: {trouble}").format(trouble=trouble))
        self._said = now
