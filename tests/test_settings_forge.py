"""[forge], and what tells people apart: names on the forge and signing keys."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from toolkit.settings import ForgePlace, Settings, read_settings

HEAD = 'format = 1\n[workspace]\nid = "probe"\n'
KEY = "ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + bytes(32)).decode()


def read(text: str) -> Settings:
    settings, problems = read_settings(HEAD + text)
    assert (settings is not None, problems) == (True, [])
    assert settings is not None
    return settings


def complaints(text: str) -> list[str]:
    return [str(problem) for problem in read_settings(HEAD + text)[1]]


def test_a_forge_is_a_repository_and_its_api() -> None:
    """Without an address the forge is the public one of its kind; without the table there is none."""
    assert read('[forge]\nkind = "github"\nproject = "nordlicht/social"').forge == ForgePlace(
        "github", "nordlicht/social", "https://api.github.com"
    )
    own = read('[forge]\nkind = "gitlab"\nproject = "a/b/c"\nurl = "https://git.example.com/api/v4/"').forge
    assert own == ForgePlace("gitlab", "a/b/c", "https://git.example.com/api/v4")
    assert read("").forge is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "gitea"\nproject = "a/b"', "kind must be one of: github, gitlab"),
        ('kind = "github"', "project must be the path of a repository"),
        ('kind = "github"\nproject = "a/b/c"', "project must be the path of a repository"),
        ('kind = "gitlab"\nproject = "a/../b"', "project must be the path of a repository"),
        ('kind = "gitlab"\nproject = "a/b?x=1"', "project must be the path of a repository"),
        ('kind = "github"\nproject = "a/b"\nurl = "ftp://x"', "url must be an address"),
        ('kind = "github"\nproject = "a/b"\ntoken = "x"', "unknown key 'token'"),
    ],
)
def test_what_is_no_forge_is_said_at_its_place(text: str, said: str) -> None:
    """Every mistake names the line and the remedy."""
    found = complaints(f"[forge]\n{text}")
    assert any(said in line and line.startswith("leitstand.toml:") for line in found), found


def test_people_have_a_key_with_days_and_a_name_on_the_forge() -> None:
    """A public key as in a .pub file, the days on which it counts, and the forge's name."""
    mia = read(
        f'[people.mia]\nkey = "{KEY} mia@laptop"\nkey_from = 2026-01-01\nkey_until = 2026-12-31\nforge = "mia-x"'
    )
    person = mia.people["mia"]
    assert (person.signing_key, person.forge) == (f"{KEY} mia@laptop", "mia-x")
    assert (person.key_from, person.key_until) == (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    "key",
    [
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        KEY.replace("ssh-ed25519", "ssh-rsa", 1),
        f"cert-authority {KEY}",
        f'* namespaces="git" {KEY}',
        f"{KEY} a\\nmallory {KEY}",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ],
)
def test_a_key_is_nothing_but_a_key(key: str) -> None:
    """No options, no second line, no private key, no other type than it says: it becomes a line of a file for ssh-keygen."""
    text = key.replace('"', '\\"')
    assert any("key must be a public SSH key" in line for line in complaints(f'[people.mia]\nkey = "{text}"'))


def test_nobody_shares_what_tells_them_apart() -> None:
    """One key, whatever its comment, or one name on the forge, whatever its capitals, is one person."""
    keys = complaints(f'[people.mia]\nkey = "{KEY} a"\n[people.ole]\nkey = "{KEY} b"')
    assert any("mia has the same key" in line for line in keys)
    names = complaints('[people.mia]\nforge = "Mia"\n[people.ole]\nforge = "mia"')
    assert any("mia has the same forge" in line for line in names)


def test_days_of_a_key_are_days_in_order() -> None:
    """A time, a text or an end before the beginning is refused."""
    assert any("must be a day" in line for line in complaints('[people.mia]\nkey_from = "soon"'))
    assert any("must be a day" in line for line in complaints("[people.mia]\nkey_until = 2026-01-01T00:00:00Z"))
    swapped = complaints("[people.mia]\nkey_from = 2026-02-01\nkey_until = 2026-01-01")
    assert any("key_until must not be before" in line for line in swapped)


def test_signatures_may_be_demanded() -> None:
    """[policy] signed_approvals is off unless it is said."""
    assert read("").policy.signed_approvals is False
    assert read("[policy]\nsigned_approvals = true").policy.signed_approvals is True
