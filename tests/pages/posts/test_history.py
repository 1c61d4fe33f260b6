from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

PAGE = "posts/2026/12/tuer-1.md"
AFTER = datetime(2026, 12, 1, 9, tzinfo=UTC)


def commit(studio: Studio, sentence: str, moment: str) -> None:
    """Everything in the workspace as one commit."""
    who = ("-c", "user.name=Jule", "-c", "user.email=jule@example.com")
    subprocess.run(["git", "init", "-q", str(studio.root)], check=True)
    subprocess.run(["git", "-C", str(studio.root), "add", "-A"], check=True)
    environ = {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment, "PATH": "/usr/bin:/bin"}
    subprocess.run(["git", "-C", str(studio.root), *who, "commit", "-q", "-m", sentence], check=True, env=environ)


def line(text: str) -> str:
    """The page's time line."""
    return text.partition('id="history"')[2].partition("</section>")[0]


def test_the_time_line_is_of_files_words_and_sendings(studio: Studio) -> None:
    """Who wrote and changed it, who said yes, what went out and what is to come, the latest first."""
    path = studio.post(channels="mastodon, bluesky")
    commit(studio, "Die erste Tür", "2026-11-10T08:00:00+01:00")
    studio.post("Moin, moin!", channels="mastodon, bluesky")
    commit(studio, "Ein <b>Moin</b> mehr", "2026-11-12T08:00:00+01:00")
    said = line(studio.page(PAGE))
    places = [said.index(words) for words in ("planned for", "Jule changed it", "Jule wrote it")]
    assert places == sorted(places)
    assert "Ein &lt;b&gt;Moin&lt;/b&gt; mehr" in said
    with studio.ledger() as ledger:
        studio.plan(path, ledger, "mastodon")
        sending = ledger.begin(ledger.rows()[0], AFTER, rendition="{}", hashes=["sha256:x"], commit="")
        assert sending is not None
        ledger.confirm(sending, AFTER, "109", "https://social.example.com/@nordlicht/109")
    said = line(studio.page(PAGE, AFTER))
    assert '<a href="https://social.example.com/@nordlicht/109"' in said
    assert "Mastodon: sent" in said


def test_a_moved_file_keeps_its_history(studio: Studio) -> None:
    """A post that was renamed still knows who wrote it."""
    studio.post("Moin, das ist ein langer Text, an dem git die Datei wiedererkennt.", path="2026/12/alt.md")
    commit(studio, "Anfang", "2026-11-10T08:00:00+01:00")
    (studio.root / "content/posts/2026/12/alt.md").rename(studio.root / "content/posts/2026/12/tuer-1.md")
    commit(studio, "Umbenannt", "2026-11-11T08:00:00+01:00")
    assert "Jule wrote it" in line(studio.page(PAGE))


def test_without_git_and_ledger_only_the_plan_is_told(studio: Studio) -> None:
    """A folder without a history has no commits, and a post without a moment no time line at all."""
    studio.post()
    said = line(studio.page(PAGE))
    assert "planned for Mastodon" in said
    assert "changed it" not in said
    studio.post(publish="", status="draft")
    assert 'id="history"' not in studio.page(PAGE)


def test_a_series_tells_its_next_times_and_folds_the_rest(studio: Studio) -> None:
    """Thirty days are one line with the next, and a list behind it."""
    studio.post("Every day.", more="repeat: FREQ=DAILY;COUNT=30\n")
    text = studio.page(PAGE)
    assert line(text).count("planned for") == 3
    assert "30 times</summary>" in text
    assert text.partition("<summary>")[0].count("(Europe/Berlin)") == 1


def test_posts_lead_to_each_other(studio: Studio) -> None:
    """Before and after in time, and the campaign's posts near it with their place."""
    campaign = "---\ntitle: Advent\nstart: 2026-12-01\nend: 2026-12-24\nowner: jule\n---\nText.\n"
    studio.write("content/campaigns/advent.md", campaign)
    for day in (1, 2, 3):
        studio.post(
            path=f"2026/12/tuer-{day}.md",
            uid=f"01JDK3V7Q2M8X4T6R9A0B1C2D{day}",
            title=f"Tür {day}",
            publish=f"2026-12-0{day} 07:30",
            more="campaign: advent\n",
        )
    text = studio.page("posts/2026/12/tuer-2.md")
    assert 'rel="prev"' in text
    assert 'rel="next"' in text
    assert "2 of 3" in text
    assert text.count("<li>", text.index("ls-way"), text.index("</ol>")) == 2
    assert 'aria-current="page"' in text
    first = studio.page(PAGE)
    assert 'rel="prev"' not in first


def test_drift_stands_on_the_card_with_its_words(studio: Studio) -> None:
    """A file that was changed after publication says what it says otherwise."""
    studio.publish(studio.post("Moin aus dem Hafen"), AFTER)
    studio.post("Moin vom Hafen")
    text = studio.page(PAGE)
    assert "aus dem</del>" in text
    assert "vom</ins>" in text
