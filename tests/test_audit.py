"""What the audit of packages asks, and what it makes of the answer."""

from typing import Any

import pytest

from tests import audit

TEXT = "# chosen\nstreamlit==1.67.0\n\nuvloop==0.23.0; sys_platform != 'win32'\npwdlib[argon2]==0.3.1  # hashes\n-r other.txt\n"
HOLE = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]}
AUDITED: list[dict[str, Any]] = [{"name": "a", "version": "1.0", "vulns": [HOLE]}, {"name": "b", "version": "1.0", "vulns": []}]


def test_pins_are_names_and_versions_alone() -> None:
    assert audit.read_pins(TEXT) == ["streamlit==1.67.0", "uvloop==0.23.0", "pwdlib==0.3.1"]


def test_every_package_of_the_run_time_is_pinned() -> None:
    lines = audit.REQUIREMENTS.read_text(encoding="utf-8").splitlines()

    assert len(audit.read_pins("\n".join(lines))) == len([line for line in lines if line.strip() and not line.startswith("#")])


def test_hole_is_told_with_its_mending() -> None:
    assert audit.find_holes(AUDITED) == ["a 1.0: PYSEC-2026-1, mended in 2.0"]


def test_hole_that_does_not_concern_us_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(audit.KNOWN, "CVE-2026-1", "that part is not used")

    assert audit.find_holes(AUDITED) == []
