"""The repository's own workspace, Nordlicht Kaffee: nothing is broken, and the handbook keeps its own rules."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from ulid import ULID

from toolkit.approval import judge
from toolkit.cli import VERBS, load_verb, module_name
from toolkit.kpis import KPIS
from toolkit.lint import all_rules, check_workspace
from toolkit.model import MediaKind, Post, Severity, Status
from toolkit.networks import find_network
from toolkit.source import FolderTree, read_frontmatter
from toolkit.source.text import decode
from toolkit.tokens import find_fences, measure_pairs, open_tokens, parse_hex
from toolkit.workspace import Workspace, drafts, first_comment, instances, load_workspace

ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-21T12:00+01:00")
PAGES = sorted(
    path for path in (ROOT / "guidelines").rglob("*.md") if not path.is_relative_to(ROOT / "guidelines/referenz")
)
RULES_SHOWN = (
    "front-matter",
    "uid",
    "publish-time",
    "length",
    "alt-text",
    "media",
    "link",
    "campaign",
    "duplicate-text",
    "approval",
    "hashtag-case",
    "names",
    "thread-break",
)


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return load_workspace(ROOT)


def instants(post: Post, workspace: Workspace) -> list[datetime]:
    return [draft.publish.instant() for draft in drafts(post, workspace.settings) if draft.publish is not None]


def page_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


class TestPosts:
    """What goes out."""

    def test_nothing_is_an_error(self, workspace: Workspace) -> None:
        """The whole workspace passes every rule; what is left are the findings that the demo shows."""
        problems = check_workspace(workspace, now=NOW)
        assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
        assert [problem.rule for problem in problems] == ["approval", "hashtag-case", "pillar-mix"]

    def test_there_is_enough_to_show(self, workspace: Workspace) -> None:
        """At least 44 posts over four months, about two thirds of them out."""
        published = [post for post in workspace.posts if post.publish is not None]
        past = [post for post in published if min(instants(post, workspace)) < NOW]
        assert len(workspace.posts) >= 44
        assert {post.publish.wall.month for post in published if post.publish} == {9, 10, 11, 12}
        assert 0.55 <= len(past) / len(workspace.posts) <= 0.75

    def test_the_demo_has_something_to_publish(self, workspace: Workspace) -> None:
        """At noon some ready posts are due on the feed alone, none of them late, and none waits for an approval."""
        grace = timedelta(minutes=workspace.settings.policy.grace)
        due = [post for post in workspace.posts if any(NOW - grace <= at <= NOW for at in instants(post, workspace))]
        assert len(due) >= 2
        assert all(post.channels == ("feed",) and post.status is Status.READY for post in due)
        assert all(judge(post, workspace.settings.accounts["feed"], workspace).granted for post in due)

    def test_what_is_out_was_approved(self, workspace: Workspace) -> None:
        """Every post that went to an account with approvals carries a valid one, given before it was due."""
        for post in workspace.posts:
            for draft in drafts(post, workspace.settings):
                verdict = judge(post, draft.account, workspace)
                if draft.publish is None or draft.publish.instant() > NOW:
                    continue
                assert verdict.granted, (post.path, draft.account.name, verdict.reason)
                assert all(approval.at < draft.publish.instant() for approval in verdict.given), post.path

    def test_uids_were_minted_before_publication(self, workspace: Workspace) -> None:
        """Each uid is a ULID of its own, and its time lies before the post's."""
        minted = {post.uid: ULID.from_str(post.uid).datetime for post in workspace.posts}
        assert len(minted) == len(workspace.posts)
        assert all(minted[post.uid] < at for post in workspace.posts for at in instants(post, workspace))

    def test_every_feature_of_a_post_is_shown(self, workspace: Workspace) -> None:
        """All kinds of media, an order, threads, variants, languages, statuses, lateness and an offset occur."""
        posts = workspace.posts
        media = [medium for post in posts for medium in post.media]
        orders = [medium for medium in media if medium.order]
        assert {medium.kind for medium in media} == set(MediaKind)
        assert [medium.owner in workspace.settings.people for medium in orders] == [True]
        assert all(medium.due and medium.due > NOW.date() for medium in orders)
        assert {post.status for post in posts} == set(Status)
        assert {post.language for post in posts} == {"de", "en"}
        assert {post.late.value for post in posts} == {"ask", "send", "skip"}
        assert any(post.publish and post.publish.offset is not None for post in posts)
        assert any(post.publish_next for post in posts)
        assert any(len(draft.parts) > 3 for post in posts for draft in drafts(post, workspace.settings))
        channels = {channel for post in posts for channel in post.channels}
        assert channels == set(workspace.settings.accounts)
        assert any("content_warning" in option.values for post in posts for option in post.options.values())

    def test_a_series_a_first_comment_and_measured_links_are_shown(self, workspace: Workspace) -> None:
        """One post comes again, with a day's own text and time; one has a first comment; our links say their source."""
        found = [draft for post in workspace.posts for draft in drafts(post, workspace.settings)]
        series = next(post for post in workspace.posts if post.repeat)
        days = [instance for draft in drafts(series, workspace.settings)[:1] for instance in instances(draft)]
        texts = {day.parts for day in days}
        assert [day.occurrence for day in days] == ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]
        assert len(texts) == 3
        assert len({day.publish.wall.time() for day in days if day.publish}) == 2
        comments = [comment for draft in found if (comment := first_comment(draft)) is not None]
        assert comments
        rendered = [find_network(one.account.network).render(one).parts[0].text for one in comments]
        assert all("utm_campaign=advent-2026&utm_content=" in text for text in rendered)

    def test_names_lead_somewhere(self, workspace: Workspace) -> None:
        """Authors, owners, campaigns and their owners, goals and channels all exist, and each campaign has posts."""
        people, accounts = set(workspace.settings.people), set(workspace.settings.accounts)
        assert len(people) >= 7
        assert all(person.deputy in people for person in workspace.settings.people.values())
        assert any(person.absences for person in workspace.settings.people.values())
        for post in workspace.posts:
            assert {post.author, post.owner or post.author} <= people
        assert {post.campaign for post in workspace.posts if post.campaign} == set(workspace.campaigns)
        for campaign in workspace.campaigns.values():
            assert campaign.owner in people
            assert set(campaign.channels) <= accounts
            assert campaign.goals
            assert {goal.metric for goal in campaign.goals} <= set(KPIS)
        assert {goal.metric for goal in workspace.goals} <= set(KPIS)
        assert {goal.channel for goal in workspace.goals if goal.channel} <= accounts

    def test_base_prices_are_right(self, workspace: Workspace) -> None:
        """Whoever names the price of a bag names the price of a kilogram beside it, and it is calculated correctly."""
        texts = [*(post.body for post in workspace.posts), (ROOT / "guidelines/strategy.md").read_text("utf-8")]
        bag = re.compile(r"(?<!je )\b(\d+) g(?: für|:|,| kosten)? (\d+,\d\d) €(?: \((\d+,\d\d) €/kg\))?")
        each = re.compile(r"()(\d+,\d\d) € je 250 g(?: \((\d+,\d\d) €/kg\))?")
        calendar = re.compile(r"()24 \w+ zu (?:je )?30 g[^€]*?(\d+,\d\d) €(?: \((\d+,\d\d) €/kg\))?")
        found = [price for text in texts for price in (*bag.findall(text), *each.findall(text))]
        found += [("720", *price[1:]) for text in texts for price in calendar.findall(text)]
        for grams, euro, per_kilogram in found:
            right = round(float(euro.replace(",", ".")) / int(grams or 250) * 1000, 2)
            assert per_kilogram == f"{right:.2f}".replace(".", ","), (grams, euro)
        assert len(found) >= 18

    def test_texts_are_set_as_the_handbook_says(self, workspace: Workspace) -> None:
        """German quotes and dashes, no typewriter ones, no gender signs, no exclamation marks, at most three hashtags."""
        for post in workspace.posts:
            for draft in drafts(post, workspace.settings):
                text = re.sub(r"\]\([^)]*\)", "]", "\n".join(draft.parts))
                found = re.search(r"[\"!]|'| - |\.\.\.|\w[*:_]innen", text)
                assert found is None, (post.path, found)
                assert len(re.findall(r"(?<!\w)#\w", text)) <= 3, post.path

    def test_links_lead_to_example_domains(self, workspace: Workspace) -> None:
        """Nothing of the brand points at anybody's real site; the pages on tools name the tools' own."""
        pages = [path for path in PAGES if path.parent.name != "anleitung"]
        texts = [*(post.source.text for post in workspace.posts), *(path.read_text("utf-8") for path in pages)]
        links = [link for text in texts for link in re.findall(r"https?://[^\s)>\"'|]+", text)]
        hosts = {urlsplit(link).hostname or "" for link in links}
        assert len(links) > 30
        assert all(host == "example.com" or host.endswith(".example.com") for host in hosts), hosts


class TestHandbook:
    """What people read."""

    def test_there_are_pages_for_everything(self) -> None:
        """The pages that the design promises exist, and one page for every account's network."""
        names = {page_id(path).removeprefix("guidelines/") for path in PAGES}
        top = (
            "index strategy stimme woerter farben bilder hashtags barrierefreiheit zeiten recht antworten krise rollen"
        )
        networks = [
            f"netzwerke/{name}"
            for name in ("index", "feed", "mastodon", "bluesky", "linkedin", "instagram", "newsletter", "x")
        ]
        guides = [f"anleitung/{name}" for name in ("index", "redaktion", "leitung", "community", "analyse", "betrieb")]
        wanted = [*top.split(), "checklisten", *networks, *guides, "replies/index", "crisis/index"]
        assert {f"{name}.md" for name in wanted} <= names

    @pytest.mark.parametrize("path", PAGES, ids=page_id)
    def test_a_page_has_an_owner_and_a_next_review(self, path: Path, workspace: Workspace) -> None:
        """Somebody answers for every page, and its review is not overdue."""
        source, problems = decode(page_id(path), path.read_bytes())
        assert source is not None
        front, found = read_frontmatter(source)
        assert not [*problems, *found]
        assert front.root is not None
        values = {key: getattr(node, "text", "") for key, node in front.root.values.items()}
        assert values["title"]
        assert values["owner"] in workspace.settings.people
        assert values["reviewed"] <= NOW.date().isoformat() < values["next_review"]

    @pytest.mark.parametrize("path", PAGES, ids=page_id)
    def test_links_between_pages_resolve(self, path: Path) -> None:
        """Every relative link of the handbook leads to a file of the handbook."""
        text = re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8"))
        targets = [link for link in re.findall(r"\]\(([^)#]+)", text) if not urlsplit(link).scheme]
        assert [target for target in targets if not (path.parent / target).resolve().is_file()] == []

    def test_rules_are_named_where_they_are_explained(self) -> None:
        """The handbook names each rule that it says is checked, and every such rule exists."""
        text = "\n".join(path.read_text("utf-8") for path in PAGES)
        assert [rule for rule in RULES_SHOWN if f"`{rule}`" not in text] == []
        assert set(RULES_SHOWN) <= set(all_rules())

    def test_commands_in_the_handbook_exist(self) -> None:
        """Each `leitstand …` of the handbook is a verb of the command line, with the options that it has."""
        text = "\n".join(path.read_text("utf-8") for path in PAGES)
        commands = re.findall(r"leitstand ([a-z]+(?:-[a-z]+)*)([^`\n]*)", text)
        assert len(commands) >= 40
        for verb, rest in commands:
            assert verb in VERBS, verb
            options = set(re.findall(r"--[a-z-]+", rest)) - {"--help"}
            if options and find_spec(f"toolkit.cli.{module_name(verb)}"):
                command = load_verb(verb)
                parts = [command, *getattr(command, "commands", {}).values()]
                parameters = [parameter for part in parts for parameter in part.params]
                known = {option for one in parameters for option in (*one.opts, *one.secondary_opts)}
                assert options <= known, (verb, options - known)

    def test_commands_to_copy_are_complete(self) -> None:
        """A command that stands in a console block has every option that its verb requires."""
        text = "\n".join(path.read_text("utf-8") for path in PAGES)
        lines = re.findall(r"(?m)^\$ leitstand ([a-z]+)(.*)$", text)
        assert len(lines) >= 30
        for verb, rest in lines:
            required = [parameter.opts[0] for parameter in load_verb(verb).params if parameter.required]
            wanted = {option for option in required if option.startswith("--")}
            assert wanted <= set(re.findall(r"--[a-z-]+", rest)), (verb, rest)

    def test_replies_name_their_placeholders(self) -> None:
        """Every placeholder in a canned reply is declared, and every declared one is used."""
        for path in (ROOT / "guidelines/replies").glob("*.md"):
            if path.stem == "index":
                continue
            text = path.read_text("utf-8")
            declared = re.search(r"(?m)^placeholders: \[(.*)\]$", text)
            assert declared is not None, path
            assert set(re.findall(r"\{(\w+)\}", text)) == set(declared[1].split(", ")), path


class TestColours:
    """What tokens.json promises."""

    def test_nothing_is_wrong_with_the_tokens(self) -> None:
        """The strict reader has no complaint, and finds every part that the brand fills."""
        tokens, problems = open_tokens(FolderTree(ROOT))
        assert problems == []
        assert {token.kind for token in tokens.tokens.values()} == {"color", "fontFamily"}
        assert {scheme: len(series) for scheme, series in tokens.intent.series.items()} == {"light": 6, "dark": 6}

    def test_pairs_of_text_and_background_can_be_read(self) -> None:
        """Every pair that the tokens promise has the contrast that they promise, light and dark."""
        measured = measure_pairs(open_tokens(FolderTree(ROOT))[0])
        assert {found.pair.kind for found in measured} == {"text", "graphics"}
        assert [found.pair.one.name for found in measured if not found.passed] == []

    def test_the_colours_page_says_no_colour_of_its_own(self) -> None:
        """What the page shows comes from the tokens; a value in its text could be out of date."""
        page = (ROOT / "guidelines/farben.md").read_text("utf-8")
        assert [fence.show for fence in find_fences(page)] == [
            "swatches", "roles", "contrast", "series", "examples", "fonts",
        ]  # fmt: skip
        assert re.findall(r"#[0-9a-fA-F]{6}\b", page) == []

    def test_components_and_hex_agree(self) -> None:
        """A colour's components, as the 2025.10 format writes them, are its hex value."""
        palette = json.loads((ROOT / "guidelines/tokens.json").read_text("utf-8"))["color"]["palette"]
        for name, token in palette.items():
            value = token["$value"]
            assert value["colorSpace"] == "srgb"
            colour = parse_hex(value["hex"])
            assert colour is not None
            assert tuple(round(part * 255) for part in value["components"]) == colour.rgb, name
