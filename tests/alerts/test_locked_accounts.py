from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.alerts.brands import NOW, Brand, bring
from toolkit.alerts.alert import Kind
from toolkit.alerts.finding import find_alerts
from toolkit.alerts.scene import Ailing
from toolkit.ledger import Ledger, State, notes_of
from toolkit.signin import LOCKED_OUT, Lockout

KEY = "mastodon:toot"


def lock(brand: Brand, ledger: Ledger, minutes: int = 0) -> None:
    """The network said no, `minutes` after the first time."""
    until = NOW + timedelta(minutes=minutes + 15)
    notes_of(ledger, KEY, brand.clock.now).write(LOCKED_OUT, Lockout(NOW, until, "401: revoked").to_text())


def open_account(brand: Brand) -> None:
    entry = '[accounts.toot]\nnetwork = "mastodon"\nserver = "https://social.example.com"\n\n[accounts.linkedin]'
    brand.write(settings={"[accounts.linkedin]": entry})
    brand.environ["LEITSTAND_TOKEN_TOOT"] = "canary"


def test_a_lockout_is_one_alert_however_often_it_is_met(brand: Brand, ledger: Ledger) -> None:
    """The operator hears it once with the remedy of where the token is kept; a new lockout is new."""
    open_account(brand)
    assert brand.alerts() == []
    keys = set()
    for minutes in (0, 15, 30):
        lock(brand, ledger, minutes)
        (alert,) = brand.alerts()
        assert (alert.kind, alert.to, alert.why) == (Kind.ACCOUNT, ("bashir",), "401: revoked")
        assert alert.remedy == "put a new token into LEITSTAND_TOKEN_TOOT, then run: leitstand login --check"
        keys.add(alert.key)
    assert len(keys) == 1
    later = Lockout(NOW + timedelta(days=1), NOW + timedelta(days=1, minutes=15), "401: revoked")
    notes_of(ledger, KEY, brand.clock.now).write(LOCKED_OUT, later.to_text())
    (again,) = brand.alerts()
    assert again.key not in keys


def test_that_the_account_waits_is_not_told_again_for_each_post(brand: Brand, ledger: Ledger) -> None:
    """A post that is kept back for long is an alert, but not while its account waits for somebody to sign in."""
    bring(ledger, State.PLANNED, NOW - timedelta(minutes=31), reason="it has to be signed in again")
    scene = brand.scene()
    assert [alert.kind for alert in find_alerts(scene)] == [Kind.WAITING]
    ailing = Ailing("news", "needs_reauth 1", "revoked", "leitstand login news", locked_out=True)
    assert [alert.kind for alert in find_alerts(replace(scene, ailing=(ailing,)))] == [Kind.ACCOUNT]
    soon = replace(ailing, locked_out=False)
    kinds = [alert.kind for alert in find_alerts(replace(scene, ailing=(soon,)))]
    assert kinds == [Kind.WAITING, Kind.ACCOUNT]
