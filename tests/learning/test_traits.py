"""What is asked about texts: hashtags, words and shapes that enough posts have and enough lack."""

from __future__ import annotations

from toolkit.learning.question import Kind
from toolkit.learning.traits import MOST_WORDS, find_traits
from toolkit.model import Post
from toolkit.settings import read_settings
from toolkit.source import read_post

SETTINGS, _PROBLEMS = read_settings('format = 1\n[workspace]\nid = "p"\n[accounts.mastodon]\nnetwork = "mastodon"\n')


def post(number: int, text: str) -> Post:
    assert SETTINGS is not None
    data = f"---\nuid: u{number}\nlanguage: de\nchannels: [mastodon]\n---\n{text}\n"
    found, _problems = read_post(f"content/posts/{number}.md", data.encode(), SETTINGS)
    assert found is not None
    return found


def names(posts: list[Post]) -> dict[Kind, set[str]]:
    found: dict[Kind, set[str]] = {}
    for kind, name in find_traits(posts, "de").asked.values():
        found.setdefault(kind, set()).add(name)
    return found


def test_each_kind_is_told_as_people_write_it() -> None:
    """A hashtag in any case and a word in any form are one; question, number, link and length are shapes."""
    long = "Ein Satz mit vielen Wörtern. " * 12
    own = [
        post(n, f"Wie fein sind 18 g? {long}[Mehr](https://example.com) #{'Handfilter' if n % 3 else 'handfilter'}")
        for n in range(9)
    ]
    others = [post(n, "Danke. Tassen stehen bereit.") for n in range(9, 18)]
    found = names([*own, *others])
    assert found[Kind.HASHTAG] == {"#Handfilter"}
    assert found[Kind.SHAPE] == {"question-first", "number-first", "long", "link"}
    assert "Tassen" in found[Kind.WORD]
    assert not found[Kind.WORD] & {"sind", "Ein", "mit"}


def test_links_and_channel_headings_are_no_words() -> None:
    """What stands in an address, in a comment or in a variant for one channel is not what the text says."""
    text = "Gern. https://example.com/geheimwort <!-- Notiz -->\n\n## @bluesky\n\nVariante hier.\n"
    posts = [post(n, text) for n in range(9)] + [post(n, "Nichts davon.") for n in range(9, 18)]
    assert not names(posts).get(Kind.WORD, set()) & {"geheimwort", "Notiz", "Variante", "bluesky"}


def test_rare_and_universal_traits_are_not_asked() -> None:
    """Seven posts with a hashtag are too few, and so are seven without it."""
    few = [post(n, "Text. #Selten" if n < 7 else "Text.") for n in range(20)]
    most = [post(n, "Text. #Immer" if n < 13 else "Text.") for n in range(20)]
    assert Kind.HASHTAG not in names(few)
    assert Kind.HASHTAG not in names(most)


def test_words_are_capped_so_that_others_can_be_heard() -> None:
    """Of hundreds of words the most frequent are asked about."""
    wall = " ".join(f"Wort{chr(97 + a)}{chr(97 + b)}q" for a in range(26) for b in range(4))
    posts = [post(n, wall) for n in range(9)] + [post(n, "Anders.") for n in range(9, 18)]
    assert len(names(posts)[Kind.WORD]) == MOST_WORDS
