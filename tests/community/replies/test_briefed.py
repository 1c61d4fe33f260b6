"""A briefing at the desk: it fits, suggests and forbids while it is valid, and no day longer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from toolkit.community.inbox.conversation import Conversation
from toolkit.community.replies.briefed import check_bans, find_bans, find_fitting, suggest_from
from toolkit.model import MessageKind, SourceText
from toolkit.workspace import Workspace, load_workspace

TOML = 'format = 1\n\n[workspace]\nid = "probe"\nlanguages = ["de", "en"]\ntimezone = "Europe/Berlin"\n'
UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
FAQ = 'faq:\n  - {question: Bis wann bestellen?, answer: "{vorname}, bis zum 20. Dezember."}\n'
BAN = "no_go:\n  - {words: [garantiert], why: Das weiß niemand., instead: den Bestellschluss nennen}\n"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAST = datetime(2026, 12, 24, 22, 59, tzinfo=UTC)  # a minute before midnight in Berlin
OVER = datetime(2026, 12, 24, 23, 0, tzinfo=UTC)


def briefing(root: Path, name: str, more: str) -> None:
    folder = root / "guidelines/briefings"
    folder.mkdir(parents=True, exist_ok=True)
    head = f"title: {name}\nowner: mai\nvalid_from: 2026-11-20\nvalid_until: 2026-12-24\n{more}"
    (folder / f"{name}.md").write_text(f"---\n{head}---\n# {name}\n", encoding="utf-8")


def brand(root: Path) -> Workspace:
    (root / "leitstand.toml").write_text(TOML)
    posts = root / "content/posts"
    posts.mkdir(parents=True)
    (posts / "tuer.md").write_text(f"---\nuid: {UID}\ntitle: Tür\ncampaign: advent\n---\nTür\n", encoding="utf-8")
    briefing(root, "advent", f"campaign: advent\nlanguages: [de]\n{FAQ}{BAN}")
    briefing(root, "abo", "labels: [abo]\n")
    briefing(root, "haus", "messages: [Wir ziehen um.]\n")
    return load_workspace(root)


def asked(**more: object) -> Conversation:
    one = Conversation("01KAT0", "mastodon:a", "mastodon", MessageKind.COMMENT, "@a", "1", NOW, NOW)
    return replace(one, **more)  # type: ignore[arg-type]  # fields of a conversation


def test_the_campaign_of_its_post_leads_to_it(tmp_path: Path) -> None:
    """Before what fits everything; a label leads there too, and another language not."""
    workspace = brand(tmp_path)

    def names(one: Conversation) -> list[str]:
        return [found.name for found in find_fitting(workspace, one, NOW)]

    assert names(asked(uid=UID)) == ["advent", "haus"]
    assert names(asked(uid=UID, language="en")) == ["haus"]
    assert names(asked(labels=("abo",))) == ["abo", "haus"]
    assert names(asked()) == ["haus"]


def test_it_counts_to_the_end_of_its_last_day(tmp_path: Path) -> None:
    """On the workspace's clock."""
    workspace = brand(tmp_path)
    assert len(list(suggest_from(workspace, LAST))) == len(find_bans(workspace, "de", LAST)) == 1
    assert list(suggest_from(workspace, OVER)) == []
    assert find_bans(workspace, "de", OVER) == ()
    assert find_fitting(workspace, asked(), OVER) == ()


def test_its_questions_are_suggested_with_their_place(tmp_path: Path) -> None:
    """So that whoever takes one can read the rest."""
    [source] = suggest_from(brand(tmp_path), NOW)
    assert source.name == "guidelines/briefings/advent.md:9"
    assert (source.title, source.language) == ("Bis wann bestellen?", "de")
    assert source.text.startswith("{vorname}")


def test_what_it_forbids_is_found_in_replies(tmp_path: Path) -> None:
    """At its place, with what to say instead; in other languages nobody looks for it."""
    workspace = brand(tmp_path)
    text = SourceText("reply", "Hallo,\nKommt garantiert an!")
    [problem] = check_bans(text, find_bans(workspace, "", NOW))
    assert (problem.span.line, problem.span.col, problem.rule) == (2, 7, "briefing")
    assert "Das weiß niemand; instead: den Bestellschluss nennen" in problem.message
    assert find_bans(workspace, "en", NOW) == ()
