"""Adding unions to one database, and what keeps each to its own afterwards: accounts, backups, going back, the log's chain."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_plan
from tests.unions import HERE, THERE
from unionboard import db
from unionboard.config import read_config
from unionboard.errors import Refusal
from unionboard.errors.accounts import AddressTakenElsewhere
from unionboard.errors.permissions import NotYours
from unionboard.errors.unions import AccountsFirst, FirstNameMissing, KeptByFirst, UnionNameTaken, UnionUnderItself, UnionUnknown
from unionboard.models import AccountRole, Change, Plan, Union, UnionKind
from unionboard.services import accounts, sign_ins, union_tree, unions
from unionboard.services.account_list import has_accounts, list_accounts
from unionboard.services.backup_schedule import back_up_now
from unionboard.services.backups import BY_HAND, make_backup
from unionboard.services.chain_check import anchors_of_backups, find_chain_faults, read_head
from unionboard.services.guard import Actor, require_act
from unionboard.services.permissions import Act
from unionboard.services.restoring import restore_backup
from unionboard.services.union_tree import NewUnion

STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
CHAIRS = frozenset({AccountRole.CHAIR})


def add_union(session: Session, name: str = "白鹭小学工会", above: int | None = HERE, chair: str = "王芳") -> NewUnion:
    return union_tree.add_union(session, name=name, kind=UnionKind.SCHOOL, above=above, chair=chair, **STAMP)


@pytest.fixture
def county(engine: Engine) -> Engine:
    """县总工会 with a chair of its own, and 白鹭小学工会 under it."""
    with db.writing(engine) as session:
        unions.ensure_union(session, name="县总工会", **STAMP)
        accounts.add_account(session, name="王芳", roles=CHAIRS, password="青松小学的大槐树", email="wang@county.cn", **STAMP)
        add_union(session)
    return engine


def test_second_union_waits_for_the_first_account(session: Session) -> None:
    with pytest.raises(AccountsFirst):
        add_union(session, above=None)


def test_first_union_has_a_name_before_there_is_a_second(session: Session) -> None:
    accounts.add_account(session, name="王芳", roles=CHAIRS, password="青松小学的大槐树", **STAMP)

    with pytest.raises(FirstNameMissing):
        add_union(session)


def test_new_union_has_its_number_and_its_chair_a_password_for_once(county: Engine) -> None:
    with db.writing(county) as session:
        new = add_union(session, name="红旗医院工会", chair="李梅")

    with db.within(new.number), db.reading(county) as session:
        account = sign_ins.recognise(session, "李梅", new.password, address="")
        union = session.exec(select(Union)).one()
    assert (new.number, union.name, union.above_id) == (3, "红旗医院工会", HERE)
    assert (account.name, account.roles, account.must_change) == ("李梅", ["chair", "committee"], True)


def test_new_union_s_log_begins_in_its_own_chain(county: Engine) -> None:
    with db.within(THERE), db.reading(county) as session:
        told = [(line.noun, line.who) for line in session.exec(select(Change))]
        faults = list(find_chain_faults(session))

    assert (told, faults) == ([("union", "chair"), ("account", "chair")], [])


def test_whoever_adds_stays_in_their_own_union(county: Engine) -> None:
    with db.writing(county) as session:
        add_union(session, name="红旗医院工会", chair="李梅")

        assert [account.name for account in list_accounts(session)] == ["王芳"]


def test_two_unions_may_each_have_an_account_of_the_same_name(county: Engine) -> None:
    with db.within(None), db.reading(county) as session:
        assert [(one.union_id, one.name) for one in list_accounts(session)] == [(HERE, "王芳"), (THERE, "王芳")]


@pytest.mark.parametrize(("name", "above", "refusal"), [("白鹭 小学工会", HERE, UnionNameTaken), ("新工会", 9, UnionUnknown)])
def test_union_that_cannot_be_told_from_another_or_stands_nowhere_is_refused(
    county: Engine, name: str, above: int, refusal: type[Refusal]
) -> None:
    with db.writing(county) as session, pytest.raises(refusal):
        add_union(session, name=name, above=above)


def test_whoever_is_signed_in_adds_below_their_own_union_only(county: Engine) -> None:
    actor = Actor("王芳", CHAIRS, account_id=2, union_id=THERE)
    with db.acting(actor), db.writing(county) as session, pytest.raises(UnionUnknown):
        union_tree.add_union(session, name="新工会", kind=UnionKind.SCHOOL, above=HERE, chair="李梅", who="王芳", now_utc=NOW)


def test_adding_a_union_is_the_chair_s(county: Engine) -> None:
    actor = Actor("罗文静", frozenset({AccountRole.TREASURER}), account_id=9, union_id=HERE)
    with db.acting(actor), db.writing(county) as session, pytest.raises(NotYours):
        add_union(session, name="新工会")


def test_no_union_stands_under_itself(county: Engine) -> None:
    with db.writing(county) as session, pytest.raises(UnionUnderItself):
        union_tree.put_under(session, HERE, THERE, **STAMP)


def test_union_moves_under_another(county: Engine) -> None:
    with db.writing(county) as session:
        union_tree.put_under(session, THERE, None, **STAMP)

    with db.reading(county) as session:
        assert [(one.number, one.above, one.accounts) for one in union_tree.list_unions(session)] == [(HERE, None, 1), (THERE, None, 1)]


@pytest.mark.parametrize(("told", "number"), [("2", THERE), ("白鹭小学工会", THERE), ("白鹭 小学工会 ", THERE), ("3", None), ("", None)])
def test_union_is_named_by_number_or_name(county: Engine, told: str, number: int | None) -> None:
    with db.reading(county) as session:
        found = union_tree.find_named(session, told)

    assert (found[0] if found else None) == number


def test_name_of_another_union_is_not_taken_later_either(county: Engine) -> None:
    with db.within(THERE), db.writing(county) as session, pytest.raises(UnionNameTaken):
        unions.save_union(session, THERE, version=1, name="县总工会", **STAMP)


def test_address_of_the_sign_in_service_is_one_person_s_over_all_unions(county: Engine) -> None:
    with db.within(THERE), db.writing(county) as session, pytest.raises(AddressTakenElsewhere):
        accounts.add_account(session, name="李梅", roles=CHAIRS, email="wang@county.cn", **STAMP)


def test_accounts_of_any_union_close_the_door_of_all(county: Engine) -> None:
    with db.within(3), db.reading(county) as session:
        assert (has_accounts(session), list_accounts(session)) == (True, [])


@pytest.mark.parametrize("act", [Act.BACK_UP, Act.RESTORE_BACKUP])
def test_whole_database_is_kept_by_the_first_union(act: Act) -> None:
    below = Actor("王芳", CHAIRS, account_id=2, union_id=THERE)

    with pytest.raises(KeptByFirst):
        require_act(below, act)
    require_act(Actor("王芳", CHAIRS, account_id=1, union_id=HERE), act)
    require_act(below, Act.HAND_OVER)


def test_chair_below_makes_no_backup(county: Engine) -> None:
    with pytest.raises(KeptByFirst):
        back_up_now(now_utc=NOW, actor=Actor("王芳", CHAIRS, account_id=2, union_id=THERE))


def test_backup_s_newest_line_may_be_any_union_s(county: Engine, tmp_path: Path) -> None:
    make_backup(county, folder=tmp_path, label=BY_HAND, now_utc=NOW)
    anchors = anchors_of_backups(tmp_path)

    for union in (HERE, THERE, None):
        with db.within(union), db.reading(county) as session:
            assert list(find_chain_faults(session, anchors=anchors)) == []


@pytest.mark.sqlite
def test_going_back_is_told_in_every_union_s_log_and_keeps_every_union_s_accounts(county: Engine) -> None:
    folder = read_config().backup_dir
    backup = make_backup(county, folder=folder, label=BY_HAND, now_utc=NOW)
    with db.within(THERE), db.writing(county) as session:
        accounts.add_account(session, name="李梅", roles=CHAIRS, **STAMP)

    restore_backup(backup.path, who="chair", now_utc=NOW, actor=None)

    told = {}
    for union in (HERE, THERE):
        with db.within(union), db.reading() as session:
            names = [account.name for account in list_accounts(session)]
            told[union] = names, [line.noun for line in session.exec(select(Change).where(Change.noun == "backup"))]
            assert list(find_chain_faults(session, anchors=anchors_of_backups(folder))) == []
    assert told == {HERE: (["王芳"], ["backup"]), THERE: (["王芳", "李梅"], ["backup"])}


def test_services_called_with_another_union_s_ids_find_nothing(county: Engine) -> None:
    with db.within(THERE), db.writing(county) as session:
        plan = make_plan(session)
        make_activity(session, plan)

    with db.reading(county) as session:
        assert (session.get(Plan, plan.id), read_head(session).id) == (None, 2)
