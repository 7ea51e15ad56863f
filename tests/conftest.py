"""Fixtures every test shares: a migrated database of its own, on SQLite or on PostgreSQL, and pages run against it."""

import gc
import os
import runpy
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine
from sqlmodel import Session
from streamlit.runtime.context import ContextProxy, StreamlitCookies, StreamlitHeaders
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_account
from tests.postgres import NoServer, OwnDatabase, Server, running_server
from unionboard import cli, clock, db, soundness
from unionboard.config import FROM_HEADER, PROJECT_DIR, SESSION_COOKIE
from unionboard.models import AccountRole
from unionboard.services import sign_ins
from unionboard.services.demo import load_demo
from unionboard.services.migrations import bring_up_to_date
from unionboard.services.origins import Way

Run = Callable[..., tuple[int, str, str]]
TODAY = date(2026, 11, 21)
"""The day on which tests with a clock take place."""


ROOM_BYTES = 4 * 1024**3
SERVER = "UNIONBOARD_TEST_SERVER"


def pytest_addoption(parser: pytest.Parser) -> None:
    """On which database the tests run that do not bring their own."""
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite", help="what the tests' databases are kept in")


_running = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Files of tests lie in memory where there is room for them: thousands of small databases wait for no disk.

    With ``--database postgresql`` one server runs for all workers; where there is none on this machine, nothing is tested.
    """
    settings.register_profile("unionboard", deadline=None)  # a busy machine is no fault
    settings.load_profile("unionboard")
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_BYTES:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    if config.getoption("--database") == "postgresql" and "PYTEST_XDIST_WORKER" not in os.environ:
        config.stash[_running] = running = ExitStack()
        try:
            server = running.enter_context(running_server())
        except NoServer:
            pytest.exit("No PostgreSQL on this machine: the tests on PostgreSQL are skipped. Debian: apt install postgresql", returncode=0)
        os.environ[SERVER] = str(server.folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The server goes when the tests are through."""
    if _running in config.stash:
        config.stash[_running].close()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not walk through it during every test (a tenth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """The bytes of a file name no test: a .docx tells when it was made, and every worker must give the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a file stay with one worker. Those in a browser are two lines of work: more browsers at once than that starve each other."""
    on_server = config.getoption("--database") == "postgresql"
    others = {item for item in items if item.get_closest_marker("sqlite" if on_server else "postgresql")}
    if on_server:
        others |= {item for item in items if "server" not in getattr(item, "fixturenames", ())}  # they touch no database
        others |= {item for item in items if item.get_closest_marker("hypothesis")}  # minutes of rules that hold on SQLite as well
    config.hook.pytest_deselected(items=list(others))
    items[:] = [item for item in items if item not in others]
    browser_files: dict[str, int] = {}
    for item in items:
        group = item.path.name
        if item.get_closest_marker("browser"):
            group = f"browser{browser_files.setdefault(group, len(browser_files)) % 2}"
            item.add_marker(pytest.mark.flaky(reruns=1))  # the end of a run lists those that needed it
        if not item.get_closest_marker("xdist_group"):  # a test may say itself which of the two lines it is in
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)  # the longest begin first


@pytest.fixture(scope="session")
def common_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run: what takes seconds to make is made once."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def key_file(common_dir: Path) -> Iterator[Path]:
    """The key every test seals names with: databases are copied from one another."""
    with pytest.MonkeyPatch.context() as patch:
        path = common_dir / "unionboard.key"
        patch.setenv("UNIONBOARD_KEY_FILE", str(path))
        yield path


def make_once(path: Path, make: Callable[[Path], None]) -> Path:
    """``path`` as ``make`` leaves it, made by whichever worker comes first; the others wait for it."""
    with FileLock(f"{path}.lock"):
        if not path.is_file():
            making = path.with_suffix(".making")
            make(making)
            making.rename(path)
    return path


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Passwords are hashed in a moment: what makes guessing slow would make every sign-in of a test slow, too."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        patch.setattr(PasswordHash, "recommended", lambda: quick)
        yield


@pytest.fixture(scope="session")
def migrated_file(common_dir: Path, key_file: Path) -> Path:
    """An empty database brought up to date once; tests copy it."""

    def make(path: Path) -> None:
        engine = db.open_engine(f"sqlite:///{path}")
        bring_up_to_date(engine)
        engine.dispose()

    return make_once(common_dir / "migrated.sqlite3", make)


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Server | None:
    """The PostgreSQL the tests run on; None when it is SQLite."""
    return Server(Path(os.environ[SERVER])) if request.config.getoption("--database") == "postgresql" else None


@pytest.fixture(scope="session")
def own_database(server: Server, common_dir: Path, key_file: Path) -> Iterator[Callable[[str], OwnDatabase]]:
    """``own_database("migrated")``, ``own_database("demo")``: this worker's, on the server. What they are copied from is made once."""

    def fill_demo(engine: Engine) -> None:
        bring_up_to_date(engine)
        with db.writing(engine) as session:
            load_demo(session, year=2026, today=TODAY, who="chair", now_utc=NOW)

    fill: dict[str, Callable[[Engine], object]] = {"migrated": bring_up_to_date, "demo": fill_demo}

    def make(path: Path) -> None:
        server.drop(path.stem)  # half made by whoever came first
        engine = db.open_engine(server.create(path.stem))
        fill[path.stem](engine)
        engine.dispose()
        path.touch()

    @cache
    def own(content: str) -> OwnDatabase:
        make_once(common_dir / f"{content}.database", make)
        with_rows = OwnDatabase(server, f"{content}_{os.environ.get('PYTEST_XDIST_WORKER', 'own')}", content)
        closing.callback(with_rows.close)
        return with_rows

    with ExitStack() as closing:
        yield own


@pytest.fixture(scope="session")
def own_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This worker's place for data. Every test has it to itself; as the address stays, the engine does, and the SQL it has compiled."""
    return tmp_path_factory.mktemp("own")


@pytest.fixture
def data_dir(own_dir: Path, server: Server | None, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a database of its own, set as this process's configuration; today is ``TODAY``. The database is migrated and
    empty, or holds the demo year when the test asks for ``demo``."""
    shutil.rmtree(own_dir)
    folder = own_dir / "data"
    folder.mkdir(parents=True)
    content = "demo" if "demo" in request.fixturenames else "migrated"
    if server is None:
        file = folder / "unionboard.sqlite3"
        shutil.copy(request.getfixturevalue(f"{content}_file"), file)
        soundness.forget(file)
        url = f"sqlite:///{file}"
        monkeypatch.delenv("UNIONBOARD_DATABASE_URL", raising=False)
    else:
        url = request.getfixturevalue("own_database")(content).renew()
        monkeypatch.setenv("UNIONBOARD_DATABASE_URL", url)
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(folder))
    monkeypatch.setenv("UNIONBOARD_TODAY", TODAY.isoformat())
    yield folder
    if server is None:  # the file is replaced; on a server the connections stay good
        db.engine_for(url).dispose()


@pytest.fixture
def impatient(data_dir: Path) -> Iterator[None]:
    """Whoever finds the database locked gives up at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "BUSY_TIMEOUT_MS", 50)
        db.engine_for.cache_clear()
        yield
        db.current_engine().dispose()
    db.engine_for.cache_clear()


@pytest.fixture
def engine(data_dir: Path) -> Engine:
    """The engine of ``data_dir``."""
    return db.current_engine()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing session on an empty database, rolled back at the end."""
    bound = engine.execution_options(unionboard_writes=True)
    with Session(bound, expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="session")
def demo_file(common_dir: Path, migrated_file: Path) -> Path:
    """A database with the demo year as it stands on ``TODAY``, loaded once."""

    def make(path: Path) -> None:
        shutil.copy(migrated_file, path)
        engine = db.open_engine(f"sqlite:///{path}")
        with db.writing(engine) as session:
            load_demo(session, year=2026, today=TODAY, who="chair", now_utc=NOW)
        engine.dispose()

    return make_once(common_dir / "demo.sqlite3", make)


@pytest.fixture
def demo(engine: Engine) -> Engine:
    """The engine of ``data_dir``, which holds the demo year."""
    return engine


@dataclass(slots=True)
class Visitor:
    """Whoever opens pages in a test, as the gate and the browser tell it."""

    headers: dict[str, str] = field(default_factory=lambda: {FROM_HEADER: Way.LOCAL})
    cookies: dict[str, str] = field(default_factory=dict)


@pytest.fixture(autouse=True)
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Pages are opened on this computer, without a cookie; AppTest knows neither headers nor cookies."""
    visitor = Visitor()
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _: StreamlitHeaders(visitor.headers.items())))
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: StreamlitCookies(visitor.cookies)))
    return visitor


@pytest.fixture
def sign_in(engine: Engine, visitor: Visitor) -> Callable[..., int]:
    """``sign_in(AccountRole.TREASURER)``: pages are opened by whoever holds these roles from now on; gives the number of the sign-in."""

    def enter(*roles: AccountRole, name: str = "陈立群") -> int:
        with db.writing(engine) as session:
            account = make_account(session, *roles, name=name)
            new = sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="127.0.0.1", now_utc=clock.now_utc())
        visitor.cookies[SESSION_COOKIE] = new.token
        return new.sign_in_id

    return enter


@pytest.fixture
def open_page(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Run the app and go to a page (``open_page("fund", lang="en")``); fails when the page shows an exception."""

    # AppTest forgets before every run that the app navigates itself, and would run pages/*.py bare, without the frame around them
    monkeypatch.setattr(script_runner, "_mpa_v1", lambda main_script_path: runpy.run_path(main_script_path, run_name="__main__"))

    def run(name: str = "board", **query: str) -> AppTest:
        at = AppTest.from_file(str(PROJECT_DIR / "app.py"), default_timeout=30)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if name != "board":
            at.switch_page(f"pages/{name}.py").run()
        assert not at.exception, at.exception
        return at

    return run


@pytest.fixture
def run(engine: Engine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: exit code, stdout, stderr."""
    monkeypatch.delenv("UNIONBOARD_LANG", raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(arguments)
        out, err = capsys.readouterr()
        return int(left.value.code or 0), out, err

    return run
