import copy
import pickle
import traceback
from pathlib import Path

import pytest

from toolkit.credentials import Secret, need_secret, read_secret, variable_name
from toolkit.errors import UsageError

CANARY = "canary-4f1c9b"


def write(folder: Path, account: str, text: str, mode: int = 0o600) -> dict[str, str]:
    """A credentials file; returns the environment that names its folder."""
    folder.mkdir(exist_ok=True)
    (folder / account).write_text(text)
    (folder / account).chmod(mode)
    return {"LEITSTAND_CREDENTIALS_DIR": str(folder)}


def test_the_variable_comes_before_the_files(tmp_path: Path) -> None:
    """Environment, then systemd's folder, then our own; an empty variable counts as none."""
    ours = write(tmp_path / "ours", "mastodon-en", "from our folder\n")
    systemd = {"CREDENTIALS_DIRECTORY": str(tmp_path / "systemd")}
    write(tmp_path / "systemd", "mastodon-en", "from systemd", mode=0o440)
    named = {"LEITSTAND_TOKEN_MASTODON_EN": " from the environment \n"}
    assert read_secret("mastodon-en", {**ours, **systemd, **named}).reveal() == "from the environment"
    assert read_secret("mastodon-en", {**ours, **systemd, "LEITSTAND_TOKEN_MASTODON_EN": ""}).reveal() == "from systemd"
    assert read_secret("mastodon-en", ours).reveal() == "from our folder"
    assert not read_secret("mastodon-en", {})


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666, 0o610])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """The error names the remedy and not the secret."""
    environ = write(tmp_path, "mastodon", CANARY, mode)
    with pytest.raises(UsageError, match="chmod 600") as caught:
        read_secret("mastodon", environ)
    assert CANARY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("text", ["", "\n", "two\nlines", "bell\a", "x" * 70_000])
def test_a_file_without_one_token_is_refused(tmp_path: Path, text: str) -> None:
    """An empty file or a whole configuration is a mistake, not a token."""
    with pytest.raises(UsageError, match="one line"):
        read_secret("mastodon", write(tmp_path, "mastodon", text))


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A binary file is a mistake."""
    environ = write(tmp_path, "mastodon", "x")
    (tmp_path / "mastodon").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError):
        read_secret("mastodon", environ)


@pytest.mark.parametrize("account", ["../secret", "a/b", "..", ".", "", "a\\b"])
def test_an_account_name_cannot_leave_the_folder(tmp_path: Path, account: str) -> None:
    """Names with separators are no file names."""
    write(tmp_path, "secret", CANARY)
    assert not read_secret(account, {"LEITSTAND_CREDENTIALS_DIR": str(tmp_path / "inner")})


def test_the_missing_token_is_asked_for_by_name() -> None:
    """The error says which variable and which file."""
    with pytest.raises(UsageError, match="LEITSTAND_TOKEN_BLUESKY_EN"):
        need_secret("bluesky-en", {})
    assert need_secret("a", {variable_name("a"): "t"}).reveal() == "t"


def test_a_secret_does_not_show_itself() -> None:
    """Not in texts, formats, containers, copies of its repr, errors or pickles."""
    secret = Secret(CANARY)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", "%s %r" % (secret, secret), str([secret])]  # noqa: UP031
    assert CANARY not in "".join(shown)
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)
    with pytest.raises(ValueError, match="Secret") as caught:
        raise ValueError(secret)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert bool(secret)
    assert not Secret("")
