"""The conversation of `leitstand init`: what is asked, what is asked again, and what comes of it."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.starter.conversation import ANSWERS, README, converse, shown_in
from toolkit.cli import execute
from toolkit.errors import UsageError
from toolkit.lint import check_workspace
from toolkit.messages import speak
from toolkit.starter import Channel, Member, Starter, Target, starter_files, write_files
from toolkit.starter.asking import LONGEST, Questioner
from toolkit.starter.flags import command_line
from toolkit.starter.questions import Interview
from toolkit.starter.reading import NearMissError, read_channel, read_colour, read_member, read_target, read_zone
from toolkit.strategy import read_strategy
from toolkit.tokens import TOKENS, measure_pairs, parse_hex, read_tokens
from toolkit.workspace import load_workspace

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)
PLAIN = Starter("Kiosk", "en", "Europe/Berlin", NOW)
EN = {"LEITSTAND_LANG": "en"}
WHOLE = Starter(
    'O\'Neill & "Süd"',
    "de",
    "Europe/Vienna",
    NOW,
    audiences=("Leute, früh; hungrig", "-x"),
    target=Target("visits", 800),
    pillars=("Brot & Zeit", "Ofen"),
    team=(Member("jule", "Jule", ("editor",), "j@example.com"), Member("ben", "Ben $HOME", ("manager", "legal"))),
    approvals=1,
    channels=(
        Channel("mastodon", "mastodon", "@b@social.example", "Mastodon", "https://social.example", purpose="a=b"),
        Channel("x", "x", "b", "X", by_hand=True),
    ),
    colour=parse_hex("#ffcc00"),
    hours="mon-fri 08:00-18:00",
    forge="gitlab",
)
EVERYTHING = frozenset(
    {"language", "name", "timezone", "audiences", "target", "pillars", "team", "approvals"}
    | {"channels", "colour", "quiet", "hours", "forge"}
)


class Script:
    """Somebody who gives these answers, one after another, and remembers what was shown."""

    def __init__(self, *answers: str) -> None:
        self.answers: Iterator[str] = iter(answers)
        self.asked: list[str] = []
        self.said: list[str] = []

    def ask(self, question: str, default: str = "") -> str:
        self.asked.append(question)
        return next(self.answers) or default

    def say(self, text: str = "") -> None:
        self.said.append(text)


def interview(start: Starter, script: Script, answered: frozenset[str] = frozenset()) -> Starter:
    """The whole conversation with somebody who answers so."""
    return Interview(start, Questioner(script), answered).run()


def without(*asked: str) -> frozenset[str]:
    """Flags have said everything but this."""
    return EVERYTHING - {*asked}


def without_chance(path: Path) -> str:
    """A file's text without the part of the workspace's id that is made by chance."""
    return re.sub(r"(?m)^(id = \"[a-z-]+-)[0-9a-z]{4}\"$", r"\1…", path.read_text("utf-8"))


def test_return_is_enough() -> None:
    """Whoever presses nothing but Return gets a workspace that works: the defaults, and quiet nights."""
    starter = interview(PLAIN, Script(*[""] * 20))
    speak("en")
    assert starter == Starter("Kiosk", "en", "Europe/Berlin", NOW, quiet="21:30-07:00")


def test_what_flags_said_is_not_asked() -> None:
    """With a flag for everything there is no question left."""
    script = Script()
    assert interview(PLAIN, script, EVERYTHING) == PLAIN
    assert script.asked == []


@pytest.mark.parametrize(
    ("field", "wrong", "right", "said"),
    [
        ("language", "fr", "en", "de, en"),
        ("timezone", "Europe/Berln", "Europe/Berlin", "Europe/Berlin"),
        ("target", "hearts many", "visits 900", "key figure 'hearts many'"),
        ("target", "visits viele", "visits 900", "whole number above 0"),
        ("colour", "teal-ish", "#0b5563", "#0b5563"),
        ("quiet", "25:00-07:00", "22:00-06:00", "21:30-07:00"),
        ("forge", "gitea", "github", "github, gitlab"),
    ],
)
def test_what_cannot_be_used_is_asked_again(field: str, wrong: str, right: str, said: str) -> None:
    """A wrong answer is explained and asked for once more; nothing of it stays."""
    script = Script(wrong, right)
    interview(PLAIN, script, without(field))
    assert len(script.asked) == 2
    assert any(said in line for line in script.said)


def test_a_team_has_keys_roles_and_addresses() -> None:
    """Two people of one first name have two keys; roles are taken as numbers and as words of the language."""
    script = Script("Jule Hansen <jule@example.com>", "1, 3", "Jule Brandt", "clown", "manager", "", "9", "1")
    starter = interview(PLAIN, script, without("team", "approvals"))
    assert starter.team == (
        Member("jule", "Jule Hansen", ("editor", "community"), "jule@example.com"),
        Member("jule-2", "Jule Brandt", ("manager",)),
    )
    assert starter.approvals == 1
    assert any("no role 'clown'" in line for line in script.said)


def test_one_person_alone_is_not_asked_for_approvals() -> None:
    """Nobody approves what they wrote: without a second person there is nothing to ask."""
    script = Script("Jule", "", "")
    starter = interview(PLAIN, script, without("team", "approvals"))
    assert starter.approvals == 0
    assert not any("Approvals" in question for question in script.asked)


def test_nobody_approves_their_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More approvals than managers who did not write the post are refused, and nothing is written."""
    call = ["init", str(tmp_path / "a"), "--person", "Jule: editor, manager", "--approvals", "1"]
    assert execute(call, {"LEITSTAND_LANG": "en"}) == 2
    assert "(0)" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()
    assert execute([*call, "--person", "Ben: manager"], {"LEITSTAND_LANG": "en"}) == 0


def test_networks_that_review_apps_begin_by_hand() -> None:
    """An Instagram account is published by a person until somebody signs in, a Mastodon one knows its server."""
    script = Script("mastadon", "mastodon", "harbour", "@harbour@social.example", "we answer", "instagram:harbour", "")
    starter = interview(PLAIN, script, without("channels"))
    mastodon, instagram = starter.channels
    assert (mastodon.server, mastodon.by_hand, mastodon.purpose) == ("https://social.example", False, "we answer")
    assert instagram.by_hand
    assert any("there are mastodon" in line for line in script.said)


@pytest.mark.parametrize("language", ["de", "en"])
def test_everything_that_was_said_stands_in_the_files(tmp_path: Path, language: str) -> None:
    """The plan is the strategy's, people and accounts are the settings', and the first check finds nothing at all."""
    starter = Starter(
        'Bäcker "Süd"',
        language,
        "Europe/Berlin",
        NOW,
        audiences=("Leute: früh, hungrig", "- Schulen"),
        target=Target("visits", 800),
        pillars=("Brot & Zeit", "Ofen"),
        team=(read_member("Jule: editor"), read_member("Tarek <t@example.com>: manager")),
        approvals=1,
        channels=(read_channel("mastodon:b@social.example=Fragen, Antworten: alles"), read_channel("x:b")),
        colour=parse_hex("#ffcc00"),
        quiet="21:30-07:00",
        hours="mon-fri 08:00-18:00",
    )
    write_files(tmp_path, starter_files(starter))
    workspace = load_workspace(tmp_path)
    assert [str(one) for one in check_workspace(workspace, now=NOW)] == []
    plan = read_strategy(workspace)
    assert [one.title for one in plan.audiences] == ["Leute: früh, hungrig", "- Schulen"]
    assert [(one.name, one.title) for one in plan.pillars] == [("brot-zeit", "Brot & Zeit"), ("ofen", "Ofen")]
    assert [(goal.metric, goal.target) for goal in plan.goals] == [("visits", 800)]
    assert {one.channel: one.purpose for one in plan.channels}["mastodon"] == "Fragen, Antworten: alles"
    settings = workspace.settings
    assert settings.name == 'Bäcker "Süd"'
    assert settings.policy.approvals == 1
    assert settings.accounts["x"].hand_off
    assert workspace.posts[0].author == "jule"
    assert workspace.posts[0].pillar == "brot-zeit"


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_brand_of_any_colour_reads(parts: tuple[int, int, int]) -> None:
    """Whatever the brand's colour is, every text in it and on it has the contrast that it needs, light and dark."""
    colour = read_colour("#{:02x}{:02x}{:02x}".format(*parts))
    text = starter_files(Starter("Kiosk", "en", "UTC", NOW, colour=colour))[TOKENS]
    tokens, problems = read_tokens(TOKENS, text.encode())
    assert problems == []
    assert [one.pair for one in measure_pairs(tokens) if not one.passed] == []


@given(st.text(max_size=40))
def test_any_answer_is_read_or_refused(text: str) -> None:
    """Whatever somebody types is used or told to be wrong; nothing breaks."""
    for read in (read_member, read_channel, read_colour, read_target):
        with suppress(UsageError):
            assert read(text) is not None


def test_names_of_any_kind_can_be_read_back(tmp_path: Path) -> None:
    """Quotes, line ends and signs of TOML in a name become no key, and no table."""
    evil = 'A"\n[accounts.evil]\nnetwork = "feed"'
    files = starter_files(Starter(evil, "en", "UTC", NOW, team=(Member("a", evil, ("editor",)),), audiences=(evil,)))
    assert list(tomllib.loads(files["leitstand.toml"])["accounts"]) == ["feed"]


def test_the_first_post_waits_for_the_morning(tmp_path: Path) -> None:
    """Made at night, the first post goes out when the quiet hours end."""
    night = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    write_files(tmp_path, starter_files(Starter("Kiosk", "en", "Europe/Berlin", night, quiet="21:30-07:00")))
    workspace = load_workspace(tmp_path)
    publish = [str(post.publish.wall) for post in workspace.posts if post.publish]
    assert publish == ["2026-11-22 07:00:00", "2026-11-24 09:00:00"]
    assert check_workspace(workspace, now=night) == []


def test_flags_say_the_same_as_the_conversation(tmp_path: Path) -> None:
    """What is asked in a terminal can be said by flags; the files are the same but for what is made by chance."""
    answers = iter(ANSWERS["en"])
    said = {"language": next(answers) or "en", "name": next(answers), "timezone": next(answers)}
    flags = [f"--{key}={value}" for key, value in said.items()]
    flags += ["--audience=people who read on trains", "--audience=teachers", "--goal=visits 800"]
    flags += ["--pillar=new books", "--pillar=readings", "--pillar=behind the counter"]
    flags += ["--person=Maya Cole <maya@harbour.example.com>: editor, community", "--person=Ben Frost: manager"]
    flags += ["--approvals=1", "--channel=mastodon:@harbour@social.example=where we talk and answer"]
    flags += ["--channel=instagram:harbour.books=the shop window", "--colour=#c2410c", "--quiet=21:30-07:00"]
    flags += ["--hours=mon-sat 08:00-19:00", "--ci=github"]
    call = ["init", str(tmp_path / "a"), *flags, "--now", "2026-11-21T12:00+01:00"]
    assert execute(call, {"LEITSTAND_LANG": "en"}) == 0
    (tmp_path / "b").mkdir()
    _shown, code = converse(tmp_path / "b", "en", ANSWERS["en"])
    assert code == 0
    one, other = tmp_path / "a", tmp_path / "b/harbour-books"
    for path in (
        "leitstand.toml",
        "guidelines/strategy.md",
        "guidelines/tokens.json",
        ".github/workflows/leitstand.yml",
    ):
        assert without_chance(one / path) == without_chance(other / path)


def test_the_readme_shows_what_a_terminal_shows(tmp_path: Path) -> None:
    """The conversation in README.md is, letter for letter, the one in a real pseudo-terminal."""
    shown, code = converse(tmp_path, "en", ANSWERS["en"])
    assert code == 0
    assert shown == shown_in(README), "run: python -m tests.starter.conversation"


@pytest.mark.parametrize("key", ["\x04", "\x03"])
def test_leaving_writes_nothing_and_loses_nothing(tmp_path: Path, key: str) -> None:
    """Ctrl-D and Ctrl-C in the middle end with 130, there is no folder, and the command shown goes on from there."""
    shown, code = converse(tmp_path, "en", ["", "Harbour & Books", "London", "teachers", key])
    assert code == 130, shown
    assert [path.name for path in tmp_path.iterdir()] == []
    said = shown.splitlines()[-1]
    assert shlex.split(said) == [
        *("leitstand", "init", "harbour-books", "--language=en", "--name=Harbour & Books"),
        *("--timezone=Europe/London", "--audience=teachers"),
    ]
    flags = shlex.split(said)[3:]
    assert execute(["init", str(tmp_path / "x"), *flags], EN) == 0


def test_people_that_were_named_are_not_lost(tmp_path: Path) -> None:
    """Whoever stops between two people finds the first in the command that goes on."""
    shown, code = converse(tmp_path, "en", ["", "", "", "", "", "", "Jule", "", "Ben", "\x03"])
    assert code == 130
    assert "'--person=Jule: editor, manager'" in shown.splitlines()[-1]


def test_what_was_said_can_be_said_again(tmp_path: Path) -> None:
    """The command that goes on from the last question makes the very workspace that was talked about."""
    said = command_line(str(tmp_path / "x"), WHOLE, EVERYTHING)
    assert execute([*shlex.split(said)[1:], "--now", NOW.isoformat()], EN) == 0
    write_files(tmp_path / "y", starter_files(WHOLE))
    for path in ("leitstand.toml", "guidelines/strategy.md", "guidelines/tokens.json", ".gitlab-ci.yml"):
        assert without_chance(tmp_path / "x" / path) == without_chance(tmp_path / "y" / path)


def test_no_is_no(tmp_path: Path) -> None:
    """Whoever says no at the end, in one word of their own or after another, finds nothing written."""
    shown, code = converse(tmp_path, "en", [*ANSWERS["en"][:-1], "nope", "no"])
    assert code == 0
    assert shown.count("Write all this") == 2
    assert "Nothing was written." in shown
    assert "--colour=#c2410c" in shown
    assert not (tmp_path / "harbour-books").exists()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """Where a file cannot be written whole, none stays, the answers stand in the command shown, and it works later."""
    shown, code = converse(tmp_path, "en", ANSWERS["en"], before="ulimit -f 2")
    assert code == 1, shown
    assert not (tmp_path / "harbour-books").exists()
    assert "To go on from here:" in shown
    [line] = [line for line in shown.splitlines() if line.startswith("  leitstand init ")]
    again = [word.replace("harbour-books", str(tmp_path / "harbour-books")) for word in shlex.split(line)[1:]]
    assert execute([*again, "--yes"], EN) == 0


def test_a_paste_answers_one_question(tmp_path: Path) -> None:
    """Several lines at once fill a list, and answer no question that was not asked yet."""
    pasted = [*ANSWERS["en"]]
    pasted[1] = "Harbour\rBooks\rLondon"
    pasted[1:2] = [pasted[1], "Harbour Books"]
    pasted[4] = "people who read on trains\rteachers"
    shown, code = converse(tmp_path, "en", pasted)
    assert code == 0, shown
    assert "these were 3 lines" in shown
    for path, words in (("leitstand.toml", 'name = "Harbour Books"'), ("guidelines/strategy.md", "title: teachers")):
        assert words in (tmp_path / "harbour-books" / path).read_text("utf-8")


@pytest.mark.parametrize("bad", ["a\x1b[Ab", "\udce4\udcf6", "x" * (LONGEST + 1)])
def test_no_answer_breaks_the_conversation(bad: str) -> None:
    """Arrow keys, bytes that are no UTF-8 and a text pasted by mistake are asked for once more."""
    script = Script(bad, "Hafenbücher Größe 5")
    assert interview(PLAIN, script, without("name")).name == "Hafenbücher Größe 5"
    assert len(script.asked) == 2


def test_every_question_explains_itself() -> None:
    """A question mark is never an answer: it is told what is meant, and the question comes again."""
    team, channel = ["Jule", "", "Ben", "2", "", ""], ["bluesky", "jule.example.com", "", ""]
    answers = [*[""] * 6, *team, *channel, *[""] * 4]
    script = Script(*[word for answer in answers for word in ("?", answer)])
    interview(PLAIN, script)
    speak("en")
    asked = [*dict.fromkeys(script.asked)]
    assert len(asked) == 17
    explained = [line for line in script.said if line.startswith("  ")]
    assert len(explained) == len(answers)
    assert all(len(line) > 30 for line in explained)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("berlin", "Europe/Berlin"), ("New York", "America/New_York"), ("MEZ", "Europe/Berlin"), ("UTC", "UTC")],
)
def test_a_zone_by_its_city(written: str, meant: str) -> None:
    """People know their city, not the name in a database."""
    assert read_zone(written) == meant


def test_return_takes_the_zone_that_was_meant() -> None:
    """A slip of the pen is followed by the name that was probably meant, in brackets."""
    script = Script("Europe/Viena", "")
    assert interview(PLAIN, script, without("timezone")).timezone == "Europe/Vienna"
    with pytest.raises(NearMissError, match="did you mean 'Europe/Vienna'"):
        read_zone("Europe/Viena")


def test_nobody_has_the_name_of_another() -> None:
    """One name twice is asked again; two people of one first name have keys of their own, whatever their letters."""
    script = Script("Anna", "", "anna", "Anna Kohl", "", "Ольга", "", "Иван", "", "")
    starter = interview(PLAIN, script, without("team"))
    assert [one.key for one in starter.team] == ["anna", "anna-2", "person", "person-2"]
    assert any("Anna is there already" in line or "anna is there already" in line for line in script.said)


def test_subjects_and_audiences_that_begin_alike(tmp_path: Path) -> None:
    """Their short names differ, also where none of their letters can stand in one."""
    starter = replace(
        PLAIN, audiences=("people who read on trains", "people who read on boats"), pillars=("новости", "книги")
    )
    write_files(tmp_path, starter_files(starter))
    workspace = load_workspace(tmp_path)
    assert [str(one) for one in check_workspace(workspace, now=NOW)] == []
    plan = read_strategy(workspace)
    assert [one.name for one in plan.audiences] == ["people-who-read", "people-who-read-2"]
    assert [one.name for one in plan.pillars] == ["subject", "subject-2"]
