"""What is read for pages is kept until something changes, and never longer, for another role, place, language, union or database."""

import shutil
from datetime import date
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole
from unionboard.services import unions
from unionboard.services.guard import Actor, actor_of, require
from unionboard.services.moments import Moment, find_moment
from unionboard.services.permissions import Act
from unionboard.ui.kept import keep, one_run
from unionboard.ui.text import language, speak

CHAIR = Actor(name="陈立群", roles=frozenset({AccountRole.CHAIR}), account_id=1, sign_in_id=1, unlocked_until_utc=NOW)
VIEWER = Actor(name="看", roles=frozenset({AccountRole.VIEWER}), account_id=2, sign_in_id=2)
reads: list[object] = []


@pytest.fixture(autouse=True)
def nothing_read_yet() -> None:
    reads.clear()


def read_name(session: Session, prefix: str = "") -> str:
    reads.append(prefix)
    union = unions.find_union(session)
    return prefix + (union.name if union else "")


def name_union(engine: Engine, name: str) -> None:
    with db.writing(engine) as session:
        union = unions.ensure_union(session, who="chair", now_utc=NOW)
        unions.save_union(session, union.id or 0, version=union.version, who="chair", now_utc=NOW, name=name)


def now(engine: Engine) -> Moment:
    with db.reading(engine) as session:
        return find_moment(session, today=TODAY)


def test_what_did_not_change_is_read_once(engine: Engine) -> None:
    name_union(engine, "青松小学工会")

    assert [keep(read_name), keep(read_name)] == ["青松小学工会"] * 2
    assert reads == [""]


def test_a_change_is_seen_by_the_next_who_asks(engine: Engine) -> None:
    keep(read_name)
    name_union(engine, "青松小学工会")

    assert keep(read_name) == "青松小学工会"


def test_other_arguments_are_another_read(engine: Engine) -> None:
    assert [keep(read_name, "甲"), keep(read_name, "乙"), keep(read_name, prefix="甲")] == ["甲", "乙", "甲"]


def test_what_is_written_past_the_log_is_seen_in_a_file(engine: Engine) -> None:
    name_union(engine, "青松小学工会")
    keep(read_name)
    with db.writing(engine) as session:
        session.execute(text("UPDATE \"union\" SET name = '翠竹小学工会联合会'"))

    assert keep(read_name) == "翠竹小学工会联合会"


def test_a_backup_put_in_the_place_of_the_data_is_read(engine: Engine, data_dir: Path) -> None:
    name_union(engine, "青松小学工会")
    shutil.copy(data_dir / "unionboard.sqlite3", data_dir / "backup")
    name_union(engine, "翠竹小学工会")
    keep(read_name)
    (data_dir / "backup").replace(data_dir / "unionboard.sqlite3")

    assert keep(read_name) == "青松小学工会"


def test_tomorrow_is_read_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(read_name)
    monkeypatch.setenv("UNIONBOARD_TODAY", date(2026, 11, 22).isoformat())
    keep(read_name)

    assert reads == ["", ""]


def read_money(session: Session) -> str:
    require(session, Act.SEE_MONEY)
    return "money"


def test_what_one_role_was_given_no_other_gets(engine: Engine) -> None:
    with db.acting(CHAIR):
        assert keep(read_money) == "money"
    with db.acting(VIEWER), pytest.raises(NotYours):
        keep(read_money)


def read_actor(session: Session) -> Actor | None:
    return actor_of(session)


def test_it_is_read_for_a_role_and_for_nobodys_name_or_unlock(engine: Engine) -> None:
    with db.acting(CHAIR):
        assert keep(read_actor) == Actor(roles=CHAIR.roles)


def read_language(_session: Session) -> str:
    return language()


def test_each_language_has_its_own(engine: Engine) -> None:
    spoken = []
    for one in ("zh_CN", "en"):
        with speak(one):
            spoken.append(keep(read_language))

    assert spoken == ["zh_CN", "en"]


def test_a_language_chosen_within_a_run_is_heard(engine: Engine) -> None:
    with one_run(now(engine)):
        spoken = []
        for one in ("zh_CN", "en"):
            with speak(one):
                spoken.append(keep(read_language))

    assert spoken == ["zh_CN", "en"]


def fail_once(_session: Session) -> str:
    reads.append("failed")
    if len(reads) == 1:
        raise NotYours(roles=[])
    return "read"


def test_what_was_raised_is_not_kept(engine: Engine) -> None:
    with pytest.raises(NotYours):
        keep(fail_once)

    assert keep(fail_once) == "read"


def test_a_run_asks_for_the_moment_once_and_again_after_its_own_write(engine: Engine) -> None:
    with one_run(now(engine)):
        keep(read_name)
        other = Thread(target=name_union, args=(engine, "别人改的"))
        other.start()
        other.join()
        in_the_middle = keep(read_name)
        name_union(engine, "自己改的")

        assert (in_the_middle, keep(read_name)) == ("", "自己改的")


def test_the_next_run_asks_again(engine: Engine) -> None:
    with one_run(now(engine)):
        keep(read_name)
    name_union(engine, "青松小学工会")
    with one_run(now(engine)):
        assert keep(read_name) == "青松小学工会"


def test_each_union_has_its_own_also_within_a_run(engine: Engine) -> None:
    name_union(engine, "青松小学工会")
    with db.within(2):
        name_union(engine, "翠竹小学工会")
    with one_run(now(engine)):
        told = [keep(read_name)]
        with db.within(2):
            told.append(keep(read_name))
        told.append(keep(read_name))

    assert told == ["青松小学工会", "翠竹小学工会", "青松小学工会"]


def test_a_change_in_another_union_leaves_what_was_read_on_a_server_as_it_is(engine: Engine) -> None:
    name_union(engine, "青松小学工会")
    before = now(engine)
    with db.within(2):
        name_union(engine, "翠竹小学工会")

    assert now(engine).newest == before.newest


begun, may_end = Event(), Event()


def read_slowly(_session: Session) -> list[str]:
    reads.append("begun")
    begun.set()
    assert may_end.wait(10)
    return ["read"]


def test_two_who_ask_at_once_share_one_read(engine: Engine) -> None:
    begun.clear()
    may_end.clear()
    got: list[list[str]] = []
    together = Barrier(4, timeout=10)

    def ask() -> None:
        together.wait()
        got.append(keep(read_slowly))

    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert reads == ["begun"]
    assert len({id(value) for value in got}) == 1
    assert len(got) == 4
