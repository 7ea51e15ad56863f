"""deploy/unionboard.service, as systemd reads it."""

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from unionboard.config import PROJECT_DIR

UNIT = PROJECT_DIR / "deploy" / "unionboard.service"
EXPOSURE = 20
"""Tenths: from 0, nothing left to take away, to 100."""
needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not on this computer")


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit with a program that is on this computer: systemd looks whether it is there."""
    path = tmp_path / UNIT.name
    path.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={sys.executable}", UNIT.read_text(encoding="utf-8"), flags=re.MULTILINE))
    return path


def analyse(*words: str) -> tuple[int, str]:
    done = subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


@needs_systemd
def test_systemd_understands_every_line(unit: Path) -> None:
    assert analyse("verify", "--man=no", str(unit)) == (0, "")


@needs_systemd
def test_systemd_finds_it_hardly_exposed(unit: Path) -> None:
    code, said = analyse("security", "--offline=yes", f"--threshold={EXPOSURE}", str(unit))

    assert code == 0, said


def test_it_may_write_to_its_data_and_nowhere_else() -> None:
    told = configparser.ConfigParser(strict=False, interpolation=None)
    told.optionxform = str  # type: ignore[assignment, method-assign]
    told.read_string(UNIT.read_text(encoding="utf-8"))
    service = told["Service"]

    assert "UNIONBOARD_DATA_DIR=/var/lib/unionboard" in service["Environment"].split()
    assert (service["StateDirectory"], service["ProtectSystem"], service["ProtectHome"]) == ("unionboard", "strict", "yes")
    assert "ReadWritePaths" not in service
