"""The house keeps its shape: who may import whom, and how long a page may be."""

import os
import subprocess
import sys

import pytest

from unionboard.config import PROJECT_DIR

PAGES = sorted(path.name for path in (PROJECT_DIR / "pages").glob("*.py"))
PAGE_LIMIT = 150
LAUNCHER_LIMIT = 40


def count_lines(name: str) -> int:
    return len((PROJECT_DIR / name).read_text(encoding="utf-8").splitlines())


def test_import_contracts_are_kept() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", lint, "--no-cache"], capture_output=True, text=True, check=False, cwd=PROJECT_DIR)

    assert done.returncode == 0, done.stdout


def test_there_are_eight_pages_the_meeting_the_unions_below_and_ones_own_account() -> None:
    assert PAGES == [
        "account.py",
        "board.py",
        "checkoffs.py",
        "fund.py",
        "meeting.py",
        "papers.py",
        "plan.py",
        "settings.py",
        "summary.py",
        "timeline.py",
        "unions.py",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_page_reads_like_an_agenda(page: str) -> None:
    assert count_lines(f"pages/{page}") < PAGE_LIMIT


def test_launcher_only_launches() -> None:
    assert count_lines("app.py") < LAUNCHER_LIMIT


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one worker alone has no groups")
def test_tests_of_a_file_stay_with_one_worker(request: pytest.FixtureRequest) -> None:
    assert request.node.nodeid.endswith("@test_architecture.py")
