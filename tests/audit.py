"""``python -m tests.audit``: are holes known in what the program runs on? Part of ``make lint``.

Asks pip-audit about every pinned package of requirements.txt and requirements-oidc.txt. Where its data cannot be reached this is said in
one line, and lint goes on: a machine without a network must be able to check its work. A hole that does not concern us is listed in
``KNOWN``, with the reason.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
OPTIONAL = REQUIREMENTS.with_name("requirements-oidc.txt")
"""Looked up with them: it stands before the door."""
KNOWN: dict[str, str] = {}
"""Number of the advisory -> why it does not concern this program."""
PATIENCE_S = 180


def read_pins(text: str) -> list[str]:
    """The pinned packages, ``name==version``, without remarks and conditions."""
    lines = (line.partition("#")[0].partition(";")[0].strip() for line in text.splitlines())
    return [re.sub(r"\[.*?\]", "", line) for line in lines if "==" in line]


def find_holes(audited: list[dict[str, Any]]) -> list[str]:
    """What pip-audit knows against them, but for ``KNOWN``: one line each."""
    return [
        f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for package in audited
        for hole in package.get("vulns", [])
        if not KNOWN.keys() & {hole["id"], *hole.get("aliases", [])}
    ]


def ask(pins: list[str]) -> list[dict[str, Any]]:
    """What pip-audit says of each package it has data of; nothing when it reaches none."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("\n".join(pins), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(wanted), "--no-deps", "--disable-pip", "--format", "json"]
        command += ["--progress-spinner", "off", "--timeout", "5"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
            packages = json.loads(done.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return []
    return [package for package in packages if "skip_reason" not in package]


def main() -> int:
    """1 when a hole is known, else 0."""
    pins = [pin for file in (REQUIREMENTS, OPTIONAL) for pin in read_pins(file.read_text(encoding="utf-8"))]
    audited = ask(pins) if ask(pins[:1]) else []
    holes = find_holes(audited)
    if audited:
        print(f"pip-audit: {len(audited)} of {len(pins)} packages looked up, {len(holes)} known holes")
    else:
        print("pip-audit: its data cannot be reached from here; nothing was looked up")
    print("".join(f"{hole}\n" for hole in holes), end="")
    return int(bool(holes))


if __name__ == "__main__":
    sys.exit(main())
