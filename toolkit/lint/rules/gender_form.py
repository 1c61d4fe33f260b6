"""Words for people follow one form.

## What it does

Finds forms that mean all genders (Entwickler*innen, Entwickler:innen, Entwickler_innen, EntwicklerInnen,
Entwickler/-innen, Entwicklerinnen und Entwickler) and compares them with the house's choice in
`[check.gender-form] form`:

| form | what is reported |
|---|---|
| `star`, `colon`, `underscore`, `binnen-i` | every other sign |
| `pair` | every sign: both forms are written out |
| `none` | every sign: words are written without them |
| `neutral` | every sign, and pairs, too |
| `any-one-form` (usual) | another sign than the post's, or the workspace's, most frequent one |

The rule prefers no form; that is for the house to say. Where only the sign changes, the fix changes it.

## Why is this bad?

Two forms in one feed look like an accident, and screen readers read some signs aloud.

## Example

```markdown
Liebe Entwickler*innen, liebe Kund:innen und Leser:innen!
```

## Use instead

```markdown
Liebe Entwickler:innen, liebe Kund:innen und Leser:innen!
```
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from toolkit.language.gender import Form, Mark, find_forms, rewrite, spell_out
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Fix, Post, Problem, Severity
from toolkit.settings import GenderForm
from toolkit.values import dataclass

_SIGNS: Final[Mapping[GenderForm, Mark]] = {
    GenderForm.STAR: Mark.STAR,
    GenderForm.COLON: Mark.COLON,
    GenderForm.UNDERSCORE: Mark.UNDERSCORE,
    GenderForm.BINNEN_I: Mark.BINNEN_I,
}
_EXAMPLES: Final[Mapping[Mark, str]] = {
    Mark.STAR: "Entwickler*innen",
    Mark.COLON: "Entwickler:innen",
    Mark.UNDERSCORE: "Entwickler_innen",
    Mark.DOT: "Entwickler·innen",
    Mark.SLASH: "Entwickler/-innen",
    Mark.BRACKETS: "Entwickler(innen)",
    Mark.BINNEN_I: "EntwicklerInnen",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A form and where it stands."""

    post: Post
    passage: Passage
    form: Form


def check(view: View) -> Iterator[Problem]:
    """Forms that the house does not use, and stars that get lost."""
    found = [one for post in view.asked_posts for one in _find(post, view)]
    if not found:
        return
    policy = view.settings.writing.gender
    wanted = _SIGNS.get(policy) or (_usual(view) if policy is GenderForm.ANY else None)
    for one in found:
        if message := _complaint(one.form, policy, wanted):
            fix = _fix(one, wanted)
            yield RULE.in_passage(one.post, one.passage, one.form.start, one.form.end, message, fix=fix)


def _find(post: Post, view: View) -> Iterator[Found]:
    for passage in view.passages(post):
        if passage.german:
            yield from (Found(post, passage, form) for form in find_forms(passage.text))


def _usual(view: View) -> Mark | None:
    """The workspace's most frequent sign, of equally frequent ones the first; None when it uses none."""
    counted = Counter(form.mark for post in view.posts for form in find_forms(post.body) if form.mark is not Mark.PAIR)
    return max(counted, key=lambda mark: counted[mark], default=None)


def _complaint(form: Form, policy: GenderForm, wanted: Mark | None) -> str:
    """What is wrong with the form; "" when nothing is."""
    if form.mark is Mark.PAIR:
        return _("write a word that means everybody, instead of two") if policy is GenderForm.NEUTRAL else ""
    if wanted is None:
        remedy = {
            GenderForm.PAIR: _("the house writes both forms out, as in Kolleginnen und Kollegen"),
            GenderForm.NEUTRAL: _("the house writes words that mean everybody, as in Team or Mitarbeitende"),
        }
        return remedy.get(policy, _("the house writes words for people without signs"))
    if form.mark is wanted:
        return ""
    if policy is GenderForm.ANY:
        return _("elsewhere the posts write {example}; use one form").format(example=_EXAMPLES[wanted])
    return _("the house writes {example}").format(example=_EXAMPLES[wanted])


def _fix(one: Found, wanted: Mark | None) -> Fix | None:
    form = one.form
    if wanted is not None and (text := rewrite(form, wanted)):
        title = _("Write {text}").format(text=text)
        return one.passage.fix(form.start, form.end, text, safe=True, title=title)
    if wanted is None and (text := spell_out(form)):
        title = _("Write {text}").format(text=text)
        return one.passage.fix(form.start, form.end, text, safe=False, title=title)
    return None


RULE = Rule("gender-form", Severity.HINT, __doc__ or "", check_all=check, fixable=True)
