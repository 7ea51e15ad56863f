"""A plan put back as it stood before a corrected document was applied."""

from typing import Any

import pytest
from sqlmodel import Session, select

from tests.services.test_comparison import STAMP, TEXT, adopt, apply, compare, differing
from unionboard.errors.saving import ChangedSince
from unionboard.models import Activity, Change, CheckOff, Measure, Occurrence, Plan, Section
from unionboard.services import amendments, checkoffs
from unionboard.services.changes import current_pulse
from unionboard.services.plan_states import keep_state, put_back

CORRECTED = (
    TEXT.replace("庆祝三八妇女节", "庆祝三八妇女节和健步走")
    .replace("五月：\n1、教职工趣味运动会", "五月：\n1、登山\n3、教职工趣味运动会")
    .replace("2、中秋慰问\n", "")
    .replace("2、每月一次校务公开。", "2、每季度一次校务公开。")
    .replace("1、办好教工社团。", "1、办好教工社团和读书会。")
    .replace("活动安排：", "三、关心职工生活\n1、做好走访。\n活动安排：")
)


def everything(session: Session) -> dict[str, list[dict[str, Any]]]:
    """All rows of the plan but their versions; removed activities that were never in the plan before are passed over."""
    kinds: tuple[Any, ...] = (Plan, Section, Measure, Activity, Occurrence, CheckOff)
    return {
        kind.__name__: [row.model_dump(exclude={"version"}) for row in session.exec(select(kind).order_by(kind.id)) if not is_added(row)]
        for kind in kinds
    }


def is_added(row: Any) -> bool:
    return isinstance(row, Activity) and row.removed and row.as_read is None


def test_applied_document_is_undone_in_every_field(session: Session) -> None:
    plan = adopt(session)
    women = session.exec(select(Activity).where(Activity.title == "庆祝三八妇女节")).one()
    checkoffs.check_off(session, women.id or 0, done_on=women.starts_on, today=women.ends_on, **STAMP)
    before, state = everything(session), keep_state(session, plan.id or 0)

    apply(session, plan, CORRECTED)
    put_back(session, state, pulse=current_pulse(session), **STAMP)
    session.expire_all()

    assert everything(session) == before
    assert differing(compare(session, plan)) == []


def test_document_undone_can_be_applied_again(session: Session) -> None:
    plan = adopt(session)
    found, state = compare(session, plan, CORRECTED), keep_state(session, plan.id or 0)
    applied = apply(session, plan, CORRECTED)
    put_back(session, state, pulse=current_pulse(session), **STAMP)

    again = compare(session, plan, CORRECTED)

    assert differing(again) == differing(found)
    assert apply(session, plan, CORRECTED) == applied
    assert differing(compare(session, plan, CORRECTED)) == []


def test_undoing_is_in_the_log(session: Session) -> None:
    plan = adopt(session)
    state = keep_state(session, plan.id or 0)
    apply(session, plan, CORRECTED)
    pulse = current_pulse(session)

    put_back(session, state, pulse=pulse, **STAMP)

    actions = {(change.action, change.noun) for change in session.exec(select(Change).where(Change.id > pulse))}  # type: ignore[operator]
    assert {("restore", "activity"), ("remove", "activity"), ("remove", "section"), ("update", "activity")} <= actions


def test_nothing_is_undone_when_anything_was_changed_since(session: Session) -> None:
    plan = adopt(session)
    state = keep_state(session, plan.id or 0)
    apply(session, plan, CORRECTED)
    pulse = current_pulse(session)
    sport = session.exec(select(Activity).where(Activity.title == "教职工趣味运动会")).one()
    amendments.save_activity(session, sport.id or 0, version=sport.version, owner="文体委员", **STAMP)
    before = everything(session)

    with pytest.raises(ChangedSince):
        put_back(session, state, pulse=pulse, **STAMP)

    assert everything(session) == before
