"""What the browser editor calls things. Hints come from the keys themselves."""

from __future__ import annotations

from toolkit.messages import _


def label(name: str) -> str:
    """The label of a field; its key, where people know it by that."""
    return _labels().get(name, name)


def text_hint() -> str:
    """What stands below the text of a post."""
    return _(
        "Markdown, without the title. A heading such as ## @bluesky begins the text for one channel or network; what"
        " stands above the first one goes to all others. A line of three dashes between blank lines begins the next"
        " part of a thread."
    )


def trial_title(name: str) -> str:
    """What stands above the door of a trial, on a phone, too: why its lists are going to be empty."""
    return _("{name}: a trial. It begins empty, and what is written stays in this browser.").format(name=name)


def trial_note() -> str:
    """What stands above the lists of a trial, in one line: where the folder's own posts are."""
    return _("A trial begins empty. The folder's own posts: leitstand editor serve, without --trial.")


def _labels() -> dict[str, str]:
    return {
        "title": _("Title"),
        "author": _("Author"),
        "owner": _("Owner"),
        "due": _("Draft wanted by"),
        "status": _("Status"),
        "draft": _("draft: still being written"),
        "review": _("review: somebody should read it"),
        "ready": _("ready: may be sent"),
        "new": _("new: nobody has decided yet"),
        "shortlisted": _("shortlisted: for the next planning"),
        "planned": _("planned: a post came of it"),
        "dropped": _("dropped: with a reason"),
        "by": _("Brought in by"),
        "source": _("Where it came from"),
        "origin": _("What exactly"),
        "feed": _("an article"),
        "inbox": _("the inbox"),
        "occasion": _("an occasion"),
        "report": _("a report"),
        "person": _("somebody of us"),
        "score": _("Estimate"),
        "reach": _("Reach"),
        "fit": _("Fit"),
        "effort": _("Effort"),
        "decided_by": _("Decided by"),
        "reason": _("Reason"),
        "publish": _("Publish"),
        "channels": _("Channels"),
        "language": _("Language"),
        "campaign": _("Campaign"),
        "pillar": _("Pillar"),
        "goal": _("Goal"),
        "labels": _("Labels"),
        "media": _("Media"),
        "file": _("File"),
        "kind": _("Kind"),
        "photo": _("photo"),
        "graphic": _("graphic"),
        "video": _("video"),
        "document": _("document"),
        "alt": _("Alt text"),
        "order": _("Still to be made"),
        "body": _("Text"),
        "start": _("Start"),
        "end": _("End"),
        "audience": _("Audience"),
        "goals": _("Goals"),
        "messages": _("What we say"),
        "phases": _("Phases"),
        "name": _("Name"),
        "from": _("First day"),
        "until": _("Last day"),
        "assets": _("Assets"),
        "risks": _("Risks"),
        "risk": _("What may go wrong"),
        "action": _("What we do then"),
        "playbook": _("Crisis plan"),
        "budget": _("Budget"),
        "deadline": _("Deadline"),
        "metric": _("KPI"),
        "target": _("Target"),
        "baseline": _("Before"),
        "channel": _("Channel"),
        "rights": _("Rights"),
        "credit": _("Credit"),
        "licence": _("Licence"),
    }
