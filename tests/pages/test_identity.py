"""Who comes in by what: nobody, this computer, a phone, an account; what a page shows of other roles."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from tests.conftest import Visitor
from tests.makers import NOW, make_account, make_committee, make_union
from tests.pages.components import list_pressable
from unionboard import clock, db
from unionboard.config import ADDRESS_HEADER, FROM_HEADER
from unionboard.models import AccountRole, Change, Union
from unionboard.models.changelog import ChangeAction
from unionboard.services import accounts, sign_ins
from unionboard.services.account_list import list_accounts
from unionboard.services.origins import Way

OpenPage = Callable[..., AppTest]
SignIn = Callable[..., int]
CHAIR, TREASURER, COMMITTEE, AUDIT, VIEWER = AccountRole


def titles(at: AppTest) -> list[str]:
    return [title.value for title in at.title]


def test_this_computer_without_accounts_opens_at_once(open_page: OpenPage) -> None:
    assert titles(open_page()) == ["欢迎"]


def test_network_without_accounts_sees_nothing(open_page: OpenPage, visitor: Visitor) -> None:
    visitor.headers = {FROM_HEADER: Way.NETWORK, ADDRESS_HEADER: "10.0.0.7"}

    assert titles(open_page()) == ["已退出登录"]


def test_visitor_of_whom_the_gate_says_nothing_sees_nothing(open_page: OpenPage, visitor: Visitor) -> None:
    visitor.headers = {}

    assert titles(open_page()) == ["已退出登录"]


def test_this_computer_has_to_sign_in_as_soon_as_there_is_an_account(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        make_account(session, CHAIR)

    assert titles(open_page()) == ["已退出登录"]


def test_phone_without_accounts_ticks_off_and_changes_no_settings(demo: Engine, open_page: OpenPage, visitor: Visitor) -> None:
    visitor.headers = {FROM_HEADER: Way.PHONE, ADDRESS_HEADER: "10.0.0.7"}

    check_offs = open_page("checkoffs")
    ticks = [key for key in list_pressable(check_offs) if key.startswith("tick_")]
    settings = open_page("settings")
    names = [(field.value, field.disabled) for field in settings.text_input if str(field.key).endswith("_name")]

    assert len(ticks) > 0
    assert names == [("青松小学工会", True)]
    assert [button.key for button in settings.button if str(button.key).startswith(("union_", "save_"))] == []


def test_account_page_says_who_is_signed_in_and_as_what(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(CHAIR, COMMITTEE, name="陈立群")

    at = open_page("account")

    assert titles(at) == ["我的账号"]
    assert "陈立群" in [text.value for text in at.text]
    assert any("主席、委员" in line.value for line in at.markdown)


def test_page_that_stays_open_after_signing_out_elsewhere_shows_just_that(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in_id = sign_in(CHAIR)
    at = open_page("settings")
    with db.writing(engine) as session:
        sign_ins.sign_out(session, sign_in_id, who="陈立群", now_utc=clock.now_utc())

    at.run()

    assert (titles(at), len(at.button)) == (["已退出登录"], 0)


def test_session_that_comes_back_as_somebody_else_holds_nothing_of_the_first(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    sign_in(CHAIR)
    at = open_page("settings")
    at.session_state["stood_open"] = "names"
    sign_in(AUDIT, name="何敏")

    at.run()

    assert "stood_open" not in at.session_state


def test_press_after_signing_out_elsewhere_changes_nothing(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(engine) as session:
        make_union(session)
    sign_in_id = sign_in(CHAIR)
    at = open_page("settings")
    with db.writing(engine) as session:
        sign_ins.sign_out(session, sign_in_id, who="陈立群", now_utc=clock.now_utc())

    at.text_input(key="union_1_name").set_value("别的工会")
    at.button(key="union_1_save").click().run()

    with db.reading(engine) as session:
        assert session.exec(select(Union.name)).all() == ["青松小学工会"]
    assert titles(at) == ["已退出登录"]


def test_press_after_losing_the_role_is_refused_in_words(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(engine) as session:
        make_union(session)
    sign_in(CHAIR)
    at = open_page("settings")
    with db.writing(engine) as session:
        list_accounts(session)[0].roles = [COMMITTEE.value]

    at.text_input(key="union_1_name").set_value("别的工会")
    at.button(key="union_1_save").click().run()

    assert [error.value for error in at.error] == ["您的账号不能做这件事，需由主席办理。"]


def test_account_that_is_closed_shows_nothing_more(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(engine) as session:
        make_account(session, CHAIR, name="何敏", password_hash="x")
    sign_in(TREASURER, name="罗文静")
    at = open_page("fund")
    with db.writing(engine) as session:
        accounts.disable_account(session, 2, version=1, who="何敏", now_utc=clock.now_utc())

    at.run()

    assert titles(at) == ["已退出登录"]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("fund", "您的账号不能做这件事，需由主席、财务委员、委员、经审委员办理。"),
        ("summary", "您的账号不能做这件事，需由主席、财务委员、委员、经审委员办理。"),
        ("settings", "您的账号不能做这件事，需由主席、财务委员、委员、经审委员办理。"),
    ],
)
def test_page_of_another_role_by_its_address_says_whose_it_is(
    demo: Engine, open_page: OpenPage, sign_in: SignIn, page: str, sentence: str
) -> None:
    sign_in(VIEWER, name="大屏")

    at = open_page(page)

    assert (at.markdown[-1].value, len(at.button)) == (sentence, 0)


def test_what_is_signed_bears_the_name_of_the_account(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(engine) as session:
        make_union(session)
    sign_in(CHAIR, name="陈立群")
    at = open_page("settings")
    at.session_state["acting_name"] = "罗文静"

    at.text_input(key="union_1_name").set_value("青松实验小学工会")
    at.button(key="union_1_save").click().run()

    with db.reading(engine) as session:
        line = session.exec(select(Change).where(Change.noun == "union").order_by(col(Change.id).desc())).first()
    assert line is not None
    assert (line.who, line.origin) == ("陈立群", "this computer")


def test_first_account_is_made_in_settings_and_then_everybody_signs_in(engine: Engine, open_page: OpenPage) -> None:
    with db.writing(engine) as session:
        make_committee(session)
    at = open_page("settings", tab="accounts")

    at.selectbox(key="new_account_name").set_value("陈立群").run()
    assert at.pills(key="new_account_roles").value == [CHAIR, COMMITTEE]
    at.text_input(key="new_account_password").set_value("松树下的长椅")
    at.text_input(key="new_account_again").set_value("松树下的长椅2")
    at.button(key="make_first_account").click().run()
    assert [error.value for error in at.error] == ["两次输入的密码不一样。请重新输入。"]
    at.text_input(key="new_account_password").set_value("松树下的长椅 1926")
    at.text_input(key="new_account_again").set_value("松树下的长椅 1926")
    at.button(key="make_first_account").click().run()

    with db.reading(engine) as session:
        (account,) = list_accounts(session)
        assert sign_ins.recognise(session, "陈 立群", "松树下的长椅 1926", address="::1").id == account.id
    assert titles(at) == ["已退出登录"]


def test_new_account_gets_a_password_that_is_shown_once(engine: Engine, open_page: OpenPage, sign_in: SignIn) -> None:
    with db.writing(engine) as session:
        make_committee(session)
    sign_in(CHAIR)
    at = open_page("settings", tab="accounts")

    at.selectbox(key="new_account_name").set_value("罗文静").run()
    at.button(key="make_account").click().run()

    (password,) = [code.value for code in at.code]
    with db.reading(engine) as session:
        account = sign_ins.recognise(session, "罗文静", password, address="::1")
    assert (account.roles, account.must_change) == (["treasurer", "committee"], True)
    assert (at.selectbox(key="new_account_name").value, at.pills(key="new_account_roles").value) == (None, [])
    at.button(key="account_told_done").click().run()
    assert len(at.code) == 0


def test_unlocking_takes_the_password_and_ends_by_itself(engine: Engine, sign_in: SignIn) -> None:
    sign_in_id = sign_in(CHAIR)
    with db.writing(engine) as session:
        accounts.set_password(session, 1, "松树下的长椅 1926", who="陈立群", now_utc=NOW)
        until = sign_ins.unlock(session, sign_in_id, "松树下的长椅 1926", now_utc=NOW)

    assert until == NOW + timedelta(minutes=10)
    with db.reading(engine) as session:
        assert session.exec(select(Change.who).where(Change.action == ChangeAction.UNLOCK)).all() == ["陈立群"]
