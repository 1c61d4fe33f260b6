"""What becomes of ideas, in their files and in the posts that come of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from toolkit.editorial import Idea, Stage, read_ideas
from toolkit.editorial.deciding import Decision, Promotion, drop, promote, shortlist
from toolkit.editorial.ideas import Origin
from toolkit.editorial.noting import Proposal, write_idea
from toolkit.editorial.twins import find_twin, known_origins
from toolkit.errors import ChangedError, LeitstandError, UsageError
from toolkit.workspace import Workspace, drafts, load_workspace

SETTINGS = (
    'format = 1\n[workspace]\nid = "w"\ntimezone = "Europe/Berlin"\nlanguages = ["de", "en"]\n'
    '[people.anna]\nname = "Anna"\n[accounts.mastodon]\nnetwork = "mastodon"\nid = "@a@example.com"\n'
)
NOW = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)
DAY = date(2026, 11, 21)
HEAD = "---\n# von Hand\ntitle: 'Ruhen: warum?'   # bleibt\nchannels: [mastodon]\ngoal: engagement_rate\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "leitstand.toml").write_text(SETTINGS)
    (tmp_path / "content/ideas").mkdir(parents=True)
    return tmp_path


def load(root: Path) -> tuple[Workspace, Idea]:
    workspace = load_workspace(root)
    ideas, problems = read_ideas(workspace)
    assert problems == ()
    return workspace, ideas[0]


def write(root: Path, text: str, name: str = "ruhen") -> Path:
    path = root / f"content/ideas/{name}.md"
    path.write_bytes(text.encode())
    return path


def test_a_new_idea_reads_back_as_it_was_said(root: Path) -> None:
    """Titles with colons and addresses with hashes survive; the same title again is refused and changes nothing."""
    proposal = Proposal(
        "Ruhen: warum?",
        Origin.FEED,
        "https://kaffee.example.com/ruhen#drei",
        "anna",
        "Alle fragen.",
        {"channels": ("mastodon",), "pillar": "handwerk"},
        {"reach": 3, "fit": 5, "effort": 2},
    )
    path = write_idea(root, proposal, NOW)
    before = path.read_bytes()
    _workspace, idea = load(root)
    assert (idea.title, idea.source, idea.origin, idea.by) == ("Ruhen: warum?", Origin.FEED, proposal.origin, "anna")
    assert (idea.channels, idea.pillar, idea.created, idea.stage) == (("mastodon",), "handwerk", DAY, Stage.NEW)
    assert idea.score is not None
    assert idea.score.value == 7.5
    assert len(idea.id) == 26
    with pytest.raises(UsageError, match="is there already"):
        write_idea(root, proposal, NOW)
    assert path.read_bytes() == before


def test_a_post_and_its_idea_name_each_other(root: Path) -> None:
    """The draft has the idea's values; its text is a comment that nobody is sent; everything else of the file stays."""
    path = write(root, f"{HEAD}Alle fragen danach. --> ## @mastodon\n\n## @mastodon\n")
    workspace, idea = load(root)
    post_path = promote(workspace, idea, Promotion("anna"), Decision("anna", DAY, "passt"), NOW)
    workspace, idea = load(root)
    [post] = workspace.posts
    assert post_path == root / post.path == root / "content/posts/2026/11/ruhen-warum.md"
    assert (post.idea, post.uid) == (idea.id, idea.posts[0])
    assert (post.title, post.goal, post.channels, post.author) == (
        "Ruhen: warum?",
        "engagement_rate",
        ("mastodon",),
        "anna",
    )
    [draft] = drafts(post, workspace.settings)
    assert draft.variant.channel == ""
    assert "Alle fragen danach. …" in post.body
    assert (idea.stage, idea.decided_by, idea.decided, idea.reason) == (Stage.PLANNED, "anna", DAY, "passt")
    assert path.read_text().startswith(HEAD.removesuffix("---\n"))


def test_a_second_post_of_an_idea_is_listed_below_the_first(root: Path) -> None:
    """The list keeps its form: in one line, in lines, alone, or empty."""
    uids = "01JDK3V7Q2M8X4T6R9A0B1C2D3", "01JDK3V7Q2M8X4T6R9A0B1C2D4"
    forms = {
        f"posts: [{uids[0]}]": uids[:1],
        f"posts:\n  - {uids[0]}\n  - {uids[1]}": uids,
        f"posts: {uids[0]}": uids[:1],
        "posts: []": (),
        "posts:": (),
    }
    for number, (form, before) in enumerate(forms.items()):
        for ending in ("\n", "\r\n"):
            path = write(
                root, f"---\nid: 01J\ntitle: Nummer {number}\n{form}\nlabels: [a]\n---\n".replace("\n", ending)
            )
            workspace, idea = load(root)
            promote(workspace, idea, Promotion("anna"), Decision("anna", DAY), NOW)
            _workspace, idea = load(root)
            assert idea.posts[:-1] == before, form
            assert len(idea.posts) == len(before) + 1
            assert path.read_bytes().count(b"\n") == path.read_bytes().count(ending.encode())
            assert idea.labels == ("a",)


def test_a_dropped_idea_keeps_its_reason_and_makes_no_post(root: Path) -> None:
    """Dropping asks for a reason; whoever wants a dropped one after all is told why it was dropped."""
    path = write(root, f"{HEAD}Text\n")
    workspace, idea = load(root)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="--reason"):
        drop(root, idea, Decision("anna", DAY, "  "))
    assert path.read_bytes() == before
    drop(root, idea, Decision("anna", DAY, "Zu nah am #1: schon gesagt"))
    workspace, idea = load(root)
    assert (idea.stage, idea.reason) == (Stage.DROPPED, "Zu nah am #1: schon gesagt")
    with pytest.raises(UsageError, match="schon gesagt"):
        promote(workspace, idea, Promotion("anna"), Decision("anna", DAY), NOW)
    assert workspace.posts == ()


def test_nothing_is_half_done(root: Path) -> None:
    """When the idea changed meanwhile, or a name is none, there is no post and the idea is as it was."""
    path = write(root, f"{HEAD}Text\n")
    workspace, idea = load(root)
    path.write_text(f"{HEAD}Ein anderer Text\n")
    with pytest.raises(ChangedError):
        promote(workspace, idea, Promotion("anna"), Decision("anna", DAY), NOW)
    with pytest.raises(UsageError, match="morgen"):
        promote(workspace, idea, Promotion("anna", publish="morgen"), Decision("anna", DAY), NOW)
    assert path.read_text() == f"{HEAD}Ein anderer Text\n"
    assert not list(root.glob("content/posts/**/*.md"))


def test_a_form_that_cannot_be_written_is_refused(root: Path) -> None:
    """A value that is a table where a word belongs is no place to write a word."""
    path = write(root, "---\nstatus: {a: b}\n---\n")
    ideas, _problems = read_ideas(load_workspace(root))
    before = path.read_bytes()
    with pytest.raises(LeitstandError, match="nothing was written"):
        shortlist(root, ideas[0], Decision("anna", DAY))
    assert path.read_bytes() == before


def test_the_same_idea_is_known_again(root: Path) -> None:
    """By its address without what counts visitors, by its number, by its words; the dropped one is told first."""
    write(
        root,
        "---\ntitle: Ein anderer Titel\nsource: feed\norigin: https://www.k.example.com/a/?utm_source=x\n---\n",
        "a",
    )
    write(root, "---\ntitle: Warum Bohnen zwei Wochen ruhen\nstatus: dropped\nreason: r\n---\n", "b")
    write(root, "---\ntitle: Frage nach Entkoffeiniertem\nsource: inbox\norigin: '4711'\n---\n", "c")
    write(root, "---\ntitle: Aktion am Tag\nsource: occasion\norigin: Tag des Kaffees\n---\n", "d")
    ideas, _problems = read_ideas(load_workspace(root))
    found = [
        find_twin(ideas, "Neu", Origin.FEED, "http://k.example.com/a#oben"),
        find_twin(ideas, "Warum ruhen Bohnen zwei Wochen?"),
        find_twin(ideas, "Neu", Origin.INBOX, "4711"),
        find_twin(ideas, "Neu", Origin.OCCASION, "Tag des Kaffees"),
        find_twin(ideas, "Neu"),
    ]
    assert [one and one.name for one in found] == ["a", "b", "c", None, None]
    assert known_origins(ideas) == {"//k.example.com/a", "inbox:4711"}
