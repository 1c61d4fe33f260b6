"""The networks' own conformance suites, run by our adapters: how many of their cases come out the same.

    python benchmarks/suites.py            n/n for each suite; exit code 1 when a case differs
    python benchmarks/suites.py --failing  and which cases differ

The suites are read from the folder of test data (LEITSTAND_TEST_DATA); nothing of them is part of the project.
Not run, because nothing of ours does it: lists and replies on X, the highlighting of search hits, twitter-text's
validators of whole addresses (they take passwords in addresses, its detection does not), and configurations 1 and 2.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from toolkit.model import SpanKind
from toolkit.networks.bluesky.counting import byte_length
from toolkit.networks.bluesky.detection import detect
from toolkit.networks.bluesky.identity import identifier
from toolkit.networks.bluesky.record import make_record, read_place
from toolkit.networks.bluesky.syntax import is_collection, is_did, is_handle, is_language, is_record_key
from toolkit.networks.bluesky.tids import is_tid
from toolkit.networks.filters import text_draft
from toolkit.networks.graphemes import count_graphemes
from toolkit.networks.jsonvalues import moment
from toolkit.networks.mastodon import counting as mastodon
from toolkit.networks.x import NETWORK as X
from toolkit.networks.x.addresses import find_addresses
from toolkit.networks.x.counting import accepts, length
from toolkit.networks.x.tags import Tag, find_cashtags, find_hashtags, find_mentions
from toolkit.settings import Account

Verdict = tuple[str, bool]  # a case, and whether it comes out as the suite says
Suite = Callable[[Path], Iterator[Verdict]]
Case = Mapping[str, Any]  # as the suite's YAML has it

OLD_LIMIT: Final = 140
_LINK: Final = re.compile(r"(?P<sign>[@\uff20]?)<a (?P<attributes>[^>]*)>(?P<text>.*?)</a>")
_FEATURES: Final = {
    SpanKind.LINK: ("link", "uri"),
    SpanKind.MENTION: ("mention", "did"),
    SpanKind.HASHTAG: ("tag", "tag"),
}


@dataclass(frozen=True, slots=True)
class Extraction:
    """A section of extract.yml and what of ours answers it."""

    section: str
    answer: Callable[[str], object]


def names(find: Callable[[str], list[Tag]]) -> Callable[[str], list[str]]:
    return lambda text: [tag.name for tag in find(text)]


def places(find: Callable[[str], list[Tag]], name: str) -> Callable[[str], list[dict[str, object]]]:
    return lambda text: [{name: tag.name, "indices": [tag.start, tag.end]} for tag in find(text)]


def urls(text: str) -> list[str]:
    return [address.text for address in find_addresses(text)]


def url_places(text: str) -> list[dict[str, object]]:
    return [{"url": address.text, "indices": [address.start, address.end]} for address in find_addresses(text)]


EXTRACTIONS: Final = (
    Extraction("urls", urls),
    Extraction("urls_with_indices", url_places),
    Extraction("urls_with_directional_markers", url_places),
    Extraction("tco_urls_with_params", urls),
    Extraction("hashtags", names(find_hashtags)),
    Extraction("hashtags_from_astral", names(find_hashtags)),
    Extraction("hashtags_with_indices", places(find_hashtags, "hashtag")),
    Extraction("mentions", names(find_mentions)),
    Extraction("mentions_with_indices", places(find_mentions, "screen_name")),
    Extraction("cashtags", names(find_cashtags)),
    Extraction("cashtags_with_indices", places(find_cashtags, "cashtag")),
)


def _cases(data: Path, file: str, section: str) -> Iterable[Case]:
    loaded = yaml.load(  # a safe loader
        (data / "twitter-text" / file).read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    cases: list[Case] = loaded["tests"][section]
    return cases


def x_extraction(data: Path) -> Iterator[Verdict]:
    """Addresses, hashtags, mentions and cashtags, with their places."""
    for one in EXTRACTIONS:
        for case in _cases(data, "extract.yml", one.section):
            yield f"{one.section}: {case['description']}", one.answer(case["text"]) == case["expected"]


def x_top_level_domains(data: Path) -> Iterator[Verdict]:
    """Every ending that the library knows makes a link."""
    for section in ("country", "generic"):
        for case in _cases(data, "tlds.yml", section):
            yield case["description"], urls(case["text"]) == case["expected"]


def x_weights(data: Path) -> Iterator[Verdict]:
    """Weighted length and validity under configuration 3."""
    for section in ("WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"):
        for case in _cases(data, "validate.yml", section):
            wanted = (case["expected"]["weightedLength"], case["expected"]["valid"])
            yield case["description"], (length(case["text"]), accepts(case["text"])) == wanted


def x_validity(data: Path) -> Iterator[Verdict]:
    """Texts that are taken and texts that are not; whole hashtags and user names."""
    for case in _cases(data, "validate.yml", "tweets"):
        if not (OLD_LIMIT < length(case["text"]) <= X.count("").limit):  # too long for configuration 1 alone
            yield f"tweets: {case['description']}", accepts(case["text"]) is case["expected"]
    for section, find in (("hashtags", find_hashtags), ("usernames", find_mentions)):
        for case in _cases(data, "validate.yml", section):
            whole = [(tag.start, tag.end) for tag in find(case["text"])] == [(0, len(case["text"]))]
            yield f"{section}: {case['description']}", whole is case["expected"]
    for case in _cases(data, "validate.yml", "urls_without_protocol"):
        yield f"addresses: {case['description']}", (urls(case["text"]) == [case["text"]]) is case["expected"]


def x_configuration(data: Path) -> Iterator[Verdict]:
    """The figures of config/v3.json, each asked of what counts; every border of its ranges on both sides."""
    config = json.loads((data / "twitter-text/config-v3.json").read_text("utf-8"))
    scale = config["scale"]
    yield "maxWeightedTweetLength", X.count("").limit == config["maxWeightedTweetLength"]
    yield "transformedURLLength", length("https://example.com/" + "x" * 99) == config["transformedURLLength"]
    yield "defaultWeight", length("\u6f22") == config["defaultWeight"] // scale
    yield "emojiParsingEnabled", (length("👨‍👩‍👧‍👦") == 2) is config["emojiParsingEnabled"]
    for stretch in config["ranges"]:
        for point in {stretch["start"] or 1, stretch["end"]}:
            yield f"U+{point:04X}", length(f"a{chr(point)}a") == 2 + stretch["weight"] // scale
        beyond = stretch["end"] + 1
        yield f"U+{beyond:04X}", length(f"a{chr(beyond)}a") == 2 + config["defaultWeight"] // scale


def x_links(data: Path) -> Iterator[Verdict]:
    """What autolink.yml makes a link of: kind and text, in order.

    As the library's autoLink: addresses need a scheme, and of two that overlap the one that begins first stays.
    """
    for section in ("usernames", "hashtags", "urls", "cashtags", "all"):
        for case in _cases(data, "autolink.yml", section):
            yield f"{section}: {case['description']}", _linked(case["text"], section) == _expected(case["expected"])


def _linked(text: str, section: str) -> list[tuple[str, str]]:
    found = [(one.start, one.end, "url", one.text) for one in find_addresses(text) if "://" in one.text]
    for kind, find in (("username", find_mentions), ("hashtag", find_hashtags), ("cashtag", find_cashtags)):
        found += [(tag.start, tag.end, kind, tag.name) for tag in find(text)]
    kept: list[tuple[str, str]] = []
    end = 0
    for start, stop, kind, name in sorted(found):
        if start >= end:
            kept.append((kind, name))
            end = stop
    return [(kind, name) for kind, name in kept if section in {"all", f"{kind}s"}]


def _expected(markup: str) -> list[tuple[str, str]]:
    return [_meaning(link["attributes"], html.unescape(link["text"])) for link in _LINK.finditer(markup)]


def _meaning(attributes: str, text: str) -> tuple[str, str]:
    for kind in ("username", "hashtag", "cashtag"):
        if f"tweet-url {kind}" in attributes:
            return kind, text.lstrip("#\uff03$")
    return "url", text


def _rows(data: Path) -> Iterator[Case]:
    lines = (data / "counting/x-bluesky.jsonl").read_text("utf-8").split("\n")
    return (json.loads(line) for line in lines if line)


def x_library(data: Path) -> Iterator[Verdict]:
    """Length, validity, links and tags of 400 texts as npm twitter-text says."""
    for row in _rows(data):
        text = row["text"]
        ours = {
            "length": length(text),
            "valid": accepts(text),
            "urls": urls(text),
            "hashtags": names(find_hashtags)(text),
            "mentions": names(find_mentions)(text),
            "cashtags": names(find_cashtags)(text),
        }
        yield text, row["x"] == ours


def bluesky_library(data: Path) -> Iterator[Verdict]:
    """Graphemes, bytes and facets of the same texts as npm @atproto/api says."""
    for row in _rows(data):
        text = row["text"]
        ours = {"length": count_graphemes(text), "bytes": byte_length(text), "facets": facets(text)}
        yield text, row["bluesky"] == ours


def facets(text: str) -> list[dict[str, object]]:
    """What we detect, as the library writes it; handles are resolved as in the data."""
    found: list[dict[str, object]] = []
    for one in detect(text):
        name, key = _FEATURES[one.kind]
        target = f"did:fake:{one.target}" if one.kind is SpanKind.MENTION else one.target
        feature = {"$type": f"app.bsky.richtext.facet#{name}", key: target}
        start, end = byte_length(text[: one.start]), byte_length(text[: one.end])
        found.append({"start": start, "end": end, "features": [feature]})
    return found


def interop_lines(data: Path, name: str) -> list[str]:
    """The cases of a list of the protocol, without its comments."""
    lines = (data / "atproto/interop-test-files/syntax" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _syntax(kind: str, accepts_it: Callable[[str], bool]) -> Suite:
    def run(data: Path) -> Iterator[Verdict]:
        for verdict in ("valid", "invalid"):
            for line in interop_lines(data, f"{kind}_syntax_{verdict}.txt"):
                yield f"{verdict} {line[:80]!r}", accepts_it(line) is (verdict == "valid")

    return run


def _is_identifier(written: str) -> bool:
    """An account's id; it may carry the sign that people write before a handle, and blanks around it."""
    return (is_handle(written) or is_did(written)) and identifier(Account("a", "bluesky", written)) != ""


def _makes_language(written: str) -> bool:
    """Whether a record tells the language."""
    part = X.render(text_draft("x", X)).parts[0]
    return make_record(part, written, "", {}).get("langs") == [written] and is_language(written)


def bluesky_addresses(data: Path) -> Iterator[Verdict]:
    """A valid address of a record is read to its parts and back; one of less than a record, or an invalid one, is none."""
    for line in interop_lines(data, "aturi_syntax_valid.txt"):
        place = read_place(line)
        yield f"valid {line[:80]!r}", (str(place) == line) if line.count("/") == 4 else place is None
    for line in interop_lines(data, "aturi_syntax_invalid.txt"):
        yield f"invalid {line[:80]!r}", read_place(line) is None


def bluesky_times(data: Path) -> Iterator[Verdict]:
    """Every valid time is read, every one that no calendar has is none; we are more lenient about their spelling."""
    for line in interop_lines(data, "datetime_syntax_valid.txt"):
        yield f"valid {line!r}", moment(line) is not None
    for line in interop_lines(data, "datetime_parse_invalid.txt"):
        yield f"invalid {line!r}", moment(line) is None


def mastodon_limits(data: Path) -> Iterator[Verdict]:
    """Texts with warnings that a server takes or refuses."""
    for case in json.loads((data / "mastodon-limits/cases.json").read_text("utf-8"))["cases"]:
        count = mastodon.count(_built(case["text"]), "x" * case.get("spoiler_len", 0))
        yield case["why"], count.valid is case["valid"]


def _built(text: Any) -> str:  # a text, or how it is made
    if isinstance(text, str):
        return text
    return str(text["repeat"]) * int(text["n"]) if "repeat" in text else "".join(map(_built, text["concat"]))


SUITES: Final[Mapping[str, Suite]] = {
    "X: twitter-text extract": x_extraction,
    "X: twitter-text autolink": x_links,
    "X: twitter-text validate, weights of v3": x_weights,
    "X: twitter-text validate, whole texts": x_validity,
    "X: twitter-text top-level domains": x_top_level_domains,
    "X: twitter-text config v3": x_configuration,
    "X: npm twitter-text 3.1.0": x_library,
    "Bluesky: npm @atproto/api 0.19": bluesky_library,
    "Bluesky: handles": _syntax("handle", is_handle),
    "Bluesky: DIDs": _syntax("did", is_did),
    "Bluesky: identifiers of accounts": _syntax("atidentifier", _is_identifier),
    "Bluesky: TIDs": _syntax("tid", is_tid),
    "Bluesky: record keys": _syntax("recordkey", is_record_key),
    "Bluesky: NSIDs": _syntax("nsid", is_collection),
    "Bluesky: at:// addresses": bluesky_addresses,
    "Bluesky: times": bluesky_times,
    "Bluesky: languages": _syntax("language", _makes_language),
    "Mastodon: limits": mastodon_limits,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--failing", action="store_true", help="name the cases that differ")
    chosen = parser.parse_args()
    data = Path(os.environ.get("LEITSTAND_TEST_DATA", "../shared/data")).resolve()
    passed = total = 0
    for name, suite in SUITES.items():
        ran = list(suite(data))
        good = sum(right for _case, right in ran)
        passed, total = passed + good, total + len(ran)
        print(f"{good:>5}/{len(ran):<5} {name}")
        for case, right in ran:
            if chosen.failing and not right:
                print(f"            {case}")
    print(f"{passed:>5}/{total:<5} all")
    return 0 if passed == total else 1


if __name__ == "__main__":
    sys.exit(main())
