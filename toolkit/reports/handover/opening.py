"""What a manager reads first: five sentences, what people wrote about the week, and the big numbers."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.community.summary.moods import Verdict
from toolkit.community.summary.summary import Summary
from toolkit.messages import _, ngettext
from toolkit.reports.blocks import Block, Commentary, Heading, Paragraph, Points, Section, Tile, Tiles
from toolkit.reports.commentary import Action, Words
from toolkit.reports.handover.saying import say_language, say_share
from toolkit.reports.wording import Wording


def opening_section(summary: Summary, wording: Wording) -> Section:
    """The stage, the sentences and the tiles."""
    stage = _("The week is over: these numbers are final, but for answers that are still to come.")
    if not summary.over:
        stage = _("The week is not over yet: the numbers will grow.")
    sentences = tuple(_sentences(summary, wording))
    blocks: tuple[Block, ...] = (
        Paragraph(stage, "stage final" if summary.over else "stage provisional"),
        Points(sentences),
        Tiles(tuple(_tiles(summary, wording))),
    )
    return Section("summary", _("In short"), blocks)


def words_section(words: Words | None, wording: Wording) -> Section | None:
    """What somebody wrote about the week, and what is to be done; None when nobody wrote anything."""
    if words is None or not (words.text or words.actions):
        return None
    blocks: list[Block] = [Commentary(words.text)] if words.text else []
    if words.actions:
        blocks += [
            Heading(_("Actions")),
            Points(tuple(_say_action(one, wording) for one in words.actions), numbered=False),
        ]
    return Section("commentary", _("Commentary and actions"), tuple(blocks))


def _sentences(summary: Summary, wording: Wording) -> Iterator[str]:
    yield _volume(summary, wording)
    yield from _answers(summary, wording)
    count = summary.pending.count
    waiting = ngettext("{count} thing waits for somebody.", "{count} things wait for somebody.", count)
    yield waiting if count else _("Nothing waits for a decision.")
    yield _topics(summary)
    yield from _moods(summary)


def _volume(summary: Summary, wording: Wording) -> str:
    total, volume = summary.volume.total, summary.volume
    said = ngettext("{count} message came in", "{count} messages came in", total.count)
    if total.before is not None:
        said += _(", in the week before {before}").format(before=wording.number(total.before))
    if volume.usual is not None and volume.weeks > 1:
        least, most = wording.number(volume.least or 0), wording.number(volume.most or 0)
        said += _("; {weeks} weeks before had {least} to {most}").format(weeks=volume.weeks, least=least, most=most)
    return f"{said}."


def _answers(summary: Summary, wording: Wording) -> Iterator[str]:
    answers = summary.answers
    if not answers.answered.n:
        yield _("Nobody waited for an answer.")
        return
    said = _("{share} who waited for us got an answer").format(share=say_share(answers.answered, wording))
    if answers.median is not None:
        length = wording.duration(answers.median)
        said += _(", half of them within {length} of service hours").format(length=length)
    yield f"{said}."
    if answers.kept.n:
        kept = say_share(answers.kept, wording)
        yield _("The service level was kept for {share}.").format(share=kept)


def _topics(summary: Summary) -> str:
    words = [word.word for topics in summary.topics for word in topics.words if word.surprising]
    if words:
        return _("More than usual, people wrote about: {words}.").format(words=", ".join(words[:5]))
    if any(topics.enough and topics.words for topics in summary.topics):
        return _("No topic came up more than chance allows.")
    return _("There are too few messages to tell topics.")


def _moods(summary: Summary) -> Iterator[str]:
    words = {
        Verdict.MORE: _("{language}: more negative messages than in the weeks before, beyond the classifier's error."),
        Verdict.LESS: _("{language}: fewer negative messages than in the weeks before, beyond the classifier's error."),
        Verdict.WITHIN: _("{language}: the mood changed no more than error and chance allow."),
        Verdict.FEW: _("{language}: too few messages to compare the mood."),
        Verdict.UNMEASURED: _(
            "{language}: nobody has measured how often the classifier is wrong, so no trend is told."
        ),
    }
    for one in summary.moods:
        yield words[one.negative].format(language=say_language(one.language))


def _tiles(summary: Summary, wording: Wording) -> Iterator[Tile]:
    answers, total = summary.answers, summary.volume.total
    before = "" if total.before is None else _("before: {before}").format(before=wording.number(total.before))
    yield Tile(_("Messages"), wording.number(total.count), before, exact=total.count)
    n = _("n = {n}").format(n=answers.answered.n)
    if answers.answered.value is not None:
        yield Tile(_("Answered"), wording.percent(answers.answered.value, 0), n, exact=answers.answered.value)
    median = _("not known yet") if answers.median is None else wording.duration(answers.median)
    yield Tile(_("First response, median"), median, _("service hours"), exact=answers.median)
    if answers.kept.value is not None:
        kept = _("n = {n}").format(n=answers.kept.n)
        yield Tile(
            _("Within the service level"), wording.percent(answers.kept.value, 0), kept, exact=answers.kept.value
        )
    yield Tile(_("Still waiting"), wording.number(answers.waiting), exact=answers.waiting)


def _say_action(action: Action, wording: Wording) -> str:
    state = _("done") if action.done else _("dropped") if action.dropped else _("open")
    about = [action.owner, wording.day(action.due) if action.due else "", state, action.result]
    return f"{action.text} ({', '.join(filter(None, about))})"
