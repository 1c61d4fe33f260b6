"""A real Dovecot for one test: one mailbox, started on free ports as an unprivileged user, with TLS of its own authority."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import trustme

from tests.servers.absent import without_server
from tests.servers.snac import AS_USER, NO_GROUPS, free_port, stop

USER: Final = "service@nordlicht.example.com"
PASSWORD: Final = "geheim: jä"
CONFIGURATION: Final = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
ssl = {ssl}
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
mail_location = maildir:{folder}/mail
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}
}}
namespace inbox {{
  inbox = yes
  mailbox {sent} {{
    auto = create
    {special}
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class MailHouse:
    """A running server: its address, the authority to trust, and a way in that needs no TLS."""

    url: str
    plain: int
    authority: Path
    folder: Path

    @property
    def host_port(self) -> str:
        return self.url.partition("://")[2]

    def put(self, mail: bytes, at: datetime | None = None, folder: str = "INBOX", flags: str = "") -> None:
        """Lay a mail into a folder, as if it had arrived `at`."""
        with self._client() as client:
            date = imaplib.Time2Internaldate(at) if at else None
            kind, said = client.append(folder, flags, date, mail)
            assert kind == "OK", said

    def mails(self, folder: str) -> list[bytes]:
        """What lies in a folder."""
        with self._client() as client:
            client.select(folder, readonly=True)
            _kind, numbers = client.search(None, "ALL")
            found = [client.fetch(number, "(BODY.PEEK[])")[1][0] for number in numbers[0].decode().split()]
            return [row[1] for row in found if isinstance(row, tuple)]

    def flags(self, folder: str = "INBOX") -> list[str]:
        """The flags of each mail."""
        with self._client() as client:
            client.select(folder, readonly=True)
            _kind, rows = client.fetch("1:*", "(FLAGS)")
            return [row.decode() for row in rows if isinstance(row, bytes)]

    def empty(self) -> None:
        """Delete every mail."""
        with self._client() as client:
            for folder in ("INBOX", "Sent"):
                client.select(folder)
                client.uid("STORE", "1:*", "+FLAGS.SILENT", "(\\Deleted)")
                client.expunge()

    @contextmanager
    def _client(self) -> Iterator[imaplib.IMAP4]:
        client = imaplib.IMAP4("127.0.0.1", self.plain, timeout=20)
        try:
            client.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
            yield client
        finally:
            client.logout()


@contextmanager
def run_imap(
    encryption: str = "tls", *, sent: str = "Sent", special: bool = True, mechanisms: str = "plain login"
) -> Iterator[MailHouse]:
    """A server with `encryption` tls, starttls or none, as long as the block lasts; `sent` is its folder of sent mails."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None or not Path("/usr/lib/dovecot/imap").exists():
        without_server("dovecot-imapd", "run .ci/system-packages")
    plain, tls = free_port(), free_port()
    with tempfile.TemporaryDirectory(prefix="leitstand-imap-") as name:
        folder = Path(name)
        values = {
            "ssl": "no" if encryption == "none" else "yes",
            "mechanisms": mechanisms,
            "sent": f'"{sent}"',
            "special": "special_use = \\Sent" if special else "",
            "plain": plain,
            "tls": tls,
        }
        authority = _lay_out(folder, values)
        _hand_to_nobody(folder)
        command = [program, "-F", "-c", str(folder / "dovecot.conf")]
        process = subprocess.Popen(
            command,
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(process, plain, folder)
            scheme, port = ("imaps", tls) if encryption == "tls" else ("imap", plain)
            yield MailHouse(f"{scheme}://localhost:{port}", plain, authority, folder)
        finally:
            stop(process)


def _lay_out(folder: Path, values: Mapping[str, object]) -> Path:
    """Everything the server reads; returns the authority to trust."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(str(folder / "server.key"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
    trusted = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    (folder / "users").write_text(f"{USER}:{{PLAIN.HEX}}{PASSWORD.encode().hex()}\n", encoding="utf-8")
    who = pwd.getpwuid(AS_USER if AS_USER is not None else os.getuid())
    group = grp.getgrgid(who.pw_gid).gr_name
    text = CONFIGURATION.format(folder=folder, user=who.pw_name, group=group, **values)
    (folder / "dovecot.conf").write_text(text, encoding="utf-8")
    return trusted


def _hand_to_nobody(folder: Path) -> None:
    if AS_USER is not None:
        for path in (folder, *folder.iterdir()):
            os.chown(path, AS_USER, pwd.getpwuid(AS_USER).pw_gid)


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    log = folder / "log"
    raise AssertionError(f"dovecot did not start: {log.read_text() if log.exists() else ''}")
