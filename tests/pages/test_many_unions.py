"""Pages of a database that holds two unions: whoever signs in sees one, whatever the address asks for."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.errors.permissions import SignedOut
from unionboard.models import AccountRole, Plan, SignIn, Union
from unionboard.services import plans, unions
from unionboard.services.guard import Actor
from unionboard.ui import downloads, identity, kept, plan_drafts

NAMES = {1: "县总工会", 2: "白鹭小学工会"}
TITLES = {1: "县里的工作计划", 2: "白鹭的工作计划"}


@pytest.fixture
def county(engine: Engine) -> dict[int, tuple[int, int]]:
    """The plan and the activity of each union."""
    made = {}
    for number, name in NAMES.items():
        with db.within(number), db.writing(engine) as session:
            unions.ensure_union(session, name=name, who="chair", now_utc=NOW)
            plan = make_plan(session, title=TITLES[number])
            activity = make_activity(session, plan, title=f"{name}的运动会")
            made[number] = plan.id or 0, activity.id or 0
    return made


@pytest.fixture
def sign_in_to(sign_in: Callable[..., int]) -> Callable[[int], int]:
    def enter(union: int) -> int:
        with db.within(union):
            return sign_in(AccountRole.CHAIR, AccountRole.COMMITTEE)

    return enter


def words(at: AppTest) -> str:
    return " ".join(str(element) for element in at.main)


@pytest.mark.parametrize("own", [1, 2])
@pytest.mark.parametrize("page", ["board", "timeline", "checkoffs", "settings"])
def test_address_of_another_union_s_records_shows_nothing_of_theirs(
    county: dict[int, tuple[int, int]], sign_in_to: Callable[[int], int], open_page: Callable[..., AppTest], page: str, own: int
) -> None:
    other = 3 - own
    sign_in_to(own)
    plan, activity = county[other]

    at = open_page(page, plan=str(plan), activity=str(activity))

    shown = words(at)
    assert (TITLES[other] in shown, NAMES[other] in shown) == (False, False)


def test_pages_are_the_account_s_union_s(
    county: dict[int, tuple[int, int]], sign_in_to: Callable[[int], int], open_page: Callable[..., AppTest]
) -> None:
    sign_in_to(2)

    assert open_page("settings").text_input[0].value == NAMES[2]


def test_what_is_kept_for_one_union_is_never_given_to_another(county: dict[int, tuple[int, int]], engine: Engine) -> None:
    """Same place, same roles, same question: only whose it is differs."""
    found = {}
    for union in (1, 2, 1):
        actor = Actor("王芳", frozenset({AccountRole.CHAIR}), account_id=union, union_id=union)
        with db.acting(actor):
            found[union] = [plan.title for plan in kept.keep(plans.list_plans)]

    assert found == {1: [TITLES[1]], 2: [TITLES[2]]}


def test_chair_adds_a_union_below_in_the_settings(
    county: dict[int, tuple[int, int]], sign_in_to: Callable[[int], int], open_page: Callable[..., AppTest], engine: Engine
) -> None:
    sign_in_to(2)
    at = open_page("settings")
    at.text_input(key="union_under_name").input("白鹭分校工会")
    at.text_input(key="union_under_chair").input("李梅")
    at.button(key="union_under_add").click().run()

    with db.within(None), db.reading(engine) as session:
        union = session.exec(select(Union).where(Union.name == "白鹭分校工会")).one()
    assert (union.id, union.above_id, len(at.code[0].value)) == (3, 2, 19)


def test_without_accounts_nothing_is_said_of_other_unions(engine: Engine, open_page: Callable[..., AppTest]) -> None:
    at = open_page("settings")

    assert [one for one in at.expander if one.label == "下属工会"] == []


def test_download_made_later_reads_for_whoever_asked(
    county: dict[int, tuple[int, int]], sign_in_to: Callable[[int], int], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside the page, in a thread of Streamlit's."""
    sign_in_id = sign_in_to(2)
    with db.within(None), db.reading(engine) as session:
        row = session.get(SignIn, sign_in_id)
        actor = Actor("陈立群", frozenset({AccountRole.CHAIR}), account_id=row.account_id if row else 0, sign_in_id=sign_in_id, union_id=2)
    monkeypatch.setattr(identity, "current_actor", lambda: actor)

    def read(session: Session) -> list[str]:
        return [plan.title for plan in session.exec(select(Plan))]

    later = downloads.as_whoever_looks(read)

    assert later() == [TITLES[2]]
    with db.within(2), db.writing(engine) as session:
        row = session.get(SignIn, sign_in_id)
        assert row is not None
        row.ended_at_utc = NOW
    with pytest.raises(SignedOut):
        later()


def test_desks_put_aside_are_each_union_s_own(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = set()
    for union in (1, 2):
        monkeypatch.setattr(identity, "union_number", lambda union=union: union)
        folders.add(plan_drafts._folder())

    assert [folder.name for folder in sorted(folders)] == ["drafts", "2"]
