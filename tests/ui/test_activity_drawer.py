"""The drawer of one activity: what its buttons change, and what stays when they are refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan, make_section
from unionboard import db
from unionboard.models import ActivityState, DatePrecision, Direction, DutyKind, EvidenceKind, Occurrence
from unionboard.services import activities, checkoffs, fund
from unionboard.services.activities import ActivityView, Status
from unionboard.ui.activity_drawer import OPEN_KEY

TODAY = date(2026, 11, 21)
OpenPage = Callable[..., AppTest]
Drawer = Callable[..., AppTest]
ONE_OFF, RECURRING, STANDING = 1, 2, 3
FORM = f"form_{ONE_OFF}_0"


@pytest.fixture(autouse=True)
def plan(engine: Engine) -> None:
    with db.writing(engine) as session:
        plan = make_plan(session)
        section = make_section(session, plan, heading="推进民主管理", area="DEMO")
        make_activity(session, plan, title="教代会", area="DEMO", section_id=section.id, owner="何敏")
        duty = make_activity(session, plan, title="例会", duty=DutyKind.RECURRING, precision=DatePrecision.PERIOD)
        for number, month in enumerate((8, 11, 12), start=1):
            session.add(Occurrence(activity_id=duty.id or 0, number=number, due_from=date(2026, month, 1), due_to=date(2026, month, 28)))
        make_activity(session, plan, title="探望", duty=DutyKind.STANDING, precision=DatePrecision.PERIOD)


@pytest.fixture
def drawer(open_page: OpenPage) -> Drawer:
    def run(activity_id: int = ONE_OFF, lang: str = "zh_CN") -> AppTest:
        at = open_page("checkoffs", lang=lang)
        at.session_state[OPEN_KEY] = activity_id
        at.run()
        assert not at.exception, at.exception
        return at

    return run


def find(engine: Engine, activity_id: int = ONE_OFF) -> ActivityView:
    with db.reading(engine) as session:
        return activities.find_activity(session, activity_id, today=TODAY)


def is_open(at: AppTest) -> bool:
    return OPEN_KEY in at.session_state


def texts(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def test_form_saves_everything_that_was_told_in_one_go(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.date_input(f"{FORM}_done_on").set_value(date(2026, 5, 8))
    at.number_input(f"{FORM}_participants").set_value(46)
    at.number_input(f"{FORM}_eligible").set_value(48)
    at.number_input(f"{FORM}_figure_proposals_received").set_value(12)
    at.text_area(f"{FORM}_result").set_value("审议通过三项报告。")
    at.text_input(f"{FORM}_award").set_value("民主管理先进单位")
    at.selectbox(f"{FORM}_award_level").select("district")
    at.selectbox(f"{FORM}_kind").select(EvidenceKind.MINUTES)
    at.text_input(f"{FORM}_paper").set_value("3号文件夹")

    at.button(f"go_{FORM}").click().run()

    view = find(engine)
    record = view.record
    assert record is not None
    assert (view.status, record.done_on, record.participants, record.eligible) == (Status.DONE, date(2026, 5, 8), 46, 48)
    assert (record.result, record.award, record.award_level) == ("审议通过三项报告。", "民主管理先进单位", "district")
    assert record.figures == {"proposals_received": 12}
    with db.reading(engine) as session:
        (paper,) = checkoffs.list_evidence(session, [record.id])
    assert (paper.kind, paper.name) == (EvidenceKind.MINUTES, "3号文件夹")
    assert not is_open(at)


def test_uploaded_photo_is_kept_with_the_check_off(drawer: Drawer, engine: Engine, data_dir: Path) -> None:
    at = drawer()
    at.file_uploader(f"{FORM}_files").upload("合影.jpg", b"\xff\xd8 photo")

    at.button(f"go_{FORM}").click().run()

    record = find(engine).record
    assert record is not None
    assert record.evidence_count == 1
    assert [path.read_bytes() for path in (data_dir / "evidence").iterdir()] == [b"\xff\xd8 photo"]
    assert [button.label for button in drawer().download_button] == ["打开"]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh_CN", "实到 50 人多于应到 48 人，请检查。"),
        ("en", "More people attended (50) than were eligible (48). Check the two numbers."),
    ],
)
def test_wrong_numbers_are_refused_and_what_was_typed_stays(drawer: Drawer, engine: Engine, lang: str, sentence: str) -> None:
    at = drawer(lang=lang)
    at.number_input(f"{FORM}_participants").set_value(50)
    at.number_input(f"{FORM}_eligible").set_value(48)
    at.text_input(f"{FORM}_paper").set_value("3号文件夹")

    at.button(f"go_{FORM}").click().run()

    assert [error.value for error in at.error] == [sentence]
    assert is_open(at)
    assert (at.number_input(f"{FORM}_participants").value, at.text_input(f"{FORM}_paper").value) == (50, "3号文件夹")
    assert find(engine).records == ()


def test_negative_number_is_refused_in_the_users_language(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.number_input(f"{FORM}_person_times").set_value(-5)

    at.button(f"go_{FORM}").click().run()

    assert [error.value for error in at.error] == ["人数要填整数，不能小于零。"]
    assert find(engine).records == ()


def test_file_that_is_no_paper_is_refused_and_nothing_is_kept(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.file_uploader(f"{FORM}_files").upload("合影.exe", b"MZ")

    at.button(f"go_{FORM}").click().run()

    assert [error.value for error in at.error] == ["“合影.exe”不是照片或文档。请选择图片、PDF、Word 或 Excel 文件。"]
    assert find(engine).records == ()


def test_day_outside_the_plan_is_refused_with_the_plans_days(drawer: Drawer) -> None:
    at = drawer()
    at.date_input(f"{FORM}_done_on").set_value(date(2025, 12, 31))

    at.button(f"go_{FORM}").click().run()

    assert [error.value for error in at.error] == ["2025年12月31日 不在计划期内（2026年1月1日 至 2026年12月31日），请检查日期。"]


def test_saved_record_can_be_completed_later(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.button(f"go_{FORM}").click().run()
    record = find(engine).record
    assert record is not None
    at = drawer()
    form = f"form_{ONE_OFF}_{record.id}"

    at.number_input(f"{form}_person_times").set_value(90)
    at.button(f"go_{form}").click().run()

    assert [(one.id, one.person_times) for one in find(engine).records] == [(record.id, 90)]


def test_take_back_reopens_the_activity_and_keeps_the_drawer(drawer: Drawer, engine: Engine) -> None:
    drawer().button(f"go_{FORM}").click().run()
    at = drawer()

    at.button("take_back_1").click().run()

    assert find(engine).status is Status.LATE
    assert is_open(at)
    assert at.button(f"go_{FORM}").label == "保存并办结"


def test_turn_of_a_duty_can_be_chosen(drawer: Drawer, engine: Engine) -> None:
    at = drawer(RECURRING)
    assert at.selectbox(f"form_{RECURRING}_0_turn").options == ["第1次 · 8月1日–28日", "第2次 · 11月1日–28日", "第3次 · 12月1日–28日"]

    at.selectbox(f"form_{RECURRING}_0_turn").select_index(0)
    at.button(f"go_form_{RECURRING}_0").click().run()

    assert [turn.done_on for turn in find(engine, RECURRING).occurrences] == [TODAY, None, None]


def test_standing_duty_takes_entry_after_entry(drawer: Drawer, engine: Engine) -> None:
    for _ in range(2):
        drawer(STANDING).button(f"go_form_{STANDING}_0").click().run()

    assert find(engine, STANDING).done_count == 2


def test_entry_of_a_duty_can_be_completed_with_a_paper(drawer: Drawer, engine: Engine) -> None:
    drawer(STANDING).button(f"go_form_{STANDING}_0").click().run()
    at = drawer(STANDING)
    at.button("complete_1").click().run()

    at.text_input(f"form_{STANDING}_1_paper").set_value("3号文件夹")
    at.button(f"go_form_{STANDING}_1").click().run()

    assert [(record.id, record.evidence_count) for record in find(engine, STANDING).records] == [(1, 1)]


def test_postpone_needs_a_reason(drawer: Drawer, engine: Engine) -> None:
    at = drawer()

    at.button(f"postpone_activity_{ONE_OFF}").click().run()

    assert [error.value for error in at.error] == ["请简单写明原因，年终总结要用到。"]
    assert find(engine).state is ActivityState.PLANNED


def test_postpone_moves_the_months_and_keeps_the_first_ones(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    for end in ("first", "last"):
        at.selectbox(f"postpone_{ONE_OFF}_{end}_month").select(date(2026, 12, 1))
    at.text_input(f"postpone_{ONE_OFF}_reason").set_value("场地装修")

    at.button(f"postpone_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.status, view.starts_on, view.ends_on, view.original_starts_on) == (
        Status.POSTPONED,
        date(2026, 12, 1),
        date(2026, 12, 31),
        date(2026, 5, 1),
    )
    assert "原因：场地装修" in texts(drawer())
    assert "原计划 5月" in texts(drawer())


def test_cancelled_activity_offers_only_the_way_back(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.text_input(f"cancel_{ONE_OFF}_reason").set_value("上级取消")
    at.button(f"cancel_activity_{ONE_OFF}").click().run()
    assert find(engine).status is Status.CANCELLED
    at = drawer()
    assert f"go_{FORM}" not in [button.key for button in at.button]

    at.button(f"restore_activity_{ONE_OFF}").click().run()

    assert find(engine).status is Status.LATE


def test_plan_can_be_changed_to_a_day(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.text_input(f"edit_{ONE_OFF}_owner").set_value("吴佳")
    at.segmented_control(f"edit_{ONE_OFF}_precision").set_value(DatePrecision.DAY).run()
    for end in ("first", "last"):
        at.date_input(f"edit_{ONE_OFF}_{end}_day").set_value(date(2026, 12, 5))
    at.run()

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.owner, view.precision, view.starts_on, view.ends_on) == ("吴佳", DatePrecision.DAY, date(2026, 12, 5), date(2026, 12, 5))


def test_plan_can_be_narrowed_to_ten_days_of_a_month(drawer: Drawer, engine: Engine) -> None:
    at = drawer()
    at.segmented_control(f"edit_{ONE_OFF}_precision").set_value(DatePrecision.THIRD).run()
    at.selectbox(f"edit_{ONE_OFF}_third").set_value(date(2026, 6, 21)).run()

    at.button(f"save_activity_{ONE_OFF}").click().run()

    view = find(engine)
    assert (view.precision, view.starts_on, view.ends_on) == (DatePrecision.THIRD, date(2026, 6, 21), date(2026, 6, 30))
    assert "6月下旬 · 何敏" in texts(drawer())


def test_spending_booked_for_the_activity_is_listed(drawer: Drawer, engine: Engine) -> None:
    with db.writing(engine) as session:
        fund.book_entry(
            session,
            booked_on=date(2026, 5, 9),
            direction=Direction.OUT,
            item="education",
            amount_fen=125_050,
            purpose="会议资料印刷",
            activity_id=ONE_OFF,
            today=TODAY,
            who="chair",
            now_utc=NOW,
        )

    at = drawer()

    assert [box.label for box in at.expander if box.label.startswith("支出")] == ["支出 ¥1,250\\.50"]
    assert ":small[会议资料印刷]" in texts(at)


def test_history_is_told_in_plain_words(drawer: Drawer) -> None:
    drawer().button(f"go_{FORM}").click().run()

    at = drawer()

    assert "主席　办结（11月21日）" in texts(at)


def test_drawer_of_a_removed_activity_stays_closed(drawer: Drawer, engine: Engine) -> None:
    at = drawer(99)

    assert not is_open(at)


def test_drawer_leaves_no_chinese_of_ours_in_english(drawer: Drawer) -> None:
    at = drawer(lang="en")

    fields = (at.text_input, at.number_input, at.selectbox, at.date_input, at.text_area, at.segmented_control, at.expander)
    labels = [element.label for elements in fields for element in elements]
    assert [label for label in labels if any("\u4e00" <= letter <= "\u9fff" for letter in label)] == []
