"""Tables of any usual kind as sheets whose cells keep their names."""

import pytest

from tests.reading.tables import csv_bytes, xlsx_bytes
from unionboard.errors import Refusal
from unionboard.errors.documents import DamagedDocument, OldWorkbookNotRead
from unionboard.errors.ledger_import import TableFileEmpty, TableNotRead
from unionboard.reading.ledger_file import read_sheets

ROWS = [["日期", "摘要", "收入"], ["2026-01-05", "会费，一月", "1,286.00"]]


def texts(data: bytes, filename: str) -> list[tuple[str, ...]]:
    return [row.texts for sheet in read_sheets(data, filename=filename) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_of_every_encoding_and_separator_is_read(encoding: str, delimiter: str) -> None:
    assert texts(csv_bytes(ROWS, encoding=encoding, delimiter=delimiter), "台账.csv") == [tuple(row) for row in ROWS]


def test_cells_are_named_as_the_tables_program_names_them() -> None:
    sheet = read_sheets(b"a,b\n\n\n,,x\n", filename="t.csv")[0]

    assert [row.number for row in sheet.rows] == [1, 4]
    assert sheet.cell_name(sheet.rows[1], 2) == "C4"
    assert sheet.cell_name(7, 26) == "AA7"


def test_cells_of_several_sheets_are_named_with_the_sheet() -> None:
    sheets = read_sheets(xlsx_bytes({"1月": [["a"]], "2月": [["b"]]}), filename="t.xlsx")

    assert [sheet.cell_name(sheet.rows[0], 0) for sheet in sheets] == ["1月!A1", "2月!A1"]


def test_hidden_rows_of_a_workbook_count_and_hidden_sheets_do_not() -> None:
    data = xlsx_bytes({"s": [["a"], ["b"]], "别的": [["c"]]}, hidden_rows=[2], hidden_sheets=["别的"])

    assert texts(data, "t.xlsx") == [("a",), ("b",)]


def test_sums_come_without_the_noise_of_binary_fractions() -> None:
    assert texts(xlsx_bytes({"s": [[0.1 + 0.2, 1042552.2600000001, 3.0, 151.92]]}), "t.xlsx") == [("0.3", "1042552.26", "3", "151.92")]


def test_numbers_that_excel_must_not_touch_come_without_their_wrapping() -> None:
    assert texts(b'="001",\'0012\n', "t.csv") == [("001", "0012")]


def test_line_that_names_the_separator_is_none() -> None:
    sheet = read_sheets("sep=;\r\n日期;金额\r\n".encode(), filename="t.csv")[0]

    assert [(row.number, row.texts) for row in sheet.rows] == [(2, ("日期", "金额"))]


def test_quotation_mark_that_is_never_closed_swallows_no_line() -> None:
    assert len(texts('日期,摘要,金额\n2026-01-05,"五寸"照片,5\n2026-01-06,"六寸,6\n2026-01-07,x,7\n'.encode(), "t.csv")) == 4


@pytest.mark.parametrize(
    ("data", "name", "refusal"),
    [
        (b"", "t.csv", TableFileEmpty),
        (b" \n \n", "t.csv", TableFileEmpty),
        (xlsx_bytes({"s": []}), "t.xlsx", TableFileEmpty),
        (b"%PDF-1.7", "t.pdf", TableNotRead),
        (bytes(range(256)) * 40, "t.csv", TableNotRead),
        (b"PK\x03\x04broken", "t.xlsx", DamagedDocument),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "t.xls", OldWorkbookNotRead),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, name: str, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        read_sheets(data, filename=name)
