"""A mail as files for software that keeps the list and sends by itself: Listmonk, Mailchimp.

Neither can show pictures that lie inside a mail. They need a public address (`pictures`); Mailchimp also takes them in
an archive and puts them on its own servers. What such software would take for a placeholder of its own is written so
that readers see what the author wrote.
"""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from toolkit.errors import UsageError
from toolkit.messages import _
from toolkit.model import Part, Rendition
from toolkit.networks.base import ReadMedia
from toolkit.networks.mediafile import MediaFile, fit_attachment
from toolkit.networks.newsletter.render import hidden, inner
from toolkit.values import dataclass

_CID: Final = re.compile(r'(?<=<img src=")cid:([\w.@-]+)(?=")')
# A picture's day in the archive: the same mail makes the same bytes.
_DAY: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the mail alone does not say: lists and template of Listmonk, where the pictures lie, how it is called."""

    name: str = ""
    lists: tuple[int, ...] = ()
    template: int = 0
    tags: tuple[str, ...] = ()
    pictures: str = ""  # the address of the folder in which the pictures lie; "" for none


Export = Callable[[Rendition, ReadMedia, Wishes], Mapping[str, bytes]]


def to_listmonk(rendition: Rendition, read_media: ReadMedia, wishes: Wishes) -> Mapping[str, bytes]:
    """The body of ``POST /api/campaigns``, which makes a draft (https://listmonk.app/docs/apis/campaigns/).

    File ending → content. The text stands without a frame, since Listmonk's template brings one. Raises `UsageError`.
    """
    part = rendition.parts[0]
    if not wishes.lists:
        raise UsageError(_("Listmonk needs the ids of its lists; add --list ID"))
    if part.attachments and not wishes.pictures:
        raise UsageError(_("Listmonk shows pictures by their address only; add --pictures https://… of their folder"))
    page = _shown(part, _names(part, read_media), wishes.pictures)
    content = "\n".join([*hidden(part.fields.get("preheader", "")), inner(page)])
    campaign: dict[str, object] = {
        "name": wishes.name,
        "subject": _for_listmonk(rendition.title),
        "lists": list(wishes.lists),
        "type": "regular",
        "content_type": "html",
        "messenger": "email",
        "body": _for_listmonk(content),
        "altbody": _for_listmonk(part.text),
        "tags": list(wishes.tags),
    }
    campaign |= {"from_email": part.fields["from"]} if part.fields.get("from") else {}
    campaign |= {"template_id": wishes.template} if wishes.template else {}
    campaign |= {"headers": [{"Reply-To": part.fields["reply_to"]}]} if part.fields.get("reply_to") else {}
    return {"json": _json(campaign)}


def to_mailchimp(rendition: Rendition, read_media: ReadMedia, wishes: Wishes) -> Mapping[str, bytes]:
    """The body of ``PUT /3.0/campaigns/{id}/content``, and the same as HTML and text for people to paste.

    https://mailchimp.com/developer/marketing/api/campaign-content/set-campaign-content/ - with pictures that have no
    address, an archive of page and pictures instead of the HTML. File ending → content.
    """
    part = rendition.parts[0]
    files = _files(part, read_media)
    page = _for_mailchimp(_shown(part, list(files), wishes.pictures)).encode()
    text = part.text.replace("*|", "*\u2060|")
    found = {"html": page, "txt": text.encode()}
    if files and not wishes.pictures:
        found["zip"] = _archive(page, files)
        archive = {"archive_content": base64.b64encode(found["zip"]).decode(), "archive_type": "zip"}
        return {**found, "json": _json({"archive": archive, "plain_text": text})}
    return {**found, "json": _json({"html": page.decode(), "plain_text": text})}


EXPORTS: Final[Mapping[str, Export]] = {"listmonk": to_listmonk, "mailchimp": to_mailchimp}


def _files(part: Part, read_media: ReadMedia) -> dict[str, MediaFile]:
    """The pictures as they are sent, under names that differ; raises `MediaError`."""
    found = {}
    for number, medium in enumerate(part.attachments, 1):
        file = fit_attachment(medium, read_media, "newsletter")
        found[f"{number}-{file.name}"] = file
    return found


def _names(part: Part, read_media: ReadMedia) -> Sequence[str]:
    return list(_files(part, read_media))


def _shown(part: Part, names: Sequence[str], base: str) -> str:
    """The page with each picture under its name below `base`, or beside the page."""
    left = iter(names)

    def place(_found: re.Match[str]) -> str:
        name = quote(next(left))
        return escape(f"{base.rstrip('/')}/{name}" if base else name)

    return _CID.sub(place, part.html)


def _for_listmonk(written: str) -> str:
    """Two braces begin Go's templates: they are written as a template that says two braces."""
    return written.replace("{{", '{{ "{{" }}')


def _for_mailchimp(page: str) -> str:
    """A star and a bar begin Mailchimp's merge tags: the star is written as HTML writes it."""
    return page.replace("*|", "&#42;|")


def _archive(page: bytes, files: Mapping[str, MediaFile]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"index.html": page, **{name: file.data for name, file in files.items()}}.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _json(value: Mapping[str, object]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
