"""The language server, spoken to as an editor does: a process on standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

POST = "---\nuid: 01JDK3V7Q2M8X4T6R9A0B1C2D3\ntitle: Hallo\nstatus: draft\nmeida: x\n---\n😀 Hallo\n"


class Editor:
    """The smallest client: writes messages, reads until the one it waits for."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.input, self.output = process.stdin, process.stdout

    def send(self, method: str, params: object, number: int | None = None) -> None:
        message: dict[str, object] = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        self.input.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.input.flush()

    def read(self) -> dict[str, Any]:
        length = 0
        while line := self.output.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.output.read(length))
        return message

    def diagnostics(self) -> list[dict[str, Any]]:
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics":
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found


@pytest.fixture
def editor() -> Iterator[Editor]:
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "lsp"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    yield (client := Editor(process))
    client.send("shutdown", None, 99)
    client.send("exit", None)
    client.input.close()
    process.wait(20)
    client.output.close()


def test_an_editor_sees_problems_while_typing(editor: Editor, tmp_path: Path) -> None:
    """An unknown key is underlined when the file is opened, and no longer once it is mended, before saving."""
    (tmp_path / "leitstand.toml").write_text('format = 1\n[workspace]\nid = "x"\n[accounts.feed]\nnetwork = "feed"\n')
    file = tmp_path / "content" / "posts" / "hallo.md"
    file.parent.mkdir(parents=True)
    file.write_text(POST)
    editor.send("initialize", {"processId": None, "rootUri": tmp_path.as_uri(), "capabilities": {}}, 1)
    editor.read()
    editor.send("initialized", {})
    opened = {"uri": file.as_uri(), "languageId": "markdown", "version": 1, "text": POST}
    editor.send("textDocument/didOpen", {"textDocument": opened})
    found = [item for item in editor.diagnostics() if "meida" in item["message"]]
    assert [item["range"]["start"] for item in found] == [{"line": 4, "character": 0}]
    assert found[0]["code"] == "front-matter"
    mended = {
        "textDocument": {"uri": file.as_uri(), "version": 2},
        "contentChanges": [{"text": POST.replace("meida: x\n", "")}],
    }
    editor.send("textDocument/didChange", mended)
    assert [item for item in editor.diagnostics() if "meida" in item["message"]] == []
