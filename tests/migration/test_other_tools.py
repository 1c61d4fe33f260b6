"""Files of other tools as their programs and documents show them: what is read of each, and what is named as left."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import UsageError
from toolkit.migration.archive import Archive, Days, Medium, Reading, State
from toolkit.migration.assigning import network_of
from toolkit.migration.fromhtml import read_html
from toolkit.migration.moments import order_of_days, read_moment
from toolkit.migration.plaintext import as_read, as_written, reads_as_written
from toolkit.migration.sitemedia import take_media
from toolkit.migration.tools import TOOLS
from toolkit.networks.markup import read_markup
from toolkit.networks.plain import plain_text
from toolkit.source import read_body

NOW = datetime(2026, 11, 21, 11, tzinfo=UTC)
Take = Callable[..., Archive]


@pytest.fixture
def take(tmp_path: Path) -> Take:
    """Write one file for a tool and read it."""

    def read(tool: str, name: str, content: object, *, days: Days | None = None) -> Archive:
        path = tmp_path / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return TOOLS[tool].read([path], Reading("Europe/Berlin", NOW, days))

    return read


def node(number: int, **more: object) -> dict[str, object]:
    return {"node": {"id": f"b{number}", "text": "Hi", "status": "sent", "channelService": "mastodon", **more}}


def test_buffer_joins_what_was_one_post(take: Take) -> None:
    """One text at one minute on two channels is one post, with both outcomes and addresses; another minute is another."""
    at = {"dueAt": "2026-03-10T15:00:00.000Z", "sentAt": "2026-03-10T15:00:04.000Z"}
    edges = [
        node(1, **at, channelId="c1", externalLink="https://m.example/1", tags=[{"name": "news"}]),
        node(2, **at, channelId="c2", channelService="twitter", status="error"),
        node(3, dueAt="2027-03-10T15:00:00.000Z", channelId="c1", status="scheduled"),
    ]
    archive = take("buffer", "posts.json", {"data": {"posts": {"edges": edges}}})
    first, second = archive.items
    assert [(one.channel, one.state, one.url) for one in first.sendings] == [
        ("c1", State.PUBLISHED, "https://m.example/1"),
        ("c2", State.FAILED, ""),
    ]
    assert (first.at, first.labels) == (datetime(2026, 3, 10, 15, 0, 4, tzinfo=UTC), ("news",))
    assert second.sendings[0].state is State.PLANNED
    assert [(one.key, one.network) for one in archive.channels] == [("c1", "mastodon"), ("c2", "x")]


def test_buffer_of_before(take: Take) -> None:
    """Answers of REST 1: seconds since 1970, pictures, and a link that the text does not have."""
    update = {
        "id": "4eb8565e0acb04bb82000004",
        "due_at": 1320742680,
        "sent_at": 1320744001,
        "profile_id": "4eb854340acb04e870000010",
        "profile_service": "twitter",
        "status": "sent",
        "text": "Just the beginning",
        "media": {"picture": "https://img.example/a.png", "link": "https://example.com"},
    }
    (item,) = take("buffer", "sent.json", {"total": 1, "updates": [update]}).items
    assert item.at == datetime(2011, 11, 8, 9, 20, 1, tzinfo=UTC)
    assert item.sendings[0].parts == ("Just the beginning\n\nhttps://example.com",)
    assert item.media == (Medium("https://img.example/a.png"),)


def test_buffer_in_bulk(take: Take) -> None:
    """The CSV of its bulk upload: wall times of the workspace; what is past counts as published, a bad moment is named."""
    text = "Text,Image URL,Tags,Posting Time\nAlt,https://img.example/a.png,a,2026-01-15 10:00\nNeu,,,2027-01-15 10:00\nX,,,bald\n"
    archive = take("buffer", "bulk.csv", text)
    assert [(one.at, one.sendings[0].state) for one in archive.items] == [
        (datetime(2026, 1, 15, 9, tzinfo=UTC), State.PUBLISHED),
        (datetime(2027, 1, 15, 9, tzinfo=UTC), State.PLANNED),
    ]
    assert [problem.span.line for problem in archive.problems] == [4]


def test_hootsuite_says_how_days_are_meant(take: Take) -> None:
    """A day above 12 proves the order for the whole file; without one nothing is guessed, and --days decides."""
    proven = take("hootsuite", "a.csv", "12/25/2026 07:30,Xmas,https://example.com\n01/02/2027 08:00,Hi,\n")
    assert [one.at for one in proven.items] == [
        datetime(2026, 12, 25, 6, 30, tzinfo=UTC),
        datetime(2027, 1, 2, 7, tzinfo=UTC),
    ]
    assert proven.items[0].sendings[0].parts == ("Xmas\n\nhttps://example.com",)
    open_file = "01/02/2027 08:00,Hi,\n"
    doubtful = take("hootsuite", "b.csv", open_file)
    assert doubtful.items == ()
    assert "--days" in str(doubtful.problems[0])
    told = take("hootsuite", "b.csv", open_file, days=Days.DAY_FIRST)
    assert told.items[0].at == datetime(2027, 2, 1, 7, tzinfo=UTC)


def test_hootsuite_messages(take: Take, tmp_path: Path) -> None:
    """Its API's states; a second file names the profiles."""
    (tmp_path / "profiles.json").write_text(
        json.dumps({"data": [{"id": "115", "type": "TWITTER", "socialNetworkUsername": "brand"}]}), encoding="utf-8"
    )
    message = {
        "state": "SENT",
        "text": "Hi",
        "scheduledSendTime": "2026-01-01T10:00:00Z",
        "socialProfile": {"id": "115"},
    }
    rejected = {**message, "state": "REJECTED", "text": "No", "mediaUrls": [{"url": "https://img.example/a.png"}]}
    (tmp_path / "m.json").write_text(json.dumps({"data": [{"id": "1", **message}, {"id": "2", **rejected}]}), "utf-8")
    files = [tmp_path / "profiles.json", tmp_path / "m.json"]
    archive = TOOLS["hootsuite"].read(files, Reading("UTC", NOW))
    assert [one.sendings[0].state for one in archive.items] == [State.PUBLISHED, State.DRAFT]
    assert [(one.network, one.handle) for one in archive.channels] == [("x", "brand")]
    assert archive.items[1].media[0].address == "https://img.example/a.png"


def test_postiz_threads_and_groups(take: Take) -> None:
    """One group is one post; a chain of posts is a thread, HTML is Markdown, an interval is named."""
    integration = {"id": "i1", "providerIdentifier": "x", "name": "Brand"}
    first = {"publishDate": "2026-05-05T08:00:00.000Z", "group": "g", "integration": integration, "state": "PUBLISHED"}
    other = {**first, "integration": {"id": "i2", "providerIdentifier": "linkedin-page"}, "state": "QUEUE"}
    posts = [
        {**first, "id": "p1", "content": "<p>Eins <b>fett</b></p>", "releaseURL": "https://x.example/1"},
        {
            **first,
            "id": "p2",
            "content": "Zwei",
            "parentPostId": "p1",
            "image": '[{"path": "https://up.example/a.png"}]',
        },
        {**other, "id": "p3", "content": "Eins", "intervalInDays": 7},
    ]
    (item,) = take("postiz", "posts.json", {"posts": posts}).items
    assert [one.parts for one in item.sendings] == [("Eins **fett**", "Zwei"), ("Eins",)]
    assert [one.state for one in item.sendings] == [State.PUBLISHED, State.PLANNED]
    assert item.media == (Medium("https://up.example/a.png"),)
    assert item.sendings[0].url == "https://x.example/1"


def test_mixpost_versions(take: Take) -> None:
    """An account has its version or the original; one that failed is failed, its neighbour is out; the bin stays."""
    accounts = [
        {
            "id": 1,
            "provider": "mastodon",
            "username": "brand",
            "data": {"server": "m.example"},
            "external_url": "https://m.example/1",
        },
        {"id": 2, "provider": "facebook_page", "name": "Brand", "errors": ["token"]},
    ]
    versions = [
        {
            "account_id": 0,
            "is_original": True,
            "content": [{"body": "<div>Für alle</div>", "media": [{"url": "https://up.example/a.png"}]}],
        },
        {"account_id": 2, "is_original": False, "content": [{"body": "<div>Für Facebook</div>", "media": [7]}]},
    ]
    post = {"uuid": "u1", "status": "failed", "accounts": accounts, "versions": versions, "tags": [{"name": "t"}]}
    data = [
        {**post, "scheduled_at": "2026-03-29 15:26:06"},
        {**post, "uuid": "u2", "trashed": True},
        {"uuid": "u3", "accounts": []},
    ]
    archive = take("mixpost", "posts.json", {"data": data})
    (item,) = archive.items
    assert [(one.state, one.parts) for one in item.sendings] == [
        (State.PUBLISHED, ("Für alle",)),
        (State.FAILED, ("Für Facebook",)),
    ]
    assert item.at == datetime(2026, 3, 29, 15, 26, 6, tzinfo=UTC)
    assert archive.channels[0].handle == "@brand@m.example"
    assert "medium 7 is named by its number only" in item.changes[0].said
    assert [change.said for change in archive.changes] == ["1 in the bin stay there"]
    assert "for no account" in str(archive.problems[0])


def test_mixpost_lite_says_day_and_time(take: Take) -> None:
    """Its pages say wall times on the user's own clock."""
    post = {
        "id": "u1",
        "status": "SCHEDULED",
        "accounts": [{"id": 1, "provider": "twitter", "username": "b"}],
        "versions": [{"account_id": 0, "is_original": True, "content": [{"body": "Hi"}]}],
        "scheduled_at": {"date": "2026-12-01", "time": "07:30"},
    }
    (item,) = take("mixpost", "p.json", [post]).items
    assert item.at == datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
    assert item.sendings[0].state is State.PLANNED


WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Blog</title><link>https://blog.example.com</link><wp:wxr_version>1.2</wp:wxr_version>
{items}</channel></rss>"""


def item(number: int, **more: str) -> str:
    kind = {"post_type": "post", "status": "publish", "post_date_gmt": "2026-02-03 09:00:00", **more}
    content = kind.pop("content", "<!-- wp:paragraph --><p>Hallo</p><!-- /wp:paragraph -->")
    own = "".join(f"<wp:{name}><![CDATA[{value}]]></wp:{name}>" for name, value in kind.items() if name != "extra")
    return (
        f"<item><title>Titel {number}</title><link>https://blog.example.com/{number}</link>"
        f"<guid isPermaLink='false'>https://blog.example.com/?p={number}</guid>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><excerpt:encoded><![CDATA[Auszug]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id>{own}{kind.get('extra', '')}"
        '<category domain="post_tag" nicename="kaffee"><![CDATA[Kaffee]]></category>'
        '<category domain="category" nicename="uncategorized"><![CDATA[Allgemein]]></category></item>'
    )


def test_wordpress(take: Take) -> None:
    """Published, planned, private and classic posts; the cover with its description; pages are counted and left."""
    gallery = '<p>Text [gallery ids="1,2"]</p><iframe src="https://video.example/1"></iframe>'
    cover = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    alt = "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>Tasse</wp:meta_value></wp:postmeta>"
    items = [
        item(1, extra=cover),
        item(2, status="future", post_date_gmt="2027-02-03 09:00:00", content=gallery),
        item(3, status="private"),
        item(
            4,
            post_date_gmt="0000-00-00 00:00:00",
            post_date="2026-07-01 12:00:00",
            content="Eins\n\nZwei\ndrei",
            status="draft",
        ),
        item(5, post_type="page"),
        item(6, status="trash"),
        item(9, post_type="attachment", status="inherit", attachment_url="https://blog.example.com/a.jpg", extra=alt),
    ]
    archive = take("wordpress", "blog.xml", WXR.format(items="".join(items)))
    assert [(one.title, one.sendings[0].state) for one in archive.items] == [
        ("Titel 1", State.PUBLISHED),
        ("Titel 2", State.PLANNED),
        ("Titel 3", State.DRAFT),
        ("Titel 4", State.DRAFT),
    ]
    first, second, _third, fourth = archive.items
    assert (first.sendings[0].url, first.labels) == ("https://blog.example.com/1", ("Kaffee",))
    assert first.media == (Medium("https://blog.example.com/a.jpg", "Tasse"),)
    assert [change.said for change in second.changes] == [
        "iframe https://video.example/1 cannot stand in a post and is left out",
        "the shortcode [gallery] is only text here",
    ]
    assert fourth.sendings[0].parts == ("Eins\n\nZwei\ndrei",)
    assert fourth.at == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert [change.said for change in archive.changes] == [
        "1 of the kind page are no posts and stay behind",
        "1 in the bin stay there",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<rss><channel>", "not valid XML at"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "a document type stands in it"),
        (WXR.format(items=""), "no post in it"),
    ],
)
def test_no_blog(take: Take, content: str, said: str) -> None:
    """A cut file, entities and an export without posts are told and nothing is read."""
    archive = take("wordpress", "x.xml", content)
    assert archive.items == ()
    assert said in str(archive.problems[0])


def test_jekyll(tmp_path: Path) -> None:
    """Day in the name or `date` with its zone, drafts, tags as words, pictures of the site, Liquid named."""
    site = tmp_path / "site"
    for folder in ("_posts/2026", "_drafts", "assets"):
        (site / folder).mkdir(parents=True)
    (site / "_config.yml").write_text(
        "title: Blog\nurl: https://b.example\ntimezone: Europe/Berlin\n", encoding="utf-8"
    )
    (site / "assets/a.png").write_bytes(b"\x89PNG\r\n")
    (site / "_posts/2026/2026-03-04-erster-beitrag.md").write_text(
        "---\nlayout: post\ntags: kaffee ernte\npermalink: /eins/\n---\nHallo\n\n---\n\n"
        '![Eine Tasse]({{ site.baseurl }}/assets/a.png "t")\n\n{% youtube abc %}\n',
        encoding="utf-8",
    )
    (site / "_posts/2026-03-05-zwei.markdown").write_text(
        '---\ntitle: "Zwei: neu"\ndate: 2027-03-05 10:00:00 +0200\ncategories: [a b]\n---\nText\n', encoding="utf-8"
    )
    (site / "_posts/2026-03-06-drei.md").write_text("---\npublished: false\n---\nNicht\n", encoding="utf-8")
    (site / "_posts/2026-03-07-vier.md").write_text("---\na: [\n---\nX\n", encoding="utf-8")
    (site / "_drafts/idee.md").write_text("---\ntitle: Idee\n---\nText\n", encoding="utf-8")
    archive = TOOLS["jekyll"].read([site], Reading("UTC", NOW))
    found = {one.title: one for one in archive.items}
    first, second = found["Erster beitrag"], found["Zwei: neu"]
    assert first.at == datetime(2026, 3, 3, 23, tzinfo=UTC)
    assert first.sendings[0].parts == ("Hallo\n\n***\n\n{% youtube abc %}",)
    assert first.media == (Medium(str((site / "assets/a.png").resolve()), "Eine Tasse", local=True),)
    assert (first.sendings[0].state, first.sendings[0].url) == (State.PUBLISHED, "https://b.example/eins/")
    assert (first.labels, second.labels) == (("kaffee", "ernte"), ("a b",))
    assert (second.at, second.sendings[0].state) == (datetime(2027, 3, 5, 8, tzinfo=UTC), State.PLANNED)
    assert found["Drei"].sendings[0].state is found["Idee"].sendings[0].state is State.DRAFT
    assert [change.said for change in first.changes] == ["Liquid's youtube is only text here"]
    assert str(archive.problems[0]).startswith("_posts/2026-03-07-vier.md:")


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Neu\ndate: 2026-03-05T10:00:00+02:00\nTags: [a]\ncover: {image: b.png, alt: B}\n---\n",
        '+++\ntitle = "Neu"\ndate = 2026-03-05T10:00:00+02:00\ntags = ["a"]\n[cover]\nimage = "b.png"\nalt = "B"\n+++\n',
        '{"title": "Neu", "date": "2026-03-05T10:00:00+02:00", "tags": ["a"], "cover": {"image": "b.png", "alt": "B"}}\n',
    ],
)
def test_hugo(tmp_path: Path, head: str) -> None:
    """YAML, TOML and JSON say the same; a page's own picture is a file; shortcodes are named, lists are no posts."""
    page = tmp_path / "site/content/post/neu"
    page.mkdir(parents=True)
    (tmp_path / "site/hugo.toml").write_text('baseURL = "https://b.example/"\ntitle = "B"\n', encoding="utf-8")
    (page / "index.md").write_text(
        f'{head}Text {{{{< figure src="b.png" alt="C" >}}}}\n\n## @kanal\n\n{{{{< youtube id >}}}}\n', encoding="utf-8"
    )
    (page / "b.png").write_bytes(b"\x89PNG\r\n")
    (page.parent / "_index.md").write_text("---\ntitle: Liste\n---\n", encoding="utf-8")
    (page.parent / "seite.md").write_text("---\ntitle: Seite\n---\nx\n", encoding="utf-8")
    archive = TOOLS["hugo"].read([tmp_path / "site"], Reading("Europe/Berlin", NOW))
    (found,) = archive.items
    assert (found.title, found.at, found.labels) == ("Neu", datetime(2026, 3, 5, 8, tzinfo=UTC), ("a",))
    assert [medium.address for medium in found.media] == [str((page / "b.png").resolve())]
    (part,) = found.sendings[0].parts
    assert read_body(part).variants == ()
    assert found.changes[0].said == "the shortcode youtube is only text here"
    assert archive.changes[0].said == "1 page without a date is no post and stays behind"


def test_links_inside_a_site_get_its_address() -> None:
    """Inline and by reference; addresses of others, of any scheme and in code stay."""
    text = "[a](/x) [b](//c.example) [c](https://d.example/)\n\n[d]: /y\n\n```\n[e](/z)\n```"
    found, _media = take_media(text, "https://b.example")
    assert found == (
        "[a](https://b.example/x) [b](//c.example) [c](https://d.example/)\n\n[d]: https://b.example/y\n\n```\n[e](/z)\n```"
    )


def test_folders_that_are_no_sites(tmp_path: Path) -> None:
    """A wrong folder is a usage error in one sentence."""
    for tool in ("jekyll", "hugo"):
        with pytest.raises(UsageError, match="is no"):
            TOOLS[tool].read([tmp_path], Reading("UTC", NOW))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>A <strong>b</strong> <em> c </em>d</p><p>e<br>f</p>", "A **b** *c* d\n\ne\nf"),
        ("<ul><li>a</li><li>b</li></ul><ol><li>x</li></ol>", "- a\n- b\n1. x"),
        ('<a href="https://e.example/a_(b)">Hier</a>', "[Hier](https://e.example/a_%28b%29)"),
        ('<a href="https://e.example">https://e.example</a>', "https://e.example"),
        ('<a href="javascript:alert(1)">x</a><script>alert(1)</script>', "x"),
        ("<h1>Titel</h1><h2>@x</h2>", "## Titel\n\n## \\@x"),
        ("<p>1. eins</p><p># zwei</p><p>*drei* [vier]</p>", "1\\. eins\n\n\\# zwei\n\n\\*drei\\* \\[vier\\]"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"),
        ("<pre><code>a\n  b</code></pre>", "```\na\n  b\n```"),
        ("<div>a</div><div><br></div><div>b &amp; c &lt;d&gt;</div>", "a\n\nb & c \\<d>"),
    ],
)
def test_html(html: str, markdown: str) -> None:
    """Elements become Markdown; what Markdown would take for its own gets a backslash; nothing runs."""
    assert read_html(html).markdown == markdown


@given(st.text(st.sampled_from("abc *_#->[]()`<>\\.1\n@!~&")))
def test_html_never_fails_and_keeps_letters(text: str) -> None:
    """Whatever stands in a paragraph is what people read afterwards, and it is one text without channels or parts."""
    from html import escape

    found = read_html("<p>" + escape(text).replace("\n", "<br>") + "</p>").markdown
    body = read_body(found)
    assert body.variants == ()
    assert len(body.default.parts) == 1
    assert "".join(plain_text(read_markup(found)).split()) == "".join(text.split()), found


@given(st.text(st.sampled_from("abc *_#->[]()`<>\\.1\n@!~&")))
def test_plain_text_reads_as_it_was_sent(text: str) -> None:
    """Text of tools that know no Markdown reads the same here, whatever signs it has, and stays one text."""
    found = as_written(text)
    assert reads_as_written(found, text), found
    assert read_body(found).variants == ()
    assert len(read_body(found).default.parts) == 1


def test_breaks_of_blogs_are_no_parts() -> None:
    """A break, an underlined heading and a channel's name stay what readers saw; code stays code."""
    text = "Kopf\n----\n\nA\n\n---\n\n## @x\n\n```\n---\n## @x\n```"
    found = as_read(text)
    assert found == "## Kopf\n\nA\n\n***\n\n## \\@x\n\n```\n---\n## @x\n```"
    assert read_body(found).variants == ()


def test_moments() -> None:
    """Every form that the tools write, and no moment where there is none."""
    assert read_moment("2026-03-05 10:00:00 +0200") == datetime(2026, 3, 5, 8, tzinfo=UTC)
    assert read_moment("2026-03-05T10:00:00.000Z") == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert read_moment("Thu, 05 Mar 2026 10:00:00 +0000") == datetime(2026, 3, 5, 10, tzinfo=UTC)
    assert read_moment("0000-00-00 00:00:00") is read_moment("") is read_moment("bald") is None
    assert order_of_days(["13.02.2026 10:00", "01.02.2026 10:00"]) is Days.DAY_FIRST
    assert order_of_days(["13/02/2026 10:00", "02/13/2026 10:00"]) is None
    assert [network_of(name) for name in ("twitter", "facebook_page", "Mastodon", "tiktok")] == [
        "x",
        "facebook",
        "mastodon",
        "",
    ]
