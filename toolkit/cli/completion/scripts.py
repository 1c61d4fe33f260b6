"""The scripts of the shells. Each asks ``leitstand completion --propose`` and shows what comes; for nothing, files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from toolkit.messages import _
from toolkit.values import dataclass

_BASH: Final = r"""# leitstand for bash; written by: leitstand completion bash
_leitstand() {
  local line current="${COMP_WORDS[COMP_CWORD]}" words=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$(printf '%q' "${line%%$'\t'*}")")
  done < <("${COMP_WORDS[0]}" completion --propose -- "${words[@]}" "$current" 2>/dev/null)
}
complete -o default -F _leitstand leitstand
"""
_ZSH: Final = r"""#compdef leitstand
# leitstand for zsh; written by: leitstand completion zsh
_leitstand() {
  local line
  local -a found
  while IFS= read -r line; do
    found+=("${${line%%$'\t'*}//:/\\:}${${(M)line%$'\t'*}:+:${line#*$'\t'}}")
  done < <("${words[1]}" completion --propose -- "${(@)words[2,CURRENT-1]}" "${words[CURRENT]}" 2>/dev/null)
  if (( $#found )); then _describe -V leitstand found; else _files; fi
}
if [[ "$funcstack[1]" == _leitstand ]]; then _leitstand "$@"; else compdef _leitstand leitstand; fi
"""
_FISH: Final = r"""# leitstand for fish; written by: leitstand completion fish
function __leitstand_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    $words[1] completion --propose -- $words[2..-1] "$current" 2>/dev/null
end
complete -c leitstand -f -n 'test -n "$(__leitstand_complete)"' -a '(__leitstand_complete)'
"""
_POWERSHELL: Final = r"""# leitstand for PowerShell; written by: leitstand completion powershell
Register-ArgumentCompleter -Native -CommandName leitstand -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if ($wordToComplete -ne '' -and $words.Count -gt 0) { $words = @($words | Select-Object -SkipLast 1) }
    $last = if ($wordToComplete -eq '') { '""' } else { $wordToComplete }
    & leitstand completion --propose '--' @words $last 2>$null | ForEach-Object {
        $value, $meaning = $_ -split "`t", 2
        if (-not $meaning) { $meaning = $value }
        $shown = if ($value -match '\s') { "'$value'" } else { $value }
        [System.Management.Automation.CompletionResult]::new($shown, $value, 'ParameterValue', $meaning)
    }
}
"""
_SCRIPTS: Final[Mapping[str, str]] = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}
SHELLS: Final = tuple(_SCRIPTS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a shell looks for the script, and what somebody still has to do, "" for nothing."""

    file: Path
    remark: str = ""


def script(shell: str) -> str:
    """The script of one of `SHELLS`."""
    return _SCRIPTS[shell]


def place_of(shell: str, home: Path, environ: Mapping[str, str]) -> Place:
    """Where `shell` finds it from the next start on."""
    data = Path(environ.get("XDG_DATA_HOME") or home / ".local/share")
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    match shell:
        case "bash":
            return Place(data / "bash-completion/completions/leitstand", _("It works in the next bash."))
        case "zsh":
            line = f"fpath=({data}/zsh/site-functions $fpath); autoload -U compinit; compinit"
            return Place(data / "zsh/site-functions/_leitstand", _("Put this into ~/.zshrc: {line}").format(line=line))
        case "fish":
            return Place(config / "fish/completions/leitstand.fish")
        case _:
            file = config / "powershell/leitstand.ps1"
            return Place(file, _("Put this into the file that $PROFILE names: {line}").format(line=f". '{file}'"))
