"""The website's statistics from a Matomo on the loopback: days, pages, patience, errors with their remedies, no token anywhere."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.matomo import TOKEN, Matomo
from tests.servers.pretend import DROP, PretendServer, Reply
from toolkit.collect import Office, Round, plan_round, run_round
from toolkit.collect.matomo import DAYS, PAGE, spans
from toolkit.ledger import LedgerPlace, ledger_path, open_ledger
from toolkit.model import SetClock
from toolkit.settings import MatomoSite, Settings

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
YESTERDAY = "2026-11-20"


class Site:
    """A workspace with a Matomo, a ledger and a clock that the test sets."""

    def __init__(self, state: Path, pretend: PretendServer, reports: tuple[str, ...]) -> None:
        self.matomo = Matomo()
        self.matomo.serve(pretend)
        self.pretend = pretend
        settings = Settings("probe", "Probe", "Europe/Berlin", matomo=MatomoSite(pretend.address, 1, reports))
        environ = {"LEITSTAND_TOKEN_MATOMO": TOKEN}
        place = LedgerPlace(ledger_path(state))
        with open_ledger(place, now=NOW - timedelta(days=1)):
            pass
        campaigns = frozenset({"advent-2026"})
        self.office = Office(settings, state, place, environ, SetClock(NOW), lambda _path: b"", campaigns)

    def measure(self, moment: datetime = NOW, **environ: str) -> Round:
        clock = SetClock(moment)
        self.pretend.clock = clock.now
        office = replace(self.office, clock=clock, environ=environ or self.office.environ)
        round_ = plan_round(office, {})
        run_round(office, round_)
        return round_

    def values(self) -> dict[tuple[str, str, str], float]:
        sql = "SELECT subject, metric, observed_at, max_by(value, imported_at) AS value FROM observations GROUP BY ALL"
        found = self.office.store.query(sql, {}).to_pylist()
        return {(one["subject"], one["metric"], f"{one['observed_at']:%m-%d}"): one["value"] for one in found}


@pytest.fixture
def site(tmp_path: Path, pretend: PretendServer) -> Site:
    made = Site(tmp_path / "state", pretend, ("VisitsSummary.get", "Referrers.getCampaigns"))
    made.matomo.reports = {
        "VisitsSummary.get": {YESTERDAY: {"nb_visits": 120, "nb_uniq_visitors": 90}, "2026-11-19": {"nb_visits": 80}},
        "Referrers.getCampaigns": {YESTERDAY: [
            {"label": "advent-2026", "nb_visits": 30, "segment": "referrerType==campaign;referrerName==advent-2026"},
        ]},
    }  # fmt: skip
    return made


def test_the_days_of_three_months_come_at_first_and_once_a_day_after(site: Site) -> None:
    """Each request spans a month at the most; what was fetched today is not asked again, tomorrow the last days are."""
    first = site.measure()
    assert (first.failures, first.count) == ({}, 4)
    assert site.values() == {
        ("site", "visits", "11-20"): 120, ("site", "visitors", "11-20"): 90, ("site", "visits", "11-19"): 80,
        ("campaign:advent-2026", "visits", "11-20"): 30,
    }  # fmt: skip
    assert [one.form()["date"] for one in site.pretend.requests][:3] == [
        "2026-08-21,2026-09-20", "2026-09-21,2026-10-21", "2026-10-22,2026-11-20",
    ]  # fmt: skip
    assert first.website is not None
    assert first.website.requests == len(site.pretend.requests) == 6
    assert site.measure(NOW + timedelta(hours=5)).website is None
    site.matomo.reports["VisitsSummary.get"] |= {YESTERDAY: {"nb_visits": 125}, "2026-11-21": {"nb_visits": 60}}
    second = site.measure(NOW + timedelta(days=1))
    assert site.pretend.requests[-1].form()["date"] == "2026-11-18,2026-11-21"
    assert second.count == 3, "a report with something new is stored whole"
    assert site.values()["site", "visits", "11-20"] == 125, "a late visit corrects the day"


def test_the_token_is_in_the_body_and_nowhere_else(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Not in an address, a header, a log, a message, a repr, or a file of the state, whatever Matomo repeats."""
    caplog.set_level(logging.DEBUG)
    site.measure()
    for request in site.pretend.requests:
        assert request.form()["token_auth"] == TOKEN
        assert not request.query
        assert TOKEN not in repr(request.headers)
    said = [repr(site.measure(NOW + timedelta(days=1))), caplog.text]
    site.matomo.busy = [Reply(200, {"result": "error", "message": f"no view access for token_auth={TOKEN}"})]
    said.append(repr(site.measure(NOW + timedelta(days=2)).failures))
    site.matomo.busy = [Reply(500, f"<html>{TOKEN}</html>".encode())]
    said.append(repr(site.measure(NOW + timedelta(days=3)).failures))
    assert [one for one in said if TOKEN in one] == []
    assert [
        path for path in site.office.state.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()
    ] == []


def test_all_pages_of_a_report_are_read(tmp_path: Path, pretend: PretendServer) -> None:
    """A day with more rows than a page has the rest on the next one, and the sum is that of all."""
    site = Site(tmp_path / "state", pretend, ("Referrers.getCampaigns",))
    rows = [
        {"label": f"other-{number}", "nb_visits": 1, "segment": f"referrerType==campaign;referrerName==o{number}"}
        for number in range(2 * PAGE)
    ]
    ours = {"label": "Advent-2026", "nb_visits": 7, "segment": "referrerType==campaign;referrerName==Advent-2026"}
    site.matomo.reports["Referrers.getCampaigns"] = {YESTERDAY: [*rows, ours]}
    assert site.measure().failures == {}
    assert site.values() == {("campaign:advent-2026", "visits", "11-20"): 7}
    offsets = [one.form()["filter_offset"] for one in pretend.requests if YESTERDAY in one.form()["date"]]
    assert offsets == ["0", str(PAGE), str(2 * PAGE)]


@pytest.mark.parametrize(("headers", "minutes"), [({"Retry-After": "1200"}, 20), ({}, 5)])
def test_a_busy_matomo_is_left_alone(site: Site, headers: dict[str, str], minutes: int) -> None:
    """For as long as it says, else five minutes, in whatever process; then everything is fetched."""
    site.matomo.busy = [Reply(429, b"Too Many Requests", headers)]
    assert "asks for patience" in site.measure().failures["matomo"]
    asked = len(site.pretend.requests)
    assert site.measure(NOW + timedelta(minutes=minutes - 1)).website is None
    assert len(site.pretend.requests) == asked
    assert site.measure(NOW + timedelta(minutes=minutes + 1)).count == 4


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [
        (Reply(200, {"result": "error", "message": "Unable to authenticate with the provided token."}), "Auth tokens"),
        (Reply(401, {"result": "error", "message": "You must be logged in to access this"}), "view website 1"),
        (Reply(200, {"result": "error", "message": "The method 'X' does not exist"}), "take the report out"),
        (Reply(200, b"<html>Nextcloud</html>"), "is it the address under [matomo] server?"),
        (Reply(301, b"", {"Location": "https://elsewhere.example/"}), "is it the address under [matomo] server?"),
        (Reply(200, [1, 2]), "is it the address under [matomo] server?"),
        (Reply(502, b"Bad Gateway"), "502"),
        (Reply(200, {"2026-11-20": [{"label": "x", "nb_visits": 3}]}), "cannot be read"),
        (DROP, ""),
    ],
)
def test_each_refusal_says_what_to_do(site: Site, answer: Reply, remedy: str) -> None:
    """Nothing is stored then, and the next round finds everything."""
    site.pretend.routes["POST /index.php"] = lambda _request: answer
    failed = site.measure()
    assert remedy in failed.failures["matomo"]
    assert (failed.count, site.values()) == (0, {})
    site.matomo.serve(site.pretend)
    assert site.measure(NOW + timedelta(minutes=30)).count == 4


def test_without_a_token_nothing_is_asked(site: Site) -> None:
    """The sentence names the variable and where Matomo makes one."""
    failed = site.measure(NOW, HOME="/")
    assert "LEITSTAND_TOKEN_MATOMO" in failed.failures["matomo"]
    assert site.pretend.requests == []


def test_a_report_that_fails_leaves_the_others_their_values(site: Site) -> None:
    """What was fetched before is stored; the day is asked about again."""
    del site.matomo.reports["Referrers.getCampaigns"]
    failed = site.measure()
    assert "take the report out of [matomo] reports" in failed.failures["matomo"]
    assert failed.count == 3
    assert site.measure(NOW + timedelta(minutes=30)).website is not None


def test_a_matomo_that_is_not_there_is_a_failure_and_no_error(site: Site) -> None:
    """A name that nobody knows and a port where nobody listens are sentences."""
    address = "http://127.0.0.1:9"
    site.office = replace(site.office, settings=replace(site.office.settings, matomo=MatomoSite(address, 1)))
    assert site.measure().failures["matomo"]


def test_downloads_of_the_settings_are_not_counted_twice(tmp_path: Path, pretend: PretendServer) -> None:
    """Matomo counts every file; where the pages' report is fetched too, the files of the settings alone count."""
    site = Site(tmp_path / "state", pretend, ("Actions.getPageUrls", "Actions.get"))
    policy = replace(site.office.settings.conversions, downloads=("/preise.pdf",))
    site.office = replace(site.office, settings=replace(site.office.settings, conversions=policy))
    site.matomo.reports = {
        "Actions.get": {YESTERDAY: {"nb_pageviews": 400, "nb_downloads": 9}},
        "Actions.getPageUrls": {YESTERDAY: [{"label": "/preise.pdf", "nb_hits": 5, "nb_visits": 4, "url": "https://a.example/preise.pdf"}]},
    }  # fmt: skip
    assert site.measure().failures == {}
    assert site.values() == {("site", "page_views", "11-20"): 400, ("site", "downloads", "11-20"): 5}
    flat = {one.form()["method"]: one.form()["flat"] for one in pretend.requests}
    assert flat == {"Actions.getPageUrls": "1", "Actions.get": "0"}


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 200))
def test_pieces_are_all_days_once(first: date, length: int) -> None:
    """No day is left out or asked twice, and no piece is longer than a month."""
    last = first + timedelta(days=length)
    pieces = list(spans(first, last))
    days = [start + timedelta(days=one) for start, end in pieces for one in range((end - start).days + 1)]
    assert days == [first + timedelta(days=one) for one in range(length + 1)]
    assert all((end - start).days < DAYS for start, end in pieces)


def test_measure_shows_and_fetches_the_website(
    tmp_path: Path, pretend: PretendServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--plan asks nothing, the verb stores and says how much, --account leaves the website alone."""
    from toolkit.cli import execute

    matomo = Matomo({"VisitsSummary.get": {YESTERDAY: {"nb_visits": 120}}})
    matomo.serve(pretend)
    text = f'format = 1\n[workspace]\nid = "x"\n[accounts.feed]\nnetwork = "feed"\nid = "feed"\n[matomo]\nserver = "{pretend.address}/"\nsite = 1\nreports = ["VisitsSummary.get"]\n'
    (tmp_path / "leitstand.toml").write_text(text)
    monkeypatch.setenv("LEITSTAND_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("LEITSTAND_TOKEN_MATOMO", TOKEN)
    monkeypatch.setenv("LEITSTAND_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def measure(*options: str) -> int:
        return execute(["measure", "--now", NOW.isoformat(), *options], {"LEITSTAND_LANG": "en"})

    assert measure("--plan") == 0
    assert "matomo: 2026-08-21 to 2026-11-20, 3 requests" in capsys.readouterr().out
    assert measure("--plan", "--json", "--account", "feed") == 0
    assert json.loads(capsys.readouterr().out)["website"] is None
    assert pretend.requests == []
    assert measure("--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["website"]["reports"] == [
        {"report": "matomo VisitsSummary.get 2026-08-21 2026-11-20.json", "observations": 1, "stored": 1}
    ]
    monkeypatch.setenv("LEITSTAND_TOKEN_MATOMO", "another-token-of-somebody")
    assert measure("--all") == 1
    assert "! matomo: Matomo: Unable to authenticate" in capsys.readouterr().out
