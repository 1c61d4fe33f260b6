"""What the states mean: of posts in the ledger, of files, of conversations, and what is promised of a network."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.cli.explain.topics import Kind, Topic
from toolkit.community.inbox.conversation import Stage
from toolkit.community.inbox.saying import stage_word
from toolkit.ledger import State
from toolkit.ledger.naming import state_word
from toolkit.messages import _
from toolkit.model import Promise, Status


def states() -> Iterator[Topic]:
    """Every state, under the word that is printed and the one that stands in JSON."""
    for state, (text, command) in _ledger().items():
        yield Topic(Kind.STATE, state.value, state_word(state), text, command=command)
    for status, (title, text) in _files().items():
        yield Topic(Kind.STATE, status.value, title, text)
    for stage, text in _conversations().items():
        yield Topic(Kind.STATE, stage.value, stage_word(stage), text, command="leitstand inbox list")
    for promise in Promise:
        yield Topic(Kind.STATE, promise.value, _promise_title(promise), promise_words(promise))


def _ledger() -> dict[State, tuple[str, str]]:
    """State of a post on an account → what it means and what to do, and the command for it."""
    resolve = "leitstand resolve POST CHANNEL"
    return {
        State.PLANNED: (
            _("It waits for its time, an approval or the end of a pause. Nothing to do."),
            "leitstand plan",
        ),
        State.SENDING: (_("It is being sent at this moment. Nothing to do."), "leitstand status"),
        State.UNKNOWN: (
            _(
                "It may be out or not: the connection broke before the network answered. It is never simply sent again;"
                " each tick looks whether it is there. Wait a few minutes, then look yourself."
            ),
            resolve,
        ),
        State.CONFIRMED: (
            _("The network has it, and its address is known. This never changes again."),
            "leitstand log POST",
        ),
        State.FAILED: (_("The network refused it and said why. Mend the cause, then decide."), resolve),
        State.HELD: (
            _(
                "Nobody but a person can tell whether it is out, or somebody stopped it, or it is published by hand. Look"
                " on the network, then say what became of it."
            ),
            resolve,
        ),
        State.MISSED: (
            _("Its time passed before it could go out, and late posts are asked about. Decide about each one."),
            resolve,
        ),
        State.SKIPPED: (
            _("Its time passed and the post says `late: skip`, or a person dropped it. It stays unsent."),
            "",
        ),
        State.CANCELLED: (_("Its file or its channel is gone. It comes back with them, if it was never sent."), ""),
        State.IMPORTED: (_("It was past when the ledger met the account. It is never sent."), ""),
    }


def _files() -> dict[Status, tuple[str, str]]:
    return {
        Status.DRAFT: (_("draft"), _("Its author is still writing. A draft is never sent.")),
        Status.REVIEW: (_("in review"), _("Somebody is asked to read it. It is never sent before it is ready.")),
        Status.READY: (
            _("ready"),
            _(
                "Its author is done. It goes out at its time, once it has no errors, the approvals it needs, and no pause."
            ),
        ),
    }


def _conversations() -> dict[Stage, str]:
    return {
        Stage.NEW: _("Nobody of us has looked at the conversation yet. It is our turn."),
        Stage.OPEN: _("Somebody of us is at the conversation. It is our turn."),
        Stage.WAITING: _("We have answered the conversation; it is their turn."),
        Stage.SNOOZED: _("The conversation was put away until a moment; it comes back then, or when they write again."),
        Stage.DONE: _("Nothing is left to do about the conversation. It opens again when they write."),
    }


def _promise_title(promise: Promise) -> str:
    titles = {
        Promise.KEY: _("the same key again"),
        Promise.RKEY: _("a key of our own"),
        Promise.TWO_STEP: _("two steps"),
        Promise.READ_BACK: _("reading back"),
        Promise.BLIND: _("blind"),
        Promise.HAND_OFF: _("by hand"),
    }
    return titles[promise]


def promise_words(promise: Promise) -> str:
    """What happens after an unknown outcome."""
    words = {
        Promise.KEY: _(
            "After an unknown outcome the same key is sent again while it is young, then own posts are read."
        ),
        Promise.RKEY: _("After an unknown outcome the key that was chosen before is looked up: exactly once."),
        Promise.TWO_STEP: _("After an unknown outcome the container that was noted before publishing is asked."),
        Promise.READ_BACK: _("After an unknown outcome the account's own posts are read and compared."),
        Promise.BLIND: _("After an unknown outcome nobody can look it up: the post is held, and a person looks."),
        Promise.HAND_OFF: _("A person publishes from a kit and confirms with the link; nothing is ever sent."),
    }
    return words[promise]
