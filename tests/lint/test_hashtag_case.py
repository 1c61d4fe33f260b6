from __future__ import annotations

import pytest

from tests.lint.conftest import Desk

HEAD = "---\ntitle: x\n---\n"


@pytest.fixture(autouse=True)
def _campaign(desk: Desk) -> None:
    desk.write("content/campaigns/advent.md", "---\ntitle: Nordlicht Adventskalender 2026\n---\n")
    desk.post(f"{HEAD}#BlackFriday\n", "content/posts/other.md")


@pytest.mark.parametrize(
    "tag",
    ["#kaffeerösterei", "#NordlichtKaffee", "#nordlicht", "#mittag", "#ADAC", "#adventskalender2026",
     "seite#blackfriday", "https://example.com/#nordlichtkaffee", "&#nordlichtkaffee", "#1"],
)  # fmt: skip
def test_tags_that_nobody_writes_in_words_are_fine(desk: Desk, tag: str) -> None:
    """One word, a spelling with capitals, short initials, years, addresses: nothing is said."""
    assert desk.messages("hashtag-case", f"{HEAD}Hallo {tag} da\n") == []


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("#nordlichtkaffee", "NordlichtKaffee"),
        ("#nordlichtadventskalender", "NordlichtAdventskalender"),
        ("#blackfriday", "BlackFriday"),
        ("#BLACKFRIDAY", "BlackFriday"),
        ("#ADVENTSKALENDER", "Adventskalender"),
        ("#BREMEN2", "Bremen2"),
    ],
)
def test_the_workspaces_own_spelling_is_proposed(desk: Desk, tag: str, better: str) -> None:
    """The brand's and the campaigns' names and other posts say where the words begin; the fix writes it so."""
    (message,) = desk.messages("hashtag-case", f"{HEAD}Hallo «{tag}»!\n")
    assert message.startswith(f"write #{better}:")
    (problem,) = desk.check("hashtag-case")
    assert problem.fix is not None
    assert (problem.fix.text, problem.fix.safe) == (better, False)
