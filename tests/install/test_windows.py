"""The scripts people double-click, as far as they can be judged elsewhere: by a parser of PowerShell, by their bytes, by shellcheck."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

from unionboard.config import PROJECT_DIR

CMD = PROJECT_DIR / "start-windows.cmd"
SCRIPT = PROJECT_DIR / "deploy" / "windows" / "start.ps1"
MAC = PROJECT_DIR / "start-mac.command"
BOM = b"\xef\xbb\xbf"
OF_WINDOWS = {
    "Get-Command",
    "Get-Content",
    "Get-Date",
    "Get-FileHash",
    "Get-Item",
    "Get-UICulture",
    "Invoke-WebRequest",
    "Join-Path",
    "New-Object",
    "Out-Null",
    "Read-Host",
    "Set-Content",
    "Set-Location",
    "Set-StrictMode",
    "Sort-Object",
    "Split-Path",
    "Test-Path",
    "Write-Host",
    "Write-Verbose",
}
"""Of Windows PowerShell 5.1, which every Windows has; none of them deletes anything."""


def parse(text: str) -> Node:
    return Parser(Language(tree_sitter_powershell.language())).parse(text.encode()).root_node


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


def list_faults(text: str) -> list[tuple[int, str]]:
    """Line and text of what the parser does not understand."""
    broken = [node for node in walk(parse(text)) if node.is_error or node.is_missing]
    return [(node.start_point.row + 1, (node.text or b"").decode()[:60]) for node in broken]


def read_script() -> str:
    return SCRIPT.read_bytes().removeprefix(BOM).decode()


def texts(kind: str) -> set[str]:
    return {(node.text or b"").decode() for node in walk(parse(read_script())) if node.type == kind}


def test_script_is_understood() -> None:
    assert list_faults(read_script()) == []


@pytest.mark.parametrize("broken", ["if ($a { 1 }", "function Say([string]$A { }", "foreach ($a in 1, 2) { Write-Host $a"])
def test_parser_tells_a_broken_script(broken: str) -> None:
    assert list_faults(broken) != []


def test_script_calls_what_windows_has_and_what_it_defines() -> None:
    names = {name for name in texts("command_name") if re.fullmatch(r"[A-Z][A-Za-z-]+", name)}

    assert names == texts("function_name") | OF_WINDOWS


def test_script_uses_nothing_newer_than_what_every_windows_has() -> None:
    """``&&``, ``||``, ``??`` and ``a ? b : c`` came with PowerShell 7."""
    code = re.sub(r"@\"\r\n.*?\r\n\"@|'[^'\n]*'|\"[^\"\n]*\"|#[^\n]*", "", read_script(), flags=re.DOTALL)

    assert re.findall(r"&&|\|\||\?\?|\s\?\s", code) == []


def test_only_the_environment_is_made_anew() -> None:
    lines = [line.strip() for line in read_script().splitlines() if "--clear" in line]

    assert lines == ["& $Python -m venv --clear $Venv"]


def test_quotes_are_those_powershell_means() -> None:
    """It takes curly quotes for straight ones, and would end a sentence there."""
    assert re.findall("[\u2018-\u201e]", read_script()) == []


def test_every_sentence_is_said_in_both_languages() -> None:
    """Chinese first, then English."""
    pairs = re.findall(r"(?:Say|Stop-Here|Confirm-Wish) (['\"])(.+?)\1 (['\"])(.+?)\3", read_script())

    assert len(pairs) > 10
    assert [(chinese, english) for _, chinese, _, english in pairs if chinese.isascii() or not english.replace("…", "").isascii()] == []


@pytest.mark.parametrize("path", [CMD, SCRIPT], ids=["cmd", "ps1"])
def test_lines_end_as_windows_ends_them(path: Path) -> None:
    data = path.read_bytes()

    assert (data.count(b"\r\n"), data.count(b"\r")) == (data.count(b"\n"), data.count(b"\n"))


def test_marks_stand_where_windows_reads_them() -> None:
    """PowerShell 5.1 takes a file without a mark for one in the code page of the country; cmd shows a mark as letters."""
    assert (SCRIPT.read_bytes()[:3], CMD.read_bytes()[:5]) == (BOM, b"@echo")


def test_cmd_sets_the_code_page_before_it_says_anything_chinese() -> None:
    lines = CMD.read_text(encoding="utf-8").splitlines()
    chinese = [number for number, line in enumerate(lines) if not line.isascii()]

    assert lines.index("chcp 65001 >nul") < min(chinese)


def test_cmd_goes_where_there_is_a_label() -> None:
    text = CMD.read_text(encoding="utf-8")

    assert set(re.findall(r"goto (\w+)", text)) == set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert text.splitlines()[-1] == "exit /b 1"


def test_cmd_calls_the_script_that_is_there() -> None:
    found = re.search(r'set "SCRIPT=%~dp0(.+)"', CMD.read_text(encoding="utf-8"))

    assert found is not None
    assert PROJECT_DIR / found[1].replace("\\", "/") == SCRIPT


@pytest.mark.parametrize("path", [MAC, PROJECT_DIR / "deploy" / "database.sh", PROJECT_DIR / ".ci" / "run"], ids=lambda path: path.name)
def test_shellcheck_finds_nothing(path: Path) -> None:
    checker = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or "shellcheck"
    done = subprocess.run([checker, str(path)], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (0, "")
