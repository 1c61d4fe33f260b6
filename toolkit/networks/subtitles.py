"""The subtitles that go out with a film: from the file beside it, in the language of what is sent."""

from __future__ import annotations

from toolkit.errors import LeitstandError
from toolkit.messages import _
from toolkit.model import Attachment
from toolkit.networks.base import ReadMedia
from toolkit.networks.mediafile import MediaError
from toolkit.pictures import Captions, CaptionsError, caption_names, read_captions


def find_subtitles(attachment: Attachment, read_media: ReadMedia, language: str) -> Captions | None:
    """The subtitles beside the film `attachment`, None without any; raises `MediaError` for a file no player reads.

    A network that takes subtitles asks for them in the rendition's language and sends `to_vtt` or `to_srt`. Approvals
    cover the files.
    """
    for name in caption_names(attachment.file, language):
        try:
            data = read_media(name)
        except (OSError, LeitstandError):
            continue
        try:
            return read_captions(name, data)
        except CaptionsError as error:
            raise MediaError(_("the subtitles {name}: {error}").format(name=name, error=error)) from error
    return None
