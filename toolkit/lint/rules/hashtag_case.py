"""Hashtags of several words should show where each word begins.

## What it does

Points out `#nordlichtkaffee` when the workspace itself writes it in several words: as part of the brand's, an
account's or a campaign's name, or as `#NordlichtKaffee` in another post. Tags that nobody writes in several words,
such as `#kaffeerösterei`, are never touched. Also points out tags of more than four capital letters that are not
written so in one of those names.

## Why is this bad?

Screen readers and people read `#NordlichtKaffee` as two words, `#nordlichtkaffee` as a mumble, and spell out
`#ADVENTSKALENDER` letter by letter. To the networks all spellings are the same tag.

## Example

```markdown
Frisch geröstet. #nordlichtkaffee #ADVENTSKALENDER
```

## Use instead

```markdown
Frisch geröstet. #NordlichtKaffee #Adventskalender
```
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity

HASHTAG: Final = re.compile(r"#(?<![\w/&#?=.-]#)(\w*[^\W\d_]\w*)")
_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST_NAME: Final = 4  # words
_CAPITALS: Final = 5  # letters


def check(view: View) -> Iterator[Problem]:
    """Tags that the workspace itself writes more readably elsewhere."""
    tagged = [(post, found) for post in view.asked_posts if "#" in post.body for found in HASHTAG.finditer(post.body)]
    if not tagged:
        return
    names = _names(view)
    tags = (tag for post in view.posts if "#" in post.body for tag in _tags(post.body))
    spellings = {**_mixed_spellings(tags), **_joined(names)}
    words = {word for name in names for word in _WORD.findall(name)}
    for post, found in tagged:
        yield from _check_tag(post, found, spellings, words)


@lru_cache(maxsize=16_384)
def _tags(body: str) -> tuple[str, ...]:
    """The tags of a text; remembered, because whoever asks about one post asks about all the others each time."""
    return tuple(HASHTAG.findall(body))


def _check_tag(post: Post, found: re.Match[str], spellings: Mapping[str, str], words: set[str]) -> Iterator[Problem]:
    tag = found[1]
    better = spellings.get(tag.casefold(), "")
    if tag.islower() and better:
        message = _("write #{better}: screen readers then read its words").format(better=better)
    elif tag.isupper() and len(tag) >= _CAPITALS and tag not in words:
        better = better or tag.capitalize()
        message = _("write #{better}: screen readers spell out capitals").format(better=better)
    else:
        return
    at = post.body_start + found.start(1)
    fix = Fix(at, at + len(tag), better, safe=False, title=_("Write #{better}").format(better=better))
    yield RULE.in_body(post, found.start(), found.end(), message, fix=fix)


def _names(view: View) -> list[str]:
    settings = view.settings
    titles = [campaign.title for campaign in view.workspace.campaigns.values()]
    return [settings.name, *(account.title for account in settings.accounts.values()), *titles]


def _joined(names: list[str]) -> dict[str, str]:
    """``nordlichtkaffee`` → ``NordlichtKaffee`` for every stretch of two to four words of a name."""
    found = {}
    for name in names:
        words = _WORD.findall(name)
        for size in range(2, _LONGEST_NAME + 1):
            for at in range(len(words) - size + 1):
                stretch = words[at : at + size]
                # A year or a short word alone makes no second word: "Advent 2026" is not two words to the ear.
                if all(len(word) > 2 and not word.isdigit() for word in stretch):
                    found["".join(stretch).casefold()] = "".join(word[0].upper() + word[1:] for word in stretch)
    return found


def _mixed_spellings(tags: Iterator[str]) -> dict[str, str]:
    """The most frequent spelling of every tag that somebody writes with capitals inside."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for tag in tags:
        if any(char.isupper() for char in tag[1:]) and not tag.isupper():
            counted[tag.casefold()][tag] += 1
    return {folded: min(counter, key=lambda tag: (-counter[tag], tag)) for folded, counter in counted.items()}


RULE = Rule("hashtag-case", Severity.HINT, __doc__ or "", check_all=check, fixable=True)
