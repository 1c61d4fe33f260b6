"""What is looked for, where, and with which account: the hashtags and words of `content/feeds.yml`, one by one."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.community.mentions.terms import mentioned
from toolkit.model import Message
from toolkit.networks.base import Seeking
from toolkit.values import dataclass
from toolkit.workspace.feeds import Kind, Reading, Term


@dataclass(frozen=True, slots=True)
class Sought:
    """One hashtag or some words, looked for with one account."""

    account: str
    what: Seeking
    words: str
    without: tuple[str, ...] = ()
    language: str = ""
    kind: Kind = Kind.OURS

    @property
    def key(self) -> str:
        """Its name among all that is listened to."""
        said = f"#{self.words}" if self.what is Seeking.HASHTAG else f'"{self.words}"'
        return f"{self.account} {said}"

    def fits(self, message: Message) -> bool:
        """Whether a message that a network found is meant; a network finds more than was asked for."""
        spoken = message.language.partition("-")[0].lower()
        if self.language and spoken and spoken != self.language:
            return False
        if self.what is Seeking.WORDS:
            return bool(mentioned(message.text, [Term(self.words, self.without)]))
        return not mentioned(message.text, [Term(word) for word in self.without])


def list_sought(reading: Reading) -> Iterator[Sought]:
    """Everything that is looked for on networks."""
    for tag in reading.hashtags:
        for account in tag.accounts:
            yield Sought(account, Seeking.HASHTAG, tag.tag, tag.without, tag.language, tag.kind)
    for term in reading.terms:
        for account in term.accounts:
            yield Sought(account, Seeking.WORDS, term.term, term.without, term.language, term.kind)
