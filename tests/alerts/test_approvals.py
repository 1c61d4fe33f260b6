"""Missing and void approvals are told before they are needed, at three stages, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.alerts.brands import NOW, UID, Brand, bring
from toolkit.alerts.alert import Alert, Kind
from toolkit.approval import content_hash
from toolkit.ledger import ApprovalRow, Ledger, State, add_approval

POLICY = {"[accounts.linkedin]": '[policy]\napprovals = 1\napprovers = ["manager"]\n\n[accounts.linkedin]'}
DUE = NOW + timedelta(hours=24)
TIME = {"2026-12-01 09:50": "2026-12-02 10:00"}


@pytest.fixture(autouse=True)
def _due_tomorrow(brand: Brand) -> None:
    brand.write(TIME, POLICY)


def at(brand: Brand, left: timedelta) -> list[Alert]:
    """The alerts so long before the post is due."""
    brand.clock.moment = DUE - left
    return brand.alerts()


def test_each_stage_is_one_alert(brand: Brand) -> None:
    """From a day before on there are three alerts, one after the other, with the command that helps."""
    assert at(brand, timedelta(hours=24, minutes=1)) == []
    keys = []
    for minutes in range(24 * 60, 0, -7):
        (alert,) = at(brand, timedelta(minutes=minutes))
        keys.append(alert.key)
    assert [key.rpartition(":")[2] for key in dict.fromkeys(keys)] == ["1440", "120", "30"]
    assert at(brand, timedelta(0)) == []
    (alert,) = at(brand, timedelta(hours=20))
    assert (alert.kind, alert.where) == (Kind.APPROVAL, "Newsroom, 2026-12-02 10:00")
    assert alert.why == "needs 1 approval (manager), has 0"
    assert alert.remedy == f"leitstand approve {UID}"


def test_passed_stages_are_not_made_up(brand: Brand) -> None:
    """A post that becomes ready an hour before it is due has one alert, not two."""
    assert [alert.key.rpartition(":")[2] for alert in at(brand, timedelta(hours=1))] == ["120"]


def test_approvers_first_then_the_author_too(brand: Brand) -> None:
    """A day before those hear of it who can approve; from two hours on the author does, too."""
    assert at(brand, timedelta(hours=20))[0].to == ("tarek", "wiebke")
    assert at(brand, timedelta(hours=2))[0].to == ("tarek", "wiebke", "jule")


def test_an_absent_approver_is_not_asked(brand: Brand) -> None:
    """The deputy, who may approve as well, is the one to ask."""
    away = {'deputy = "wiebke"': 'deputy = "wiebke"\nabsences = [{from = 2026-12-01, to = 2026-12-03}]'}
    brand.write(TIME, POLICY | away)
    assert at(brand, timedelta(hours=20))[0].to == ("wiebke",)


def test_an_author_who_manages_is_not_asked_to_approve(brand: Brand) -> None:
    """Nobody approves their own post, so nobody is asked to."""
    brand.write(TIME | {"author: jule": "author: tarek"}, POLICY)
    assert at(brand, timedelta(hours=20))[0].to == ("wiebke",)


def approve(brand: Brand, by: str, then: dict[str, str] | None = None) -> None:
    """Write the approval into the file, and change the file afterwards."""
    workspace = brand.load()
    digest = content_hash(workspace.posts[0], workspace)
    entry = f"approved: [{{by: {by}, at: {datetime(2026, 11, 30).isoformat()}+01:00, hash: '{digest}'}}]\n"  # noqa: DTZ001  # the offset is written beside it
    brand.write(TIME | {"channels: [news]\n": f"channels: [news]\n{entry}"} | (then or {}), POLICY)


def test_quiet_once_it_is_approved(brand: Brand) -> None:
    """An approval that counts ends it; one from somebody who may not approve does not."""
    approve(brand, "wiebke")
    assert at(brand, timedelta(hours=2)) == []
    approve(brand, "mai")
    assert "mai is not manager" in at(brand, timedelta(hours=2))[0].why


def test_a_void_approval_is_told_as_such(brand: Brand) -> None:
    """The text changed after the yes: the approver is asked again and reads why."""
    approve(brand, "wiebke", {"Behind door one": "Behind door two"})
    (alert,) = at(brand, timedelta(hours=2))
    assert "wiebke's is void: the post changed since" in alert.why
    assert "wiebke" in alert.to


def test_who_has_approved_already_is_not_asked_again(brand: Brand) -> None:
    """Of two approvals one is there: the other manager is the one to ask."""
    approve(brand, "tarek")
    settings = brand.root / "leitstand.toml"
    settings.write_text(settings.read_text("utf-8").replace("approvals = 1", "approvals = 2"), encoding="utf-8")
    assert at(brand, timedelta(hours=20))[0].to == ("wiebke",)


@pytest.mark.parametrize(
    "edit",
    [{"status: ready": "status: review"}, {f"uid: {UID}\n": ""}, {"channels: [news]": "channels: []"}],
)
def test_what_will_not_be_sent_needs_no_approval(brand: Brand, edit: dict[str, str]) -> None:
    """A draft, a post without a uid or without channels wakes nobody."""
    brand.write(TIME | edit, POLICY)
    assert at(brand, timedelta(hours=2)) == []


def test_what_is_dropped_needs_no_approval(brand: Brand, ledger: Ledger) -> None:
    """A person has decided that it does not go out."""
    row = bring(ledger, State.MISSED)
    ledger.resolve_drop(row, NOW)
    assert at(brand, timedelta(hours=2)) == []


def test_another_time_is_another_alert(brand: Brand) -> None:
    """Whoever moves the post is told of the new time anew."""
    first = at(brand, timedelta(hours=2))[0].key
    brand.write({"2026-12-01 09:50": "2026-12-02 11:00"}, POLICY)
    brand.wait(hours=1)
    assert at(brand, timedelta(hours=1))[0].key != first


def test_several_channels_are_one_alert(brand: Brand) -> None:
    """One post that goes to two channels at one moment is one thing to approve."""
    brand.write(TIME | {"channels: [news]": "channels: [news, linkedin]"}, POLICY)
    (alert,) = at(brand, timedelta(hours=2))
    assert alert.where == "LinkedIn, Newsroom, 2026-12-02 10:00"


def send_back(brand: Brand, ledger: Ledger, by: str = "tarek") -> None:
    """What a press at the desk writes."""
    workspace = brand.load()
    digest = content_hash(workspace.posts[0], workspace)
    add_approval(ledger, ApprovalRow(UID, by, NOW, digest, granted=False, note="Please name the price"))


def test_who_wrote_it_hears_what_is_to_be_changed(brand: Brand, ledger: Ledger) -> None:
    """Sent back, its author is told who wants what, days before it is due; the approvers are not asked again."""
    brand.write(TIME, POLICY)
    send_back(brand, ledger)
    (alert,) = [one for one in brand.alerts() if one.kind is Kind.SENT_BACK]
    assert (alert.to, alert.why) == (("jule",), "tarek: Please name the price")
    assert "change content/posts/2026/12/door-one.md" in alert.remedy
    assert {one.to for one in at(brand, timedelta(hours=20)) if one.kind is Kind.APPROVAL} == {("jule",)}


def test_changed_it_is_news_no_more(brand: Brand, ledger: Ledger) -> None:
    """The no was about another content: the approvers are asked anew."""
    brand.write(TIME, POLICY)
    send_back(brand, ledger)
    brand.write(TIME | {"Behind door one": "Behind door one, for 9 euros"}, POLICY)
    assert [one for one in brand.alerts() if one.kind is Kind.SENT_BACK] == []
    assert at(brand, timedelta(hours=20))[0].to == ("tarek", "wiebke")


def test_a_no_without_a_say_is_no_news(brand: Brand, ledger: Ledger) -> None:
    """Who may not approve cannot send back: nobody is told."""
    brand.write(TIME, POLICY)
    send_back(brand, ledger, by="mai")
    assert [one for one in brand.alerts() if one.kind is Kind.SENT_BACK] == []
