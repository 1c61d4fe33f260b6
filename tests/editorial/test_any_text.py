"""Whatever people or programs put into an idea's file: nothing crashes, nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from toolkit.editorial.deciding import Decision, Promotion, drop, promote
from toolkit.editorial.ideas import Idea, Origin, read_idea, read_ideas
from toolkit.editorial.noting import Proposal, write_idea
from toolkit.editorial.twins import Known, find_twin, known_origins
from toolkit.language.sameness import same_title, title_words
from toolkit.workspace import Workspace, load_workspace

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de"]\n[people.anna]\nname = "Anna"\n'
)
NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
# What no file holds as it is: lone surrogates; and line breaks, which a title in one line has not.
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(str.strip)
KEYS = st.sampled_from(["title", "status", "score", "posts", "created", "channels", "id", "reason", "odd"])
YAML = st.dictionaries(
    KEYS, st.sampled_from(["[a, b]", "{a: b}", "new", "dropped", "2026-11-01", "7", "''", "~", "'#'"])
)


def load(root: Path) -> tuple[Workspace, Idea]:
    workspace = load_workspace(root)
    [idea], problems = read_ideas(workspace)
    assert problems == ()
    return workspace, idea


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """An idea, or a problem that says why there is none; never both nothing."""
    idea, problems = read_idea("content/ideas/a.md", data)
    assert idea is not None or problems


@given(YAML, st.text(max_size=40))
def test_any_values_keep_the_text(values: dict[str, str], text: str) -> None:
    """A value that is none is told where it stands; what stands below is kept letter by letter."""
    body = text.encode("utf-8", "replace").decode()
    head = "".join(f"{key}: {value}\n" for key, value in values.items())
    idea, problems = read_idea("content/ideas/a.md", f"---\n{head}---\n{body}".encode())
    assert idea is not None
    assert idea.text == body
    assert all(1 <= one.span.line <= len(values) + 1 for one in problems)


@given(LINE, LINE, LINE)
def test_an_idea_survives_its_whole_way(title: str, origin: str, reason: str) -> None:
    """Written, promoted, dropped: title, origin and reason read back as they were said, and it is known again."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "leitstand.toml").write_text(SETTINGS)
        write_idea(root, Proposal(title, Origin.INBOX, origin, "anna", f"Zu {title}\n## @mastodon"), NOW)
        workspace, idea = load(root)
        assert (idea.title, idea.origin) == (title.strip(), origin.strip())
        promote(workspace, idea, Promotion("anna"), Decision("anna", date(2026, 11, 21), reason), NOW)
        workspace, idea = load(root)
        [post] = workspace.posts
        assert (post.title, post.idea, idea.posts) == (title.strip(), idea.id, (post.uid,))
        drop(root, idea, Decision("anna", date(2026, 11, 22), reason))
        _workspace, idea = load(root)
        assert idea.reason == reason.strip()
        assert find_twin([idea], "anders", Origin.INBOX, origin) == idea
        assert len(known_origins([idea])) == 1


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8).map(" ".join), min_size=1, max_size=12))
def test_no_twin_is_lost_by_looking_at_few(titles: list[str]) -> None:
    """The titles that are found are those that a comparison with each finds."""
    ideas = [
        one for title in titles if (one := read_idea("content/ideas/a.md", f"---\ntitle: {title}\n---\n".encode())[0])
    ]
    known = Known(ideas)
    for one in ideas:
        words = title_words(one.title)
        alike = [other for other in ideas if same_title(title_words(other.title), words)]
        assert list(map(id, known.alike(one.title))) == list(map(id, alike))
