"""The files for forges: their schemas know them, and their scripts do what they say in a real clone."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from toolkit import __version__
from toolkit.cli import VERBS, execute, load_verb
from toolkit.starter import PLACES, ci_files

ENGLISH = {"LEITSTAND_LANG": "en"}
NOW = "2026-11-21T12:00+01:00"
BRANCH = "texte/$(touch${IFS}pwned);'neu'"
POST = """---
title: Neue Mühle
author: jule
status: ready
publish: 2026-12-02 09:30
channels: [feed]
---

Sie mahlt. @everyone ``` </details> **fett**
"""


def parsed(forge: str) -> dict[str, Any]:
    [text] = ci_files(forge).values()
    found = yaml.load(text, Loader=yaml.BaseLoader)  # as the forges read it: `on` is no truth value
    assert isinstance(found, dict)
    return found


def scripts(forge: str) -> dict[str, str]:
    """Name of the step or job → its shell script."""
    if forge == "gitlab":
        return {name: "\n".join(job["script"]) for name, job in parsed(forge).items() if "script" in job}
    steps = [step for job in parsed(forge)["jobs"].values() for step in job["steps"]]
    return {step["name"]: step["run"] for step in steps if "name" in step}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True, timeout=60)
    return done.stdout


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of a new workspace with a branch on which somebody wrote a post in the browser."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Jule")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "jule@nordlicht.example.com")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Jule")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "jule@nordlicht.example.com")
    work, origin = tmp_path / "work", tmp_path / "origin.git"
    assert execute(["init", str(work), "--ci", "github", "--now", NOW], ENGLISH) == 0
    with (work / "leitstand.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[people.jule]\nname = "Jule"\n')
    git(work, "init", "--quiet", "--initial-branch=main")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "Anfang")
    git(tmp_path, "clone", "--quiet", "--bare", str(work), str(origin))
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    here = tmp_path / "clone"
    git(here, "switch", "--quiet", "-c", BRANCH)
    (here / "content/posts/neue-muehle.md").write_text(POST, encoding="utf-8")
    git(here, "add", ".")
    git(here, "commit", "--quiet", "-m", "Im Browser geschrieben")
    git(here, "push", "--quiet", "origin", BRANCH)
    return here


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A script as the forges run it, with our command on the path."""
    environ = {
        **os.environ,
        **variables,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "LEITSTAND_LANG": "en",
        "GITHUB_OUTPUT": str(folder.parent / "output"),
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary"),
    }
    command = ["bash", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, env=environ, timeout=120)


def test_a_post_without_uid_is_minted_on_its_branch(clone: Path) -> None:
    """The step of GitHub commits the uid and pushes it to the branch it came from; a second run pushes nothing."""
    assert bash(scripts("github")["check"], clone).returncode == 1
    for _again in range(2):
        done = bash(scripts("github")["fix"], clone, BRANCH=BRANCH)
        assert done.returncode == 0, done.stderr
    pushed = git(clone, "show", f"origin/{BRANCH}:content/posts/neue-muehle.md")
    assert re.search(r"^uid: [0-9A-Z]{26}$", pushed, re.MULTILINE)
    assert git(clone, "log", "--format=%s", f"main..origin/{BRANCH}").splitlines() == [
        "uids minted, safe fixes",
        "Im Browser geschrieben",
    ]
    assert (clone.parent / "output").read_text() == "minted=true\n"
    assert bash(scripts("github")["check"], clone).returncode == 0
    assert not (clone / "pwned").exists()


def test_gitlab_mints_with_a_token_that_no_command_line_shows(clone: Path) -> None:
    """The job of GitLab does the same; the token is asked for by git and stands nowhere in the script's words."""
    git(clone, "config", f"url.{clone.parent}/origin.git.insteadOf", "https://git.example.com/n/social.git")
    variables = {
        "CI_PROJECT_URL": "https://git.example.com/n/social",
        "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": BRANCH,
        "LEITSTAND_PUSH_TOKEN": "glpat-secret",
    }
    done = bash("set -x\n" + scripts("gitlab")["mint"], clone, **variables)
    assert done.returncode == 0, done.stderr
    assert "glpat-secret" not in done.stdout + done.stderr
    git(clone, "fetch", "--quiet")
    assert "uid: " in git(clone, "show", f"origin/{BRANCH}:content/posts/neue-muehle.md")


@pytest.mark.parametrize("forge", list(PLACES))
def test_the_plan_shows_what_is_published(clone: Path, forge: str) -> None:
    """The plan names the new post and shows what the network gets, and nothing in a text becomes Markdown of the comment."""
    assert bash(scripts("github")["fix"], clone, BRANCH=BRANCH).returncode == 0
    name = "plan" if forge == "github" else "check"
    done = bash(scripts(forge)[name], clone, BASE="origin/main", CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
    assert done.returncode == 0, done.stderr
    plan = (clone / "plan.md").read_text(encoding="utf-8")
    assert "Neue Mühle" in plan
    assert "neue-muehle" in plan
    [line] = [line for line in plan.splitlines() if "Sie mahlt." in line and "```" in line]
    assert line.startswith("    ")
    if forge == "gitlab":
        assert json.loads((clone / "code-quality.json").read_text()) is not None


def test_a_broken_post_fails_the_check_and_still_has_a_plan(clone: Path) -> None:
    """Errors fail the check, and the plan is written all the same."""
    (clone / "content/posts/neue-muehle.md").write_text(POST.replace("ready", "fertig"), encoding="utf-8")
    git(clone, "commit", "--quiet", "-am", "Fehler")
    done = bash(scripts("gitlab")["check"], clone, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
    assert done.returncode == 1
    assert json.loads((clone / "code-quality.json").read_text())
    assert "neue-muehle" in (clone / "plan.md").read_text(encoding="utf-8")
    assert bash(scripts("github")["check"], clone).returncode == 1


@pytest.mark.parametrize(("forge", "name"), [("github", "github-workflows"), ("gitlab", "gitlab-ci")])
def test_the_published_schema_knows_the_file(forge: str, name: str, tmp_path: Path) -> None:
    """The forges' own schemas, as check-jsonschema brings them, have nothing against the files."""
    if find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed; it stands in the dependency group dev")
    [(path, text)] = ci_files(forge).items()
    (tmp_path / Path(path).name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{name}"]
    transform = ["--data-transform", "gitlab-ci"] if forge == "gitlab" else []
    done = subprocess.run(
        [*command, *transform, str(tmp_path / Path(path).name)], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout


def test_github_gives_each_job_what_it_needs_and_forks_nothing() -> None:
    """No right by default; who may write runs only for branches of the repository, and nothing of a pull request is pasted into a script."""
    found = parsed("github")
    assert found["permissions"] == {}
    jobs = found["jobs"]
    assert jobs["check"]["permissions"] == {"contents": "read"}
    for name in ("mint", "comment"):
        assert "head.repo.full_name == github.repository" in jobs[name]["if"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    assert not any("${{" in step["run"] for step in steps if "run" in step)
    assert "secrets." not in next(iter(ci_files("github").values()))
    assert "pull_request_target" not in found["on"]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
    assert all(int(job["timeout-minutes"]) <= 10 for job in jobs.values())


@pytest.mark.parametrize("forge", list(PLACES))
def test_every_command_in_the_files_exists(forge: str) -> None:
    """Every `leitstand` in the files is a verb with the options that it is given, and this version is installed."""
    [text] = ci_files(forge).values()
    assert f"leitstand=={__version__}" in text
    calls = re.findall(r"^(?:\s|\{|run: |- )*(leitstand [^|\n>;]+)", text, re.MULTILINE)
    assert {call.split()[1] for call in calls} >= {"check", "plan", "fix", "preview"}
    for call in calls:
        words = call.split()
        assert words[1] in VERBS
        known = {option for parameter in load_verb(words[1]).params for option in parameter.opts}
        assert [word for word in words[2:] if word.startswith("--") and word not in known] == []


def test_init_adds_the_file_to_a_workspace_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a workspace `init --ci` writes that file alone, and never over one that is there."""
    assert execute(["init", str(tmp_path / "a"), "--now", NOW], ENGLISH) == 0
    before = sorted(path for path in (tmp_path / "a").rglob("*"))
    capsys.readouterr()
    assert execute(["init", str(tmp_path / "a"), "--ci", "gitlab", "--json"], ENGLISH) == 0
    assert json.loads(capsys.readouterr().out)["files"] == [".gitlab-ci.yml"]
    assert sorted(path for path in (tmp_path / "a").rglob("*") if path.name != ".gitlab-ci.yml") == before
    (tmp_path / "a/.gitlab-ci.yml").write_text("eigenes: {}\n")
    assert execute(["init", str(tmp_path / "a"), "--ci", "gitlab"], ENGLISH) == 0
    assert (tmp_path / "a/.gitlab-ci.yml").read_text() == "eigenes: {}\n"
    assert execute(["init", str(tmp_path / "b"), "--ci", "gitea"], ENGLISH) == 2
    assert "unknown forge 'gitea'" in capsys.readouterr().err
