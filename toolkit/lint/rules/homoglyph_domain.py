"""A link's domain is made of the letters that it seems to be made of.

## What it does

Reports domains that mix alphabets, that are written in another alphabet and look Latin, and `xn--` names, with what
people read. Umlauts and other Latin letters are fine.

## Why is this bad?

A Cyrillic \u0430 looks like a Latin a and leads to somebody else's server. Browsers then show `xn--…`, and people take the
link for fraud, often rightly.

## Example

```markdown
[Zum Shop](https://n\u043erdlicht.example.com/winter)
```

## Use instead

```markdown
[Zum Shop](https://nordlicht.example.com/winter)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from toolkit.language.characters import decode_host, encode_host, looks_like, scripts
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity

_HOST: Final = re.compile(r"[hH](?i:ttps?)://(?:[^\s/@<>()]*@)?([^\s/:?#<>()\[\]\"'`]+)")
# Japanese is written in three alphabets, and Latin beside any of them is usual.
_TOGETHER: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "LATIN"})


def check(post: Post, view: View) -> Iterator[Problem]:
    """Domains of one post that are not what they seem."""
    for passage in view.passages(post):
        if "://" not in passage.text:
            continue
        for found in _HOST.finditer(passage.text):
            host = found[1]
            if host.isascii() and "xn--" not in host.lower():
                continue
            if message := _complaint(host):
                severity = None if _is_false(decode_host(host)) else Severity.HINT
                yield RULE.in_passage(post, passage, *found.span(1), message, severity=severity)


def _complaint(host: str) -> str:
    """What is wrong with the host; "" when nothing is."""
    read = decode_host(host)
    for label in read.split("."):
        if _mixes(label):
            listed = " + ".join(sorted(name.title() for name in scripts(label)))
            message = _("{label} mixes alphabets ({scripts}); browsers show {shown}; type the domain anew")
            return message.format(label=label, scripts=listed, shown=encode_host(read))
        if twin := looks_like(label):
            message = _("{label} looks like {twin} and is none; browsers show {shown}; type the domain anew")
            return message.format(label=label, twin=twin, shown=encode_host(read))
    if read != host.lower():
        return _("people read {read}; write the domain so").format(read=read)
    return ""


def _mixes(label: str) -> bool:
    found = scripts(label)
    return len(found) > 1 and not found <= _TOGETHER


def _is_false(read: str) -> bool:
    return any(_mixes(label) or looks_like(label) for label in read.split("."))


RULE = Rule("homoglyph-domain", Severity.WARNING, __doc__ or "", check_post=check)
