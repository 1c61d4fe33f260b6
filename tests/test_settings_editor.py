from __future__ import annotations

import pytest

from toolkit.settings import EditorPolicy, read_settings

BASE = 'format = 1\n[workspace]\nid = "a"\n'
FORGE = '[forge]\nkind = "gitlab"\nproject = "nordlicht/social"\n'


def test_without_the_table_there_is_no_editor() -> None:
    """Only who asks for it gets a page to write on."""
    settings, problems = read_settings(BASE)
    assert settings is not None
    assert (settings.editor, problems) == (None, [])


def test_an_empty_table_means_review_on_main() -> None:
    """Texts become pull requests against main, and people use tokens of their own."""
    settings, _problems = read_settings(BASE + FORGE + "[editor]\n")
    assert settings is not None
    assert settings.editor == EditorPolicy("main", review=True, login="", app="")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[editor]\n", "leitstand.toml:4:1: the editor needs to know the repository"),
        (FORGE + '[editor]\nlogin = "git.example.com"\n', "leitstand.toml:8:1: login must be an address"),
        (FORGE + '[editor]\nreview = "nein"\n', "leitstand.toml:8:1: review must be true or false"),
        (FORGE + "[editor]\nbranches = 1\n", "leitstand.toml:8:1: unknown key 'branches'; did you mean 'branch'?"),
    ],
)
def test_mistakes_are_said_where_they_stand(table: str, said: str) -> None:
    """Each mistake names its line and the remedy."""
    settings, problems = read_settings(BASE + table)
    assert settings is None
    assert [str(problem)[: len(said)] for problem in problems] == [said]
