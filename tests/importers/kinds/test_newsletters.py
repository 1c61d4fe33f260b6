"""Newsletters of Mailchimp and listmonk: totals so far, each newsletter a post of the account."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from tests.importers.exports import ACCOUNTS, NOW, document, said, values
from toolkit.importers import Extract, choose, open_export
from toolkit.settings import Account

MAILCHIMP = (
    'Title,Subject,List,"Send Date","Send Weekday","Total Recipients","Successful Deliveries","Soft Bounces","Hard Bounces",'
    '"Total Bounces","Times Forwarded","Forwarded Opens","Unique Opens","Open Rate","Total Opens","Unique Clicks","Click Rate",'
    '"Total Clicks",Unsubscribes,"Abuse Complaints","Times Liked on Facebook","Folder Id","Unique Id","Total Orders",'
    '"Total Gross Sales","Total Revenue"\n'
    '"Advent 1","Tür 1 ist offen","Frisch geröstet","Nov 09, 2026 09:30 pm",Monday,"1,110",1108,1,1,2,0,0,430,38.81%,657,97,'
    '8.75%,120,7,1,0,0,17671f6028,3,99,99\n'
)  # fmt: skip


def extract(text: str, name: str = "export.csv") -> Extract:
    """What becomes of a file in a workspace with a newsletter."""
    choice = choose(open_export(name, text.encode()))
    assert choice is not None
    assert choice.fits
    accounts = {**ACCOUNTS, "newsletter": Account("newsletter", "newsletter", "frisch@nordlicht.example.com")}
    return choice.importer.extract(replace(document(text, name), accounts=accounts))


def campaign(number: int, **more: object) -> dict[str, object]:
    """A campaign as listmonk's documentation shows it."""
    return {
        "id": number, "created_at": "2026-11-08T11:50:23Z", "views": 430, "clicks": 120, "bounces": 2,
        "lists": [{"id": 1, "name": "Frisch geröstet"}], "started_at": "2026-11-09T20:30:00Z", "to_send": 1110, "sent": 1108,
        "uuid": f"90c889cc-3728-4064-bbcb-{number:012}", "type": "regular", "name": "Advent 1", "subject": "Tür 1 ist offen",
        "from_email": "Jule <jule@nordlicht.example.com>", "body": "<p>…</p>", "status": "finished", **more,
    }  # fmt: skip


def test_mailchimps_reports_are_newsletters() -> None:
    """People who opened and clicked, and clicks in all; times are read as Mailchimp writes them."""
    found = extract(MAILCHIMP)
    assert said(found) == []
    assert values(found, "newsletter:17671f6028") == {
        "sent": 1110, "delivered": 1108, "bounces": 2, "opens": 430, "unique_clicks": 97, "clicks": 120,
        "unsubscribes": 7, "complaints": 1,
    }  # fmt: skip
    assert {one.published_at for one in found.observations} == {datetime(2026, 11, 9, 20, 30, tzinfo=UTC)}
    assert found.subjects[0].title == "Tür 1 ist offen"


def test_listmonks_campaigns_are_newsletters() -> None:
    """One that was not sent yet is left out; the sender's address gets nowhere."""
    text = json.dumps({"data": {"results": [campaign(1), campaign(2, started_at=None, sent=0, status="draft")]}})
    found = extract(text, "campaigns.json")
    uid = "newsletter:90c889cc-3728-4064-bbcb-000000000001"
    assert values(found, uid) == {"sent": 1108, "bounces": 2, "opens": 430, "clicks": 120}
    assert said(found) == ["campaigns.json:1:1: 1 campaign was not sent yet and is left out (import)"]
    assert "jule@" not in repr(found)


def test_a_campaign_twice_counts_once() -> None:
    """Pages of an interface overlap."""
    found = extract(json.dumps({"data": {"results": [campaign(1), campaign(1)]}}), "campaigns.json")
    assert len(found.observations) == 4
    assert all(one.value in (1108, 2, 430, 120) for one in found.observations)


def test_a_campaign_of_the_future_is_a_problem() -> None:
    """It cannot have been counted before it began."""
    found = extract(json.dumps({"data": campaign(1, started_at="2027-01-01T00:00:00Z")}), "campaigns.json")
    assert not found.clean
    assert found.observations == ()
    assert datetime(2027, 1, 1, tzinfo=UTC) > NOW
