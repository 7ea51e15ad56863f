"""What a wheel carries: the whole program and nothing of anybody's data, with the versions that were tested."""

import email
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from hatch_build import EXTRAS, PLACE, SHIPPED, list_shipped
from tests.install.conftest import clean_environment
from unionboard import __version__
from unionboard.config import PROJECT_DIR

TELL = "from unionboard import config; print(config.PROJECT_DIR, config.read_config().data_dir, config.COMMAND, sep='\\n')"


def list_files(path: Path) -> set[Path]:
    """Under ``path``, or itself, without what Python compiled."""
    return {file for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file() and "__pycache__" not in file.parts}


def read_pins(name: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    lines = (PROJECT_DIR / name).read_text(encoding="utf-8").splitlines()
    return [line.split("  #")[0].strip() for line in lines if re.match(r"[A-Za-z]", line)]


def plain(requirement: str) -> str:
    """Without the blanks, quotes and lines in which two ways of writing it differ."""
    return re.sub(r"[\s'\"]", "", requirement).lower().replace("_", "-")


def test_wheel_holds_the_package_and_what_it_reads_beside_it(wheel: Path) -> None:
    package = {file.relative_to(PROJECT_DIR).as_posix() for file in list_files(PROJECT_DIR / "unionboard")}
    beside = {f"{PLACE}/{file.relative_to(PROJECT_DIR).as_posix()}" for path in list_shipped(PROJECT_DIR) for file in list_files(path)}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert names == package | beside


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_shipped_is_there(name: str) -> None:
    assert [file for path in PROJECT_DIR.glob(name) for file in list_files(path)]


def test_wheel_asks_for_what_make_run_installs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        told = email.message_from_bytes(archive.read(f"unionboard-{__version__}.dist-info/METADATA"))
    asked = [plain(line) for line in told.get_all("Requires-Dist", [])]
    extras = {extra: [f"{plain(pin)};extra=={extra}" for pin in read_pins(f"requirements-{extra}.txt")] for extra in EXTRAS}

    assert {extra: sorted(line for line in asked if line.endswith(f"extra=={extra}")) for extra in EXTRAS} == {
        extra: sorted(lines) for extra, lines in extras.items()
    }
    assert sorted(line for line in asked if "extra==" not in line) == sorted(map(plain, read_pins("requirements.txt")))


def test_wheel_has_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        told = archive.read(f"unionboard-{__version__}.dist-info/entry_points.txt").decode()

    assert told.split() == ["[console_scripts]", "unionboard", "=", "unionboard.cli:main"]


def test_builder_is_the_one_that_is_tested() -> None:
    told = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))

    assert [pin for pin in told["build-system"]["requires"] if pin not in read_pins("requirements-dev.txt")] == []


def test_installed_program_keeps_data_with_the_user(installed: Path, tmp_path: Path) -> None:
    env = clean_environment(tmp_path, PYTHONPATH=str(installed))
    told = subprocess.run([sys.executable, "-c", TELL], env=env, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert told.splitlines() == [str(installed / PLACE), str(tmp_path / ".local" / "share" / "unionboard"), "unionboard"]


def test_named_folder_for_data_comes_first(installed: Path, tmp_path: Path) -> None:
    env = clean_environment(tmp_path, PYTHONPATH=str(installed), UNIONBOARD_DATA_DIR="工会 数据")
    told = subprocess.run([sys.executable, "-c", TELL], env=env, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert told.splitlines()[1] == str(tmp_path / "工会 数据")


def test_folder_of_the_project_keeps_data_in_it(tmp_path: Path) -> None:
    env = clean_environment(tmp_path)
    told = subprocess.run([sys.executable, "-c", TELL], env=env, cwd=PROJECT_DIR, capture_output=True, text=True, check=True).stdout

    assert told.splitlines() == [str(PROJECT_DIR), str(PROJECT_DIR / "data"), "python -m unionboard"]
