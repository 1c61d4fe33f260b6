"""The table [media_host] of leitstand.toml."""

from __future__ import annotations

import pytest

from toolkit.settings import MediaPlace, read_settings

HEAD = 'format = 1\n[workspace]\nid = "probe"\n'


def read(table: str) -> tuple[MediaPlace | None, list[str]]:
    settings, problems = read_settings(HEAD + table)
    return (settings.media_host if settings else None), [str(problem) for problem in problems]


def test_without_the_table_there_is_no_place() -> None:
    """Workspaces that publish to no network of this kind need nothing."""
    assert read("") == (None, [])


def test_a_folder_and_a_bucket_are_read() -> None:
    """Every key arrives; an address loses its last slash, so that names can be put behind it."""
    table = (
        '[media_host]\nkind = "folder"\nfolder = "/srv/media"\nurl = "https://m.example.com/x/"\nprefix = "social/"\n'
    )
    assert read(table) == (MediaPlace("folder", "https://m.example.com/x", "/srv/media", prefix="social/"), [])
    table = '[media_host]\nkind = "s3"\nbucket = "b"\nendpoint = "https://s3.example.com"\nregion = "eu-1"\n'
    assert read(table)[0] == MediaPlace("s3", bucket="b", endpoint="https://s3.example.com", region="eu-1")


@pytest.mark.parametrize(
    ("table", "place", "complaint"),
    [
        ('kind = "ftp"', "5:1", "kind must be one of: folder, s3"),
        ('kind = "folder"\nurl = "https://a.example"', "4:1", "kind folder needs folder"),
        ('kind = "folder"\nfolder = "/srv"', "4:1", "kind folder needs url"),
        ('kind = "s3"', "4:1", "kind s3 needs bucket"),
        ('kind = "folder"\nfolder = "media"\nurl = "https://a.example"', "6:1", "folder must be a whole path"),
        ('kind = "s3"\nbucket = "b"\nurl = "a.example"', "7:1", "url must be an address such as"),
        ('kind = "s3"\nbucket = "b"\nprefix = "../x"', "7:1", "prefix must lie below"),
        ('kind = "s3"\nbuckt = "b"', "6:1", "did you mean 'bucket'"),
        ('kind = "s3"\nbucket = 5', "6:1", "bucket must be text"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(table: str, place: str, complaint: str) -> None:
    """A wrong key has its line, and the sentence says what to write."""
    found, problems = read(f"[media_host]\n{table}\n")
    assert found is None
    assert any(f"leitstand.toml:{place}: " in problem and complaint in problem for problem in problems), problems
