"""Installed as people do it, in an environment that has nothing of ours: minutes, and PyPI. Run by ``make wheel`` and ``make soak``."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hatch_build import list_shipped
from tests.bench.wire import Visitor
from tests.install.conftest import clean_environment
from tests.install.test_run import free_port
from unionboard.config import PROJECT_DIR

pytestmark = [pytest.mark.long, pytest.mark.timeout(1200), pytest.mark.filterwarnings("ignore:connect:DeprecationWarning")]
PIPX = "pipx==1.18.4"
NEEDED = ("unionboard", "hatch_build.py", "pyproject.toml", "README.md", "LICENSE", "start-mac.command")


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


def copy_project(home: Path) -> Path:
    """As unpacked by somebody, where pip may write; its path has a blank and Chinese."""
    folder = home / "工会 工作台"
    sources = [*list_shipped(PROJECT_DIR), *PROJECT_DIR.glob("requirements*.txt"), *(PROJECT_DIR / name for name in NEEDED)]
    for source in sources:
        target = folder / source.relative_to(PROJECT_DIR)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__")) if source.is_dir() else shutil.copy(source, target)
    return folder


def install_folder(_wheel: Path, home: Path) -> Path:
    """``pipx install .``."""
    pipx = make_environment(home / "pipx-environment", home, PIPX) / "pipx"
    call(pipx, "install", copy_project(home), home=home, **pipx_places(home))
    return home / "programs" / "unionboard"


def pipx_places(home: Path) -> dict[str, str]:
    return {"PIPX_HOME": str(home / "pipx"), "PIPX_BIN_DIR": str(home / "programs"), "PIPX_MAN_DIR": str(home / "man")}


def uninstall_wheel(home: Path) -> None:
    call(home / "environment" / "bin" / "python", "-m", "pip", "uninstall", "--yes", "--quiet", "unionboard", home=home)


def uninstall_folder(home: Path) -> None:
    call(home / "pipx-environment" / "bin" / "pipx", "uninstall", "unionboard", home=home, **pipx_places(home))


@pytest.fixture(scope="module", autouse=True)
def _index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Without a package index nothing can be installed."""
    folder = tmp_path_factory.mktemp("index")
    if subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "hatchling"], check=False
    ).returncode:
        pytest.skip("no package index is reached from here")


@contextmanager
def running(*command: str | Path, home: Path) -> Iterator[list[str]]:
    """The program while it runs; what it said until it was ready, which must be within the test's time."""
    process = subprocess.Popen(
        [*map(str, command)], env=clean_environment(home, UNIONBOARD_LANG="en"), cwd=home, stdout=subprocess.PIPE, text=True
    )
    said: list[str] = []
    try:
        assert process.stdout is not None
        while not said or not said[-1].startswith("Ctrl-C"):
            line = process.stdout.readline()
            assert line, said
            said.append(line.strip())
        yield said
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


@pytest.mark.parametrize(("install", "uninstall"), [(install_wheel, uninstall_wheel), (install_folder, uninstall_folder)])
def test_installed_program_works_and_leaves_the_data(
    install: Callable[[Path, Path], Path], uninstall: Callable[[Path], None], wheel: Path, tmp_path: Path
) -> None:
    data, port = tmp_path / ".local" / "share" / "unionboard", free_port()

    program = install(wheel, tmp_path)
    loaded = call(program, "--lang", "en", "demo", home=tmp_path)
    with running(program, "run", "--port", str(port), home=tmp_path) as said, Visitor(port) as visitor:
        for page in ("", "plan", "timeline", "checkoffs", "fund", "summary", "papers", "settings"):
            visitor.open(page)
    verified = call(program, "--lang", "en", "verify", home=tmp_path)
    uninstall(tmp_path)

    assert loaded.endswith("with 48 activities.\n")
    assert said[-2] == f"Your data are in {data}"
    assert verified.startswith("All is well: records, change log, books and files agree.")
    assert (program.exists(), (data / "unionboard.sqlite3").is_file()) == (False, True)


def test_double_click_sets_up_once(tmp_path: Path) -> None:
    folder, port = copy_project(tmp_path), free_port()
    command = ("sh", folder / "start-mac.command", "--port", str(port))

    with running(*command, home=tmp_path) as first:
        pass
    with running(*command, home=tmp_path) as second:
        pass

    assert first[0] == (
        "The first start, and one after an update, takes a few minutes. Only this folder is used; your data stay as they are."
    )
    assert second == [
        "Starting …",
        f"Unionboard is ready: http://localhost:{port}",
        f"Your data are in {folder / 'data'}",
        "Ctrl-C, or closing this window, ends it. What was saved stays.",
    ]
