"""Signed approvals on real repositories, with real keys."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers.absent import without_server
from toolkit.approval import Verdict, content_hash, judge
from toolkit.approval.signatures import is_signed_by, signers_line
from toolkit.approval.signing import sign
from toolkit.model import Approval
from toolkit.workspace import Workspace, load_workspace, open_tree

SETTINGS = """\
format = 1
[workspace]
id = "probe"
languages = ["de"]
[people.redaktion]
roles = ["editor"]
[people.leitung]
roles = ["manager"]
key = "{leitung}"
[people.chefin]
roles = ["manager"]
key = "{chefin}"
[people.neu]
roles = ["manager"]
[accounts.news]
network = "feed"
[policy]
approvals = 1
signed_approvals = true
"""
POST = """\
---
uid: 01JDK3V7Q2M8X4T6R9A0B1C2D3
author: redaktion
status: ready
publish: 2026-12-01 07:30
channels: [news]
---
Hallo.
"""
PATH = "content/posts/tuer.md"
AT = datetime(2026, 11, 20, 9, 2, 11, tzinfo=UTC)


@dataclass
class Repository:
    """A workspace in git; people's keys lie beside it."""

    root: Path
    keys: Path

    def git(self, *args: str, key: str = "", when: str = "2026-11-20T10:00:00Z") -> str:
        """Run git as somebody whose commits are signed with `key`, or not."""
        signing = ("-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys / key}") if key else ()
        identity = ("-c", "user.name=T", "-c", "user.email=t@example.com", "-c", f"commit.gpgsign={bool(key)}".lower())
        environ = os.environ | {"GIT_COMMITTER_DATE": when, "GIT_AUTHOR_DATE": when}
        done = subprocess.run(
            ["git", *identity, *signing, *args], cwd=self.root, check=True, capture_output=True, text=True, env=environ
        )
        return done.stdout.strip()

    def commit(self, key: str = "", *, when: str = "2026-11-20T10:00:00Z") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", key=key, when=when)
        return self.git("rev-parse", "HEAD")

    def approve(self, by: str) -> None:
        """Write the record into the file, as `leitstand approve` does; nothing is committed."""
        workspace = load_workspace(self.root)
        post = workspace.posts[0]
        assert sign(self.root, post, Approval(by, AT, content_hash(post, workspace)), workspace.settings)

    def verdict(self, ref: str = "HEAD", *, also: str = "") -> Verdict:
        workspace = self.at(ref)
        post = workspace.posts[0]
        elsewhere = [Approval(also, AT, content_hash(post, workspace))] if also else []
        return judge(post, workspace.settings.accounts["news"], workspace, also=elsewhere)

    def at(self, ref: str) -> Workspace:
        return load_workspace(self.root, open_tree(self.root, ref))

    def public(self, name: str) -> str:
        return (self.keys / f"{name}.pub").read_text(encoding="utf-8").strip()

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """One unsigned commit with a post that nobody has approved."""
    if shutil.which("ssh-keygen") is None or shutil.which("git") is None:
        without_server("ssh-keygen or git", "apt install git openssh-client")
    keys, root = tmp_path / "keys", tmp_path / "brand"
    keys.mkdir()
    (root / "content/posts").mkdir(parents=True)
    for name in ("leitung", "chefin"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", f"{name}@example.com", "-f", str(keys / name)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    found = Repository(root, keys)
    settings = SETTINGS.format(leitung=found.public("leitung"), chefin=found.public("chefin"))
    (root / "leitstand.toml").write_text(settings, encoding="utf-8")
    (root / PATH).write_text(POST, encoding="utf-8")
    found.git("init", "-q", "-b", "main")
    found.commit()
    return found


def test_a_signed_approval_counts(repository: Repository) -> None:
    """The commit that added the record is signed by the person: granted, from the commit and from the working files."""
    repository.approve("leitung")
    repository.commit("leitung")
    assert (repository.verdict().granted, repository.verdict().reason) == (True, "")
    assert repository.verdict("").granted


def test_an_unsigned_approval_does_not_count(repository: Repository) -> None:
    """The same record in an unsigned commit is named as unsigned; without the policy it counts."""
    repository.approve("leitung")
    repository.commit()
    assert repository.verdict().reason == (
        "needs 1 approval (manager), has 0; the commit with leitung's approval is not signed"
    )
    repository.change("leitstand.toml", "signed_approvals = true", "signed_approvals = false")
    repository.commit()
    assert repository.verdict().granted


def test_another_persons_signature_does_not_count(repository: Repository) -> None:
    """A colleague with a key of their own cannot approve in somebody else's name."""
    repository.approve("leitung")
    repository.commit("chefin")
    found = repository.verdict()
    assert not found.granted
    assert "leitung's approval is signed by another key" in found.reason


def test_an_approval_that_is_not_committed_does_not_count(repository: Repository) -> None:
    """What only stands in the working files has nobody's signature."""
    repository.approve("leitung")
    assert "no commit is known that added leitung's approval" in repository.verdict("").reason


def test_a_later_signed_commit_does_not_sign_what_was_there(repository: Repository) -> None:
    """A forged record does not become real when the person signs other work on top of it, nor when they move the file."""
    repository.approve("leitung")
    repository.commit()
    (repository.root / "other").write_text("x", encoding="utf-8")
    repository.commit("leitung")
    repository.git("mv", PATH, "content/posts/umbenannt.md")
    repository.commit("leitung")
    repository.change("content/posts/umbenannt.md", "status: ready", "status:  ready")
    repository.commit("leitung")
    found = repository.verdict()
    assert not found.granted
    assert "is not signed" in found.reason


def test_a_moved_file_keeps_its_signed_approval(repository: Repository) -> None:
    """The record is looked for by the post's uid: a rename in an unsigned commit takes nothing away."""
    repository.approve("leitung")
    repository.commit("leitung")
    repository.git("mv", PATH, "content/posts/umbenannt.md")
    repository.commit()
    assert repository.verdict().granted


def test_a_record_copied_to_another_post_is_not_signed(repository: Repository) -> None:
    """Whoever copies a signed record into another post's file has no signature for it."""
    repository.approve("leitung")
    repository.commit("leitung")
    text = (repository.root / PATH).read_text(encoding="utf-8")
    other = text.replace("01JDK3V7Q2M8X4T6R9A0B1C2D3", "01JDK3V7Q2M8X4T6R9A0B1C2D4")
    (repository.root / "content/posts/kopie.md").write_text(other, encoding="utf-8")
    repository.commit()
    workspace = repository.at("HEAD")
    reasons = {
        post.path: judge(post, workspace.settings.accounts["news"], workspace).reason for post in workspace.posts
    }
    assert reasons[PATH] == ""
    assert "is not signed" in reasons["content/posts/kopie.md"]


def test_a_merge_carries_signatures_but_makes_none(repository: Repository) -> None:
    """An unsigned merge of a branch with a signed approval counts; a signed merge of an unsigned one does not."""
    repository.git("switch", "-q", "-c", "signed")
    repository.approve("leitung")
    repository.commit("leitung")
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "signed")
    assert repository.verdict().granted
    repository.git("switch", "-q", "-c", "unsigned", "main~1")
    repository.approve("leitung")
    repository.commit()
    repository.git("switch", "-q", "-c", "target", "main~1")
    repository.git("merge", "-q", "--no-ff", "-S", "-m", "merge", "unsigned", key="leitung")
    found = repository.verdict("target")
    assert not found.granted
    assert "is not signed" in found.reason


def test_a_squash_merge_counts_by_the_commit_that_was_reviewed(repository: Repository) -> None:
    """The forge's squash commit is not the person's; the one fetched with the pull request is."""
    repository.git("switch", "-q", "-c", "topic")
    repository.approve("leitung")
    reviewed = repository.commit("leitung")
    repository.git("switch", "-q", "main")
    repository.git("merge", "-q", "--squash", "topic")
    repository.commit("chefin")
    repository.git("branch", "-q", "-D", "topic")
    assert not repository.verdict().granted
    repository.git("update-ref", "refs/leitstand/pull/7", reviewed)
    assert repository.verdict().granted


def test_days_of_a_key(repository: Repository) -> None:
    """A commit of a day outside of the key's days is not verified; both days count, in UTC."""
    repository.approve("leitung")
    repository.commit("leitung", when="2026-11-20T23:59:59Z")

    def granted(days: str) -> bool:
        public = repository.public("leitung")
        settings = SETTINGS.format(leitung=public, chefin=repository.public("chefin"))
        text = settings.replace(f'key = "{public}"\n', f'key = "{public}"\n{days}\n')
        (repository.root / "leitstand.toml").write_text(text, encoding="utf-8")
        repository.commit()
        return repository.verdict().granted

    assert granted("key_from = 2026-11-20\nkey_until = 2026-11-20")
    assert granted("key_from = 2026-01-01")
    assert not granted("key_until = 2026-11-19")
    assert not granted("key_from = 2026-11-21")


def test_a_changed_post_voids_a_signed_approval(repository: Repository) -> None:
    """A signature is for the hash: one more word and it is void."""
    repository.approve("leitung")
    repository.commit("leitung")
    repository.change(PATH, "Hallo.", "Hallo Welt.")
    repository.commit("leitung")
    assert "leitung's is void: the post changed since" in repository.verdict().reason


def test_people_without_a_key_cannot_sign(repository: Repository) -> None:
    """Where signatures are demanded a person without a key is named, and so is an approval from elsewhere."""
    repository.approve("neu")
    repository.commit("chefin")
    assert "neu has no key in leitstand.toml" in repository.verdict().reason
    assert "leitung's approval is in no commit" in repository.verdict(also="leitung").reason


def test_a_hostile_configuration_runs_nothing_and_proves_nothing(repository: Repository, tmp_path: Path) -> None:
    """Programs, signers and stand-ins for commits that the repository's own configuration names are left alone."""
    evil, ran = tmp_path / "evil", tmp_path / "ran"
    evil.write_text(f"#!/bin/sh\ntouch {ran}\nexit 0\n", encoding="utf-8")
    evil.chmod(0o755)
    signers = tmp_path / "signers"
    signers.write_text(f"* {repository.public('chefin')}\n", encoding="utf-8")
    repository.approve("leitung")
    repository.commit("chefin")
    for name in ("gpg.program", "gpg.ssh.program", "gpg.x509.program", "core.fsmonitor", "diff.external", "core.pager"):
        repository.git("config", name, str(evil))
    repository.git("config", "gpg.ssh.allowedSignersFile", str(signers))
    (repository.root / ".git/info/attributes").write_text("*.md diff=evil\n", encoding="utf-8")
    repository.git("config", "diff.evil.textconv", str(evil))
    assert not repository.verdict().granted
    assert not ran.exists()


def test_a_commit_that_stands_in_for_another_proves_nothing(repository: Repository) -> None:
    """Git can show a signed commit in the place of a forged one (refs/replace); what counts is the commit of that id."""
    repository.approve("leitung")
    forged = repository.commit()
    real = repository.git("commit-tree", "-S", "-p", f"{forged}~1", "-m", "x", f"{forged}^{{tree}}", key="leitung")
    repository.git("replace", forged, real)
    people = repository.at("HEAD").settings.people
    assert is_signed_by(repository.root, real, people["leitung"])
    assert not is_signed_by(repository.root, forged, people["leitung"])
    assert not repository.verdict().granted


def test_an_incomplete_clone_proves_nothing_about_its_edge(repository: Repository, tmp_path: Path) -> None:
    """Of the oldest commit of a shallow clone nobody knows what it added, so a signature on it is none on the record."""
    repository.approve("leitung")
    repository.commit()
    (repository.root / "other").write_text("x", encoding="utf-8")
    repository.commit("leitung")
    address = repository.root.as_uri()
    subprocess.run(["git", "clone", "-q", "--depth", "1", address, str(tmp_path / "shallow")], check=True)
    shallow = Repository(tmp_path / "shallow", repository.keys)
    found = shallow.verdict()
    assert not found.granted
    assert "no commit is known" in found.reason


def test_the_line_for_ssh_keygen_names_nobody_but_the_key(repository: Repository) -> None:
    """One fixed name, the namespace of git, the days, the key without its comment."""
    leitung = repository.at("HEAD").settings.people["leitung"]
    key = " ".join(leitung.signing_key.split()[:2])
    assert signers_line(leitung) == f'approver namespaces="git" {key}\n'
