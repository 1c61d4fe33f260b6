"""What belongs together: each message has links, and messages that share one are of the same conversation.

=====================  ================================================================================================
message                links
=====================  ================================================================================================
comment, review        itself, and what it answers unless that is our own post: the first comment begins a conversation
mention                itself, what it answers, and its thread
direct message         itself, and who takes part, as the network says so; where it does not: what it answers, its author
mail (has a subject)   itself, what it answers, and its thread; one person may write about two things
=====================  ================================================================================================

Sharing is symmetric, so it makes no difference in which order messages are heard, or how often. Private and public
messages never share a link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from typing import Final

from toolkit.model import Message, MessageKind
from toolkit.values import dataclass

PRIVATE: Final = "private"


def links_of(message: Message, ours: Collection[str] = ()) -> tuple[str, ...]:
    """The links of a message; `ours` are the remote ids of our posts. The first is the message itself."""
    room = PRIVATE if message.private else "public"
    found = [f"message {message.remote_id}"]
    answers = message.answers
    if answers and answers != message.below and answers not in ours:
        found.append(f"message {answers}")
    if message.private and not message.subject:
        found = _direct(message, found)
    elif (
        message.thread and message.thread not in ours and message.kind not in (MessageKind.COMMENT, MessageKind.REVIEW)
    ):
        found.append(f"thread {message.thread}")
    return tuple(f"{room} {link}" for link in found)


def _direct(message: Message, found: list[str]) -> list[str]:
    """Of a network that says who takes part, an answer may leave somebody out: then it is another conversation."""
    if message.thread:
        return [found[0], f"thread {message.thread}"]
    return (
        found if message.own else [*found, author_link(message.author, message.author_id).removeprefix(f"{PRIVATE} ")]
    )


def author_link(author: str, author_id: str) -> str:
    """What leads to somebody's direct messages, where their network does not say who takes part."""
    return f"{PRIVATE} author {author_id or author.casefold()}"


@dataclass(slots=True)
class Meeting:
    """Which conversation each link leads to, while messages come in. Ids sort by the age of their conversations."""

    places: dict[str, str]  # link → conversation
    became: dict[str, str] = field(default_factory=dict)  # conversation → the one that it turned out to be part of
    opened: set[str] = field(default_factory=set)  # conversations that nobody has seen yet

    def find(self, conversation: str) -> str:
        """The conversation that it is part of by now."""
        while conversation in self.became:
            conversation = self.became[conversation]
        return conversation

    def place(self, links: Iterable[str], *, new: str = "", home: str = "") -> str:
        """The conversation of a message with these links; `home` is where it is, `new` for one that leads nowhere.

        Of several that turn out to be one, the oldest that people know stays.
        """
        links = tuple(links)
        met = {self.find(self.places[link]) for link in links if link in self.places}
        met |= {self.find(home)} if home else set()
        if not met:
            self.opened.add(new)
        chosen, *others = sorted(met, key=lambda one: (one in self.opened, one)) or [new]
        self.became.update(dict.fromkeys(others, chosen))
        self.places.update(dict.fromkeys(links, chosen))
        return chosen

    def moved(self) -> Mapping[str, str]:
        """Every conversation that is part of another one now, and that one."""
        return {conversation: self.find(conversation) for conversation in self.became}
