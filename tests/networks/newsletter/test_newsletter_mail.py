"""Headers that nobody can break out of, and HTML that mail programs show in light and dark."""

from __future__ import annotations

import html.parser
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.networks.connections.makers import make_intent
from toolkit.networks.base import Intent
from toolkit.networks.filters import text_draft
from toolkit.networks.newsletter import NETWORK
from toolkit.networks.newsletter.message import write_letter
from toolkit.networks.smtp.letter import seal
from toolkit.networks.smtp.mailbox import MailboxError, header_text, read_mailbox, read_unsubscribe
from toolkit.settings import Account

NOW = datetime(2026, 12, 1, 6, 30, tzinfo=UTC)
ACCOUNT = Account("mail", "newsletter", "liste@example.com")
HEADERS = ["From", "Reply-To", "To", "Subject", "Date", "Message-ID", "List-Unsubscribe"]
BODIES = ["MIME-Version", "Content-Type", "Content-Language"]


def letter_of(subject: str = "Betreff", **fields: str) -> Intent:
    return make_intent(
        ACCOUNT, "Text", title=subject, html="<p>Text</p>", fields={"from": "Wir <wir@example.com>", **fields}
    )


def read(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


ODD = st.text(
    st.one_of(st.sampled_from('\r\n\t\0:=?,;<>@"\\ \u2028\x85äß🎄'), st.characters(exclude_categories=["Cs"]))
)


@given(subject=ODD)
def test_a_subject_arrives_as_one_line_whatever_it_says(subject: str) -> None:
    """Line breaks, control characters and encoded words make no header of their own; all else arrives as written."""
    mail = read(write_letter(letter_of(subject), [], NOW).data)
    assert [name for name in mail if name not in BODIES] == ["From", "To", "Subject", "Date", "Message-ID"]
    assert " ".join(str(mail["Subject"]).split()) == header_text(subject)


@pytest.mark.parametrize(
    "title",
    [
        "Tür\r\nBcc: alle@example.com",
        "Tür\nBcc: alle@example.com",
        "Tür\r\n\r\n<script>",
        "=?utf-8?q?T=C3=BCr=0D=0ABcc:_alle=40example.com?=",
        "=?utf-8?b?VMO8cg0KQmNjOiBhbGxlQGV4YW1wbGUuY29t?=",
        "a" * 900 + "\r\nBcc: x@example.com",
    ],
)
def test_no_title_smuggles_a_header_in(title: str) -> None:
    """Neither in plain nor hidden in an encoded word; no recipient is added, and the body begins where it should."""
    data = write_letter(letter_of(title), [], NOW).data
    mail = read(data)
    assert mail["Bcc"] is None
    head = data.partition(b"\r\n\r\n")[0]
    assert not re.search(rb"(?im)^bcc", head)
    assert str(mail["To"]) == "liste@example.com"


def test_a_title_that_looks_like_an_encoded_word_stays_what_it_says() -> None:
    """Mail programs decode encoded words; what the author typed is shown as typed, with a sign nobody sees."""
    title = "=?utf-8?q?T=C3=BCr?="
    mail = read(write_letter(letter_of(title), [], NOW).data)
    assert str(mail["Subject"]).replace("\u2060", "") == title


def test_a_mail_whose_headers_would_not_arrive_is_not_sealed() -> None:
    """The last look before sending: a line feed in an encoded word, which some releases of Python write as it is."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "=?utf-8?q?a=0D=0ABcc:_x=40y.example?="
    with pytest.raises(MailboxError, match="would not arrive"):
        seal(message)


@given(name=ODD)
def test_a_senders_name_is_never_an_address(name: str) -> None:
    """Whatever stands before the brackets, the address stays the one in them, or the option is refused."""
    try:
        data = write_letter(letter_of(**{"from": f"{name} <wir@example.com>"}), [], NOW).data
    except MailboxError:
        return
    mail = read(data)
    assert [str(one.addr_spec) for one in mail["From"].addresses] == ["wir@example.com"]
    assert mail.keys()[0] == "From"
    assert mail.keys()[1] == "To"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("post@example.com", "post@example.com"),
        ("Nordlicht, GmbH <post@example.com>", "post@example.com"),
        ("<post@example.com>", "post@example.com"),
        ('"Nordlicht, GmbH" <post@example.com>', "post@example.com"),
        ("post@münchen.example", "post@xn--mnchen-3ya.example"),
        ("jörg@example.com", "jörg@example.com"),
        ("post@example.com>, <bcc@example.com", ""),
        ("post", ""),
        ("post@", ""),
        ("@example.com", ""),
        ("post@-example.com", ""),
        ("a b@example.com", ""),
        ("<post@example.com> SIZE=0", ""),
        ("post@example.com\r\nRCPT TO:<x@example.com>", ""),
        ('"a b"@example.com', ""),
        ("post@" + "a" * 250 + ".com", ""),
    ],
)
def test_an_address_is_one_address_or_refused(written: str, address: str) -> None:
    """What could end a line, a bracket or an SMTP command is no address."""
    if address:
        assert read_mailbox(written, "from").address == address
        return
    with pytest.raises(MailboxError, match="from: "):
        read_mailbox(written, "from")


@pytest.mark.parametrize(
    ("written", "header"),
    [
        ("https://example.com/ab?x=1", "<https://example.com/ab?x=1>"),
        ("ab@example.com", "<mailto:ab@example.com>"),
        ("mailto:ab@example.com?subject=Abmelden", "<mailto:ab@example.com?subject=Abmelden>"),
    ],
)
def test_one_click_is_promised_for_web_addresses_only(written: str, header: str) -> None:
    """RFC 8058 needs https; a mail address is named without that promise."""
    mail = read(write_letter(letter_of(unsubscribe=written), [], NOW).data)
    assert mail["List-Unsubscribe"] == header
    assert (mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") == written.startswith("https:")


def test_an_unsubscribe_address_has_no_brackets_and_no_blanks() -> None:
    """What could end the header's bracket is refused."""
    for written in ("https://example.com/a b", "https://example.com/>", "javascript:alert(1)", "https://ä.example"):
        with pytest.raises(MailboxError, match="unsubscribe: "):
            read_unsubscribe(written)


def page_of(text: str, **values: str) -> str:
    draft = replace(text_draft(text, NETWORK), values={"subject": "S", **values})
    return NETWORK.render(draft).parts[0].html


EVERYTHING = (
    "# Groß\n\nEin **Wort**, [ein Link](https://example.com/?a=1&b=2), `code`.\n\n- eins\n\n1. zwei\n\n> Zitat\n\n"
    "```\nblock\n```\n\n***\n"
)


class Elements(html.parser.HTMLParser):
    """Every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_styles_stand_in_the_elements() -> None:
    """No style sheet that programs drop: every visible element of ours carries its own style, within a table of 600."""
    elements = Elements(page_of(EVERYTHING)).found
    for tag, attributes in elements:
        if tag in {"p", "h1", "ul", "ol", "li", "blockquote", "pre", "code", "a", "hr", "body"}:
            assert attributes.get("style"), tag
    assert {"p", "h1", "ul", "ol", "li", "blockquote", "pre", "code", "a", "hr"} <= {tag for tag, _attrs in elements}
    tables = [attributes for tag, attributes in elements if tag == "table"]
    assert [table["width"] for table in tables] == ["100%", "600"]
    assert all(table["role"] == "presentation" for table in tables)


def test_dark_mode_stays_readable() -> None:
    """The page says that it knows both, sets no colour of text or ground, and its lines are seen on both."""
    page = page_of(EVERYTHING)
    assert '<meta name="color-scheme" content="light dark">' in page
    styles = " ".join(attributes.get("style") or "" for _tag, attributes in Elements(page).found)
    assert "background" not in styles
    assert set(re.findall(r"(?<![\w-])color:([^;]+)", styles)) == {"inherit"}
    (grey,) = set(re.findall(r"#[0-9a-f]{6}", styles))
    light = luminance(grey)
    assert min(1.05 / (light + 0.05), (light + 0.05) / 0.05) >= 3  # WCAG 2.2, 1.4.11


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_preheader_is_hidden_and_first() -> None:
    """Inboxes read the first text of the body: that is the preheader, which the open mail does not show."""
    page = page_of("Text", preheader="Heute <neu> & frei")
    body = page.partition("<body")[2]
    assert body.index("Heute &lt;neu&gt; &amp; frei") < body.index("Text")
    ((_tag, hidden),) = [one for one in Elements(page).found if one[0] == "div"]
    assert "display:none" in (hidden["style"] or "")
    assert "<div" not in page_of("Text")


@given(text=st.text(st.sampled_from("ab <>&\"'/=#`*[]()\n-"), max_size=60))
def test_the_page_is_well_formed_whatever_the_text(text: str) -> None:
    """Styles are written into our own elements only: as XML, the page has a root and closes what it opens."""
    page = page_of(text).replace("<!doctype html>\n", "")
    page = re.sub(r"<(meta|br|hr|img)([^>]*)>", r"<\1\2/>", page)
    root = ET.fromstring(page)
    assert [child.tag for child in root] == ["head", "body"]


@pytest.mark.parametrize(
    ("language", "written", "word", "target", "shown"),
    [
        (
            "de",
            "https://example.com/ab?a=1&b=2",
            "Abmelden",
            "https://example.com/ab?a=1&amp;b=2",
            "https://example.com/ab?a=1&b=2",
        ),
        ("en-GB", "ab@example.com", "Unsubscribe", "mailto:ab@example.com", "ab@example.com"),
        ("fr", "mailto:ab@example.com", "Unsubscribe", "mailto:ab@example.com", "ab@example.com"),
    ],
)
def test_readers_see_where_to_unsubscribe(language: str, written: str, word: str, target: str, shown: str) -> None:
    """Below the text, in the mail's language, in HTML and in plain text; without the option, nothing is there."""
    draft = replace(text_draft("Text", NETWORK), language=language, values={"unsubscribe": written})
    part = NETWORK.render(draft).parts[0]
    assert f'<a href="{target}" style="color:inherit;text-decoration:underline">{word}</a></p>' in part.html
    assert part.text == f"Text\n\n-- \n{word}: {shown}"
    assert NETWORK.render(replace(draft, values={})).parts[0].text == "Text"
    assert "<a" not in NETWORK.render(replace(draft, values={"unsubscribe": "javascript:alert(1)"})).parts[0].html
