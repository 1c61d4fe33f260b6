"""Rules about what a network shows, from a block of the handbook to the place in the post."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.lint.conftest import SETTINGS, Desk, unmarked
from toolkit.lint.handbook import house
from toolkit.model import SourceText
from toolkit.settings import StylePolicy

PATH = "content/posts/post.md"
LINKED = """
---
title: Tee
channels: [bluesky, mastodon]
---
Heiß & gut. [Zum «Shop](https://example.com»/winter-2026-neue-sorten)
"""
SHORTENED = """
---
title: Tee
channels: [bluesky]
---
Heiß & gut. «https://example.com/winter»-2026-neue-sorten
"""


def page(*rules: str) -> str:
    fences = "\n".join(f"```rule\n{dedent(rule).strip()}\n```\n" for rule in rules)
    return f"---\ntitle: Stimme\nowner: leitung\n---\n# Stimme\n\n{fences}"


def existence(scope: str, token: str, *, good: str = "gut", extra: str = "") -> str:
    return (
        f"id: HAUS1\nextends: existence\nmessage: \"'%s'\"\nscope: {scope}\nnonword: true\nraw: ['{token}']\n"
        f"good: ['{good}']\nbad: ['Shop: https://example.com/winter-2026-... Tee']\n{extra}"
    )


def found(desk: Desk, sample: str, *rules: str) -> list[tuple[tuple[int, int], str]]:
    """Places and messages of the house's rules in a sample."""
    desk.write("guidelines/stimme.md", page(*rules))
    desk.post(sample)
    source = SourceText(PATH, unmarked(sample)[0])
    problems = [one for one in desk.check() if one.rule.startswith(("HAUS", "style-rule"))]
    assert all(one.path == PATH for one in problems), problems
    return [
        ((source.offset(p.span.line, p.span.col), source.offset(p.span.end_line, p.span.end_col)), p.message)
        for p in problems
    ]


def test_what_only_one_network_shows_is_found_where_its_words_were_written(desk: Desk) -> None:
    """Mastodon writes the address behind the label; nobody wrote "Shop: https", and the link is pointed at."""
    rule = existence("rendition.mastodon", r"Shop: https://example\.com")
    places = unmarked(LINKED)[1]
    assert found(desk, LINKED, rule) == [(places[0], "'Shop: https://example.com' (as Mastodon shows it)")]


def test_another_network_is_let_alone(desk: Desk) -> None:
    """Bluesky keeps the label and hides the address."""
    assert found(desk, LINKED, existence("rendition.bluesky", r"Shop: https://example\.com")) == []


def test_the_shortened_address_is_found(desk: Desk) -> None:
    """The three dots are Bluesky's; what of the address is left was written by the author."""
    rule = existence(
        "rendition.bluesky", r"example\.com/winter-2026-\.\.\.", good="https://example.com/winter-2026-neu"
    )
    desk.write("guidelines/stimme.md", page(rule))
    desk.post(SHORTENED)
    problems = [one for one in desk.check() if one.rule == "HAUS1"]
    assert [one.message for one in problems] == ["'example.com/winter-2026-...' (as Bluesky shows it)"]
    assert [(one.span.line, one.span.col) for one in problems] == [(5, 21)]


def test_what_nobody_wrote_is_told_at_the_channel(desk: Desk) -> None:
    """A sign that the network put there has no place in the text; the account's name has."""
    sample = "\n---\ntitle: Tee\nchannels: [mastodon, «bluesky»]\n---\n- Tee\n- Kanne\n"
    rule = existence("rendition.bluesky", "•").replace("bad: ['Shop", "bad: ['• Shop")
    places = unmarked(sample)[1]
    assert found(desk, sample, rule) == [(places[0], "'•' (as Bluesky shows it)")]


def test_the_title_and_the_first_comment_are_shown_too(desk: Desk) -> None:
    """A feed's title stands in the front matter, and so does what is written below a post."""
    sample = """
---
title: Der «neue» Tee
channels: [mastodon, feed]
options:
  mastodon:
    first_comment: Noch «neue» Kannen
---
Tee.
"""
    rule = existence("rendition", "neue").replace("bad: ['", "bad: ['neue ")
    places = unmarked(sample)[1]
    assert found(desk, sample, rule) == [
        (places[0], "'neue' (as Feed shows it)"),
        (places[1], "'neue' (as Mastodon shows it)"),
    ]


def test_what_several_networks_show_is_told_once(desk: Desk) -> None:
    """One place, one problem, however many networks show it; and none where the rule has spoken about the text itself."""
    sample = "\n---\ntitle: Tee\nchannels: [mastodon, mastodon-en, bluesky]\n---\nEin «Tee».\n\n---\n\nZwei «Tee».\n"
    one, two = unmarked(sample)[1]
    shown = " (as Mastodon, Bluesky shows it)"
    assert found(desk, sample, existence("rendition", "Tee")) == [(one, "'Tee'" + shown), (two, "'Tee'" + shown)]
    assert found(desk, sample, existence("[text, rendition]", "Tee")) == [(one, "'Tee'"), (two, "'Tee'")]


def test_a_variant_is_found_in_its_own_lines(desk: Desk) -> None:
    """The words of a network's variant stand below its heading."""
    sample = "\n---\ntitle: Tee\nchannels: [mastodon, bluesky]\n---\nEin Tee.\n\n## @bluesky\n\nZwei «**Tee»**.\n"
    text, places = unmarked(sample)
    start = places[0][0] + 2  # the stars are not shown
    rule = existence("rendition.bluesky", "Tee")
    assert found(desk, sample, rule) == [((start, places[0][1]), "'Tee' (as Bluesky shows it)")]
    assert text[start : places[0][1]] == "Tee"


@pytest.mark.parametrize(
    "scope", ["text", "~heading", "~rendition", "bluesky", "raw", "rendition & ~rendition.bluesky"]
)
def test_who_does_not_ask_for_renditions_does_not_see_them(desk: Desk, scope: str) -> None:
    """A negation, a network's bare name and rules about text never mean what a network made."""
    desk.write("guidelines/stimme.md", page(existence(scope, r"winter-2026-\.\.\.")))
    desk.post(SHORTENED.replace("«", "").replace("»", ""))
    assert desk.check("HAUS1") == []


def test_a_sentence_of_a_rendition_is_a_scope(desk: Desk) -> None:
    """Scopes can be joined: each sentence as the network shows it."""
    sample = "\n---\ntitle: Tee\nchannels: [bluesky]\n---\nEin Tee kam. «Tee» ist da.\n"
    rule = existence("rendition.bluesky & sentence", "^Tee").replace("bad: ['Shop", "bad: ['Tee")
    assert found(desk, sample, rule) == [(unmarked(sample)[1][0], "'Tee' (as Bluesky shows it)")]


def test_an_unknown_network_is_a_problem_of_the_rule(desk: Desk) -> None:
    """A rule that would never find anything says so, with the name that was meant."""
    desk.write("guidelines/stimme.md", page(existence("rendition.blusky", "Shop")))
    said = desk.check("style-rule")
    assert [one.path for one in said] == ["guidelines/stimme.md"]
    assert "bluesky" in said[0].message


def test_examples_are_read_in_the_scope_of_the_rule(desk: Desk) -> None:
    """A good example that the rule finds is told, and it is found only as a rendition."""
    desk.write("guidelines/stimme.md", page(existence("rendition.bluesky", "Shop", good="Shop")))
    assert [one.message for one in desk.check("style-rule")] == ["HAUS1 finds Shop in its good example “Shop”"]


def test_a_fix_of_a_rendition_is_never_safe(desk: Desk) -> None:
    """The text is the other networks', too; where it stands letter by letter it can be mended, but somebody looks."""
    sample = "\n---\ntitle: Tee\nchannels: [bluesky]\n---\nEin Tee, ein T**e**e.\n"
    rule = existence("rendition.bluesky", "Tee", extra="action: {name: replace, params: [Kaffee]}\n")
    desk.write("guidelines/stimme.md", page(rule))
    desk.post(sample)
    fixes = [one.fix for one in desk.check("HAUS1")]
    assert [fix and (fix.text, fix.safe) for fix in fixes] == [("Kaffee", False), None]


def test_added_parameters_stand_at_the_channel(desk: Desk) -> None:
    """What the workspace adds to an address goes out, so a rule can find it; nobody wrote it into the text."""
    desk.settings(SETTINGS + '\n[links]\ndomains = ["example.com"]\n')
    sample = "\n---\ntitle: Tee\nchannels: [feed, «mastodon»]\n---\nTee: https://example.com/a Tee\n"
    rule = existence("rendition.mastodon", "utm_source=mastodon").replace("bad: ['", "bad: ['utm_source=mastodon ")
    assert found(desk, sample, rule) == [
        (unmarked(sample)[1][0], "'utm_source=mastodon' (as Mastodon shows it)"),
    ]


def test_a_reply_is_seen_by_the_rules_for_replies(desk: Desk) -> None:
    """The draft of a reply meets rules for replies and for all text, and those of its network alone."""
    reply = existence("reply", "leider").replace("bad: ['", "bad: ['leider ")
    alone = reply.replace("HAUS1", "HAUS2").replace("scope: reply", "scope: text\nnetworks: [bluesky]")
    shown = reply.replace("HAUS1", "HAUS3").replace("scope: reply", "scope: rendition.bluesky")
    desk.write("guidelines/stimme.md", page(reply, alone, shown))
    own = house(desk.load().tree, StylePolicy())
    text = "Das ist leider vergriffen."

    def ask(*names: str) -> list[tuple[str, str]]:
        return [(one.rule, text[one.start : one.end]) for one in own.check_reply(text, language="de", names=names)]

    assert ask() == [("HAUS1", "leider")]
    assert ask("shop", "mastodon") == [("HAUS1", "leider")]
    assert ask("shop", "bluesky") == [("HAUS1", "leider"), ("HAUS2", "leider")]


def test_the_reply_of_a_correction_is_checked_in_its_place(desk: Desk) -> None:
    """What will stand below a corrected post is a reply, and no text of the post."""
    sample = """
---
title: Tee
channels: [mastodon]
correction:
  number: 1
  reason: leider falsch
  otherwise: reply
  reply: Wir haben «leider» geirrt
---
Leider, leider.
"""
    rule = existence("reply", "leider").replace("bad: ['", "bad: ['leider ")
    assert found(desk, sample, rule) == [(unmarked(sample)[1][0], "'leider'")]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("sample", "lines"),
    [
        ("Ein Tee.\n\n<!-- vale off -->\n\nZwei Tee.\n\n<!-- vale on -->\n\nDrei Tee.\n", [5, 13]),
        ("Ein Tee <!-- vale HAUS1 = NO -->Tee <!-- vale HAUS1 = YES -->Tee\n", [5, 5]),
        ("<!-- vale HAUS2 = NO -->\n\nEin Tee.\n", [7]),
        ('Tee. <!-- vale HAUS.1["Tee"] = NO -->Tee.\n', [5, 5]),
        ("<!-- vale off -->\nTee.\n\n---\n\nTee.\n", [10]),
        ("<!-- vale off -->\n\nTee\n\n## @mastodon\n\nTee **ist** Tee.\n", [11, 11]),
    ],
)
def test_a_comment_holds_for_what_networks_show(desk: Desk, sample: str, lines: list[int], end: str) -> None:
    """A rule that is switched off in the text says as little about its renditions; each part of a thread for itself."""
    desk.write("guidelines/stimme.md", page(existence("rendition", "Tee")))
    head = "---\ntitle: Post\nchannels: [bluesky, mastodon]\n---\n"
    desk.write(PATH, (head + sample).replace("\n", end))
    assert [one.span.line for one in desk.check("HAUS1")] == lines
    desk.write("guidelines/stimme.md", page(existence("text", "Tee")))
    assert [one.span.line for one in desk.check("HAUS1")] == lines


def test_what_is_ignored_is_ignored_in_renditions(desk: Desk) -> None:
    """A pattern of the settings hides its matches from rules about renditions as from those about the text."""
    desk.settings(SETTINGS + "\n[check.styles]\nignore = ['Eistee|Tee 7']\n")
    sample = "\n---\ntitle: Post\nchannels: [bluesky]\n---\nEistee, **Tee** 7, «Tee» 8.\n"
    assert found(desk, sample, existence("rendition", "Tee")) == [
        (unmarked(sample)[1][0], "'Tee' (as Bluesky shows it)"),
    ]
