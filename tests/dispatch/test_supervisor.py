"""sd_notify: what systemd hears."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from toolkit.dispatch.supervisor import tell_supervisor


@pytest.mark.skipif(sys.platform == "win32", reason="no systemd there")
def test_messages_arrive(tmp_path: Path) -> None:
    """A message is one datagram on the socket that systemd names."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.settimeout(5)
        listener.bind(str(tmp_path / "notify"))
        tell_supervisor({"NOTIFY_SOCKET": str(tmp_path / "notify")}, "READY=1")
        assert listener.recv(64) == b"READY=1"


def test_nobody_listens(tmp_path: Path) -> None:
    """Without systemd, or when its socket is gone, nothing happens."""
    tell_supervisor({}, "READY=1")
    tell_supervisor({"NOTIFY_SOCKET": str(tmp_path / "gone")}, "READY=1")
