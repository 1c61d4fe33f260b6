"""Who hears of a reply that is not out: over a real inbox, the real ledger, Apprise and a loopback server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.alerts.brands import Brand
from tests.servers.pretend import PretendServer
from toolkit.alerts.alert import Kind
from toolkit.alerts.finding import find_alerts
from toolkit.cli import execute
from toolkit.community.inbox.book import Inbox, open_inbox
from toolkit.community.inbox.conversation import Conversation
from toolkit.community.inbox.desk import Wanted
from toolkit.community.inbox.gathering import Listener
from toolkit.community.inbox.place import find_inbox
from toolkit.community.replies.book import Replies, Wish
from toolkit.community.replies.finishing import Finishing
from toolkit.community.replies.reply import Reply
from toolkit.database import to_text
from toolkit.dispatch.telling import hear
from toolkit.model import Message, MessageKind
from toolkit.workspace import state_dir

DAY = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)  # Wednesday, 10:00 in Berlin
NIGHT = datetime(2026, 12, 2, 1, 0, tzinfo=UTC)
ACCOUNT = "feed:https://example.com/feed"
PAGE = """
```hours
hours: [mon-fri 08:00-18:00]
```

```risk
risk: Glass
level: 3
words: [glass]
```

```risk
risk: Lawyers
level: 1
words: [lawyer]
```
"""
LONG = timedelta(days=7)


@pytest.fixture
def office(brand: Brand, pretend: PretendServer) -> Brand:
    """Open from eight to six; everybody can be reached."""
    (brand.root / "guidelines").mkdir()
    (brand.root / "guidelines/danger.md").write_text(PAGE, encoding="utf-8")
    brand.environ["LEITSTAND_STATE_DIR"] = str(brand.root / "state")
    brand.reach(pretend, "mai", "jule", "tarek", "wiebke")
    brand.clock.moment = DAY
    return brand


@contextmanager
def replies_of(brand: Brand) -> Iterator[Replies]:
    settings = brand.load().settings
    place = find_inbox(state_dir(brand.root, settings, brand.environ), settings, brand.environ)
    with open_inbox(place, now=brand.clock.now()) as inbox:
        yield Replies(inbox)


def write(brand: Brand, text: str, *, author: str = "mai", lasts: timedelta = LONG) -> Reply:
    """Somebody writes `text`; our answer is handed in."""
    with replies_of(brand) as replies:
        now = brand.clock.now()
        message = Message("1", "news", MessageKind.COMMENT, "@kim@example.org", text, now, answers="post", below="post")
        replies.inbox.gather(Listener(ACCOUNT, "news", {}), [message], now)
        draft = replies.write(only(replies.inbox, now), Wish("Secret words.", author, private=False, lasts=lasts), now)
        return replies.hand_in(draft, author, now)


def only(inbox: Inbox, now: datetime) -> Conversation:
    (found,) = inbox.conversations(Wanted(stages=()), now=now)
    return found


def heard(pretend: PretendServer) -> list[tuple[str, str]]:
    """Who heard what, sorted, without the brand."""
    posts = pretend.sent("POST")
    return sorted((one.path.strip("/"), str(one.json()["title"]).removeprefix("[Probe] ")) for one in posts)


def kinds(brand: Brand) -> list[Kind]:
    return [one.kind for one in find_alerts(hear(brand.scene(), brand.environ))]


def test_whoever_may_approve_hears_of_it_once(office: Brand, pretend: PretendServer) -> None:
    """The managers, with a command that each can paste, and not the author; not again at the next ticks or starts."""
    reply = write(office, "My lawyer will write to you.")
    for _tick in range(3):
        office.tell()
        office.wait(minutes=1)
    title = f"a reply waits for a yes: reply {reply.id[-6:]} → Newsroom, until 2026-12-09 10:00"
    assert heard(pretend) == [("tarek", title), ("wiebke", title)]
    for post in pretend.sent("POST"):
        person, said = post.path.strip("/"), str(post.json()["message"])
        assert f"leitstand inbox approve {reply.id[-6:]} --by {person}" in said
        assert "Secret" not in said
        assert "kim" not in said
    assert office.lines == []


def test_the_author_s_own_yes_is_never_asked_for(office: Brand, pretend: PretendServer) -> None:
    """A manager who wrote it is not asked for a yes that would not count."""
    write(office, "My lawyer will write to you.", author="tarek")
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["wiebke"]


def test_a_deputy_without_the_right_is_asked_only_when_nobody_else_is_there(
    office: Brand, pretend: PretendServer
) -> None:
    """Tarek is away: Wiebke, who may approve, hears alone. Both are away: Tarek's deputy does."""
    away = "absences = [{ from = 2026-12-01, to = 2026-12-31 }]"
    office.write(settings={'deputy = "wiebke"': f'deputy = "mai"\n{away}'})
    write(office, "My lawyer will write to you.", author="jule")
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["wiebke"]
    text = (office.root / "leitstand.toml").read_text().replace("[people.wiebke]", f"[people.wiebke]\n{away}")
    (office.root / "leitstand.toml").write_text(text)
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["mai", "wiebke"]


def test_it_is_told_again_before_it_expires(office: Brand, pretend: PretendServer) -> None:
    """Two hours of service time before: to those who may approve and to its author, once; before that to nobody."""
    write(office, "My lawyer will write to you.", lasts=timedelta(hours=24))
    office.tell()
    office.wait(hours=7)  # 17:00; one hour today and two tomorrow are left
    office.tell()
    assert len(heard(pretend)) == 2
    office.clock.moment = datetime(2026, 12, 3, 7, 1, tzinfo=UTC)  # 08:01, of which it lasts until ten
    office.tell()
    office.wait(minutes=30)
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["mai", "tarek", "tarek", "wiebke", "wiebke"]
    assert "it expires soon" in str(pretend.sent("POST", "/mai")[0].json()["message"])


def test_before_a_closed_day_it_is_told_in_time(office: Brand, pretend: PretendServer) -> None:
    """It expires on Saturday, when nobody is there: it is told while two hours of Friday are left."""
    write(office, "My lawyer will write to you.", lasts=timedelta(days=3))
    office.tell()
    office.clock.moment = datetime(2026, 12, 4, 15, 1, tzinfo=UTC)  # Friday, 16:01
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["mai", "tarek", "tarek", "wiebke", "wiebke"]


def test_the_night_is_quiet(office: Brand, pretend: PretendServer) -> None:
    """Outside of service hours nothing is told; it is, when they begin."""
    office.clock.moment = NIGHT
    write(office, "My lawyer will write to you.")
    office.tell()
    assert heard(pretend) == []
    office.clock.moment = NIGHT.replace(hour=7)
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["tarek", "wiebke"]


def test_what_calls_somebody_at_night_asks_for_its_yes_at_night(office: Brand, pretend: PretendServer) -> None:
    """With somebody on call: of class 3 by default. Who is on duty is called besides; who may approve is asked."""
    office.write(settings={"[accounts.news]": '[oncall]\nrota = ["mai"]\n\n[accounts.news]'})
    office.clock.moment = NIGHT
    write(office, "There is glass in my coffee.")
    office.tell()
    asked = [person for person, title in heard(pretend) if "waits for a yes" in title]
    assert asked == ["tarek", "wiebke"]
    assert [person for person, title in heard(pretend) if "cannot wait" in title] == ["mai"]


def test_a_reply_that_came_back_is_told_to_its_author(office: Brand, pretend: PretendServer) -> None:
    """With why, and the command that opens it again; again when it comes back once more."""
    reply = write(office, "My lawyer will write to you.")
    for count in (1, 2):
        with replies_of(office) as replies:
            replies.send_back(replies.reply(reply.id), "they wrote again", office.clock.now())
        office.tell()
        office.tell()
        said = [one.json() for one in pretend.sent("POST", "/mai")]
        assert len(said) == count
        assert "a reply needs its author" in str(said[-1]["title"])
        assert "why: they wrote again" in str(said[-1]["message"])
        assert f"leitstand inbox reply {reply.conversation[-6:]} --by mai" in str(said[-1]["message"])
        office.wait(minutes=1)


def test_what_expired_without_a_yes_is_told_to_its_author(office: Brand, pretend: PretendServer) -> None:
    """Somebody still waits for an answer that nobody will send."""
    reply = write(office, "My lawyer will write to you.", lasts=timedelta(hours=1))
    office.wait(hours=2)
    with replies_of(office) as replies, office.open() as ledger:
        Finishing(replies, ledger, office.clock.now()).work()
        assert replies.reply(reply.id).state == "expired"
    office.tell()
    assert [person for person, _title in heard(pretend)] == ["mai"]
    assert "nobody approved it before it expired" in str(pretend.sent("POST", "/mai")[0].json()["message"])


def test_an_approved_reply_that_ticks_pass_by_is_told(office: Brand, pretend: PretendServer) -> None:
    """After five minutes of ticks, with the reason: a feed takes no answers. Without ticks their silence is what is told."""
    reply = write(office, "Lovely.")
    with replies_of(office) as replies:
        replies.approve(replies.reply(reply.id), "mai", office.clock.now())
    office.wait(minutes=10)
    assert Kind.REPLY_STUCK not in kinds(office)
    with office.open() as ledger:
        ledger.set_meta(last_tick=to_text(office.clock.now() - timedelta(minutes=6)))
    assert Kind.REPLY_STUCK not in kinds(office)
    with office.open() as ledger:
        ledger.set_meta(last_tick=to_text(office.clock.now()))
    for _tick in range(2):
        office.tell()
    ((person, title),) = heard(pretend)
    assert (person, title.partition(":")[0]) == ("mai", "a reply does not go out")
    assert "Leitstand cannot answer on" in str(pretend.sent("POST", "/mai")[0].json()["message"])


def test_the_list_names_it_and_an_unreadable_inbox_hides_nothing_else(
    office: Brand, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`alerts list` shows the reply and who is to hear; with a broken inbox it says so and shows the rest."""
    for name, value in (office.environ | {"LEITSTAND_LANG": "en"}).items():
        monkeypatch.setenv(name, value)
    reply = write(office, "My lawyer will write to you.")
    command = ["alerts", "list", "--workspace", str(office.root), "--now", DAY.isoformat()]
    assert execute(command, office.environ) == 1
    said = capsys.readouterr().out
    assert f"a reply waits for a yes: reply {reply.id[-6:]}" in said
    assert "tarek: not told yet" in said
    inbox = Path(office.environ["LEITSTAND_STATE_DIR"]) / "inbox.sqlite"
    for path in (inbox, inbox.with_name("inbox.sqlite-wal")):
        path.unlink(missing_ok=True)
    inbox.write_bytes(b"no database at all" * 400)
    assert execute(command, office.environ) in (0, 1)
    told = capsys.readouterr()
    assert "leitstand: looked without the inbox: " in told.err
    assert "Traceback" not in told.err
