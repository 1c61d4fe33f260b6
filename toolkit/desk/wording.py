"""The words of the audit as people read them; programs get the keys as they are kept."""

from __future__ import annotations

from toolkit.desk.audit import FAILED, REFUSED
from toolkit.messages import _


def say_action(action: str) -> str:
    """``inbox.assign`` → assigned a conversation."""
    words = {**_inbox_words(), **_post_words(), **_crisis_words()}
    if action.startswith("look "):
        return _("look at {place}").format(place=action.removeprefix("look "))
    return words.get(action, action)


def _inbox_words() -> dict[str, str]:
    return {
        "sign in": _("sign in"),
        "sign out": _("sign out"),
        "inbox.chosen": _("decide about several conversations"),
        "inbox.assign": _("assign a conversation"),
        "inbox.snooze": _("put a conversation off"),
        "inbox.stage": _("open or finish a conversation"),
        "inbox.label": _("label a conversation"),
        "inbox.note": _("note something on a conversation"),
        "inbox.author": _("say who an author is"),
        "inbox.sound": _("say how a message sounds"),
        "inbox.forget": _("forget an author"),
        "reply.check": _("check a text"),
        "reply.write": _("write a reply"),
        "reply.approve": _("approve a reply"),
        "reply.back": _("send a reply back"),
        "reply.drop": _("drop a reply"),
    }


def _post_words() -> dict[str, str]:
    return {
        "approve post": _("approve a post"),
        "send post back": _("send a post back"),
        "hold post": _("hold a post"),
        "release post": _("let a post go on"),
        "decide about post": _("decide about a post"),
        "confirm hand-off": _("confirm what was published by hand"),
        "pause": _("pause publishing"),
        "resume": _("end a pause"),
    }


def _crisis_words() -> dict[str, str]:
    return {
        "crisis-declare": _("declare an incident"),
        "crisis-log": _("log something in an incident"),
        "crisis-tick": _("tick off a step"),
        "crisis-approve": _("approve a holding statement"),
        "crisis-say": _("say a holding statement"),
        "crisis-level": _("change an incident's level"),
        "crisis-pause": _("pause publishing for an incident"),
        "crisis-take": _("take a call"),
        "crisis-close": _("end an incident"),
    }


def say_field(name: str) -> str:
    """What the field of a form is called where it is shown again."""
    words = {
        "text": _("Text"),
        "note": _("What is to be changed?"),
        "reason": _("Why?"),
        "anyway": _("Close it all the same, because"),
        "url": _("Address"),
    }
    return words.get(name, _("What you typed"))


def say_outcome(outcome: str) -> str:
    """``refused-link-used`` → refused: the link was used already."""
    kind, _dash, why = outcome.partition("-")
    if kind == REFUSED:
        return _("refused: {why}").format(why=_reasons().get(why, why))
    if kind == FAILED:
        return _("not done: {why}").format(why=_failures().get(why, _("it was not possible")))
    return {"done": _("done")}.get(outcome, outcome)


def _reasons() -> dict[str, str]:
    return {
        "permission": _("no permission"),
        "origin": _("it came from another page"),
        "csrf": _("a form of another session"),
        "flood": _("too much at once"),
        "form": _("no form of the desk"),
        "query": _("an address that cannot be read"),
        "header": _("a name that did not come from the company's login"),
        "address": _("past the company's login"),
        "unknown": _("nobody in leitstand.toml"),
        "link-used": _("the link was used already"),
        "link-over": _("the link's time was over"),
        "link-unknown": _("no such link"),
    }


def _failures() -> dict[str, str]:
    return {
        "InboxError": _("somebody had changed it meanwhile"),
        "ChangedError": _("somebody had changed it meanwhile"),
        "LedgerError": _("the ledger did not allow it"),
        "UsageError": _("something was missing or wrong"),
        "NetworkError": _("a network did not answer"),
    }
