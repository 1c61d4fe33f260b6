"""Blocks of posting slots, and posts that wait for one of them."""

from __future__ import annotations

import pytest

from tests.lint.conftest import HANDBOOK_PAGE as PAGE
from tests.lint.conftest import NOW, Desk
from toolkit.lint.fixing import plan_fixes
from toolkit.model import Severity
from toolkit.workspace import load_workspace

SLOTS = "channels: [mastodon]\ntimes: [tue 08:00, thu 17:30]\n"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITSTAND_LANG", "en")


def waiting(desk: Desk, name: str = "01", publish: str = "next", **more: str) -> None:
    keys = {"uid": f"{name:>026}", "title": "A", "author": "redaktion", "status": "ready", "publish": publish}
    keys |= {"channels": "[mastodon]", "language": "de", **more}
    head = "".join(f"{key}: {value}\n" for key, value in keys.items())
    desk.write(f"content/posts/{name}.md", f"---\n{head}---\nGuten Morgen am Hafen {name}.\n")


def found(desk: Desk) -> list[tuple[str, str]]:
    return [(problem.severity.value, problem.message) for problem in desk.check("posting-slot")]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("times: [tue 08:00]\n", "channels is missing, such as [mastodon]"),
        ("channels: [mastodon]\n", "times is missing, such as [tue 08:00]"),
        (
            "channels: [mastodon]\ntimes: [tue 8]\n",
            "a posting time is written like tue 08:00 or 2tue 09:00, not 'tue 8'",
        ),
        ("channels: [mastodn]\ntimes: [tue 08:00]\n", "did you mean 'mastodon'?"),
        ("channels: [mastodon]\ntimes: [tue 08:00]\nfrom: 2026-12-02\nuntil: 2026-12-01\n", "is before"),
        ("channels: [mastodon]\ntimes: [tue 08:00]\ntimezone: Europe/Berln\n", "Europe/Berlin"),
        ("channels: [mastodon]\ntimes: [tue 08:00]\nholidays: often\n", "must be true or false"),
        ("channels: [mastodon]\ntimes: [tue 08:00]\npillar: wissen\n", "did you mean 'pillars'?"),
    ],
)
def test_blocks_that_cannot_be_used(desk: Desk, block: str, said: str) -> None:
    """One error each, in the page."""
    desk.block("slots", block)
    (problem,) = desk.check("posting-slot")
    assert (problem.path, problem.severity) == (PAGE, Severity.ERROR)
    assert said in problem.message


def test_a_post_is_told_its_slot_and_keeps_it(desk: Desk) -> None:
    """The next free one is named; fix writes it, and then there is nothing to say, today and when it is near."""
    desk.block("slots", SLOTS)
    waiting(desk)
    assert found(desk) == [
        ("warning", "no time yet; next free: mastodon Tue 24 Nov 2026, 08:00; leitstand fix writes it")
    ]
    fixes = plan_fixes(load_workspace(desk.root), now=NOW)
    text = fixes.texts["content/posts/01.md"]
    assert "publish: next\nslots: {mastodon: 2026-11-24 08:00}\nchannels" in text
    desk.write("content/posts/01.md", text)
    assert found(desk) == []


@pytest.mark.parametrize(
    ("timezone", "written"),
    [
        ("America/New_York", "2026-11-24 02:00"),
        ("", "2026-11-24 08:00"),
    ],
)
def test_a_slot_is_written_on_the_clock_that_reads_it(desk: Desk, timezone: str, written: str) -> None:
    """A post with a zone of its own has the same moment, said on its clock."""
    desk.block("slots", SLOTS)
    waiting(desk, **({"timezone": timezone} if timezone else {}))
    fixes = plan_fixes(load_workspace(desk.root), now=NOW)
    assert f"slots: {{mastodon: {written}}}" in fixes.texts["content/posts/01.md"]
    (post,) = fixes.workspace.posts
    assert post.publish is not None
    assert post.publish.instant().isoformat() == "2026-11-24T07:00:00+00:00"


def test_all_who_wait_are_served_at_once(desk: Desk) -> None:
    """The one that was made first gets the first slot, also when only the other is asked about."""
    desk.block("slots", SLOTS)
    for name in ("02", "01", "03"):
        waiting(desk, name)
    fixes = plan_fixes(load_workspace(desk.root), now=NOW)
    given = {path: text.partition("slots: {mastodon: ")[2][:16] for path, text in fixes.texts.items()}
    assert given == {
        "content/posts/01.md": "2026-11-24 08:00",
        "content/posts/02.md": "2026-11-26 17:30",
        "content/posts/03.md": "2026-12-01 08:00",
    }
    alone = plan_fixes(load_workspace(desk.root), now=NOW, paths=["content/posts/02.md"])
    assert list(alone.texts) == ["content/posts/02.md"]
    assert "2026-11-26 17:30" in alone.texts["content/posts/02.md"]


def test_an_approved_post_is_not_changed(desk: Desk) -> None:
    """Writing the slot would void the approval, so fix leaves it and says so."""
    from toolkit.approval import content_hash

    desk.block("slots", SLOTS)
    waiting(desk)
    workspace = load_workspace(desk.root)
    digest = content_hash(workspace.posts[0], workspace)
    waiting(desk, approved=f"[{{by: leitung, at: 2026-11-20T10:00:00+01:00, hash: '{digest}'}}]")
    fixes = plan_fixes(load_workspace(desk.root), now=NOW)
    assert fixes.texts == {}
    assert [problem.rule for problem in fixes.refused] == ["posting-slot"]


@pytest.mark.parametrize(("status", "severity"), [("draft", None), ("review", "hint"), ("ready", "warning")])
def test_who_is_told(desk: Desk, status: str, severity: str | None) -> None:
    """A draft takes nothing from others yet; what waits for a review gets a hint."""
    desk.block("slots", SLOTS)
    waiting(desk, status=status)
    assert [one for one, _said in found(desk)] == ([severity] if severity else [])


def test_without_any_slots(desk: Desk) -> None:
    """The handbook keeps none for the channel, and both ways out are named."""
    waiting(desk)
    (problem,) = found(desk)
    assert problem == (
        "warning",
        "the handbook keeps no posting slots for mastodon; write a block called slots, or a time here",
    )


def test_the_same_slot_twice(desk: Desk) -> None:
    """Two branches took it: an error at the one that was made later, which names the other."""
    desk.block("slots", SLOTS)
    for name in ("01", "02"):
        waiting(desk, name, slots="{mastodon: 2026-11-24 08:00}")
    (problem,) = desk.check("posting-slot")
    assert (problem.path, problem.severity, problem.related) == (
        "content/posts/02.md",
        Severity.ERROR,
        "content/posts/01.md",
    )
    assert "content/posts/01.md has this slot of mastodon already" in problem.message


def test_a_slot_that_nobody_keeps_any_more(desk: Desk) -> None:
    """The handbook changed: a hint, for what is written is kept; what is over says nothing."""
    desk.block("slots", SLOTS)
    waiting(desk, "01", slots="{mastodon: 2026-11-25 08:00}")
    waiting(desk, "02", slots="{mastodon: 2026-11-18 08:00}")
    (hint,) = found(desk)
    assert hint[0] == "hint"
    assert "Wed 25 Nov 2026, 08:00 is no posting slot of mastodon any more" in hint[1]


def test_slots_without_the_wish(desk: Desk) -> None:
    """Beside a date they say nothing; a channel that the post does not have needs none."""
    desk.block("slots", SLOTS)
    waiting(desk, "01", publish="2026-11-25 10:00", slots="{mastodon: 2026-11-24 08:00}")
    waiting(desk, "02", slots="{mastodon: 2026-11-24 08:00, bluesky: 2026-11-24 08:00}")
    assert [(severity, said.split(";")[0]) for severity, said in found(desk)] == [
        ("hint", "slots say nothing without publish: next"),
        ("warning", "the post does not go to bluesky"),
    ]
    fixes = plan_fixes(load_workspace(desk.root), now=NOW, paths=["content/posts/01.md"])
    assert "slots" not in fixes.texts["content/posts/01.md"]
    assert "publish: 2026-11-25 10:00\nchannels" in fixes.texts["content/posts/01.md"]
