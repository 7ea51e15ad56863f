"""Imports on the command line: a preview on stdout, one sentence when refused, nothing stored unless all of it."""

import json
from pathlib import Path

import pytest

from tests.conftest import Run

LEDGER = "日期,摘要,科目,收入,支出\n2026-03-02,会费,会费收入,500,\n2026-03-05,买球,文体活动,,80\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    path.write_text(LEDGER, encoding="gb18030")
    return path


def balance(run: Run, year: str = "2026") -> int:
    return int(json.loads(run("fund", "--year", year, "--json")[1])["balance_fen"])


def test_ledger_is_imported_once(run: Run, ledger: Path) -> None:
    first = run("import-ledger", str(ledger), "--year", "2026")
    again = run("import-ledger", str(ledger), "--year", "2026")

    assert (first[0], again[0]) == (0, 0)
    assert first[1].splitlines()[-3:] == [
        "新增 2 · 已导入过 0 · 疑似重复 0 · 有问题 0 · 略过 0",
        "收入 ¥500.00，支出 ¥80.00；导入后结余 ¥420.00。",
        "已记入 2026 年账簿 2 笔。结余 ¥420.00。",
    ]
    assert again[1].splitlines()[-3] == "新增 0 · 已导入过 2 · 疑似重复 0 · 有问题 0 · 略过 0"


def test_dry_run_stores_nothing(run: Run, ledger: Path) -> None:
    code, out, err = run("--lang", "en", "import-ledger", str(ledger), "--year", "2026", "--dry-run")

    assert (code, err, out.splitlines()[-1]) == (0, "", "Nothing was stored.")
    assert balance(run) == 0


def test_refused_cells_are_named_in_one_sentence(run: Run, ledger: Path) -> None:
    ledger.write_text(LEDGER + '2026-03-06,x,神秘,,5\n2026-03-07,x,文体活动,,"1,20"\n', encoding="utf-8")

    code, out, err = run("import-ledger", str(ledger), "--year", "2026")

    assert (code, err) == (1, "没有导入：C4, E5 有问题。请改正文件、补充对应关系，或略过这些行。\n")
    assert "  ✗ C4: “神秘”不是账上的科目。请在对应关系里指明是哪个科目。" in out.splitlines()
    assert balance(run) == 0


def test_rows_are_left_out_on_purpose(run: Run, ledger: Path) -> None:
    ledger.write_text(LEDGER + "2026-03-06,x,神秘,,5\n", encoding="utf-8")

    assert run("import-ledger", str(ledger), "--year", "2026", "--leave-out", "4")[0] == 0
    assert balance(run) == 42_000


def test_lines_that_may_be_booked_already_are_left_out_unless_kept(run: Run, ledger: Path) -> None:
    run("spend", "--on", "2026-03-08", "--item", "culture_sports", "--yuan", "80", "--purpose", "球")
    left = run("import-ledger", str(ledger), "--year", "2026")[1]

    assert "        可能就是 2026-03-08 的 001 号：球" in left.splitlines()
    assert balance(run) == 42_000
    run("import-ledger", str(ledger), "--year", "2026", "--near", "keep")
    assert balance(run) == 34_000


def test_mapping_of_a_json_file_is_remembered_by_name_and_by_headings(run: Run, ledger: Path, tmp_path: Path) -> None:
    ledger.write_text(LEDGER + "2026-03-06,x,神秘,,5\n", encoding="utf-8")
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"items": {"神秘": "教育"}}', encoding="utf-8")

    assert run("import-ledger", str(ledger), "--year", "2026", "--mapping", str(mapping), "--remember", "我们的台账")[0] == 0
    ledger.write_text(LEDGER + "2026-03-06,x,神秘,,5\n2026-03-07,y,神秘,,6\n", encoding="utf-8")
    assert run("import-ledger", str(ledger), "--year", "2026")[0] == 0
    ledger.write_text(LEDGER.replace("摘要", "事由") + "2026-03-09,y,神秘,,7\n", encoding="utf-8")
    assert run("import-ledger", str(ledger), "--year", "2026", "--mapping", "我们的台账", "--near", "keep")[0] == 0


def test_unknown_mapping_is_refused(run: Run, ledger: Path) -> None:
    assert (
        run("import-ledger", str(ledger), "--year", "2026", "--mapping", "没有")[2]
        == "没有名为“没有”的对应关系。请写已保存的名称或一个 JSON 文件。\n"
    )


def test_budget_is_imported(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "预算.csv"
    path.write_text("单位：万元\n科目,本年预算\n会费收入,1.2\n文体活动,0.8\n", encoding="utf-8")

    assert run("import-budget", str(path), "--year", "2026", "--dry-run")[1].splitlines()[-1] == "没有写入任何内容。"
    assert run("import-budget", str(path), "--year", "2026")[1].splitlines()[-1] == "2026 年预算：写入 2 项。"
    assert run("import-budget", str(path), "--year", "2026")[1].splitlines()[-1] == "2026 年预算：写入 0 项。"


def test_missing_file_is_refused(run: Run) -> None:
    assert run("import-ledger", "没有.csv", "--year", "2026") == (1, "", "找不到文件“没有.csv”。请核对路径和文件名。\n")
