from __future__ import annotations

from collections.abc import Sequence

from tests.community.inbox.inboxes import START, hear, said, the_only
from toolkit.community.inbox.book import Inbox
from toolkit.community.inbox.moods import judge_moods
from toolkit.sentiment import Judgement, Sentiment


class ByWord:
    """Negative is what says "schlecht", positive what says "gut"; nobody can tell of the rest."""

    def judge_many(self, texts: Sequence[str], languages: Sequence[str | None] | None = None) -> list[Judgement]:
        assert languages is not None
        return [self._judge(text) for text in texts]

    def _judge(self, text: str) -> Judgement:
        if "schlecht" in text:
            return Judgement(Sentiment.NEGATIVE, 0.8, 0.1, 0.1, "de")
        if "gut" in text:
            return Judgement(Sentiment.POSITIVE, 0.1, 0.2, 0.7, "de")
        return Judgement(Sentiment.UNKNOWN, language="de")


def moods(inbox: Inbox) -> list[str]:
    return [str(raw["mood"]) for raw in inbox.store.read("SELECT mood FROM entries ORDER BY at")]


def test_what_waits_for_us_is_as_negative_as_its_worst_message(inbox: Inbox) -> None:
    """Each of their messages has a mood, ours none; what was answered before does not count, nor what nobody can tell."""
    hear(
        inbox,
        said("c1", text="sehr schlecht"),
        said("c2", minute=1, answers="c1", own=True, text="schlecht, ja"),
        said("c3", minute=2, answers="c2", text="gut"),
        said("c4", minute=3, answers="c2", text="hm"),
    )
    one = the_only(inbox)
    assert judge_moods(inbox, [one.id], ByWord(), START) == 3
    assert moods(inbox) == ["negative", "", "positive", ""]
    judged = the_only(inbox)
    assert (judged.negative, judged.language, judged.version) == (0.1, "de", one.version)


def test_missing_is_not_zero(inbox: Inbox) -> None:
    """Where no classifier could tell there is no probability; an edit is judged anew."""
    hear(inbox, said("c1", text="hm"))
    judge_moods(inbox, [the_only(inbox).id], ByWord(), START)
    assert (moods(inbox), the_only(inbox).negative) == ([""], None)


def test_a_persons_word_on_a_mood_stays(inbox: Inbox) -> None:
    """A later message, a message told again and a new guess change nothing of what a person said."""
    hear(inbox, said("c1", text="gut, danke auch"))
    judge_moods(inbox, [the_only(inbox).id], ByWord(), START)
    first = inbox.entries(the_only(inbox))[0]
    inbox.feel([(first, "negative")], the_only(inbox).account_id)
    hear(inbox, said("c1", text="gut, danke auch", reach=90), said("c2", minute=3, answers="c1", text="gut"))
    judge_moods(inbox, [the_only(inbox).id], ByWord(), START)
    assert moods(inbox) == ["negative", "positive"]
    assert the_only(inbox).negative == 1.0


def test_an_edited_message_is_another_one(inbox: Inbox) -> None:
    """What a person said was about words that stand there no more: the new ones are guessed again."""
    hear(inbox, said("c1", text="gut, danke auch"))
    one = the_only(inbox)
    inbox.feel([(inbox.entries(one)[0], "negative")], one.account_id)
    hear(inbox, said("c1", text="sehr gut", edited_at=START))
    assert inbox.felt(one) == {}
    judge_moods(inbox, [one.id], ByWord(), START)
    assert moods(inbox) == ["positive"]
