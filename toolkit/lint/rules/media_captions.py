"""Videos need subtitles, in a file beside them that players can read.

## What it does

Looks for subtitles beside each video: `film.vtt` or `film.srt`, or with a language `film.de.vtt`. Points out videos
with sound and without any, and reports files that no player would read: wrong times, cues in the wrong order, another encoding
than UTF-8, subtitles that begin after the film has ended.

## Why is this bad?

Most people see videos without sound, and some hear nothing at all. A broken file is dropped by the network without a
word.

## Example

```markdown
---
media:
  - file: media/film.mp4
    kind: video
    alt: Milch fließt in einen Kaffee und wird zu einem Herz
---
```

## Use instead

```markdown
---
media:
  - file: media/erzählt.mp4
    kind: video
    alt: Milch fließt in einen Kaffee und wird zu einem Herz
---
```

Beside it lies `media/erzählt.vtt`:

```
WEBVTT

00:00:00.500 --> 00:00:03.000
So gießt Gerda ein Herz.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.lint.rule import Rule, View, all_media
from toolkit.messages import _
from toolkit.model import Media, MediaKind, Post, Problem, Severity
from toolkit.pictures import CaptionsError, Facts, caption_names, read_captions
from toolkit.workspace.mediafiles import FOLDER, complaint


def check(post: Post, view: View) -> Iterator[Problem]:
    """Videos without subtitles, and subtitles that cannot be read."""
    for medium in all_media(post):
        if medium.kind is not MediaKind.VIDEO or not medium.file or complaint(medium, view.files):
            continue
        facts = view.files.facts(medium.file)
        if isinstance(facts, Facts) and facts.media_type.startswith("video/"):
            yield from _check_film(post, view, medium, facts)


def _check_film(post: Post, view: View, medium: Media, facts: Facts) -> Iterator[Problem]:
    languages = dict.fromkeys((post.language, *(draft.language for draft in view.drafts(post))))
    names = dict.fromkeys(name for language in languages for name in caption_names(medium.file, language))
    there = [name for name in names if view.files.tree.exists(f"{FOLDER}/{name}")]
    key = f"{medium.key}.file"
    if not there and not facts.silent:
        message = _("no subtitles; if somebody speaks in it, put them into {name} beside it")
        yield RULE.at(post, key, message.format(name=next(iter(caption_names(medium.file)))), severity=Severity.HINT)
    for name in there:
        try:
            read_captions(name, view.files.read(name), facts.seconds)
        except (CaptionsError, OSError) as error:
            yield RULE.at(post, key, _("the subtitles {name}: {error}").format(name=name, error=error))


RULE = Rule("media-captions", Severity.ERROR, __doc__ or "", check_post=check)
