"""What holds together when several processes have the same data."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.postgres import NoServer, running_server
from tests.web.visitors import HTML, visit
from unionboard import db
from unionboard.config import PROJECT_DIR
from unionboard.errors.sign_ins import TooManyAttempts, WrongPassword
from unionboard.services.alone import alone
from unionboard.services.throttle import PER_NAME, Throttle
from unionboard.web.housekeeping import do_chores

AT_CHORES = """
from unionboard import db
from unionboard.config import read_config
from unionboard.services.alone import alone
with alone(db.current_engine(), read_config().data_dir) as is_alone:
    print(is_alone, flush=True)
    input()
"""
TRIES = """
from unionboard.services.throttle import Throttle
for _ in range(3):
    Throttle().enter(name="chair", address="10.0.0.7")
"""


def run_elsewhere(code: str) -> "subprocess.Popen[str]":
    """Another process on the same data."""
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR)


@pytest.fixture(scope="module")
def common_url() -> Iterator[str]:
    try:
        with running_server() as server:
            yield server.create("together")
    except NoServer:
        pytest.skip("PostgreSQL is not on this computer")


@pytest.fixture
def common(common_url: str, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The configured database is one on a server, with no tries in it."""
    monkeypatch.setenv("UNIONBOARD_DATABASE_URL", common_url)
    yield db.current_engine()
    db.current_engine().dispose()


def test_one_process_does_the_chores_and_when_it_is_killed_another(demo: Engine, data_dir: Path) -> None:
    with run_elsewhere(AT_CHORES) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        do_chores()
        made_meanwhile = (data_dir / "backups").exists()
        other.kill()
    do_chores()

    assert (made_meanwhile, len(list((data_dir / "backups").glob("*.zip")))) == (False, 1)


def test_one_process_does_the_chores_of_a_database_on_a_server(common: Engine, data_dir: Path) -> None:
    with alone(common, data_dir) as first, alone(common, data_dir) as second:
        assert (first, second) == (True, False)
    with alone(common, data_dir) as again:
        assert again


def test_five_tries_are_five_for_all_processes_together(common: Engine) -> None:
    Throttle().enter(name="chair", address="10.0.0.8")
    with run_elsewhere(TRIES) as other:
        assert other.wait() == 0
    Throttle().enter(name="chair", address="10.0.0.9")

    with pytest.raises(TooManyAttempts) as refused:
        Throttle().enter(name="chair", address="10.0.0.10")
    assert refused.value.facts == {"minutes": 15}


def test_right_try_is_forgiven_everywhere(common: Engine) -> None:
    for _ in range(PER_NAME - 1):
        Throttle().enter(name="treasurer", address="10.0.1.7")
    Throttle().forgive(name="treasurer", address="10.0.1.7")
    for _ in range(PER_NAME):
        Throttle().enter(name="treasurer")


def test_try_counts_though_what_it_was_for_is_rolled_back(common: Engine) -> None:
    for _ in range(PER_NAME):
        with suppress(WrongPassword), db.writing():
            Throttle().enter(name="audit")
            raise WrongPassword

    with pytest.raises(TooManyAttempts):
        Throttle().enter(name="audit")


def test_phones_come_in_by_the_common_address(demo: Engine, open_page: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_ADDRESS", "https://union.school.example/")
    at = open_page("board")

    at.button("go_phone").click().run()

    assert [code.value for code in at.code] == ["https://union.school.example/checkoffs"]
    assert [button.key for button in at.button if button.key in {"go_share", "go_unshare"}] == []


def test_first_account_of_several_processes_is_made_by_the_command_line(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_ADDRESS", "https://union.school.example")

    page = visit().get("/setup?lang=en", headers=HTML)

    assert (page.status_code, "python -m unionboard user add NAME --role chair" in page.text) == (403, True)
