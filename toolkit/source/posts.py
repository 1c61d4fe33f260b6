"""`content/posts/…md` → `Post` and `Problem`s. Shape only: whether names exist is for the rules to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from toolkit.messages import _
from toolkit.model import (
    Approval,
    Consent,
    Correction,
    Ignore,
    Instance,
    Late,
    Media,
    MediaKind,
    Options,
    Otherwise,
    Post,
    Problem,
    Repeat,
    RepeatError,
    Retraction,
    SourceText,
    Status,
    WallTime,
)
from toolkit.model.repeat import EXAMPLE, expand
from toolkit.settings import Settings
from toolkit.source.fields import Fields
from toolkit.source.frontmatter import read_frontmatter
from toolkit.source.text import decode

# key → what it means; the generated front-matter reference is made from these three.
FRONT_MATTER: Final[Mapping[str, str]] = {
    "uid": "Identity of the post, minted by `leitstand new` or `leitstand fix`; never edited.",
    "title": "Name of the post on pages and in feeds; not sent to networks that have no titles.",
    "author": "Who writes it: a person from leitstand.toml.",
    "owner": "Who answers for it, when that is not the author.",
    "due": "Day on which the draft is wanted.",
    "status": "draft, review or ready. Only ready posts are sent.",
    "publish": "Wall time such as 2026-12-01 07:30, with an offset if wanted, or `next` for the next free slot.",
    "slots": "Table account → the free slot it has with `publish: next`; written by `leitstand fix` and kept.",
    "repeat": "RFC 5545 rule with an end, such as FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331: the post comes again.",
    "except": "Days of the rule on which the post does not come.",
    "instances": "Table day of the rule → publish or media of that one time; its text stands under `## @2026-12-08`.",
    "fold": "1 for the second of two equal wall times in autumn, 0 for the first.",
    "timezone": "IANA zone of `publish`; default: the account's, then the workspace's.",
    "channels": "Names of accounts from leitstand.toml.",
    "language": "Language of the text, such as de or en.",
    "campaign": "Name of a file in content/campaigns/ without .md.",
    "pillar": "Content pillar of the strategy.",
    "sponsored": "true: somebody pays for this post; its text must begin with an ad label.",
    "goal": "Name of the KPI that the post is to move; a campaign's posts serve the campaign's goals.",
    "idea": "Id of the idea that the post came of; written by `leitstand idea promote`.",
    "labels": "Free words to find posts by.",
    "media": "List of pictures, videos and documents; see the media keys.",
    "options": "Table account or network → values that win over the post's; see the option keys.",
    "late": "ask, send or skip: what happens when the post is still unsent after `grace`.",
    "grace": "Minutes after which an unsent post is late.",
    "correction": "Table: this text is to replace what was published; written by `leitstand correct`.",
    "retract": "Table: what was published is to be taken back; written by `leitstand retract`.",
    "approved": "List of {by, at, hash}; written by `leitstand approve`.",
    "ignore": "List of {rule, reason, until}: rules that this post need not obey, and up to which day.",
}
INSTANCE_KEYS: Final[Mapping[str, str]] = {
    "publish": "Another wall time for this one time.",
    "fold": "As above, for this time's `publish`.",
    "timezone": "Zone of this time's `publish`.",
    "media": "Media for this one time instead of the post's.",
}
REVISION_KEYS: Final[Mapping[str, str]] = {
    "number": "Of a correction: 1 for the first, 2 for the second …",
    "channels": "Of a retraction: the accounts where it is taken back.",
    "reason": "Why, in a sentence that stays in the log.",
    "otherwise": "Where a network cannot do it: reply, repost, leave or hand-off (the default).",
    "reply": "Text of the reply, for otherwise: reply.",
}
MEDIA_KEYS: Final[Mapping[str, str]] = {
    "file": "Path relative to content/.",
    "order": "Instead of file: what is still to be made.",
    "owner": "Who makes the ordered medium.",
    "due": "When the ordered medium is wanted.",
    "kind": "photo, graphic, video or document.",
    "alt": "What can be seen, for people who cannot see it.",
    "crop": "Ratio to cut to, such as 4:5.",
    "focus": "[x, y] from 0 to 1: the point that stays in the picture.",
    "rights": "On what ground we may show it, such as own photo or bought from the agency.",
    "licence": "The licence it is under, such as CC BY 4.0.",
    "credit": "Who made it, as it is to be named.",
    "until": "Last day on which it may be shown.",
    "people": "true when somebody can be recognised in it, else false.",
    "consent": "Table: that these people agreed; see the consent keys.",
}
CONSENT_KEYS: Final[Mapping[str, str]] = {
    "proof": "Where the agreement lies, such as the number of a form; never names.",
    "until": "Last day of the agreement.",
}
OPTION_KEYS: Final[Mapping[str, str]] = {
    "language": "Language of the text for this account.",
    "publish": "Wall time for this account.",
    "fold": "As above, for this account's `publish`.",
    "timezone": "Zone of this account's `publish`.",
    "media": "Media for this account instead of the post's.",
}
_RATIO: Final = re.compile(r"\d{1,5}:\d{1,5}", re.ASCII)
MEDIA_SHAPE: Final = "{file: media/picture.jpg, alt: what can be seen}"


def read_post(path: str, data: bytes, settings: Settings) -> tuple[Post | None, list[Problem]]:
    """The post in `data`; None only when the bytes are not text. `path` is relative to the workspace."""
    source, problems = decode(path, data)
    if source is None:
        return None, problems
    return _read(source, settings, problems), problems


def _read(source: SourceText, settings: Settings, problems: list[Problem]) -> Post:
    front, found = read_frontmatter(source)
    problems += found
    fields = Fields(front, problems)
    fields.refuse_unknown(FRONT_MATTER)
    timezone = fields.zone("timezone", "")
    moment = fields.text("publish").strip()
    zone_name = timezone or settings.timezone
    publish = None if moment == "next" else fields.wall("publish", zone_name)
    written = _slots(fields, settings, timezone)  # what cannot be read is told also where it says nothing
    slots = written if moment == "next" else {}
    return Post(
        path=source.path,
        source=source,
        places=front,
        body=front.body,
        body_start=front.body_start,
        uid=fields.text("uid"),
        title=fields.text("title"),
        author=fields.text("author"),
        owner=fields.text("owner"),
        due=fields.day("due"),
        status=fields.choice("status", Status, Status.DRAFT),
        publish=publish or min(slots.values(), key=WallTime.instant, default=None),
        publish_next=moment == "next",
        slots=slots,
        repeat=_repeat(fields, publish, zone_name),
        timezone=timezone,
        channels=fields.words("channels"),
        language=fields.text("language"),
        campaign=fields.text("campaign"),
        pillar=fields.text("pillar"),
        sponsored=bool(fields.flag("sponsored")),
        goal=fields.text("goal"),
        idea=fields.text("idea"),
        labels=fields.words("labels"),
        media=_media(fields),
        options={name: _options(inner, zone_name) for name, inner in fields.mappings("options")},
        late=fields.choice("late", Late, settings.policy.late),
        grace=fields.number("grace", settings.policy.grace),
        correction=_correction(fields),
        retraction=_retraction(fields),
        approved=_approvals(fields),
        ignores=_ignores(fields),
    )


def _media(fields: Fields) -> tuple[Media, ...]:
    return tuple(_medium(item) for item in fields.items("media", MEDIA_SHAPE))


def _medium(item: Fields) -> Media:
    item.refuse_unknown(MEDIA_KEYS)
    file, order = item.text("file"), item.text("order")
    if bool(file) == bool(order):
        item.problem("", _("a medium has either a file or an order: {shape}").format(shape=MEDIA_SHAPE))
    focus = item.numbers("focus")
    if focus and (len(focus) != 2 or not all(0 <= number <= 1 for number in focus)):
        item.problem("focus", _("focus is two numbers from 0 to 1, such as [0.4, 0.5]"))
        focus = ()
    crop = item.text("crop")
    width, _colon, height = crop.partition(":")
    if crop and not (_RATIO.fullmatch(crop) and int(width) and int(height)):
        item.problem("crop", _("crop is a ratio such as 4:5, not {crop!r}").format(crop=crop))
        crop = ""
    return Media(
        key=item.prefix,
        file=file,
        order=order,
        kind=item.choice("kind", MediaKind, MediaKind.PHOTO),
        alt=item.text("alt"),
        owner=item.text("owner"),
        due=item.day("due"),
        crop=crop,
        focus=(focus[0], focus[1]) if focus else None,
        rights=item.text("rights"),
        licence=item.text("licence"),
        credit=item.text("credit"),
        until=item.day("until"),
        people=item.flag("people"),
        consent=_consent(item),
    )


def _consent(item: Fields) -> Consent | None:
    shape = "{proof: form 14, until: 2027-06-30}"
    table = item.table("consent", shape)
    if table is None:
        return None
    table.refuse_unknown(CONSENT_KEYS)
    proof, until = table.text("proof"), table.day("until")
    if not proof:
        item.problem("consent", _("a consent says where it lies: {shape}").format(shape=shape))
        return None
    return Consent(proof, until)


def _repeat(fields: Fields, publish: WallTime | None, zone_name: str) -> Repeat | None:
    rule = fields.text("repeat")
    if not rule:
        for name in ("except", "instances"):
            if fields.has(name):
                fields.problem(name, _("{key} needs a repeat, such as {example}").format(key=name, example=EXAMPLE))
        return None
    own = {day: _instance(inner, zone_name) for day, inner in _dated(fields)}
    repeat = Repeat(rule.strip(), fields.days("except"), own)
    problem = _objection(repeat, publish)
    if problem:
        fields.problem("repeat", problem)
        return None
    known = set(expand(repeat.rule, publish.wall)) if publish is not None else set()
    for name, days in (("except", repeat.left_out), ("instances", tuple(own))):
        for day in days:
            if day not in known:
                fields.problem(name, _("the rule does not name {day}").format(day=day))
    return repeat


def _objection(repeat: Repeat, publish: WallTime | None) -> str:
    """What is wrong with the rule; "" when nothing is."""
    if publish is None:
        return _("a post that comes again needs publish, the first time")
    if publish.offset is not None:
        return _("a post that comes again needs a publish without an offset: its wall time stays, the offset changes")
    try:
        days = expand(repeat.rule, publish.wall)
    except RepeatError as error:
        return str(error)
    if not days:
        return _("the rule names no day at all")
    if days[0] != publish.wall.date():
        message = _("the first day that the rule names is {day}; set publish to it")
        return message.format(day=days[0])
    return ""


def _slots(fields: Fields, settings: Settings, timezone: str) -> dict[str, WallTime]:
    """The slots that were found, on the clock of the post, else of each account, else of the workspace."""
    table = fields.table("slots", "{mastodon: 2026-12-03 17:30}")
    if table is None:
        return {}
    zones = {name: account.timezone for name, account in settings.accounts.items()}
    found = {name: table.wall(name, timezone or zones.get(name) or settings.timezone) for name in table.values}
    return {name: wall for name, wall in found.items() if wall is not None}


def _dated(fields: Fields) -> Iterator[tuple[date, Fields]]:
    for name, inner in fields.mappings("instances"):
        try:
            yield date.fromisoformat(name), inner
        except ValueError:
            fields.problem(f"instances.{name}", _("an instance is named by its day, such as 2026-12-08"))


def _instance(inner: Fields, zone_name: str) -> Instance:
    inner.refuse_unknown(INSTANCE_KEYS)
    media = _media(inner) if "media" in inner.values else None
    return Instance(inner.wall("publish", inner.zone("timezone", zone_name)), media)


def _options(inner: Fields, zone_name: str) -> Options:
    zone_name = inner.zone("timezone", zone_name)
    return Options(
        language=inner.text("language"),
        publish=inner.wall("publish", zone_name),
        media=_media(inner) if "media" in inner.values else None,
        values={name: inner.text(name) for name in inner.values if name not in OPTION_KEYS},
    )


def _correction(fields: Fields) -> Correction | None:
    table = fields.table("correction", "{number: 1, reason: why}")
    if table is None:
        return None
    table.refuse_unknown([key for key in REVISION_KEYS if key != "channels"])
    number, (reason, otherwise, reply) = table.number("number", 0), _revision(table)
    if number < 1:
        table.problem("number", _("a correction needs a number: 1 for the first, 2 for the second"))
        return None
    return Correction(number, reason, otherwise, reply)


def _retraction(fields: Fields) -> Retraction | None:
    table = fields.table("retract", "{channels: [mastodon], reason: why}")
    if table is None:
        return None
    table.refuse_unknown([key for key in REVISION_KEYS if key != "number"])
    channels, (reason, otherwise, reply) = table.words("channels"), _revision(table)
    if otherwise is Otherwise.REPOST:
        table.problem("otherwise", _("what is taken back is not sent anew; choose reply, leave or hand-off"))
        otherwise = Otherwise.HAND_OFF
    return Retraction(channels, reason, otherwise, reply) if channels else None


def _revision(table: Fields) -> tuple[str, Otherwise, str]:
    """What corrections and retractions share: reason, otherwise, reply."""
    reason, reply = table.text("reason"), table.text("reply")
    otherwise = table.choice("otherwise", Otherwise, Otherwise.HAND_OFF)
    if not reason:
        table.problem("reason", _("a reason is missing; it stays in the log"))
    if otherwise is Otherwise.REPLY and not reply:
        table.problem("reply", _("the text of the reply is missing"))
    return reason, otherwise, reply


def _approvals(fields: Fields) -> tuple[Approval, ...]:
    approvals = []
    for item in fields.items("approved", "{by: person, at: 2026-11-20T10:02:11+01:00, hash: sha256:…}"):
        item.refuse_unknown(("by", "at", "hash"))
        at = item.moment("at")
        by, digest = item.text("by"), item.text("hash")
        if at is not None and by and digest:
            approvals.append(Approval(by, at, digest))
        elif at is not None or "at" not in item.values:
            item.problem("", _("an approval needs by, at and hash"))
    return tuple(approvals)


def _ignores(fields: Fields) -> tuple[Ignore, ...]:
    ignores = []
    for item in fields.items("ignore", "{rule: alt-text, reason: why}"):
        item.refuse_unknown(("rule", "reason", "until"))
        rule, reason = item.text("rule"), item.text("reason")
        until = item.day("until")
        if not rule or not reason:
            item.problem("", _("an ignored rule needs a rule and a reason"))
        elif until is not None or not item.has("until"):  # a day that cannot be read must not last for ever
            ignores.append(Ignore(rule, reason, item.prefix, until))
    return tuple(ignores)
