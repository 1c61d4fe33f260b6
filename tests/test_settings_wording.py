"""What is said about names that do not exist."""

from __future__ import annotations

from toolkit.settings import unknown_name


def test_a_few_names_are_all_told_and_many_are_cut_short() -> None:
    """The list of what exists stays a sentence: all of a few names, the first of a hundred."""
    names = dict.fromkeys(f"konto-{number:03}" for number in range(100))
    assert unknown_name("account", "x", dict.fromkeys(["b", "a"])).endswith("known: a, b")
    many = unknown_name("account", "x", names)
    assert many.endswith("konto-022, konto-023, …")
    assert "konto-024" not in many


def test_among_many_names_the_nearest_is_found() -> None:
    """A typing mistake in a name beyond the cut is still put right."""
    names = dict.fromkeys(f"konto-{number:03}" for number in range(100))
    assert unknown_name("account", "konto099", names).endswith("did you mean 'konto-099'?")
