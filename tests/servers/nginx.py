"""A real nginx with TLS before another server: certificates of an authority of its own, started on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.servers.absent import without_server
from tests.servers.snac import AS_USER, NO_GROUPS, free_port, stop

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access.log;
  client_max_body_size 20m;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.key;
    location / {{
      proxy_pass {behind};
      proxy_set_header Host $host:$server_port;
    }}
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running server: its https address, and the file with the authority that vouches for it."""

    url: str
    authority: Path
    folder: Path

    @property
    def host_port(self) -> str:
        return self.url.removeprefix("https://")

    def lines(self) -> list[str]:
        """The access log."""
        return (self.folder / "access.log").read_text().splitlines()


def program() -> str:
    """The server's program; skips or fails the test where it is not installed."""
    return (
        shutil.which("nginx")
        or shutil.which("nginx", path="/usr/sbin")
        or without_server("nginx", "run .ci/system-packages")
    )


@contextmanager
def run_nginx(behind: str) -> Iterator[Nginx]:
    """TLS on localhost before the server `behind`, as long as the block lasts."""
    found = program()
    with tempfile.TemporaryDirectory(prefix="leitstand-nginx-") as name:
        folder, port = Path(name), free_port()
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost")
        authority.cert_pem.write_to_path(folder / "authority.pem")
        certificate.private_key_pem.write_to_path(folder / "server.key")
        for at, blob in enumerate(certificate.cert_chain_pems):
            blob.write_to_path(folder / "server.pem", append=at > 0)
        (folder / "nginx.conf").write_text(CONFIGURATION.format(folder=folder, port=port, behind=behind))
        if AS_USER is not None:  # the server should not be root
            for path in (folder, *folder.iterdir()):
                os.chown(path, AS_USER, AS_USER)
        process = subprocess.Popen(
            [found, "-e", f"{folder}/error.log", "-p", str(folder), "-c", f"{folder}/nginx.conf"],
            user=AS_USER,
            group=AS_USER,
            extra_groups=NO_GROUPS,
        )
        try:
            wait_for_port(port)
            yield Nginx(f"https://localhost:{port}", folder / "authority.pem", folder)
        finally:
            stop(process)


def wait_for_port(port: int, seconds: float = 60.0) -> None:
    """Return once somebody listens; raises `TimeoutError` otherwise."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nothing listens on {port}")
