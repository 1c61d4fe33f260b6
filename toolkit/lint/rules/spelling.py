"""Words are spelled right, each in its text's own language.

## What it does

Looks up every word with Hunspell's dictionaries (German with compounds, British and American English). Right are
also: words of social media and trade, the names of people, accounts and campaigns, hashtags, and the house's own
words: the first column of the tables in `guidelines/woerter.md`, blocks of ` ```words ` there, and
`guidelines/words.txt`, one word a line (`[check.spelling] words` names other files). Where one word is meant most
likely, it is proposed.

It needs the extra `language` and a dictionary; without them one hint says how to install them.

## Why is this bad?

A typo in the first line is what people quote. Wrong hashtags and names are not found by anybody.

## Example

```markdown
Der Winterkaffe ist da.
```

## Use instead

```markdown
Der Winterkaffee ist da.
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from toolkit.language.characters import find_crossed, find_fancy
from toolkit.language.spelling import Spelling, SpellingError, open_speller
from toolkit.language.text import Token, has_blanks_inside, words
from toolkit.lint.passages import Passage
from toolkit.lint.rule import Rule, View
from toolkit.messages import _
from toolkit.model import Post, Problem, Severity
from toolkit.settings import FILE_NAME, find_setting

Known = Callable[[], Mapping[str, Spelling]]  # the spellers of the house's languages, opened when asked for
Reading = tuple[Spelling, list[Token]]  # a speller, and what is wrong to it
_TELLING: Final = 8  # words; in fewer, names and greetings decide
_LONGEST: Final = 30  # letters; what is longer is no slip of one finger


def check(post: Post, view: View) -> Iterator[Problem]:
    """Wrong words; of a language that nobody can look at, why, at the settings."""
    passages, own = view.passages(post), view.words
    spellers, missing = _open(own, {passage.language for passage in passages})
    codes = {code[:2].lower() for code in (*view.settings.languages, "de", "en")}
    for message in dict.fromkeys(missing.values()):
        place = find_setting(view.settings_text, "workspace", "languages")
        yield Problem(FILE_NAME, place, RULE.id, RULE.severity, message)
    for passage in passages:
        speller = spellers.get(passage.language)
        if speller is not None and (wrong := _wrong(speller, passage.text)):
            reading = _read_as(passage, (speller, wrong), lambda: _open(own, codes)[0])
            yield from _check(post, passage, reading, speller)


def _check(post: Post, passage: Passage, reading: Reading, speller: Spelling) -> Iterator[Problem]:
    """The wrong words; of a longer text in another language than it says, that it is."""
    reader, wrong = reading
    if reader is not speller and len(words(passage.text)) >= _TELLING:
        message = _("this seems to be {language}; say so with: language: {code}")
        names = {"de": _("German"), "en": _("English")}
        code = reader.language
        said = message.format(language=names.get(code, code), code=code)
        yield RULE.in_passage(post, passage, 0, len(passage.text), said)
    yield from (_problem(post, passage, token, reader) for token in wrong)


def _wrong(speller: Spelling, text: str) -> list[Token]:
    """What is in no dictionary; words of dressed-up or crossed-out letters are told once, by `fancy-letters`."""
    wrong = speller.wrong(text)
    if not wrong or text.isascii():
        return wrong
    dressed = [*((start, end) for start, end, _plain in find_fancy(text)), *find_crossed(text)]
    return [token for token in wrong if not any(token.start < end and start < token.end for start, end in dressed)]


def _read_as(passage: Passage, own: Reading, known: Known) -> Reading:
    """In the language that the text is really in, where a third of its words are wrong in its `own`."""
    few = 3 * len(own[1])
    if few < _least_words(passage.text) or few < len(words(passage.text)):
        return own
    others = [other for code, other in known().items() if code != passage.language[:2].lower()]
    return min([own, *((other, _wrong(other, passage.text)) for other in others)], key=lambda one: len(one[1]))


def _least_words(text: str) -> int:
    """How many words the text has at least, without taking it apart."""
    return 0 if has_blanks_inside(text) else sum(map(str.isalpha, text.split()))


def _open(own: frozenset[str], languages: set[str]) -> tuple[dict[str, Spelling], dict[str, str]]:
    """A speller for every language that has one, and for the others why not."""
    spellers, missing = {}, {}
    for language in sorted(languages):
        try:
            spellers[language] = _house_speller(language, own)
        except SpellingError as error:
            missing[language] = _("spelling is not checked: {reason}").format(reason=error)
    return spellers, missing


@lru_cache(maxsize=16)
def _house_speller(language: str, own: frozenset[str]) -> Spelling:
    """Kept, so that an editor's next check knows what was right before."""
    return open_speller(language).with_words(own)


def check_files(view: View) -> Iterator[Problem]:
    """Files of words that the settings name and nobody has."""
    policy = view.settings.writing
    for path in policy.words if policy.words_named else ():
        if not view.workspace.tree.exists(path):
            span = find_setting(view.settings_text, "check.spelling", "words")
            message = _("there is no file {path} in the workspace").format(path=path)
            yield Problem(FILE_NAME, span, RULE.id, Severity.ERROR, message)


def _problem(post: Post, passage: Passage, token: Token, speller: Spelling) -> Problem:
    near = speller.near(token.text) if len(token.text) <= _LONGEST else []
    if near:
        message = _("{word!r} is in no dictionary; is it {near}?").format(word=token.text, near=", ".join(near))
    else:
        message = _("{word!r} is in no dictionary; if it is right, put it into the house's words").format(
            word=token.text
        )
    fix = None
    if len(near) == 1:
        title = _("Write {text}").format(text=near[0])
        fix = passage.fix(token.start, token.end, near[0], safe=False, title=title)
    return RULE.in_passage(post, passage, token.start, token.end, message, fix=fix)


RULE = Rule("spelling", Severity.HINT, __doc__ or "", check_post=check, check_all=check_files, fixable=True)
