"""The minutes as a Word file, read back: the text in its order, the table, both languages."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.document import Document as DocumentFile
from docx.oxml.ns import qn
from docx.shared import Pt

from unionboard.models import AgendaKind, DatePrecision, DecisionKind
from unionboard.services.meeting_views import DecisionFacts
from unionboard.services.minutes import FundFacts, MinutesFacts, MinutesItem
from unionboard.services.periods import Placement
from unionboard.writing.minutes_docx import write_minutes
from unionboard.writing.minutes_words import minutes_words

OCTOBER = Placement(date(2026, 10, 1), date(2026, 10, 31), DatePrecision.MONTH)
DECEMBER = Placement(date(2026, 12, 1), date(2026, 12, 31), DatePrecision.MONTH)
POSTPONED = DecisionFacts(
    kind=DecisionKind.POSTPONED, text="场地未到位。", title="趣味运动会", owner="沈一鸣", planned=DECEMBER, planned_before=OCTOBER
)
TASK = DecisionFacts(kind=DecisionKind.FOLLOW_UP, text="联系备用场地", owner="吴佳", due_on=date(2026, 12, 5))
ADDED = DecisionFacts(kind=DecisionKind.ADDED, title="健步走", owner="何敏", planned=DECEMBER)
ASKED = DecisionFacts(kind=DecisionKind.FOLLOW_UP, text="核对名册", owner="罗文静", due_on=date(2026, 11, 13))
FACTS = MinutesFacts(
    union="青松小学工会",
    year=2026,
    plan_title="青松小学工会2026年工作计划",
    number=3,
    held_on=date(2026, 11, 21),
    started_at="15:00",
    ended_at="16:10",
    place="教工之家",
    chaired_by="陈立群",
    recorded_by="孙晓岚",
    present=("陈立群", "何敏"),
    absent=("严守正",),
    guests=(),
    items=(
        MinutesItem(AgendaKind.FOLLOW_UP, "核对名册", follow_up=ASKED),
        MinutesItem(AgendaKind.LATE, "趣味运动会", note="体育馆在修。\n\n改期为好。", decisions=(POSTPONED, TASK)),
        MinutesItem(AgendaKind.NEXT, "年终经费审查"),
        MinutesItem(AgendaKind.NEXT, gathered=("游艺会", "篮球赛")),
        MinutesItem(AgendaKind.FUND, note="支出正常。"),
        MinutesItem(AgendaKind.OTHER),
    ),
    decisions=(ADDED,),
    not_reached=(MinutesItem(AgendaKind.OTHER, "换届"), MinutesItem(AgendaKind.FUND)),
)


def write(facts: MinutesFacts = FACTS, language: str = "zh_CN") -> DocumentFile:
    return Document(io.BytesIO(write_minutes(facts, minutes_words(language))))


def texts(file: DocumentFile) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def rows(file: DocumentFile) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]


def test_chinese_minutes_from_top_to_bottom() -> None:
    assert texts(write()) == [
        "青松小学工会委员会会议纪要\n（2026年第3次）",
        "时　　间：2026年11月21日 15:00–16:10",
        "地　　点：教工之家",
        "主 持 人：陈立群",
        "记 录 人：孙晓岚",
        "出　　席：陈立群、何敏（2人）",
        "缺　　席：严守正（1人）",
        "一、跟进：核对名册",
        "由罗文静负责，2026年11月13日前完成；目前尚未办结。",
        "二、趣味运动会",
        "体育馆在修。",
        "改期为好。",
        "1.“趣味运动会”延期至12月（原定10月），原因：场地未到位；责任人：沈一鸣。",
        "2.联系备用场地；责任人：吴佳；完成时限：2026年12月5日。",
        "三、经费收支情况",
        "支出正常。",
        "四、其他决定",
        "会议决定：新增“健步走”，列入年度计划；责任人：何敏；完成时限：12月。",
        "五、其他议题",
        "会议还逐项了解了以下工作的进展情况：年终经费审查；游艺会；篮球赛。",
        "六、议定事项",
        "七、未议事项",
        "以下事项因时间所限未议，下次会议首先讨论：换届；经费收支情况。",
        "",
        "主持人（签字）：＿＿＿＿　记录人（签字）：＿＿＿＿",
        "青松小学工会委员会",
        "2026年11月21日",
    ]


def test_english_minutes_have_the_same_structure() -> None:
    assert texts(write(language="en")) == [
        "青松小学工会 committee: minutes\n(meeting 3 of 2026)",
        "Time: 21 Nov 2026 15:00–16:10",
        "Place: 教工之家",
        "Chair: 陈立群",
        "Recorder: 孙晓岚",
        "Present: 陈立群, 何敏 (2)",
        "Absent: 严守正 (1)",
        "1. Follow-up: 核对名册",
        "罗文静 is in charge, due 13 Nov 2026; not settled yet.",
        "2. 趣味运动会",
        "体育馆在修。",
        "改期为好。",
        "1. “趣味运动会” is postponed to Dec (was Oct), because: 场地未到位; owner: 沈一鸣.",
        "2. 联系备用场地; owner: 吴佳; due: 5 Dec 2026.",
        "3. The fund",
        "支出正常。",
        "4. Further decisions",
        "Decided: “健步走” is added to the plan; owner: 何敏; due: Dec.",
        "5. Other points",
        "The committee also went over the state of these: 年终经费审查; 游艺会; 篮球赛.",
        "6. What was decided",
        "7. Not reached",
        "There was no time for these points; the next meeting takes them first: 换届; The fund.",
        "",
        "Chair (signature): ＿＿＿＿　Recorder (signature): ＿＿＿＿",
        "青松小学工会 committee",
        "21 Nov 2026",
    ]


def test_all_decisions_stand_in_one_table_with_owner_and_day() -> None:
    assert rows(write()) == [
        ["序号", "议定事项", "责任人", "完成时限"],
        ["1", "“趣味运动会”延期至12月（原定10月），原因：场地未到位", "沈一鸣", "12月"],
        ["2", "联系备用场地", "吴佳", "2026年12月5日"],
        ["3", "新增“健步走”，列入年度计划", "何敏", "12月"],
    ]


@pytest.mark.parametrize(
    ("decision", "chinese", "english"),
    [
        (
            DecisionFacts(kind=DecisionKind.DONE, title="讲座", owner="何敏", done_on=date(2026, 11, 18)),
            "“讲座”已于2026年11月18日完成。",
            "“讲座” was held on 18 Nov 2026.",
        ),
        (
            DecisionFacts(kind=DecisionKind.REASSIGNED, title="讲座", owner="吴佳", owner_before="何敏"),
            "“讲座”改由吴佳负责（原责任人：何敏）。",
            "吴佳 takes over “讲座” from 何敏.",
        ),
        (DecisionFacts(kind=DecisionKind.REASSIGNED, title="讲座", owner="吴佳"), "“讲座”改由吴佳负责。", "吴佳 takes over “讲座”."),
        (
            DecisionFacts(kind=DecisionKind.CANCELLED, title="讲座", owner="何敏", text="与教研冲突"),
            "“讲座”取消，原因：与教研冲突。",
            "“讲座” is cancelled, because: 与教研冲突.",
        ),
        (DecisionFacts(kind=DecisionKind.FOLLOW_UP, text="联系场地。"), "联系场地。", "联系场地."),
    ],
)
def test_each_kind_of_decision_is_one_sentence(decision: DecisionFacts, chinese: str, english: str) -> None:
    assert (minutes_words("zh_CN").whole(decision), minutes_words("en").whole(decision)) == (chinese, english)


@pytest.mark.parametrize(
    ("precision", "starts_on", "ends_on", "chinese"),
    [
        (DatePrecision.DAY, date(2026, 12, 8), date(2026, 12, 10), "12月8日–12月10日"),
        (DatePrecision.THIRD, date(2026, 12, 1), date(2026, 12, 10), "12月上旬"),
        (DatePrecision.HALF_YEAR, date(2026, 7, 1), date(2026, 12, 31), "下半年"),
        (DatePrecision.PERIOD, date(2026, 1, 1), date(2026, 12, 31), "全年"),
    ],
)
def test_planned_time_is_as_sure_as_it_was_planned(precision: DatePrecision, starts_on: date, ends_on: date, chinese: str) -> None:
    assert minutes_words("zh_CN").when(Placement(starts_on, ends_on, precision)) == chinese


@pytest.mark.parametrize(
    ("budget_fen", "chinese", "english"),
    [
        (
            84_500_00,
            "截至2026年11月21日，本年累计支出41200.50元（年度预算84500元），结余300元。",
            "Up to 21 Nov 2026, 41200.50 yuan were spent this year of 84500 yuan budgeted; 300 yuan are left.",
        ),
        (
            0,
            "截至2026年11月21日，本年累计支出41200.50元，结余300元。",
            "Up to 21 Nov 2026, 41200.50 yuan were spent this year; 300 yuan are left.",
        ),
    ],
)
def test_fund_is_told_in_one_sentence_below_its_heading(budget_fen: int, chinese: str, english: str) -> None:
    told = replace(FACTS, items=(MinutesItem(AgendaKind.FUND),), fund=FundFacts(41_200_50, budget_fen, 300_00))

    assert (texts(write(told))[7:9], texts(write(told, "en"))[7:9]) == (["一、经费收支情况", chinese], ["1. The fund", english])


def test_settled_follow_up_says_when() -> None:
    words, settled = minutes_words("zh_CN"), replace(ASKED, settled_on=date(2026, 11, 12))

    assert words.asked_after(settled) == "由罗文静负责，2026年11月13日前完成；已于2026年11月12日办结。"
    assert words.asked_after(replace(settled, owner="", due_on=None)) == "已于2026年11月12日办结。"


def test_meeting_without_a_word_has_no_empty_parts() -> None:
    empty = replace(FACTS, items=(), decisions=(), not_reached=(), place="", recorded_by="", started_at=None, ended_at=None, absent=())

    file = write(empty)

    assert (texts(file)[1:6], rows(file)) == (
        ["时　　间：2026年11月21日", "地　　点：（未填）", "主 持 人：陈立群", "记 录 人：（未填）", "出　　席：陈立群、何敏（2人）"],
        [],
    )
    assert texts(file)[6:] == ["", "主持人（签字）：＿＿＿＿　记录人（签字）：＿＿＿＿", "青松小学工会委员会", "2026年11月21日"]


@pytest.mark.parametrize(
    ("union", "body"), [("", "工会委员会"), ("青松小学工会委员会", "青松小学工会委员会"), ("青松小学工会", "青松小学工会委员会")]
)
def test_committee_is_named_once(union: str, body: str) -> None:
    assert minutes_words("zh_CN").body(replace(FACTS, union=union)) == body


def test_headings_and_table_have_real_styles() -> None:
    file = write()
    styles = {paragraph.text: paragraph.style.name for paragraph in file.paragraphs if paragraph.style}
    cell = file.tables[0].rows[1].cells[1].paragraphs[0]

    assert [styles[text] for text in ("二、趣味运动会", "改期为好。", "青松小学工会委员会")] == ["Heading 1", "Normal", "Signature"]
    assert cell.style is not None
    assert (cell.style.name, cell.style.font.size) == ("Table Text", Pt(12))


def test_those_who_sign_stand_on_one_page_with_the_last_words_and_the_signature() -> None:
    last_words, *ending, day = write().paragraphs[-5:]

    assert [paragraph.paragraph_format.keep_with_next for paragraph in (last_words, *ending, day)] == [True, True, True, True, False]


def test_table_fills_the_line_and_repeats_its_headings() -> None:
    file = write()
    table, section = file.tables[0], file.sections[0]

    whole = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    assert 0 <= whole - sum(column.width or 0 for column in table.columns) < Pt(1)
    assert len(table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")) == 1


def test_properties_name_title_union_and_day() -> None:
    about = write().core_properties

    assert (about.title, about.author, about.created) == ("青松小学工会委员会会议纪要", "青松小学工会", datetime(2026, 11, 21, tzinfo=UTC))


def test_letters_that_xml_forbids_do_no_harm() -> None:
    assert texts(write(replace(FACTS, place="教工\x0b之家")))[2] == "地　　点：教工之家"
