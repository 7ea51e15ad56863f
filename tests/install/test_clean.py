"""Installed as people do it, in an environment that has nothing of ours: minutes, and PyPI. Run by ``make wheel`` and ``make soak``."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hatch_build import SHIPPED
from tests.bench.wire import Visitor
from tests.install.conftest import clean_environment
from tests.install.test_run import free_port
from unionboard.config import PROJECT_DIR

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200), pytest.mark.filterwarnings("ignore:connect:DeprecationWarning")]
PIPX = "pipx==1.18.4"
NEEDED = (*SHIPPED, "unionboard", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE")


def call(*command: str | Path, home: Path, **more: str) -> str:
    """What a command says on stdout; it must do."""
    done = subprocess.run([*map(str, command)], env=clean_environment(home, **more), cwd=home, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def make_environment(folder: Path, home: Path, *packages: str | Path) -> Path:
    """A new virtual environment with ``packages``; its folder of programs."""
    call(sys.executable, "-m", "venv", folder, home=home)
    call(folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages, home=home)
    return folder / "bin"


def install_wheel(wheel: Path, home: Path) -> Path:
    return make_environment(home / "environment", home, wheel) / "unionboard"


def install_folder(_wheel: Path, home: Path) -> Path:
    """``pipx install .`` from a copy of the project, which pip may write into; its path has blanks and Chinese."""
    folder = home / "工会 工作台"
    for name in (*NEEDED, *(path.name for path in PROJECT_DIR.glob("requirements*.txt"))):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = PROJECT_DIR / name
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else shutil.copy(source, target)
    pipx = make_environment(home / "pipx-environment", home, PIPX) / "pipx"
    call(pipx, "install", folder, home=home, **pipx_places(home))
    return home / "programs" / "unionboard"


def pipx_places(home: Path) -> dict[str, str]:
    return {"PIPX_HOME": str(home / "pipx"), "PIPX_BIN_DIR": str(home / "programs"), "PIPX_MAN_DIR": str(home / "man")}


def uninstall_wheel(home: Path) -> None:
    call(home / "environment" / "bin" / "python", "-m", "pip", "uninstall", "--yes", "--quiet", "unionboard", home=home)


def uninstall_folder(home: Path) -> None:
    call(home / "pipx-environment" / "bin" / "pipx", "uninstall", "unionboard", home=home, **pipx_places(home))


@pytest.mark.parametrize(("install", "uninstall"), [(install_wheel, uninstall_wheel), (install_folder, uninstall_folder)])
def test_installed_program_works_and_leaves_the_data(
    install: Callable[[Path, Path], Path], uninstall: Callable[[Path], None], wheel: Path, tmp_path: Path
) -> None:
    reached = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(tmp_path), "hatchling"]
    if subprocess.run(reached, check=False).returncode:
        pytest.skip("no package index is reached from here")
    data, port = tmp_path / ".local" / "share" / "unionboard", free_port()

    program = install(wheel, tmp_path)
    loaded = call(program, "--lang", "en", "demo", home=tmp_path)
    running = subprocess.Popen(
        [program, "--lang", "en", "run", "--port", str(port)],
        env=clean_environment(tmp_path),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        lines = [running.stdout.readline().strip() for _ in range(4)]
        with Visitor(port) as visitor:
            for page in ("", "plan", "timeline", "checkoffs", "fund", "summary", "settings"):
                visitor.open(page)
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=30)
    verified = call(program, "--lang", "en", "verify", home=tmp_path)
    uninstall(tmp_path)

    assert loaded.endswith("with 48 activities.\n")
    assert lines[2] == f"Your data are in {data}"
    assert verified.startswith("All is well: records, change log, books and files agree.")
    assert (program.exists(), (data / "unionboard.sqlite3").is_file()) == (False, True)
