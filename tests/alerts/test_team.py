"""Who is told."""

from __future__ import annotations

from tests.alerts.brands import DUE, NOW, PEOPLE, Brand, bring
from toolkit.alerts.team import Team
from toolkit.ledger import Ledger, State

AWAY = "absences = [{from = 2026-11-20, to = 2026-12-05}]"


def test_a_deputy_is_told_instead_of_who_is_away(brand: Brand, ledger: Ledger) -> None:
    """On a day of absence the alert goes to the deputy; the day after to the person."""
    brand.write(settings={'deputy = "finja"': f'deputy = "finja"\n{AWAY}'})
    bring(ledger, State.FAILED, DUE)
    assert [alert.to for alert in brand.alerts()] == [("finja",)]
    brand.clock.moment = NOW.replace(day=6)
    assert brand.alerts()[0].to == ("jule",)


def test_when_both_are_away_somebody_else_is_told(brand: Brand, ledger: Ledger) -> None:
    """Deputies who name each other end in nobody; then the community manager hears of it."""
    away = {f'deputy = "{name}"': f'deputy = "{name}"\n{AWAY}' for name in ("finja", "jule")}
    brand.write(settings=away)
    bring(ledger, State.FAILED)
    assert [alert.to for alert in brand.alerts()] == [("mai",)]


def test_an_absent_manager_is_replaced_by_the_deputy_once(brand: Brand, ledger: Ledger) -> None:
    """Two managers of whom one stands in for the other are one person to tell."""
    brand.write(settings={'deputy = "wiebke"': f'deputy = "wiebke"\n{AWAY}'})
    assert brand.team().managers == ("wiebke",)


def test_owner_and_author_are_both_told(brand: Brand, ledger: Ledger) -> None:
    """Whoever answers for a post and whoever wrote it; one person who is both hears of it once."""
    brand.write({"author: jule": "author: jule\nowner: mai"})
    bring(ledger, State.FAILED)
    assert [alert.to for alert in brand.alerts()] == [("mai", "jule")]
    brand.write({"author: jule": "author: jule\nowner: jule"})
    assert [alert.to for alert in brand.alerts()] == [("jule",)]


def test_who_has_no_address_is_passed_over(brand: Brand) -> None:
    """An author without one leaves the alert to the community manager, then to the managers; else to nobody."""
    settings, (post,), day = brand.load().settings, brand.load().posts, NOW.date()
    assert Team(settings, day, PEOPLE).of_post(post) == ("jule",)
    assert Team(settings, day, ("mai", "tarek")).of_post(post) == ("mai",)
    assert Team(settings, day, ("tarek",)).of_post(post) == ("tarek",)
    assert Team(settings, day, ("bashir",)).of_post(post) == ()


def test_a_post_of_nobody_is_the_community_managers(brand: Brand, ledger: Ledger) -> None:
    """A file that is gone has no author any more; its row still needs somebody."""
    bring(ledger, State.FAILED, uid="01JDK3V7Q2M8X4T6R9A0B1C2ZZ")
    (alert,) = brand.alerts()
    assert (alert.to, alert.subject, alert.link) == (("mai",), "content/posts/2026/12/door-one.md", "")
