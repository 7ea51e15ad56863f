"""The wheel as `make wheel` builds it, and what it looks like once it is installed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from unionboard.config import PROJECT_DIR

OURS = ("UNIONBOARD_", "STREAMLIT_", "PYTHON", "XDG_", "DISPLAY", "WAYLAND_DISPLAY", "http_proxy", "HTTP_PROXY")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by way of the source archive, so that the archive holds what the wheel needs."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(PROJECT_DIR)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's packages, in which Python finds them before those of the project."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Of somebody who lives in ``home`` and has set nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"HOME": str(home), "UNIONBOARD_TODAY": "2026-11-21"} | more
