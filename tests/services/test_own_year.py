"""From the demo year to one's own: nothing of it is left on the pages, and nothing of it is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from tests.makers import NOW, make_account
from unionboard import db
from unionboard.config import read_config
from unionboard.errors.backups import NotForServer
from unionboard.errors.permissions import NotYours
from unionboard.errors.plans import NoDemo
from unionboard.models import AccountRole, Activity, Change, FundEntry, Plan, Union
from unionboard.services import unions
from unionboard.services.account_list import list_accounts
from unionboard.services.backup_files import list_backups
from unionboard.services.guard import Actor
from unionboard.services.own_year import begin_own_year, may_begin
from unionboard.services.restoring import restore_backup
from unionboard.services.verification import verify_data

pytestmark = pytest.mark.sqlite  # a database on a server is not replaced

LATER = NOW + timedelta(hours=1)


def counts() -> tuple[int, int, int]:
    with db.reading() as session:
        return (
            len(session.exec(select(Plan.id)).all()),
            len(session.exec(select(Activity.id)).all()),
            len(session.exec(select(FundEntry.id)).all()),
        )


def begin(actor: Actor | None = None) -> str:
    return begin_own_year(who="chair", now_utc=LATER, actor=actor)


def change_union(**values: object) -> None:
    with db.writing() as session:
        union = session.exec(select(Union)).one()
        unions.save_union(session, union.id or 0, version=union.version, who="chair", now_utc=NOW, **values)


def test_nothing_of_the_demo_is_left_and_the_language_stays(demo: Engine) -> None:
    change_union(language="en")

    begin()

    with db.reading() as session:
        union = session.exec(select(Union)).one()
        assert (counts(), union.name, union.language) == ((0, 0, 0), "", "en")


def test_the_demo_comes_back_from_its_backup(demo: Engine) -> None:
    before = counts()

    name = begin()

    (backup,) = [one for one in list_backups(read_config().backup_dir) if one.name == name]
    assert (backup.label, counts()) == ("before-own-year", (0, 0, 0))
    restore_backup(backup.path, who="chair", now_utc=LATER + timedelta(hours=1), actor=None)
    assert counts() == before


def test_the_log_begins_with_what_was_left_so_that_the_backup_still_fits(demo: Engine) -> None:
    begin()

    config = read_config()
    with db.reading() as session:
        first = session.exec(select(Change).order_by(Change.id)).first()  # type: ignore[arg-type]
        report = verify_data(
            session, evidence_folder=config.evidence_dir, form_folder=config.form_dir, backup_folders=[config.backup_dir], now_utc=LATER
        )
    assert first is not None
    assert (first.noun, (first.after or {})["left"]) == ("backup", True)
    assert report.ok


def test_accounts_stay_what_they_are(demo: Engine) -> None:
    with db.writing() as session:
        make_account(session, AccountRole.CHAIR, name="陈立群")

    begin()

    with db.reading() as session:
        assert [account.name for account in list_accounts(session)] == ["陈立群"]


def test_nothing_is_put_away_where_the_accounts_cannot_be_read(demo: Engine) -> None:
    with db.writing() as session:
        make_account(session, AccountRole.CHAIR)
    with db.as_program(demo).execution_options(unionboard_writes=True).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE account RENAME COLUMN roles TO parts")
    before = counts()

    with pytest.raises(OperationalError):
        begin()

    assert counts() == before


def test_a_union_of_its_own_name_is_never_put_away(demo: Engine) -> None:
    change_union(name="滨江小学工会")
    before = counts()

    with pytest.raises(NoDemo):
        begin()

    assert counts() == before


def test_demo_year_may_be_put_away_as_long_as_it_stands_alone_under_its_name(demo: Engine) -> None:
    with db.reading() as session:
        assert may_begin(session)
    with db.within(2), db.writing() as session:
        unions.ensure_union(session, name="白鹭小学工会", who="chair", now_utc=NOW)
    with db.reading() as session:
        assert not may_begin(session)

    with pytest.raises(NoDemo):
        begin()


def test_demo_year_on_a_server_is_not_offered_and_not_put_away(demo: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with db.reading() as session:
        monkeypatch.setenv("UNIONBOARD_DATABASE_URL", "postgresql://somewhere/unionboard")
        assert not may_begin(session)

        with pytest.raises(NotForServer):
            begin()


def test_only_who_may_go_back_to_backups_may_put_the_demo_away(demo: Engine) -> None:
    before = counts()

    with pytest.raises(NotYours):
        begin(Actor(name="何敏", roles=frozenset({AccountRole.COMMITTEE})))

    assert counts() == before


def test_an_empty_database_has_no_demo_to_put_away(engine: Engine) -> None:
    with Session(engine), pytest.raises(NoDemo):
        begin()
