"""Files into the books: what the preview shows is stored, once, whole or not at all."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.conftest import TODAY
from tests.makers import NOW, make_plan
from tests.reading.tables import csv_bytes, xlsx_bytes
from unionboard.errors import Refusal
from unionboard.errors.checkoffs import DateInFuture
from unionboard.errors.closing import PeriodClosed
from unionboard.errors.ledger_import import (
    CellItemUnknown,
    CellNegative,
    CellOpeningDiffers,
    FileChanged,
    LinesRefused,
    MappingNotReadable,
    NearUndecided,
    NoSuchHeading,
    NoSuchMapping,
    NoSuchRow,
)
from unionboard.models import Direction, FundEntry, FundMonth, FundSource, LedgerImport
from unionboard.reading.ledger_lines import FileSetting
from unionboard.services import fund, import_mappings, ledger_import
from unionboard.services.import_lines import ImportChoices, LineState, Near
from unionboard.services.ledger_import import ImportPreview, OpeningState
from unionboard.services.verification import verify_books

HEAD = ["日期", "凭证号", "摘要", "科目", "收入", "支出", "对方户名"]
LINES = [
    ["2026-03-02", "记-1", "3月会费", "会费收入", "500", "", ""],
    ["2026-03-05", "记-2", "买球", "文体活动", "", "80", "某某体育用品店"],
    ["2026-03-05", "记-2", "买球", "文体活动", "", "80", "某某体育用品店"],
]
REPORT_2017 = Path(__file__).parent.parent / "data" / "report-2017.csv"


def preview(session: Session, rows: Sequence[Sequence[Any]] | bytes, year: int = 2026, **options: Any) -> ImportPreview:
    data = rows if isinstance(rows, bytes) else csv_bytes([HEAD, *rows])
    return ledger_import.preview_import(session, data, file_name="台账.csv", year=year, today=TODAY, **options)


def bring_in(
    session: Session, rows: Sequence[Sequence[Any]] | bytes, *, choices: ImportChoices | None = None, year: int = 2026, **options: Any
) -> LedgerImport:
    data = rows if isinstance(rows, bytes) else csv_bytes([HEAD, *rows])
    choices = choices or ImportChoices()
    seen = preview(session, data, year=year, choices=choices, **options)
    return ledger_import.import_ledger(session, seen, data, choices=choices, today=TODAY, who="chair", now_utc=NOW)


def entries(session: Session) -> list[FundEntry]:
    return list(session.exec(select(FundEntry).order_by(FundEntry.voucher)))  # type: ignore[arg-type] # a column, which the type cannot say


def states(seen: ImportPreview) -> list[LineState]:
    return [line.state for line in seen.lines]


def book(session: Session, **values: Any) -> FundEntry:
    defaults = {"booked_on": date(2026, 3, 8), "direction": Direction.OUT, "item": "culture_sports", "amount_fen": 8_000, "purpose": "球"}
    return fund.book_entry(session, **{**defaults, **values}, today=TODAY, who="chair", now_utc=NOW)


# --- what is stored ----------------------------------------------------------------------------------------------------------


def test_what_the_preview_shows_is_stored(session: Session) -> None:
    seen = preview(session, LINES)
    bring_in(session, LINES)

    shown = [(line.booked_on, line.direction, line.item, line.amount_fen, line.purpose, line.payee) for line in seen.lines]
    stored = [(row.booked_on, row.direction, row.item, row.amount_fen, row.purpose, row.payee) for row in entries(session)]
    assert shown == stored
    assert fund.read_book(session, 2026).balance_fen == seen.closing_fen == 50_000 - 16_000


def test_vouchers_are_ours_in_the_order_of_days_and_the_files_stay_in_the_purpose(session: Session) -> None:
    bring_in(session, list(reversed(LINES)))

    assert [(row.voucher, row.booked_on, row.purpose) for row in entries(session)] == [
        (1, date(2026, 3, 2), "3月会费〔记-1〕"),
        (2, date(2026, 3, 5), "买球〔记-2〕"),
        (3, date(2026, 3, 5), "买球〔记-2〕"),
    ]


def test_second_import_changes_nothing(session: Session, tmp_path: Path) -> None:
    first = bring_in(session, LINES)
    again = bring_in(session, LINES)

    assert (first.booked, again.booked, again.known) == (3, 0, 3)
    assert len(entries(session)) == 3
    assert len(ledger_import.list_imports(session, 2026)) == 1
    assert verify_books(session, evidence_folder=tmp_path) == ()


def test_same_lines_in_another_format_are_known(session: Session) -> None:
    bring_in(session, LINES)
    rows: list[list[object]] = [[*HEAD]]
    for day, number, purpose, item, income, spending, payee in LINES:
        sums = (float(text) if text else None for text in (income, spending))
        rows.append([date.fromisoformat(day), number, purpose, item, *sums, payee])
    data = xlsx_bytes({"台账": rows})
    seen = ledger_import.preview_import(session, data, file_name="台账.xlsx", year=2026, today=TODAY)

    assert states(seen) == [LineState.KNOWN] * 3


def test_corrected_file_adds_only_what_is_new(session: Session) -> None:
    bring_in(session, LINES)
    more = [*LINES, LINES[1], ["2026-06-01", "", "6月会费", "会费收入", "20", "", ""]]

    assert states(preview(session, more))[:3] == [LineState.KNOWN] * 3
    assert states(preview(session, more))[3:] == [LineState.NEW, LineState.NEW]  # a third equal payment is a third payment


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(st.integers(1, 28), st.integers(1, 3)), min_size=1, max_size=12), split=st.integers(0, 12))
def test_a_file_in_parts_gives_what_the_whole_gives(session: Session, days: list[tuple[int, int]], split: int) -> None:
    rows = [[f"2026-05-{day:02d}", "", "买球", "文体活动", "", str(amount), ""] for day, amount in days]
    with session.begin_nested() as inside:
        bring_in(session, rows[: max(1, split)])
        bring_in(session, rows)
        assert sorted((row.booked_on.day, row.amount_fen // 100) for row in entries(session)) == sorted(days)
        assert [row.voucher for row in entries(session)] == list(range(1, len(days) + 1))
        inside.rollback()
    session.expunge_all()


# --- near duplicates ---------------------------------------------------------------------------------------------------------


def test_line_like_an_entry_booked_by_hand_is_asked(session: Session) -> None:
    book(session)
    seen = preview(session, LINES[:2])

    assert states(seen) == [LineState.NEW, LineState.NEAR]
    assert [(near.voucher, near.purpose) for near in seen.lines[1].near] == [(1, "球")]
    with pytest.raises(NearUndecided):
        bring_in(session, LINES[:2])


@pytest.mark.parametrize(("day", "state"), [(12, LineState.NEAR), (13, LineState.NEW)])
def test_near_is_within_seven_days(session: Session, day: int, state: LineState) -> None:
    book(session, booked_on=date(2026, 3, day))

    assert preview(session, LINES[1:2]).lines[0].state is state


def test_entry_that_was_taken_back_is_near_to_nothing(session: Session) -> None:
    entry = book(session)
    fund.reverse_entry(session, entry.id or 0, booked_on=date(2026, 3, 9), reason="错", today=TODAY, who="chair", now_utc=NOW)

    assert states(preview(session, LINES[1:2])) == [LineState.NEW]


def test_near_line_is_kept_or_left_as_people_say(session: Session) -> None:
    book(session)
    key = preview(session, LINES[1:2]).lines[0].key

    for choices, state in (
        (ImportChoices(kept=frozenset({key})), LineState.NEW),
        (ImportChoices(dropped=frozenset({key})), LineState.LEFT),
        (ImportChoices(near=Near.KEEP), LineState.NEW),
        (ImportChoices(near=Near.LEAVE), LineState.LEFT),
    ):
        assert states(preview(session, LINES[1:2], choices=choices)) == [state]


# --- all or nothing ----------------------------------------------------------------------------------------------------------


def test_one_refused_line_stops_all(session: Session) -> None:
    rows = [*LINES, ["2026-03-06", "", "x", "神秘科目", "", "5", ""]]
    with pytest.raises(LinesRefused, match="D5"):
        bring_in(session, rows)

    assert entries(session) == []


def test_refused_line_may_be_left_out_on_purpose(session: Session) -> None:
    rows = [*LINES, ["2026-03-06", "", "x", "神秘科目", "", "5", ""]]
    stored = bring_in(session, rows, choices=ImportChoices(left_rows=frozenset({"5"})))

    assert (stored.booked, stored.left_out) == (3, 1)


def test_row_that_holds_nothing_cannot_be_left_out(session: Session) -> None:
    with pytest.raises(NoSuchRow):
        preview(session, LINES, choices=ImportChoices(left_rows=frozenset({"77"})))


def test_unknown_word_is_asked_and_the_answer_remembered(session: Session) -> None:
    rows = [["2026-03-06", "", "x", "神秘科目", "", "5", ""]]
    assert isinstance(preview(session, rows).refused_cells[0].refusal, CellItemUnknown)

    setting = FileSetting(items={"神秘科目": "教育"})
    seen = preview(session, rows)
    import_mappings.save_mapping(session, "我行", setting, signature=seen.signature, who="chair", now_utc=NOW)

    remembered = preview(session, rows)
    assert (remembered.lines[0].item, remembered.mapping) == ("education", "我行")


@pytest.mark.parametrize(("day", "refusal"), [("2026-12-01", DateInFuture), ("2026-01-15", PeriodClosed)])
def test_preview_refuses_the_days_the_import_would_refuse(session: Session, day: str, refusal: type[Refusal]) -> None:
    make_plan(session, starts_on=date(2026, 1, 10), ends_on=date(2026, 10, 31))
    session.add(FundMonth(year=2026, month=1, closed_at_utc=NOW, closed_by="chair", closing_fen=0))
    session.flush()
    seen = preview(session, [[day, "", "买球", "文体活动", "", "5", ""]])

    assert [(problem.cell, type(problem.refusal)) for problem in seen.refused_cells] == [("A2", refusal)]


def test_book_older_than_every_plan_takes_its_file(session: Session) -> None:
    make_plan(session)

    assert bring_in(session, REPORT_2017.read_bytes(), year=2017).booked == 8


def test_book_that_moved_on_since_the_preview_is_looked_at_again(session: Session) -> None:
    data, choices = csv_bytes([HEAD, *LINES]), ImportChoices(near=Near.KEEP)
    seen = preview(session, data, choices=choices)
    book(session, amount_fen=1)

    with pytest.raises(FileChanged):
        ledger_import.import_ledger(session, seen, data, choices=choices, today=TODAY, who="chair", now_utc=NOW)


# --- corrections and the opening ---------------------------------------------------------------------------------------------


def test_negative_amount_takes_back_the_line_it_equals(session: Session) -> None:
    rows = [LINES[1], ["2026-03-09", "", "冲销", "文体活动", "", "-80", ""]]
    bring_in(session, rows)
    stored = entries(session)

    assert [(row.amount_fen, row.reverses_id) for row in stored] == [(8_000, None), (8_000, stored[0].id)]
    assert states(preview(session, rows)) == [LineState.KNOWN, LineState.KNOWN]
    assert fund.read_book(session, 2026).balance_fen == 0


def test_negative_amount_takes_back_an_entry_of_the_book(session: Session) -> None:
    entry = book(session)
    bring_in(session, [["2026-03-09", "", "冲销", "文体活动", "", "-80", ""]])

    assert entries(session)[1].reverses_id == entry.id


def test_negative_amount_that_takes_nothing_back_is_refused(session: Session) -> None:
    rows = [LINES[0], LINES[1], ["2026-03-09", "", "冲销", "文体活动", "", "-79", ""]]

    assert [(each.cell, type(each.refusal)) for each in preview(session, rows).refused_cells] == [("F4", CellNegative)]


def test_opening_is_taken_when_none_was_told(session: Session) -> None:
    rows = [["", "", "上年结转", "", "1000.50", "", ""], *LINES]
    assert preview(session, rows).opening is OpeningState.SET
    bring_in(session, rows)

    assert fund.read_book(session, 2026).opening_fen == 100_050
    assert preview(session, rows).opening is OpeningState.EQUAL


def test_opening_that_contradicts_the_book_is_refused(session: Session) -> None:
    fund.set_opening(session, year=2026, opening_fen=1, who="chair", now_utc=NOW)
    rows = [["", "", "上年结转", "", "1000.50", "", ""], *LINES]

    assert [(each.cell, type(each.refusal)) for each in preview(session, rows).refused_cells] == [("E2", CellOpeningDiffers)]
    assert preview(session, rows, choices=ImportChoices(left_rows=frozenset({"2"}))).opening is OpeningState.LEFT


# --- people ------------------------------------------------------------------------------------------------------------------


def test_no_recipient_and_no_private_number_comes_in(session: Session) -> None:
    rows = [
        ["2026-03-05", "", "慰问李建国老师住院", "会员活动", "", "300", "李建国"],
        ["2026-03-06", "", "转账 6222020200012345678 电话13800138000", "文体活动", "", "30", "某店"],
    ]
    bring_in(session, rows)

    assert [(row.purpose, row.payee) for row in entries(session)] == [("慰问李**老师住院", ""), ("转账 *** 电话***", "某店")]


@pytest.mark.sqlite
def test_bank_export_leaves_accounts_and_whom_help_went_to_outside(session: Session) -> None:
    data = (
        "交易日期,借方发生额,贷方发生额,余额,对方账号,对方户名,摘要,科目\n"
        "2026-03-05,300,,900,6222020200012345678,李建国,转账,困难职工帮扶\n"
        "2026-03-06,200,,700,6222020200012345678,王小燕,大病救助金,会员活动\n"
        "2026-03-07,30,,670,6222020200012345678,赵一凡,垫付排球,文体活动\n"
    ).encode()
    seen = ledger_import.preview_import(session, data, file_name="流水6222020200012345678.csv", year=2026, today=TODAY)
    stored = ledger_import.import_ledger(session, seen, data, choices=ImportChoices(), today=TODAY, who="chair", now_utc=NOW)

    assert [(row.purpose, row.payee) for row in entries(session)] == [("转账", ""), ("大病救助金", ""), ("垫付排球", "赵一凡")]
    assert stored.file_name == "流水***.csv"
    assert "6222020200012345678" not in "\n".join(session.connection().connection.iterdump())


def test_source_of_the_money_is_read_where_it_is_told(session: Session) -> None:
    data = "日期,摘要,科目,支出,资金来源\n2026-03-05,买球,文体活动,5,行政补助\n2026-03-06,买球,文体活动,6,\n".encode()
    bring_in(session, data)

    assert [row.source for row in entries(session)] == [FundSource.EMPLOYER, FundSource.UNION_FUNDS]


# --- the three verified reports ----------------------------------------------------------------------------------------------


def shares(session: Session, year: int) -> list[str]:
    sums = fund.read_book(session, year).spending_fen.values()
    return [str((Decimal(fen) * 100 / sum(sums)).quantize(Decimal("0.01"))) for fen in sums]


def test_report_of_2017_to_the_last_fen(session: Session) -> None:
    bring_in(session, REPORT_2017.read_bytes(), year=2017)
    bring_in(session, REPORT_2017.read_bytes().decode().encode("gb18030"), year=2017)
    read = fund.read_book(session, 2017)

    assert (read.total_income_fen, read.total_spending_fen) == (104_255_226, 115_036_932)
    assert (read.opening_fen, read.balance_fen) == (67_277_817, 56_496_111)
    assert sorted(shares(session, 2017)) == sorted(["25.52", "24.66", "14.16", "1.49", "34.17"])


def test_report_of_2024_in_ten_thousands(session: Session) -> None:
    data = xlsx_bytes(
        {
            "收支": [
                ["青松职业学院工会2024年度经费收支表"],
                [None, "单位：万元"],
                ["科目", "金额"],
                ["一、收入", None],
                ["拨交经费收入", 151.92],
                ["会费收入", 19.9],
                ["上级补助收入", 40.32],
                ["其他收入", 0.5],
                ["收入小计", 212.64],
                ["上年结转", 52],
                ["专项资金结转", 17.23],
                ["收入总计", 281.87],
                ["二、支出", None],
                ["职工活动支出", 244.84],
                ["职工教育", 3],
                ["文体活动", 24.9],
                ["宣传活动", 1],
                ["会员活动", 215.94],
                ["节日慰问", 151.92],
                ["生日", 22.4],
                ["婚育病逝退", 9],
                ["电影", 25.35],
                ["其他", 7.27],
                ["职工服务支出", 32.03],
                ["劳动竞赛", 7],
                ["建家", 18.73],
                ["互助保障", 6.3],
                ["业务支出", 5.0],
                ["支出总计", 281.87],
                ["年末结余", 0],
            ]
        },
        merged=["A1:B1"],
    )
    seen = ledger_import.preview_import(session, data, file_name="2024.xlsx", year=2024, today=TODAY)
    ledger_import.import_ledger(session, seen, data, choices=ImportChoices(), today=TODAY, who="chair", now_utc=NOW)
    read = fund.read_book(session, 2024)

    assert (read.total_income_fen, read.total_spending_fen) == (212_640_000, 281_870_000)
    assert (read.opening_fen, read.balance_fen) == (69_230_000, 0)
    assert read.spending_fen == {
        "education": 3_000_000,
        "culture_sports": 24_900_000,
        "publicity": 1_000_000,
        "member_activities": 215_940_000,
        "skills_contest": 7_000_000,
        "home_building": 18_730_000,
        "mutual_aid": 6_300_000,
        "other_operations": 5_000_000,
    }


def test_report_of_2011_with_income_beside_spending(session: Session) -> None:
    data = (
        "青松学院法学系分工会2011年经费收支,,,\n收入,,支出,\n项目,金额,项目,金额\n"
        '工会经费返还,"31,573.40",文体活动,"7,761.70"\n会费,"5,476.90",慰问,"6,800元"\n行政补助,"6,110",其他,302.10\n'
        '收入合计,"43,160.30",支出合计,"14,863.80"\n,,本年结余,"28,296.50"\n'
    ).encode("gb18030")
    bring_in(session, data, year=2011)
    read = fund.read_book(session, 2011)

    assert (read.total_income_fen, read.total_spending_fen, read.balance_fen) == (4_316_030, 1_486_380, 2_829_650)
    assert shares(session, 2011) == ["52.22", "45.75", "2.03"]


def test_report_has_the_years_last_day_and_this_years_report_today(session: Session) -> None:
    data = "科目,金额\n会费,100\n会议费,5\n".encode()

    assert [preview(session, data, year=year).lines[0].booked_on for year in (2025, 2026)] == [date(2025, 12, 31), TODAY]


# --- mappings ----------------------------------------------------------------------------------------------------------------


def test_mapping_from_json_is_checked(session: Session) -> None:
    told = '{"columns": {"date": "when"}, "items": {"球": "文体活动"}, "defaults": {"unit": "万元", "item_out": "文体活动"}}'
    setting = import_mappings.read_mapping(session, told.encode(), name="m.json")

    assert setting == FileSetting(
        columns={"date": "when"}, items={"球": "culture_sports"}, defaults={"unit": "万元", "item_out": "culture_sports"}
    )


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"colums": {}}',
        '{"columns": {"wann": "x"}}',
        '{"items": {"x": "没有"}}',
        '{"defaults": {"unit": "角"}}',
        '{"columns": {"date": 1}}',
        '{"defaults": {"day": "3月"}}',
    ],
)
def test_mapping_that_is_not_understood_is_refused(session: Session, text: str) -> None:
    with pytest.raises(MappingNotReadable):
        import_mappings.read_mapping(session, text.encode(), name="m.json")


@pytest.mark.parametrize("text", ['{"date": "when", "note": ["a", "b"]}', '{"columns": {"when": "date", "a": "note", "b": "note"}}'])
def test_mapping_may_be_the_columns_alone_and_told_the_other_way_round(session: Session, text: str) -> None:
    columns = import_mappings.read_mapping(session, text.encode(), name="m.json").columns

    assert {field: [told] if isinstance(told, str) else told for field, told in columns.items()} == {"date": ["when"], "note": ["a", "b"]}


def test_mapping_that_names_a_column_the_table_has_not_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchHeading):
        preview(session, LINES, setting=FileSetting(columns={"date": "没有这列"}))


def test_mapping_nobody_remembered_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchMapping):
        preview(session, LINES, mapping="没有")
