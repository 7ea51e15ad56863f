"""Check-offs: one tap is done today, a second one is refused, and there is a way back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import make_activity, make_plan
from tests.photos import make_photo
from unionboard import db
from unionboard.models import DatePrecision, DutyKind, Occurrence
from unionboard.services import checkoffs
from unionboard.services.activities import ActivityView, Status, find_activity
from unionboard.services.plans import list_plans
from unionboard.ui.cards import SHOWN

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]
LATE, DUTY, COMING = 1, 2, 3


@pytest.fixture(autouse=True)
def plan(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        make_activity(session, plan, title="合理化建议征集", owner="何敏")
        duty = make_activity(session, plan, title="委员会例会", duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD)
        for number, month in enumerate((11, 12), start=1):
            session.add(Occurrence(activity_id=duty.id or 0, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
        make_activity(session, plan, title="冬季送温暖", owner="吴佳", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))


def find(engine: Engine, activity_id: int) -> ActivityView:
    with db.reading(engine) as session:
        return find_activity(session, activity_id, today=TODAY)


def cards(at: AppTest) -> list[str]:
    return [button.label for button in at.button if button.key and button.key.startswith("title_card_")]


def test_page_without_a_plan_says_where_to_begin(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        for table in ("occurrence", "activity", "plan"):
            session.connection().exec_driver_sql(f"DELETE FROM {table}")

    at = open_page("checkoffs")

    assert at.markdown[-1].value == "全年的活动在这里按月办结。现在还没有计划。"


@pytest.mark.parametrize(("lang", "count"), [("zh_CN", "还有 2 项"), ("en", "2 still to do")])
def test_current_month_shows_late_ones_and_duties(open_page: OpenPage, lang: str, count: str) -> None:
    at = open_page("checkoffs", lang=lang)

    assert cards(at) == ["合理化建议征集", "委员会例会"]
    assert f":gray[{count}]" in [text.value for text in at.markdown]


def test_tick_means_done_today_and_stays_in_place_with_an_undo(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")

    at.button(f"tick_{LATE}").click().run()

    assert (find(engine, LATE).status, find(engine, LATE).done_on) == (Status.DONE, TODAY)
    assert cards(at) == ["合理化建议征集", "委员会例会"]
    assert at.button(f"undo_{LATE}").label == "撤销"


def test_undo_opens_it_again(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()

    at.button(f"undo_{LATE}").click().run()

    assert find(engine, LATE).status is Status.LATE
    assert at.button(f"tick_{LATE}").label == "办结“合理化建议征集”"


def test_second_tick_from_a_stale_page_is_refused_with_a_sentence(open_page: OpenPage) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    theirs.button(f"tick_{LATE}").click().run()

    mine.button(f"tick_{LATE}").click().run()

    (refused,) = mine.error
    assert refused.value.startswith("“合理化建议征集”已由主席办结（2026年11月21日，")


def test_second_tick_offers_to_add_details_to_the_first(open_page: OpenPage, engine: Engine) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    theirs.button(f"tick_{LATE}").click().run()
    mine.button(f"tick_{LATE}").click().run()

    mine.button("take_offer").click().run()
    mine.text_area(f"form_{LATE}_1_result").set_value("收到 12 条")
    mine.button(f"report_activity_{LATE}").click().run()

    assert [(record.id, record.result) for record in find(engine, LATE).records] == [(1, "收到 12 条")]


def test_ticked_card_takes_another_day_at_once(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()
    assert "晚 174 天" in " ".join(text.value for text in at.markdown)

    at.date_input("day_1").set_value(date(2026, 5, 20)).run()

    view = find(engine, LATE)
    assert (view.done_on, view.days_after) == (date(2026, 5, 20), 0)
    assert cards(at) == ["合理化建议征集", "委员会例会"]


def test_ticked_card_leads_to_its_details(open_page: OpenPage) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()

    at.button(f"details_{LATE}").click().run()
    assert at.query_params["activity"] == str(LATE)
    at.text_area(f"form_{LATE}_1_result").set_value("收到 12 条")
    at.button(f"report_activity_{LATE}").click().run()

    assert "activity" not in at.query_params


def test_duty_on_events_is_logged_several_times_and_each_is_undone(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = list_plans(session)[0]
        visits = make_activity(session, plan, title="五必访", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD).id or 0
    at = open_page("checkoffs")
    for _ in range(2):
        at.button(f"log_{visits}").click().run()
    assert find(engine, visits).done_count == 2

    for _ in range(2):
        at.button(f"undo_{visits}").click().run()

    assert find(engine, visits).done_count == 0
    assert at.button(f"log_{visits}").label == "记一次"


def test_tick_of_a_duty_takes_the_turn_that_is_due(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")

    at.button(f"tick_{DUTY}").click().run()

    assert [turn.done_on for turn in find(engine, DUTY).occurrences] == [TODAY, None]
    assert at.button(f"undo_{DUTY}").label == "撤销"


def test_ticked_cards_move_on_when_another_month_is_chosen(open_page: OpenPage) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()

    at.pills("checkoffs_show").set_value("2026-12-01").run()
    at.pills("checkoffs_show").set_value("2026-11-01").run()

    assert cards(at) == ["委员会例会", "合理化建议征集"]


def test_way_back_of_today_outlives_a_reload(open_page: OpenPage, engine: Engine) -> None:
    open_page("checkoffs").button(f"tick_{LATE}").click().run()
    at = open_page("checkoffs")

    at.button(f"undo_{LATE}").click().run()

    assert find(engine, LATE).status is Status.LATE


def test_what_was_ticked_on_an_earlier_day_has_no_quick_way_back(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        checkoffs.check_off(session, LATE, done_on=TODAY, today=TODAY, who="chair", now_utc=datetime(2026, 5, 8, tzinfo=UTC))

    at = open_page("checkoffs")

    assert [button.key for button in at.button if (button.key or "").startswith("undo_")] == []


def test_duty_whose_turn_was_ticked_today_takes_the_next_missed_one(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.add(Occurrence(activity_id=DUTY, number=0, due_from=date(2026, 10, 1), due_to=date(2026, 10, 28)))
    open_page("checkoffs").button(f"tick_{DUTY}").click().run()

    open_page("checkoffs").button(f"tick_{DUTY}").click().run()

    assert sorted(turn.number for turn in find(engine, DUTY).occurrences if turn.done_on) == [0, 1]


def test_turns_missed_before_are_checked_off_one_after_another(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        for number, month in enumerate((9, 10), start=-1):
            session.add(Occurrence(activity_id=DUTY, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
    at = open_page("checkoffs")
    at.button(f"tick_{DUTY}").click().run()
    assert at.button(f"again_{DUTY}").label == "9月1日–28日也办了"

    at.button(f"again_{DUTY}").click().run()
    at.button(f"again_{DUTY}").click().run()

    assert sorted(turn.number for turn in find(engine, DUTY).occurrences if turn.done_on) == [-1, 0, 1]
    assert [button.key for button in at.button if (button.key or "").startswith(("again_", "tick_2"))] == []


def test_tick_of_a_turn_somebody_was_first_with_takes_no_other(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.add(Occurrence(activity_id=DUTY, number=0, due_from=date(2026, 10, 1), due_to=date(2026, 10, 28)))
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    theirs.button(f"tick_{DUTY}").click().run()

    mine.button(f"tick_{DUTY}").click().run()

    assert mine.error[0].value.startswith("“委员会例会”已由主席办结")
    assert [turn.number for turn in find(engine, DUTY).occurrences if turn.done_on] == [1]


def test_tick_somebody_took_back_is_open_again_on_the_page_that_made_it(open_page: OpenPage) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    mine.button(f"tick_{LATE}").click().run()
    theirs.run()
    theirs.button(f"undo_{LATE}").click().run()

    mine.run()

    assert mine.button(f"tick_{LATE}").label == "办结“合理化建议征集”"
    assert "undo_1" not in [button.key for button in mine.button]


def test_pills_stand_by_how_often_they_are_wanted_then_months_latest_first(open_page: OpenPage) -> None:
    at = open_page("checkoffs")

    options = at.pills("checkoffs_show").options
    assert [*options[:7], options[-1]] == ["11月", "逾期 · 1", "缺佐证", "全部", "佐证", "12月 · 1", "10月", "1月"]


def test_choice_lives_in_the_address(open_page: OpenPage) -> None:
    at = open_page("checkoffs")

    at.pills("checkoffs_show").set_value("all").run()
    at.selectbox("checkoffs_owner").select("吴佳").run()

    assert (at.query_params["show"], at.query_params["owner"]) == ("all", "吴佳")
    assert cards(open_page("checkoffs", show="all", owner="吴佳")) == ["冬季送温暖"]


def test_photo_added_on_a_ticked_card_is_kept_with_its_check_off(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()
    (record,) = find(engine, LATE).records

    at.file_uploader(f"photos_card_{record.id}_0").upload("合影.jpg", make_photo()).run()

    assert find(engine, LATE).records[0].evidence_count == 1
    assert at.file_uploader(f"photos_card_{record.id}_1").value == []


def test_disguised_program_added_on_a_card_is_refused_with_a_sentence(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()
    (record,) = find(engine, LATE).records

    at.file_uploader(f"photos_card_{record.id}_0").upload("合影.jpg", b"MZ" + bytes(200)).run()

    assert [error.value for error in at.error] == ["“合影.jpg”已损坏，或内容与名称不符。请打开后另存为 PDF、Word、Excel 或照片，再选一次。"]
    assert find(engine, LATE).records[0].evidence_count == 0


def test_of_several_files_the_good_ones_are_kept_and_the_others_told(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()
    (record,) = find(engine, LATE).records
    files = [("合影.jpg", make_photo(), "image/jpeg"), ("空.pdf", b"", "application/pdf")]

    at.file_uploader(f"photos_card_{record.id}_0").set_value(files).run()

    assert [error.value for error in at.error] == ["文件“空.pdf”是空的。请重新选择，或只注明纸质材料放在哪里。"]
    assert find(engine, LATE).records[0].evidence_count == 1


def test_photo_that_cannot_be_written_is_told_and_the_tick_stays(open_page: OpenPage, engine: Engine, data_dir: Path) -> None:
    at = open_page("checkoffs")
    at.button(f"tick_{LATE}").click().run()
    (record,) = find(engine, LATE).records
    folder = data_dir / "evidence"
    folder.write_bytes(b"a file where the folder should be")

    at.file_uploader(f"photos_card_{record.id}_0").upload("合影.jpg", make_photo()).run()

    told = f"无法写入文件“{folder}”。请换一个文件夹，或关闭正打开它的程序。"
    assert [error.value.replace("\\", "") for error in at.error] == [told]
    assert find(engine, LATE).status is Status.DONE


def test_list_of_what_lacks_papers_takes_photos_on_its_cards(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        row = checkoffs.check_off(session, LATE, done_on=TODAY, today=TODAY, who="chair", now_utc=datetime(2026, 5, 8, tzinfo=UTC))
        record_id = row.id

    at = open_page("checkoffs", show="unproven")

    assert cards(at) == ["合理化建议征集"]
    assert at.file_uploader(f"photos_card_{record_id}_0").value == []


@pytest.mark.parametrize(("lang", "told"), [("zh_CN", "办结 1 次，有佐证 0 次，占 **0%**"), ("en", "**0%** proven: 0 of 1 check-offs")])
def test_coverage_tells_the_share_that_is_proven(open_page: OpenPage, lang: str, told: str) -> None:
    open_page("checkoffs").button(f"tick_{LATE}").click().run()

    at = open_page("checkoffs", lang=lang, show="coverage")

    assert told in [text.value for text in at.markdown]
    assert cards(at) == []


def test_address_chooses_the_list(open_page: OpenPage) -> None:
    at = open_page("checkoffs", show="late")

    assert cards(at) == ["合理化建议征集"]


def test_owner_narrows_the_list(open_page: OpenPage) -> None:
    at = open_page("checkoffs", show="all")

    at.selectbox("checkoffs_owner").select("吴佳").run()

    assert cards(at) == ["冬季送温暖"]


def test_title_opens_the_drawer(open_page: OpenPage) -> None:
    at = open_page("checkoffs")

    at.button(f"title_card_{LATE}").click().run()

    assert at.query_params["activity"] == str(LATE)
    assert at.button(f"go_report_{LATE}").label == "办结"


def test_long_group_shows_its_first_cards_and_unfolds(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = list_plans(session)[0]
        for number in range(SHOWN):
            make_activity(session, plan, title=f"活动{number}", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
    at = open_page("checkoffs", show="late")
    folded = len(cards(at))

    at.button(key="more_late").click().run()

    assert (folded, len(cards(at))) == (SHOWN, SHOWN + 1)
