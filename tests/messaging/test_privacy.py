"""Nothing about anybody leaves the house: neither in a whole year of messages nor out of titles that tell of somebody."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.makers import NOW, make_activity, make_committee, make_plan, make_union
from tests.messaging.makers import add_channel
from unionboard import db
from unionboard.drafting.names import holds_name, read_names
from unionboard.errors.messages import PlaceTellsOfSomebody
from unionboard.messaging.wording import Message, defuse, word
from unionboard.models import BudgetLine, CareVisit, DatePrecision, Direction, Meeting, MessageChannel, MessagePolicy, OwnItem
from unionboard.services.care import record_visit
from unionboard.services.masking import list_known_names
from unionboard.services.message_dues import read_current, tell_budget, tell_invitation, tell_late, tell_minutes, tell_week
from unionboard.services.message_facts import Facts
from unionboard.services.message_titles import Titles

MONDAY = date(2026, 5, 11)


def tell_all(session: Session, day: date) -> list[Facts]:
    """Whatever could be sent on a day, to a group that was told nothing yet."""
    standing = read_current(session, today=day)
    if standing is None:
        return []
    policy = MessagePolicy(budget_share_pct=1)
    told: list[Facts | None] = [
        tell_week(standing, week_of=day),
        tell_late(standing, told=()),
    ]
    if day.weekday() == 0:  # these change slowly, and take as long as the others together
        told.append(tell_budget(session, standing, policy, told=()))
        told.append(tell_invitation(session, standing, day=day, at=900, place="会议室"))
    return [facts for facts in told if facts is not None]


def say(facts: Facts) -> list[str]:
    messages = [word(facts, language=language) for language in ("zh_CN", "en")]
    return [f"{message.title}\n{message.text}" for message in messages]


def test_no_name_in_any_message_of_the_demo_year_day_by_day(demo: Engine) -> None:
    with db.reading() as session:
        names = {name for visit in session.exec(select(CareVisit)) for name in (*read_names(visit.recipient), *read_names(visit.visitors))}
        names |= set(list_known_names(session))
        said = {text for n in range(365) for facts in tell_all(session, date(2026, 1, 1) + timedelta(days=n)) for text in say(facts)}
        said |= {text for meeting in session.exec(select(Meeting)) if meeting.minutes for text in say(tell_minutes(meeting))}

    everything = "\n".join(said)
    assert len(names) > 20
    assert len(said) > 200
    assert [name for name in names if len(name) > 1 and holds_name(everything, name)] == []


@pytest.mark.parametrize(
    "title",
    [
        "慰问李建国老师",
        "看望王芳住院",
        "帮扶何敏家庭",
        "何 敏退休座谈",
        "某教师乳腺手术慰问",
        "慰问金发放 13812345678",
        "发放至 6222020200112233445",
        "何敏新作分享",
    ],
)
def test_title_that_tells_of_somebody_stays_and_its_area_is_told(data_dir: Path, title: str) -> None:
    with db.writing() as session:
        make_committee(session)
        make_activity(session, make_plan(session), title=title, area="CARE", precision=DatePrecision.DAY, starts_on=MONDAY, ends_on=MONDAY)
    with db.reading() as session:
        standing = read_current(session, today=MONDAY)
        assert standing is not None
        facts = tell_week(standing, week_of=MONDAY)
    assert facts is not None

    assert say(facts) == [
        "工会 · 本周到期 1 项\n5月11日：“送温暖与帮扶”的一项工作",
        "Union · 1 activity due this week\n11 May: an activity of “Care and hardship aid”",
    ]


@pytest.mark.parametrize("title", ["教职工趣味运动会", "慰问困难职工", "护士节表彰大会", "慰问高三教师", "困难职工子女助学", "健康体检"])
def test_ordinary_title_is_told(data_dir: Path, title: str) -> None:
    with db.writing() as session:
        make_union(session)
        make_committee(session)

    with db.reading() as session:
        assert Titles(session).tell(title) == title


def test_item_of_the_unions_own_that_names_somebody_is_told_without_its_name(demo: Engine) -> None:
    with db.writing() as session:
        session.add(OwnItem(code="member_activities", name="何敏专项", direction=Direction.OUT))
    with db.reading() as session:
        standing = read_current(session, today=date(2026, 11, 20))
        assert standing is not None
        names = list_known_names(session)
        facts = tell_budget(session, standing, MessagePolicy(budget_share_pct=1), told=())
    assert facts is not None

    assert "何敏" in names
    assert "一个自设科目" in say(facts)[0]
    assert "何敏" not in "".join(say(facts))


@pytest.mark.parametrize(("people", "told"), [(2, False), (3, True)])
def test_share_of_an_item_that_went_to_one_or_two_people_is_not_told(data_dir: Path, people: int, told: bool) -> None:
    with db.writing() as session:
        make_plan(session)
        session.add(BudgetLine(year=2026, item="hardship_aid", amount_fen=100_000))
        for number in range(people):
            record_visit(
                session,
                visited_on=MONDAY,
                kind="hospital",
                recipient=f"会员{number}",
                amount_fen=96_000 // people,
                item="hardship_aid",
                post=True,
                today=MONDAY,
                who="chair",
                now_utc=NOW,
            )
    with db.reading() as session:
        standing = read_current(session, today=MONDAY)
        assert standing is not None
        facts = tell_budget(session, standing, MessagePolicy(budget_share_pct=90), told=())

    assert (facts is not None) == told


@pytest.mark.parametrize("place", ["何敏办公室", "化疗病房", "找 13812345678"])
def test_place_of_a_meeting_names_nobody(data_dir: Path, place: str) -> None:
    with db.writing() as session:
        make_plan(session)
        make_committee(session)
    with db.reading() as session:
        standing = read_current(session, today=MONDAY)
        assert standing is not None
        with pytest.raises(PlaceTellsOfSomebody):
            tell_invitation(session, standing, day=MONDAY, at=900, place=place)


def test_title_cannot_call_everybody_or_hide_a_link() -> None:
    assert (
        defuse("@所有人 <at user_id='all'> [点我](http://x) **急** # !")
        == "＠所有人 ＜at user＿id='all'＞ ［点我］(http:／／x) ＊＊急＊＊ ＃ ！"
    )


def test_address_lies_sealed_and_the_log_covers_it(data_dir: Path) -> None:
    add_channel("https://qyapi.weixin.qq.com")

    with db.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT address FROM message_channel").scalar_one()
        assert str(stored).startswith("sealed:")
        assert session.exec(select(MessageChannel)).one().address.endswith("key=k1234567")


def test_message_has_no_more_than_words_and_a_link() -> None:
    assert set(Message.__slots__) == {"title", "lines", "link", "link_words"}
