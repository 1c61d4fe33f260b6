from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.pages.conftest import NOW
from toolkit.metrics import open_store
from toolkit.model import Observation
from toolkit.pages.posts.measured import NAME, Brought, read_measured
from toolkit.workspace import load_workspace

if TYPE_CHECKING:
    from tests.pages.conftest import Studio

UID = "01JDK3V7Q2M8X4T6R9A0B1C2D3"
PAGE = "posts/2026/12/tuer-1.md"


def count(studio: Studio, likes: dict[str, float], *, days: int = 30, name: str = "likes.csv") -> None:
    """Likes of posts, counted on their seventh day, or now where they are younger."""
    out = NOW - timedelta(days=days)
    seen = [
        Observation(
            uid,
            "mastodon",
            "likes",
            value,
            observed_at=min(NOW, out + timedelta(days=7)) - timedelta(hours=1),
            published_at=out,
            source="csv",
            import_id=name,
        )
        for uid, value in likes.items()
    ]
    open_store(studio.state).append(seen, imported_at=NOW, name=name)


def test_a_post_is_held_against_the_usual_of_its_channel(studio: Studio) -> None:
    """What it brought, the median beside it, and how many times that is; views, which nobody told, are not zero."""
    studio.post()
    count(studio, {UID: 40.0, **{f"p{number}": 9.0 for number in range(8)}})
    text = studio.page(PAGE)
    assert "What it brought" in text
    assert "4.1 times the usual 9" in text
    assert "no data" in text
    assert "n = 9" in text


def test_what_is_younger_than_a_week_is_provisional(studio: Studio) -> None:
    """Early counts are shown and compared with nobody."""
    studio.post()
    count(studio, {f"p{number}": 9.0 for number in range(8)})
    count(studio, {UID: 40.0}, days=2, name="young.csv")
    text = studio.page(PAGE)
    assert "provisional" in text
    assert "times the usual" not in text


def test_few_posts_are_no_usual(studio: Studio) -> None:
    """With two posts on a channel nothing is usual yet."""
    studio.post()
    count(studio, {UID: 40.0, "p1": 3.0})
    assert "too few posts to compare" in studio.page(PAGE)


def test_people_outside_see_no_numbers(studio: Studio) -> None:
    """The input of a partner's site has none."""
    studio.post()
    count(studio, {UID: 40.0})
    assert studio.gather(partner=True).measured == {}
    assert studio.gather().measured[UID, "mastodon"].interactions == 40.0


def test_what_was_counted_is_kept_until_an_import_comes(studio: Studio) -> None:
    """The second build reads the answer, a broken or foreign one is counted again."""
    studio.post()
    count(studio, {UID: 40.0})
    workspace = load_workspace(studio.root)
    first = read_measured(workspace, studio.state, NOW)
    path = studio.state / "cache" / NAME
    kept = json.loads(path.read_bytes())
    assert read_measured(workspace, studio.state, NOW) == first
    path.write_text(json.dumps({"key": kept["key"], "answer": [["a", "b", 1.0]]}))
    assert read_measured(workspace, studio.state, NOW) == {("a", "b"): Brought(1.0)}
    path.write_text('{"key": 3, "answer"')
    assert read_measured(workspace, studio.state, NOW) == first
    count(studio, {UID: 50.0}, name="later.csv")
    assert json.loads(path.read_bytes())["key"] == kept["key"]
    read_measured(workspace, studio.state, NOW)
    assert json.loads(path.read_bytes())["key"] != kept["key"]
