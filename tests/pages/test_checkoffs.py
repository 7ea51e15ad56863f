"""Check-offs: one tap is done today, a second one is refused, and there is a way back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import make_activity, make_plan
from tests.pages.components import press, read_drawn, send
from tests.photos import make_photo
from unionboard import db
from unionboard.models import DatePrecision, DutyKind, Occurrence
from unionboard.services import checkoffs, evidence
from unionboard.services.activities import ActivityView, Status, find_activity
from unionboard.services.plans import list_plans
from unionboard.ui.card_words import SHOWN, STEP

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


def drawn(at: AppTest) -> list[dict[str, Any]]:
    """The cards with the part each stands in."""
    return [card | {"part": part["part"]} for part in read_drawn(at, "cards")["parts"] for card in part["cards"]]


def cards(at: AppTest) -> list[str]:
    return [card["title"] for card in drawn(at)]


def card(at: AppTest, activity_id: int) -> dict[str, Any]:
    (found,) = (one for one in drawn(at) if one["id"] == activity_id)
    return found


def words(card: dict[str, Any]) -> str:
    """What stands on a card beside its title."""
    return " ".join(said[1].strip() for said in [*card["badges"], *(one for fact in card["facts"] for one in fact)])


def act(at: AppTest, do: str, **what: Any) -> AppTest:
    return send(at, "cards", acts=[{"n": read_drawn(at, "cards")["step"] + 1, "do": do, **what}])


def send_photo(at: AppTest, check_off_id: int, name: str, content: bytes) -> AppTest:
    return at.file_uploader("photos_cards_0").upload(f"{check_off_id}~{name}", content).run()


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

    press(at, f"tick_{LATE}")

    assert (find(engine, LATE).status, find(engine, LATE).done_on) == (Status.DONE, TODAY)
    assert cards(at) == ["合理化建议征集", "委员会例会"]
    assert card(at, LATE)["undo"] == {"record": 1, "version": 1}
    assert card(at, LATE)["tick"] == {"kind": "done"}


def test_undo_opens_it_again(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")

    press(at, f"undo_{LATE}")

    assert find(engine, LATE).status is Status.LATE
    assert card(at, LATE)["tick"] == {"kind": "tick", "word": "办结“合理化建议征集”", "turn": None}


def test_second_tick_from_a_stale_page_is_refused_with_a_sentence(open_page: OpenPage) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    press(theirs, f"tick_{LATE}")

    press(mine, f"tick_{LATE}")

    (refused,) = mine.error
    assert refused.value.startswith("“合理化建议征集”已由主席办结（2026年11月21日，")


def test_second_tick_offers_to_add_details_to_the_first(open_page: OpenPage, engine: Engine) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    press(theirs, f"tick_{LATE}")
    press(mine, f"tick_{LATE}")

    mine.button("take_offer").click().run()
    mine.text_area(f"form_{LATE}_1_result").set_value("收到 12 条")
    mine.button(f"report_activity_{LATE}").click().run()

    assert [(record.id, record.result) for record in find(engine, LATE).records] == [(1, "收到 12 条")]


def test_ticked_card_takes_another_day_at_once(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")
    assert words(card(at, LATE)) == "已办（晚 174 天） 缺 1 件佐证"

    act(at, "day", id=LATE, record=1, version=1, day="2026-05-20")

    view = find(engine, LATE)
    assert (view.done_on, view.days_after) == (date(2026, 5, 20), 0)
    assert cards(at) == ["合理化建议征集", "委员会例会"]


def test_ticked_card_leads_to_its_details(open_page: OpenPage) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")

    press(at, f"details_{LATE}")
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
        press(at, f"log_{visits}")
    assert find(engine, visits).done_count == 2

    for _ in range(2):
        press(at, f"undo_{visits}")

    assert find(engine, visits).done_count == 0
    assert card(at, visits)["tick"] == {"kind": "log"}


def test_tick_of_a_duty_takes_the_turn_that_is_due(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")

    press(at, f"tick_{DUTY}")

    assert [turn.done_on for turn in find(engine, DUTY).occurrences] == [TODAY, None]
    assert words(card(at, DUTY)) == "11月1日–28日已办 1/2 次 缺 1 件佐证"


def test_ticked_cards_move_on_when_another_month_is_chosen(open_page: OpenPage) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")

    at.pills("checkoffs_show").set_value("2026-12-01").run()
    at.pills("checkoffs_show").set_value("2026-11-01").run()

    assert cards(at) == ["委员会例会", "合理化建议征集"]


def test_way_back_of_today_outlives_a_reload(open_page: OpenPage, engine: Engine) -> None:
    press(open_page("checkoffs"), f"tick_{LATE}")
    at = open_page("checkoffs")

    press(at, f"undo_{LATE}")

    assert find(engine, LATE).status is Status.LATE


def test_what_was_ticked_on_an_earlier_day_has_no_quick_way_back(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        checkoffs.check_off(session, LATE, done_on=TODAY, today=TODAY, who="chair", now_utc=datetime(2026, 5, 8, tzinfo=UTC))

    at = open_page("checkoffs")

    assert [one["id"] for one in drawn(at) if "undo" in one] == []


def test_duty_whose_turn_was_ticked_today_takes_the_next_missed_one(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.add(Occurrence(activity_id=DUTY, number=0, due_from=date(2026, 10, 1), due_to=date(2026, 10, 28)))
    press(open_page("checkoffs"), f"tick_{DUTY}")

    press(open_page("checkoffs"), f"tick_{DUTY}")

    assert sorted(turn.number for turn in find(engine, DUTY).occurrences if turn.done_on) == [0, 1]


def test_turns_missed_before_are_checked_off_one_after_another(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        for number, month in enumerate((9, 10), start=-1):
            session.add(Occurrence(activity_id=DUTY, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
    at = open_page("checkoffs")
    press(at, f"tick_{DUTY}")
    assert card(at, DUTY)["more"]["again"]["word"] == "9月1日–28日也办了"

    press(at, f"again_{DUTY}")
    press(at, f"again_{DUTY}")

    assert sorted(turn.number for turn in find(engine, DUTY).occurrences if turn.done_on) == [-1, 0, 1]
    assert card(at, DUTY)["tick"] == {"kind": "done"}
    assert "again" not in card(at, DUTY)["more"]


def test_tick_of_a_turn_somebody_was_first_with_takes_no_other(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        session.add(Occurrence(activity_id=DUTY, number=0, due_from=date(2026, 10, 1), due_to=date(2026, 10, 28)))
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    press(theirs, f"tick_{DUTY}")

    press(mine, f"tick_{DUTY}")

    assert mine.error[0].value.startswith("“委员会例会”已由主席办结")
    assert [turn.number for turn in find(engine, DUTY).occurrences if turn.done_on] == [1]


def test_tick_somebody_took_back_is_open_again_on_the_page_that_made_it(open_page: OpenPage) -> None:
    mine, theirs = open_page("checkoffs"), open_page("checkoffs")
    press(mine, f"tick_{LATE}")
    theirs.run()
    press(theirs, f"undo_{LATE}")

    mine.run()

    assert card(mine, LATE)["tick"]["kind"] == "tick"
    assert "undo" not in card(mine, LATE)


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
    press(at, f"tick_{LATE}")
    (record,) = find(engine, LATE).records

    send_photo(at, record.id, "合影.jpg", make_photo())

    assert find(engine, LATE).records[0].evidence_count == 1
    with db.reading(engine) as session:
        assert [paper.name for paper in evidence.list_evidence(session, [record.id])] == ["合影.jpg"]
    assert at.file_uploader("photos_cards_1").value == []


def test_disguised_program_added_on_a_card_is_refused_with_a_sentence(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")
    (record,) = find(engine, LATE).records

    send_photo(at, record.id, "合影.jpg", b"MZ" + bytes(200))

    assert [error.value for error in at.error] == ["“合影.jpg”已损坏，或内容与名称不符。请打开后另存为 PDF、Word、Excel 或照片，再选一次。"]
    assert find(engine, LATE).records[0].evidence_count == 0


def test_of_several_files_the_good_ones_are_kept_and_the_others_told(open_page: OpenPage, engine: Engine) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")
    (record,) = find(engine, LATE).records
    files = [(f"{record.id}~合影.jpg", make_photo(), "image/jpeg"), (f"{record.id}~空.pdf", b"", "application/pdf")]

    at.file_uploader("photos_cards_0").set_value(files).run()

    assert [error.value for error in at.error] == ["文件“空.pdf”是空的。请重新选择，或只注明纸质材料放在哪里。"]
    assert find(engine, LATE).records[0].evidence_count == 1


def test_photo_that_cannot_be_written_is_told_and_the_tick_stays(open_page: OpenPage, engine: Engine, data_dir: Path) -> None:
    at = open_page("checkoffs")
    press(at, f"tick_{LATE}")
    (record,) = find(engine, LATE).records
    folder = data_dir / "evidence"
    folder.write_bytes(b"a file where the folder should be")

    send_photo(at, record.id, "合影.jpg", make_photo())

    told = f"无法写入文件“{folder}”。请换一个文件夹，或关闭正打开它的程序。"
    assert [error.value.replace("\\", "") for error in at.error] == [told]
    assert find(engine, LATE).status is Status.DONE


def test_list_of_what_lacks_papers_takes_photos_on_its_cards(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        row = checkoffs.check_off(session, LATE, done_on=TODAY, today=TODAY, who="chair", now_utc=datetime(2026, 5, 8, tzinfo=UTC))
        record_id = row.id

    at = open_page("checkoffs", show="unproven")

    assert cards(at) == ["合理化建议征集"]
    assert card(at, LATE)["more"] == {"record": record_id}
    assert at.file_uploader("photos_cards_0").value == []


@pytest.mark.parametrize(("lang", "told"), [("zh_CN", "办结 1 次，有佐证 0 次，占 **0%**"), ("en", "**0%** proven: 0 of 1 check-offs")])
def test_coverage_tells_the_share_that_is_proven(open_page: OpenPage, lang: str, told: str) -> None:
    press(open_page("checkoffs"), f"tick_{LATE}")

    at = open_page("checkoffs", lang=lang, show="coverage")

    assert told in [text.value for text in at.markdown]
    assert [len(area["bare"]) for area in read_drawn(at, "evidence_table")["areas"]] == [1]


def test_address_chooses_the_list(open_page: OpenPage) -> None:
    at = open_page("checkoffs", show="late")

    assert cards(at) == ["合理化建议征集"]


def test_owner_narrows_the_list(open_page: OpenPage) -> None:
    at = open_page("checkoffs", show="all")

    at.selectbox("checkoffs_owner").select("吴佳").run()

    assert cards(at) == ["冬季送温暖"]


def test_title_opens_the_drawer(open_page: OpenPage) -> None:
    at = open_page("checkoffs")

    press(at, f"title_card_{LATE}")

    assert at.query_params["activity"] == str(LATE)
    assert at.button(f"go_report_{LATE}").label == "办结"


def test_long_group_shows_its_first_cards_and_unfolds(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = list_plans(session)[0]
        for number in range(SHOWN + STEP):
            make_activity(session, plan, title=f"活动{number}", starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31))
    at = open_page("checkoffs", show="late")
    folded = len(cards(at))

    press(at, "more_late")

    assert (folded, len(cards(at))) == (SHOWN, SHOWN + STEP)
    assert read_drawn(at, "cards")["parts"][0]["more"] == "还有 1 项"


def test_acts_sent_again_before_they_were_confirmed_are_taken_once(open_page: OpenPage, engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = list_plans(session)[0]
        visits = make_activity(session, plan, title="五必访", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD).id or 0
    at = open_page("checkoffs")
    logs = [{"n": number, "do": "tick", "id": visits, "part": "duties"} for number in (1, 2)]

    send(at, "cards", acts=logs[:1])
    send(at, "cards", acts=logs)

    assert find(engine, visits).done_count == 2
    assert read_drawn(at, "cards")["step"] == 2
