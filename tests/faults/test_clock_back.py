"""The computer's clock is set back: the log keeps its order, sign-ins end, backups go on, and nothing is called a fault."""

from datetime import date, timedelta

from sqlalchemy import Engine
from sqlmodel import col, select

from tests.conftest import TODAY
from tests.makers import NOW, book, make_account
from unionboard import db
from unionboard.config import read_config
from unionboard.models import AccountRole, Change
from unionboard.services import backup_files, backup_schedule, closing, sign_ins, unions
from unionboard.services.chain_check import find_chain_faults
from unionboard.services.origins import Way
from unionboard.services.verification import verify_books

YEAR_BACK = NOW - timedelta(days=366)


def test_log_keeps_its_order_and_its_chain(demo: Engine) -> None:
    for who, now_utc in (("何敏", NOW), ("安然", YEAR_BACK), ("罗文静", NOW)):
        with db.writing(demo) as session:
            unions.add_member(session, name=who, who=who, now_utc=now_utc)

    with db.reading(demo) as session:
        newest = session.exec(select(Change.who).order_by(col(Change.id).desc()).limit(3)).all()
        assert newest == ["罗文静", "安然", "何敏"]
        assert list(find_chain_faults(session)) == []


def test_month_closed_by_a_clock_that_is_behind_is_no_fault(demo: Engine) -> None:
    with db.writing(demo) as session:
        book(session, booked_on=date(2026, 10, 30), who="罗文静", now_utc=NOW)
    with db.writing(demo) as session:
        closing.close_month(session, 2026, 10, today=TODAY, note="已核对", who="罗文静", now_utc=YEAR_BACK)

    with db.reading(demo) as session:
        assert verify_books(session, evidence_folder=read_config().evidence_dir) == ()


def test_sign_in_does_not_live_longer_for_it(demo: Engine) -> None:
    with db.writing(demo) as session:
        account = make_account(session, AccountRole.CHAIR)
        started = sign_ins.start(session, account.id or 0, way=Way.LOCAL, address="", now_utc=NOW)

    with db.reading(demo) as session:
        assert sign_ins.look_up(session, started.token, way=Way.LOCAL, address="", now_utc=YEAR_BACK) is None


def test_backups_go_on_and_the_newer_ones_are_kept(demo: Engine) -> None:
    first = backup_schedule.back_up_now(now_utc=NOW, actor=None).backup
    with db.writing(demo) as session:
        unions.add_member(session, name="安然", who="chair", now_utc=YEAR_BACK)

    second = backup_schedule.back_up_daily(now_utc=YEAR_BACK)

    assert second is not None
    kept = {one.name for one in backup_files.list_backups(read_config().backup_dir) if one.is_good}
    assert kept == {first.name, second.backup.name}
