"""Links must be complete, public and encrypted.

## What it does

Looks at every address in the text: `http:` instead of `https:`, a domain without `https://`, addresses that only work
inside (localhost, private networks, relative paths) and targets that are no address at all (`javascript:`).

## Why is this bad?

Browsers warn about `http:`. A bare domain is a link on some networks and plain text on others. Nobody outside can open
`http://localhost:8000/` or `/shop`.

## Example

```markdown
[Zum Shop](http://example.com/winter)
```

## Use instead

```markdown
[Zum Shop](https://example.com/winter)
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from typing import Final

from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity

_COMMENT: Final = re.compile(r"(?s)<!--.*?-->|```.*?```|`[^`\n]*`")
_HOST: Final = r"[^\s/:?#<>()\[\]\"'`]"
_ADDRESS: Final = re.compile(rf"([hH](?<!\w[hH])(?i:ttps?))://(\[[0-9a-fA-F:.]+\]|{_HOST}*(?<![.,;!])|)")
_TARGET: Final = re.compile(r"\]\(\s*<?([^\s<>()]+)")
_LABEL: Final = re.compile(r"\[[^\[\]\n]*\](?=\()")
# Endings that leave no doubt; a dot between two words is more often a missing blank than an address.
_END: Final = r"\.(?:de|com|org|net|eu|at|ch|info|shop|io|uk|fr|dk|nl)(?![\w@-]|\.\w)"
_ENDING: Final = re.compile(_END)
_BARE: Final = re.compile(rf"(?<![\w@./:#&=?%-])(?:www\.[\w.-]+|[\w-]+(?:\.[\w-]+)*){_END}")
_SCHEME: Final = re.compile(r"(?i)([a-z][a-z0-9+.-]*):(?!\d)")
_ALLOWED: Final = frozenset({"http", "https", "mailto", "tel"})
_INSIDE: Final = (".localhost", ".local", ".internal", ".lan", ".test", ".invalid", ".home.arpa")


def check(post: Post, _view: View) -> Iterator[Problem]:
    """Addresses of one post's text that need a second look."""
    body = post.body
    if "." not in body and ":" not in body and "](" not in body:
        return
    text = _COMMENT.sub(lambda found: " " * len(found[0]), body)
    yield from _addresses(post, text)
    yield from _targets(post, text)
    yield from _bare_domains(post, text)


def _addresses(post: Post, text: str) -> Iterator[Problem]:
    for found in _ADDRESS.finditer(text):
        start, end = found.span()
        if is_inside(found[2]):
            yield RULE.in_body(post, start, end, _("nobody outside can open {host}").format(host=found[2] or found[0]))
        elif found[1].lower() == "http":
            at = post.body_start + start
            fix = Fix(at, at + len(found[1]), "https", safe=False, title=_("Write https"))
            message = _("http is not encrypted; write https://{host}").format(host=found[2])
            yield RULE.in_body(post, start, end, message, severity=Severity.WARNING, fix=fix)


def _targets(post: Post, text: str) -> Iterator[Problem]:
    for found in _TARGET.finditer(text):
        target, (start, end) = found[1], found.span(1)
        scheme = _SCHEME.match(target)
        if scheme is None and _BARE.fullmatch(target.partition("/")[0]):
            yield RULE.in_body(post, start, end, _("write https:// before it"), fix=_completion(post, start))
        elif scheme is None:
            message = _("{target} leads nowhere outside; write the whole address, with https://").format(target=target)
            yield RULE.in_body(post, start, end, message)
        elif scheme[1].lower() not in _ALLOWED:
            message = _("{scheme}: is not an address that people can open").format(scheme=scheme[1])
            yield RULE.in_body(post, start, end, message)


def _bare_domains(post: Post, text: str) -> Iterator[Problem]:
    bare = list(find_bare(text))
    covered = [found.span() for pattern in (_LABEL, _TARGET) for found in pattern.finditer(text)] if bare else []
    for found in bare:
        start, end = found.span()
        if not any(first <= start < last for first, last in covered):
            message = _("only some networks make a link of {domain}; write https://{domain}").format(domain=found[0])
            fix = _completion(post, start)
            yield RULE.in_body(post, start, end, message, severity=Severity.HINT, fix=fix)


def find_bare(text: str) -> Iterator[re.Match[str]]:
    """What `_BARE` finds in the text, looked for only between those blanks where a domain may end."""
    at = 0
    while (ending := _ENDING.search(text, at)) is not None:
        begin = max(at, 1 + max(text.rfind(blank, at, ending.start()) for blank in " \n"))
        at = min((end for blank in " \n" if (end := text.find(blank, ending.end())) >= 0), default=len(text))
        yield from _BARE.finditer(text, begin, at)


def _completion(post: Post, start: int) -> Fix:
    at = post.body_start + start
    return Fix(at, at, "https://", safe=False, title=_("Put https:// before it"))


@lru_cache(maxsize=1024)
def is_inside(host: str) -> bool:
    """Whether a host name or address only means something on this machine or in this network."""
    name = host.lower().rpartition("@")[2].rstrip(".")
    try:
        return not ip_address(name.strip("[]")).is_global
    except ValueError:
        return "." not in name or name.endswith(_INSIDE)


RULE = Rule("link", Severity.ERROR, __doc__ or "", check_post=check, fixable=True)
