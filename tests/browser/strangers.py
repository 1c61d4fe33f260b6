"""Attacks in everything that comes from outside: what people write to us, what networks and files tell, what git remembers.

Nobody of the house has looked at any of it before it is on the site. Each function plants every attack in every field of
its kind, and in the first of each field a word of its own (`seen`), so that a test knows that the site shows the field.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tests.browser.attacks import ADDRESSES, ATTACKS, MARKUP, WRITABLE
from tests.community.inbox import inboxes
from tests.pages.conftest import plan_post
from toolkit.approval import content_hash
from toolkit.community.inbox.book import open_inbox
from toolkit.community.inbox.place import find_inbox
from toolkit.ledger import ApprovalRow, Ledger, PauseRow, account_key, add_approval, ledger_path, open_ledger
from toolkit.metrics import open_store
from toolkit.model import Count, MessageKind, Observation, Post, Rendition, Subject
from toolkit.model.rendition import Attachment, Part
from toolkit.workspace import Workspace, load_workspace

# The fields that some page shows.
SHOWN: Final = ("reason", "sent text", "sent alt", "warning", "hold", "note", "subject", "failure", "message", "author")
# Words of people that no page shows, whatever they are.
HIDDEN: Final = ("inbox text", "inbox name", "inbox handle")
# So old are posts when they are compared.
AGE: Final = timedelta(days=7)
# Where what is planted as sent is out; the others refuse.
OUT: Final = "mastodon"
# Files whose changes pages tell of.
_CHANGED: Final = ("guidelines/woerter.md", "guidelines/farben.md", "guidelines/index.md")


def seen(field: str) -> str:
    """The word that stands for a field."""
    return f"zq{field.replace(' ', '')}x"


def planted(field: str) -> tuple[str, ...]:
    """Every value of a field: its own word, then the attacks."""
    return (seen(field), *WRITABLE)


def write_inbox(root: Path, state: Path, now: datetime) -> None:
    """What people write to us, what they are called, and where their pictures lie: below a post, elsewhere, in private."""
    place = find_inbox(state, load_workspace(root).settings, {})
    kinds = (MessageKind.COMMENT, MessageKind.MENTION, MessageKind.DIRECT)
    texts, names, handles = (planted(field) for field in HIDDEN)
    messages = [
        inboxes.said(
            f"m{number}",
            kind=kinds[number % 3],
            author=handles[number],
            name=names[number],
            text=f"{texts[number]} kaputt?",
            url=ADDRESSES[number % len(ADDRESSES)],
            at=now - timedelta(hours=number + 1),
            media=(WRITABLE[number - 1],),
        )
        for number in range(len(texts))
    ]
    with open_inbox(place, now=now) as inbox:
        inboxes.hear(inbox, *messages, now=now)


def write_ledger(root: Path, state: Path, now: datetime) -> None:
    """What networks answer: addresses, refusals, what they took; and what is said at the desk: holds and why not."""
    workspace = load_workspace(root)
    posts = [post for post in workspace.posts if post.uid.startswith("01M7A00000000000") and "bluesky" in post.channels]
    later = now + timedelta(days=60)
    words = {field: _endless(planted(field)) for field in SHOWN}
    addresses = _endless(ADDRESSES)
    with open_ledger(ledger_path(state), now=now) as ledger:
        accounts = [workspace.settings.accounts[name] for name in ("mastodon", "bluesky")]
        ledger.bind([(account_key(one), one.name, one.network) for one in accounts], now)
        accounts = [workspace.settings.accounts[name] for name in ("mastodon", "bluesky")]
        ledger.plan([plan_post(post, account) for post in posts for account in accounts], now)
        for row in ledger.rows():
            post = next(one for one in posts if one.uid == row.uid)
            said = {field: next(words[field]) for field in ("sent text", "sent alt", "warning") if row.account == OUT}
            sent = _sent(post, row.account, said)
            later += timedelta(hours=1)  # else the breaker for too many in an hour stops it
            begun = ledger.begin(row, later, rendition=sent.to_json(), hashes=[sent.request_hash(0)], commit="")
            assert begun is not None
            if row.account == OUT:
                ledger.confirm(begun, later, said["sent text"], next(addresses))
            else:
                ledger.refuse(begun, later, next(words["reason"]))
        for post in posts:
            _say(ledger, workspace, post, next(words["note"]), now)
        for hold in (seen("hold"), *MARKUP[:20]):
            ledger.add_pause(PauseRow(0, "campaign", hold, hold, hold, now, None))


def _endless(values: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from values


def _sent(post: Post, account: str, words: dict[str, str]) -> Rendition:
    """As an older version, another program or a broken disk may have written it."""
    text, alt, warning = (words.get(field, "x") for field in ("sent text", "sent alt", "warning"))
    shown = Attachment(post.media[0].file, "image", alt, crop=alt)
    fields = {"content_warning": warning, "visibility": warning, "subject": warning}
    part = Part(text, Count(1, 500, "characters"), attachments=(shown,), html=text, fields=fields)
    return Rendition(account, account, alt, (part,), text)


def _say(ledger: Ledger, workspace: Workspace, post: Post, note: str, now: datetime) -> None:
    for person in ("wiebke", note):
        add_approval(
            ledger, ApprovalRow(post.uid, person, now, content_hash(post, workspace), granted=False, note=note)
        )


def import_figures(root: Path, state: Path, now: datetime) -> None:
    """Posts that have no file here, as their network calls them, counted after a week; metrics and sources nobody knows."""
    del root
    names, last = planted("subject"), now.replace(day=1, hour=9) - timedelta(days=10)
    rows, subjects = [], []
    for number, name in enumerate(names):
        uid, out = f"01M7B000000000000000000{number:03}"[:26], last - number * timedelta(hours=13)
        # Half of them are of one kind, so that they are compared.
        form = "photo" if number % 2 == 0 else name
        subjects.append(Subject(uid, name, form, name, name, ADDRESSES[number % len(ADDRESSES)]))
        # The first is the best of its month by far, so that a page names it.
        counts = {"likes": 100 - number if number else 9000, "comments": 3, "shares": 3, "views": 10_000, name: 3}
        for metric, value in counts.items():
            rows.append(Observation(uid, "mastodon", metric, value, out + AGE, out, name, "import-1"))
        rows.append(Observation(f"competitor:{name}", "mastodon", "followers", 9, last, None, name, "import-1"))
    open_store(state).append(rows, imported_at=now, name=MARKUP[8], subjects=subjects)


def write_manifest(folder: Path) -> None:
    """Beside a report: what its maker says of it, and files with names like these."""
    for number, attack in enumerate(MARKUP):
        name = f"{number} {re.sub('[/]', '', attack)[:60]}.pdf"
        (folder / name).write_bytes(b"%PDF")
    said = {
        "failures": list(planted("failure")),
        "commit": MARKUP[8],
        "made_at": MARKUP[0],
        "basis": {"imports": list(WRITABLE), "parameters": {"before": MARKUP[0]}},
        "outputs": {one.name: MARKUP[0] for one in folder.glob("*.pdf")},
    }
    (folder / "manifest.json").write_text(json.dumps(said), "utf-8")


def write_history(root: Path, now: datetime) -> None:
    """Commits whose messages and authors are attacks, as git takes them over from anybody's pull request."""
    stream = []
    posts = sorted(one.relative_to(root).as_posix() for one in root.glob("content/posts/2026/12/tuer-*.md"))
    paths = (*_CHANGED, *posts)
    messages, authors = planted("message"), planted("author")
    # The newest is the first of them.
    for number in reversed(range(len(messages))):
        # Git refuses angle brackets and line ends in names.
        author = re.sub(r"[<>\n\x00]", "", authors[number]).strip() or "x"
        moment = int((now - timedelta(minutes=number + 1)).timestamp())
        stream.append(f"commit refs/heads/main\nauthor {author} <a@b> {moment} +0000\n")
        stream.append(f"committer {author} <a@b> {moment} +0000\n{_data(messages[number])}")
        stream += [f"M 100644 inline {path}\n{_data(f'{number}')}" for path in paths]
    # At last as they are.
    stream.append(f"commit refs/heads/main\ncommitter Jule <a@b> {int(now.timestamp())} +0000\n{_data('Stand')}")
    stream += [f"M 100644 inline {path}\n{_data((root / path).read_text('utf-8'))}" for path in paths]
    git = ("git", "-C", str(root))
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "fast-import", "--quiet"], check=True, input="".join(stream).encode())


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def declare_incident(root: Path, now: datetime) -> None:
    """A crisis that runs, so that every page has its banner."""
    when = now.isoformat()
    front = {"title": MARKUP[8], "playbook": MARKUP[8], "level": 3, "reason": MARKUP[5], "declared": when}
    people = {"declared_by": MARKUP[5], "owner": MARKUP[8], "backup": MARKUP[12], "paused": list(MARKUP)}
    lines = [f"- {when} | {MARKUP[8]} | {deed} | {one}" for deed in ("note", "decision") for one in MARKUP]
    boxes = [f"- [ ] {one}" for one in MARKUP]
    text = "\n".join(("---", json.dumps({**front, **people}), "---", *lines, "", *boxes, "", *MARKUP, *ATTACKS))
    (root / "content/incidents").mkdir()
    (root / "content/incidents/2026-11-21-rueckruf.md").write_text(text.replace("\x00", ""), "utf-8")
