"""listmonk (JSON of its campaigns): one newsletter each, with its totals so far.

The file is what ``GET /api/campaigns?per_page=all`` of your listmonk answers, saved as it is. `sent`, `bounces` and `clicks` keep
their names, `views` become `opens`; the newsletter is published when listmonk began to send it (`started_at`). Campaigns that
were never sent are left out. Texts, lists and senders are not read.

Views and clicks are totals, not people: listmonk counts somebody who opens twice two times, unless subscribers are tracked one by
one. Opens are unreliable anyway, see `toolkit.importers.kinds.mailchimp`. listmonk's interface does not deliver unsubscribes per
campaign, and there is no CSV of campaigns.

The format is documented by listmonk (listmonk.app/docs/apis/campaigns) and seen in public fixtures.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from toolkit.importers.accounts import UnknownAccountError, find_account
from toolkit.importers.base import Columns, Document, Extract, Match, Menu
from toolkit.importers.evidence import Confidence, Evidence
from toolkit.importers.export import Export
from toolkit.importers.gathering import Gathering, Sighting
from toolkit.importers.observed import observed_at
from toolkit.importers.posts import TITLE_LENGTH
from toolkit.importers.problems import file_problem
from toolkit.importers.structured import Tree, at, number, read_tree, rows, text
from toolkit.messages import _, ngettext
from toolkit.model import Subject

TITLE: Final = "listmonk campaigns"
NETWORK: Final = "newsletter"
MENU: Final = Menu(
    en="listmonk → GET /api/campaigns?per_page=all, saved as JSON", de="listmonk → GET /api/campaigns?per_page=all, als JSON gespeichert"
)  # fmt: skip
EVIDENCE: Final = Evidence(
    Confidence.DOCUMENTED,
    "listmonk.app/docs/apis/campaigns",
)
NAME: Final = "listmonk"
METRICS: Final = {"sent": "sent", "bounces": "bounces", "views": "opens", "clicks": "clicks"}
NEEDED: Final = ("uuid", "to_send", *METRICS)


def identify(export: Export) -> Match:
    """By what listmonk says about a campaign."""
    campaigns = _campaigns(read_tree(export))
    return Match(NEEDED) if campaigns else Match(missing=NEEDED)


def extract(document: Document) -> Extract:
    """Every newsletter that was sent."""
    gathering = Gathering(document, NAME)
    campaigns = _campaigns(read_tree(document.export))
    try:
        channel = find_account(document, NETWORK)
    except UnknownAccountError as error:
        gathering.problems.append(file_problem(document.path, str(error)))
        return gathering.extract()
    counted = observed_at(document)
    unsent = sum(not _read(campaign, channel, counted, gathering) for campaign in campaigns)
    if unsent:
        message = ngettext(
            "{count} campaign was not sent yet and is left out", "{count} campaigns were not sent yet and are left out", unsent
        )  # fmt: skip
        gathering.remark(message)
    return gathering.extract([Columns(METRICS)])


def _campaigns(tree: Tree) -> list[dict[str, Tree]]:
    data = at(tree, "data")
    found = rows(at(data, "results")) or rows([data])
    return found if found and all(name in one for one in found for name in NEEDED) else []


def _read(campaign: dict[str, Tree], channel: str, counted: datetime, gathering: Gathering) -> bool:
    """Take one campaign over; whether it was sent at all."""
    gathering.rows += 1
    started = text(campaign, "started_at")
    if not started:
        return False
    published = _moment(started)
    if published is None or published > counted:
        message = _(
            "the campaign began at {when}, which is no time before the export; say when that was with --observed"
        )
        gathering.problems.append(file_problem(gathering.document.path, message.format(when=started)))
        return True
    uid = f"{NETWORK}:{text(campaign, 'uuid')}"
    if uid in gathering.unmatched:
        gathering.repeated += 1
        return True
    gathering.unmatched.add(uid)
    gathering.describe(Subject(uid, title=(text(campaign, "subject") or text(campaign, "name"))[:TITLE_LENGTH]))
    for name, metric in METRICS.items():
        value = number(campaign, name)
        if value is not None and value >= 0:
            gathering.count(value, Sighting(uid, channel, counted, published), metric)
    return True


def _moment(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else None
