"""Several conversations at once: assigned, done, opened, snoozed, labelled; what changed meanwhile stays and is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.conversation import Conversation, Stage
from toolkit.desk.endpoint import Redirect, Visit
from toolkit.desk.inbox.asking import read_back
from toolkit.desk.inbox.deciding import give_to, put_away, read_labels, who_word
from toolkit.errors import ChangedError, InboxError, UsageError
from toolkit.messages import _, ngettext

MOST: Final = 100


def change_chosen(visit: Visit) -> Redirect:
    """POST /inbox/chosen: `pick` as often as one was chosen (id and version), `do` says what."""
    picked = list(dict.fromkeys(visit.forms.get("pick", ())))
    if not picked:
        raise UsageError(_("nothing is chosen; tick the conversations first"))
    if len(picked) > MOST:
        raise UsageError(_("at most {count} at once").format(count=MOST))
    done, late = 0, list[str]()
    with visit.house.inbox() as inbox:
        for seen in _conversations(visit, inbox, picked, late):
            try:
                _do(visit, inbox, seen)
                done += 1
            except (ChangedError, InboxError):
                late.append(who_word(seen))
    return Redirect(read_back(visit.form).address(), _say(done, late))


def _conversations(visit: Visit, inbox: Inbox, picked: list[str], late: list[str]) -> Iterator[Conversation]:
    """Those that are still what was seen; the others are noted in `late`."""
    for one in picked:
        name, _sign, version = one.partition(":")
        seen = inbox.conversation(name, now=visit.now)
        if version == str(seen.version):
            yield seen
        else:
            late.append(who_word(seen))


def _do(visit: Visit, inbox: Inbox, seen: Conversation) -> None:
    do, form = visit.form.get("do", ""), visit.form
    if do in (Stage.DONE, Stage.OPEN):
        inbox.set_stage(seen, Stage(do), visit.person, visit.now)
    elif do == "mine":
        give_to(visit, inbox, seen, visit.person)
    elif do == "assign":
        give_to(visit, inbox, seen, form.get("who", ""))
    elif do.startswith("snooze"):
        put_away(visit, inbox, seen)
    elif do == "label":
        _label(visit, inbox, seen)
    else:
        raise UsageError(_("say what to do with them"))


def _label(visit: Visit, inbox: Inbox, seen: Conversation) -> None:
    labels = read_labels(visit.form.get("add", ""))
    if not labels:
        raise UsageError(_("write the label to add"))
    inbox.label(seen, labels, [], visit.person, visit.now)


def _say(done: int, late: list[str]) -> str:
    said = ngettext("{count} conversation changed", "{count} conversations changed", done).format(count=done)
    if not late:
        return said
    names = ", ".join(late[:5]) + (" …" if len(late) > 5 else "")
    return (
        said
        + " · "
        + _("changed meanwhile by somebody else or a new message, so left alone: {names}").format(names=names)
    )
