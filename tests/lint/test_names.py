from __future__ import annotations

import pytest

from tests.lint.conftest import Desk
from toolkit.model import Severity

HEAD = "---\ntitle: x\nchannels: [mastodon, bluesky]\n"


@pytest.fixture(autouse=True)
def _campaign(desk: Desk) -> None:
    desk.write("content/campaigns/advent-2026.md", "---\ntitle: Advent\n---\n")


def test_known_names_are_fine(desk: Desk) -> None:
    """People, accounts, campaign, language, options and variants that exist are no problem."""
    sample = (
        "---\nauthor: redaktion\nowner: leitung\nchannels: [mastodon, bluesky]\nlanguage: de-AT\ncampaign: advent-2026\n"
        "options:\n  mastodon: {visibility: public, language: en}\n---\nHallo\n\n## @bluesky\n\nKurz\n"
    )
    assert desk.messages("names", sample) == []


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ("---\nauthor: «redaction»\n---\n", "unknown person 'redaction'; did you mean 'redaktion'?"),
        ("---\nowner: «Leitung»\n---\n", "unknown person 'Leitung'; did you mean 'leitung'?"),
        (
            "---\nmedia:\n  - {order: Foto, owner: «anna»}\n---\n",
            "unknown person 'anna'; known: leitung, redaktion",
        ),
        ("---\nchannels: [bluesky, «mastodn»]\n---\n", "unknown account 'mastodn'; did you mean 'mastodon'?"),
        ("---\nchannels: «mastodn»\n---\n", "unknown account 'mastodn'; did you mean 'mastodon'?"),
        ("---\ncampaign: «advent-2025»\n---\n", "unknown campaign 'advent-2025'; did you mean 'advent-2026'?"),
        (HEAD + "options: {«mastodn»: {}}\n---\n", "unknown account or network 'mastodn'; did you mean 'mastodon'?"),
        (
            HEAD + "options:\n  mastodon:\n    «visibilty»: public\n---\n",
            "unknown option of Mastodon 'visibilty'; did you mean 'visibility'?",
        ),
        (HEAD + "---\nHallo\n\n## «@blusky»\n\nKurz\n", "unknown account or network 'blusky'; did you mean 'bluesky'?"),
        (HEAD + "---\n## @bluesky\n\nA\n\n## «@bluesky»\n\nB\n", "a second text for bluesky; only the first is sent"),
    ],
)
def test_unknown_names_come_with_the_nearest(desk: Desk, sample: str, said: str) -> None:
    """Each unknown name is an error at its place, with the name that was probably meant."""
    assert desk.messages("names", sample) == [said]
    assert all(problem.severity is Severity.ERROR for problem in desk.check("names"))


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ("---\nchannels: [mastodon, «mastodon»]\n---\n", "mastodon stands here twice"),
        ("---\nlanguage: «fr»\n---\n", "unknown language 'fr'"),
        (HEAD + "options: {«feed»: {}}\n---\n", "the post does not go to feed"),
        (HEAD + "---\nHallo\n\n## «@feed»\n\nLang\n", "the post does not go to feed"),
    ],
)
def test_names_without_effect_are_warnings(desk: Desk, sample: str, said: str) -> None:
    """What exists but changes nothing is a warning."""
    (message,) = desk.messages("names", sample)
    assert said in message
    assert [problem.severity for problem in desk.check("names")] == [Severity.WARNING]


def test_a_network_stands_for_its_accounts(desk: Desk) -> None:
    """Options and texts may name the network of one of the post's accounts."""
    sample = (
        "---\nchannels: [mastodon-en]\noptions: {mastodon: {visibility: public}}\n---\nHello\n\n## @mastodon\n\nToot\n"
    )
    assert desk.messages("names", sample) == []


def test_campaigns_and_goals_name_what_exists(desk: Desk) -> None:
    """Owner, channels and goals of a campaign and the goals of the strategy are looked up where they stand."""
    goals = (
        "goals:\n  - {metric: ordres, target: 4, channel: mastodn}\n  - {metric: orders, target: 4, channel: feed}\n"
    )
    desk.write("content/campaigns/advent-2026.md", f"---\nowner: anna\nchannels: [feed, fed]\n{goals}---\n")
    desk.write("guidelines/strategy.md", f"---\n{goals}---\n")
    assert [(p.path, p.span.line, p.span.col, p.message.partition(";")[0]) for p in desk.check("names")] == [
        ("content/campaigns/advent-2026.md", 2, 8, "unknown person 'anna'"),
        ("content/campaigns/advent-2026.md", 3, 18, "unknown account 'fed'"),
        ("content/campaigns/advent-2026.md", 5, 14, "unknown KPI 'ordres'"),
        ("content/campaigns/advent-2026.md", 5, 42, "unknown account 'mastodn'"),
        ("guidelines/strategy.md", 3, 14, "unknown KPI 'ordres'"),
        ("guidelines/strategy.md", 3, 42, "unknown account 'mastodn'"),
    ]


def test_the_goal_is_a_kpi(desk: Desk) -> None:
    """What a post is to move is one of the KPIs."""
    (message,) = desk.messages("names", "---\ngoal: «ordres»\nchannels: [mastodon]\n---\n")
    assert message == "unknown KPI 'ordres'; did you mean 'orders'?"
    assert desk.messages("names", "---\ngoal: orders\nchannels: [mastodon]\n---\n") == []


def test_a_channel_on_which_nothing_is_published_is_told(desk: Desk) -> None:
    """A mailbox is heard and answered; a post that is planned to it says so at the channel."""
    toml = desk.root.joinpath("leitstand.toml").read_text("utf-8")
    desk.settings(f'{toml}\n[accounts.service]\nnetwork = "mail"\nid = "service@example.com"\n')
    (said,) = desk.messages("names", "---\nchannels: [mastodon, «service»]\n---\n")
    assert said.startswith("nothing is published on service: ")
