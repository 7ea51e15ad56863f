"""The command line as a contract: exit codes, one sentence when refused, JSON that scripts can rely on."""

import hashlib
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.conftest import TODAY, Run
from tests.makers import NOW
from unionboard import db
from unionboard.config import PROJECT_DIR
from unionboard.services import fund, meetings

SAMPLE = str(PROJECT_DIR / "data" / "samples" / "plan-2026.txt")
PLAN = """2026年工会工作计划
一、丰富文体生活
1、组织趣味运动会。
活动安排：
三月：
1、庆祝三八节
五月：
1、趣味运动会
2、教工合唱排练
十二月：
1、召开总结会
"""


@pytest.fixture
def plan_file(tmp_path: Path) -> str:
    path = tmp_path / "计划.txt"
    path.write_text(PLAN, encoding="utf-8")
    return str(path)


@pytest.fixture
def adopted(run: Run, plan_file: str) -> Run:
    """``run`` on a database that holds PLAN as the plan of 2026; its activities are 1 to 4."""
    code, _, err = run("import", plan_file, "--year", "2026")
    assert (code, err) == (0, "")
    return run


def activity(run: Run, id_: int) -> dict[str, Any]:
    """What ``activities --json`` says of one activity."""
    rows: list[dict[str, Any]] = json.loads(run("activities", "--year", "2026", "--json")[1])
    return next(row for row in rows if row["id"] == id_)


# --- parse -------------------------------------------------------------------------------------------------------------------


def test_parse_json_keeps_the_agreed_shape(run: Run, plan_file: str) -> None:
    code, out, err = run("parse", plan_file, "--json")
    told = json.loads(out)
    schedule = [{key: entry[key] for key in ("months", "half_year", "items")} for entry in told["schedule"]]

    assert (code, err) == (0, "")
    assert {key: told[key] for key in ("documents", "title", "kind", "sections", "ignored")} == {
        "documents": [{"n": 1, "title": "2026年工会工作计划", "kind": "plan"}],
        "title": "2026年工会工作计划",
        "kind": "plan",
        "sections": ["丰富文体生活", "活动安排"],
        "ignored": [],
    }
    assert schedule == [
        {"months": [3], "half_year": None, "items": ["庆祝三八节"]},
        {"months": [5], "half_year": None, "items": ["趣味运动会", "教工合唱排练"]},
        {"months": [12], "half_year": None, "items": ["召开总结会"]},
    ]


def test_parse_json_tells_what_each_line_says_beside_what_is_done(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "青松小学工会2026年工作计划\n一、关心会员\n1、各工会小组每月上报2篇信息。\n2、办好食堂。\n活动安排：\n三月下旬：\n庆祝三八节。\n",
        encoding="utf-8",
    )

    told = json.loads(run("parse", str(path), "--json")[1])

    no_details = {"audience": "", "budget_fen": None, "note": "", "area_2": None, "relation": "lead"}
    assert told["schedule"][0]["activities"] == [
        {
            "title": "庆祝三八节",
            "line": 7,
            "day_from": None,
            "day_to": None,
            "third": 3,
            "festival": {"code": "WOMENS_DAY", "eve": False},
            "owner": "",
            "targets": [],
            "area": "WOMEN",
            "area_share": 0.88,
            **no_details,
        }
    ]
    assert told["measures"][0] == {
        "text": "各工会小组每月上报2篇信息。",
        "line": 3,
        "section": "关心会员",
        "frequency": {"period": "month", "times_min": 2, "times_max": 2, "phrase": "每月上报2篇"},
        "festivals": [],
        "owner": "各工会小组",
        "targets": [{"op": "exactly", "low": 2.0, "high": 2.0, "unit": "篇", "per": "group", "phrase": "各工会小组每月上报2篇"}],
        "area": "ORG",
        "area_share": 1.0,
        **no_details,
    }
    assert (told["years"], told["years_disagree"]) == ([{"year": 2026, "part": "title", "line": 1}], False)


def test_parse_prints_duties_below_their_heading(run: Run) -> None:
    printed = run("parse", SAMPLE)[1].splitlines()

    assert printed[1:3] == ["  一 抓学习，立师德", "    每月组织一次: 每月组织一次政治学习，做到有主题、有记录。"]


def test_ignored_lines_are_told_with_number_text_and_reason(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("当前位置：首页>工会\n" + PLAN, encoding="utf-8")

    ignored = json.loads(run("parse", str(path), "--json")[1])["ignored"]

    assert ignored == [{"line": 1, "text": "当前位置：首页>工会", "reason": "page_chrome"}]


def test_parse_prints_text_in_chinese_by_default(run: Run, plan_file: str) -> None:
    assert run("parse", plan_file)[1].splitlines()[-2:] == ["5月: 趣味运动会; 教工合唱排练", "12月: 召开总结会"]


def test_text_without_any_plan_is_refused_with_one_sentence(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "weather.txt"
    path.write_text("今天天气很好。\n我们去公园走走。\n", encoding="utf-8")

    assert run("--lang", "en", "parse", str(path), "--json") == (
        1,
        "",
        "No plan was found in this text: no sections, measures or months. Choose another file, or paste the part that holds the plan.\n",
    )


@pytest.mark.parametrize("content", [b"", bytes(range(256)) * 40], ids=["empty", "binary"])
def test_unreadable_file_is_refused_with_one_line(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)

    code, out, err = run("parse", str(path))

    assert (code, out, err.count("\n")) == (1, "", 1)


def test_missing_file_is_refused(run: Run) -> None:
    assert run("parse", "没有.txt") == (1, "", "找不到文件“没有.txt”。请核对路径和文件名。\n")


def test_folder_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("--lang", "en", "parse", str(tmp_path)) == (
        1,
        "",
        f"The file “{tmp_path}” cannot be opened. Check that it is a file and that you may read it.\n",
    )


def test_plan_number_that_is_not_in_the_file_is_refused(run: Run, plan_file: str) -> None:
    assert run("--lang", "en", "parse", plan_file, "--plan", "9")[::2] == (
        1,
        "The file holds 1 documents; there is no number 9. Choose a number from 1 to 1.\n",
    )


# --- usage and language ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [(), ("nonsense",), ("parse",), ("activities", "--year", "soon"), ("check-off", "1"), ("--lang", "fr", "migrate"), ("undo", "9" * 30)],
)
def test_wrong_usage_is_exit_2_and_says_so_on_stderr(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith("Usage: python -m unionboard")


def test_help_speaks_the_language_of_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_LANG", "en_GB.UTF-8")

    assert "  Report an activity as held.\n" in run("check-off", "--help")[1]


def test_option_before_the_command_beats_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_LANG", "en")

    assert run("--lang", "zh_CN", "undo", "7") == (1, "", "没有编号为 7 的活动。请到“计划”里查找，它可能已移出。\n")


# --- the year ----------------------------------------------------------------------------------------------------------------


def test_imported_activities_have_exactly_the_agreed_fields(adopted: Run) -> None:
    assert activity(adopted, 2) == {
        "id": 2,
        "title": "趣味运动会",
        "area": "CULT",
        "section": "丰富文体生活",
        "months": [5],
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-31",
        "precision": "month",
        "duty": "one_off",
        "owner": "",
        "status": "late",
        "done_on": None,
        "participants": None,
    }


def test_second_plan_for_a_year_is_refused(adopted: Run, plan_file: str) -> None:
    assert adopted("--lang", "en", "import", plan_file, "--year", "2026")[::2] == (
        1,
        "There is already a plan for 2026. Open it under Plan, or choose another year.\n",
    )


@pytest.mark.parametrize("year", ["0", "1999", "9999"])
def test_year_no_plan_can_have_is_refused_and_nothing_is_stored(run: Run, plan_file: str, year: str) -> None:
    code, _, err = run("--lang", "en", "import", plan_file, "--year", year)

    assert (code, err) == (1, f"{year} is not a year a plan can have. Type a year between 2000 and 2100.\n")
    assert run("activities", "--year", "2026")[0] == 1


def test_activities_follow_one_another_by_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "计划.txt"
    path.write_text("2026年工会工作计划\n活动安排：\n九月：\n1、庆祝教师节\n三月：\n1、庆祝三八节\n", encoding="utf-8")
    run("import", str(path), "--year", "2026")

    rows = json.loads(run("activities", "--year", "2026", "--json")[1])

    assert [(row["title"], row["starts_on"]) for row in rows] == [("庆祝三八节", "2026-03-08"), ("庆祝教师节", "2026-09-10")]


def test_activities_of_a_year_without_a_plan_are_refused(run: Run) -> None:
    assert run("--lang", "en", "activities", "--year", "2030", "--json") == (
        1,
        "",
        "There is no plan for 2030 yet. Read or copy one first.\n",
    )


def test_checked_off_activity_is_done_on_that_day_with_its_people(adopted: Run) -> None:
    assert adopted("check-off", "2", "--on", "2026-05-08", "--participants", "43", "--note", "六个项目")[0] == 0

    row = activity(adopted, 2)
    assert (row["status"], row["done_on"], row["participants"]) == ("done", "2026-05-08", 43)


def test_undone_activity_is_open_again(adopted: Run) -> None:
    adopted("check-off", "2", "--on", "2026-05-08")
    assert adopted("undo", "2")[0] == 0

    assert activity(adopted, 2)["done_on"] is None


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2027-01-02", "2027-01-02 is outside the plan, which runs from 2026-01-01 to 2026-12-31. Check the date.\n"),
        ("2026-11-22", "2026-11-22 has not come yet. Record it on the day or afterwards.\n"),
        ("2026-02-30", "“2026-02-30” is not a date. Type it as 2026-03-08.\n"),
        ("上周", "“上周” is not a date. Type it as 2026-03-08.\n"),
    ],
)
def test_check_off_on_a_day_that_cannot_be_is_refused(adopted: Run, on: str, sentence: str) -> None:
    assert adopted("--lang", "en", "check-off", "2", "--on", on) == (1, "", sentence)


@pytest.mark.parametrize("on", ["2026-05-08", "2026-5-8", "2026/5/8", "2026年5月8日", "２０２６-05-08"])
def test_days_are_read_as_people_write_them(adopted: Run, on: str) -> None:
    adopted("check-off", "2", "--on", on)

    assert activity(adopted, 2)["done_on"] == "2026-05-08"


def test_second_check_off_is_refused(adopted: Run) -> None:
    adopted("check-off", "2", "--on", "2026-05-08")

    code, _, said = adopted("--lang", "en", "check-off", "2", "--on", "2026-05-09")

    assert (code, said.partition(" (told ")[0]) == (1, "Command line has already checked “趣味运动会” off for 2026-05-08")


def test_undo_of_what_is_not_checked_off_is_refused(adopted: Run) -> None:
    assert adopted("--lang", "en", "undo", "2")[::2] == (
        1,
        "“趣味运动会” is not checked off, so there is nothing to undo. Check which one was meant.\n",
    )


def test_negative_number_of_people_is_refused(adopted: Run) -> None:
    assert adopted("check-off", "2", "--on", "2026-05-08", "--participants", "-3")[0] == 1


# --- the fund ----------------------------------------------------------------------------------------------------------------


def test_fund_json_adds_up_by_item(adopted: Run) -> None:
    adopted("receive", "--on", "2026-03-02", "--item", "dues", "--yuan", "1862.50", "--purpose", "会费")
    adopted("spend", "--on", "2026-05-08", "--item", "culture_sports", "--yuan", "1,200.5元", "--purpose", "奖品", "--activity", "2")

    told = json.loads(adopted("fund", "--year", "2026", "--json")[1])
    by_month = told.pop("by_month")
    assert told == {
        "year": 2026,
        "opening_fen": 0,
        "income": {"dues": 186250},
        "spending": {"culture_sports": 120050},
        "budget": {},
        "balance_fen": 66200,
    }
    assert [month["month"] for month in by_month] == list(range(1, 13))
    assert [(month["income_fen"], month["spent_fen"]) for month in by_month if month["income_fen"] or month["spent_fen"]] == [
        (186250, 0),
        (0, 120050),
    ]


def test_fund_json_tells_what_each_month_was_planned_to_cost(adopted: Run) -> None:
    with db.writing() as session:
        fund.set_budget(session, year=2026, item="culture_sports", amount_fen=1_200_05, who="chair", now_utc=NOW)

    by_month = json.loads(adopted("fund", "--year", "2026", "--json")[1])["by_month"]

    assert [month["planned_fen"] for month in by_month] == [10_000] * 11 + [10_005]


def test_booking_says_its_voucher_and_what_is_left(adopted: Run) -> None:
    code, out, _ = adopted("receive", "--on", "2026-03-02", "--item", "dues", "--yuan", "1862.50", "--purpose", "会费")

    assert (code, out) == (0, "已记账，凭证 1 号，¥1,862.50；结余 ¥1,862.50。\n")


@pytest.mark.parametrize("yuan", ["0", "-5", "1200.555", "twelve", "9" * 30])
def test_amount_that_cannot_be_booked_is_refused_and_nothing_is_stored(adopted: Run, yuan: str) -> None:
    code, out, err = adopted("spend", "--on", "2026-05-08", "--item", "culture_sports", "--yuan", yuan, "--purpose", "奖品")

    assert (code, out, err.count("\n")) == (1, "", 1)
    assert json.loads(adopted("fund", "--year", "2026", "--json")[1])["spending"] == {}


def test_wrong_item_is_refused_with_those_there_are(adopted: Run) -> None:
    _, _, err = adopted("--lang", "en", "receive", "--on", "2026-03-02", "--item", "gifts", "--yuan", "5", "--purpose", "x")

    assert err == (
        "There is no fund item “gifts”. Choose one of: "
        "dues, allocated, higher_grant, employer_subsidy, business_income, investment_income, other_income.\n"
    )


def test_fund_text_shows_opening_sums_and_balance(adopted: Run) -> None:
    adopted("receive", "--on", "2026-03-02", "--item", "dues", "--yuan", "1862.50", "--purpose", "会费")

    lines = [line.split() for line in adopted("fund", "--year", "2026")[1].splitlines()]
    assert lines == [["上年结转", "¥0.00"], ["收入", "¥1,862.50"], ["会费收入", "¥1,862.50"], ["支出", "¥0.00"], ["结余", "¥1,862.50"]]


# --- the data ----------------------------------------------------------------------------------------------------------------


def test_demo_fills_an_empty_database_once(run: Run) -> None:
    assert run("demo", "--year", "2026")[:2] == (0, "已装入“青松小学工会2026年工作计划”，共48项活动。\n")
    assert run("demo")[::2] == (1, "示例年度只能装入空库，这里已经有计划了。想试用，请换一个空的数据文件夹启动程序。\n")


def test_commands_make_and_migrate_the_database_themselves(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path / "新" / "folder"))

    assert json.loads(run("fund", "--year", "2026", "--json")[1])["balance_fen"] == 0
    assert (tmp_path / "新" / "folder" / "unionboard.sqlite3").is_file()


def test_database_that_others_hold_is_refused_and_can_be_used_afterwards(run: Run, plan_file: str, data_dir: Path, impatient: None) -> None:
    other = sqlite3.connect(data_dir / "unionboard.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    refused = run("--lang", "en", "import", plan_file, "--year", "2026")
    other.execute("ROLLBACK")
    other.close()

    assert refused == (1, "", "Somebody else is saving at this moment. Nothing was changed; try again.\n")
    assert run("import", plan_file, "--year", "2026")[0] == 0


def test_file_that_is_no_database_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "unionboard.sqlite3").write_text("hello " * 40)
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path))

    code, _, err = run("--lang", "en", "migrate")

    assert (code, err.split(". ")[0]) == (1, f"The data file “{tmp_path}/unionboard.sqlite3” is damaged")


def test_database_address_is_told_without_its_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_DATABASE_URL", "nosuchbase://chair:secret@host/year")

    code, _, err = run("--lang", "en", "migrate")

    assert (code, err.split("”")[0]) == (1, "The database “nosuchbase://host/year")


def test_unexpected_error_is_one_sentence_with_a_code_that_stands_in_the_log(adopted: Run, data_dir: Path) -> None:
    with sqlite3.connect(data_dir / "unionboard.sqlite3") as saboteur:
        saboteur.execute("CREATE TRIGGER sabotage BEFORE INSERT ON check_off BEGIN SELECT RAISE(ABORT, 'sabotage'); END")
    saboteur.close()
    log = data_dir / "unionboard.log"

    code, out, err = adopted("--lang", "en", "check-off", "2", "--on", "2026-05-08")

    (line,) = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    told = f"Something went wrong that the program did not expect. It stands as {line['code']} in {log}.\n"
    assert (code, out, err) == (1, "", told)
    assert [one["class"] for one in line["errors"]] == ["sqlalchemy.exc.IntegrityError", "sqlite3.IntegrityError"]


def test_clock_that_is_set_to_no_day_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNIONBOARD_TODAY", "tomorrow")

    assert run("--lang", "en", "migrate")[::2] == (1, "“tomorrow” is not a date. Type it as 2026-03-08.\n")


# --- as a program ------------------------------------------------------------------------------------------------------------


def test_module_runs_as_a_program_and_prints_utf_8(data_dir: Path) -> None:
    command = [sys.executable, "-m", "unionboard", "parse", SAMPLE, "--json"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=PROJECT_DIR, env={"PYTHONIOENCODING": "gbk", "PATH": ""})

    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))["kind"] == "plan"


def test_parse_pays_for_nothing_it_does_not_use() -> None:
    script = (
        "import sys, unionboard.cli as cli\n"
        "try: cli.main(['parse', sys.argv[1]])\n"
        "except SystemExit: pass\n"
        "print(sorted({'pandas', 'streamlit', 'sqlmodel', 'alembic', 'openpyxl', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, SAMPLE], capture_output=True, text=True, check=True, cwd=PROJECT_DIR)

    assert done.stdout.splitlines()[-1] == "[]"


# --- the plan again ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def corrected_file(tmp_path: Path) -> str:
    path = tmp_path / "修改稿.txt"
    path.write_text(
        PLAN.replace("2、教工合唱排练\n", "").replace("趣味运动会\n2、", "趣味运动会\n") + "2、表彰积极分子\n", encoding="utf-8"
    )
    return str(path)


def test_compare_shows_what_a_corrected_document_changes_and_stores_nothing(adopted: Run, corrected_file: str) -> None:
    before = adopted("activities", "--year", "2026", "--json")[1]

    code, out, err = adopted("--lang", "en", "compare", corrected_file, "--year", "2026")

    assert (code, out, err) == (0, "New\t表彰积极分子\nGone\t教工合唱排练\nUnchanged: 3.\n", "")
    assert adopted("activities", "--year", "2026", "--json")[1] == before


def test_compare_json_names_kinds_keys_and_changes(adopted: Run, corrected_file: str) -> None:
    told = json.loads(adopted("compare", corrected_file, "--json")[1])

    assert (told["problems"], told["applied"]) == ([], None)
    assert [(it["key"], it["kind"], it["title"], it["activity"], it["proposed"]) for it in told["differences"]] == [
        ("a1", "unchanged", "庆祝三八节", 1, False),
        ("a2", "unchanged", "趣味运动会", 2, False),
        ("a4", "unchanged", "召开总结会", 4, False),
        ("r3", "new", "表彰积极分子", None, True),
        ("a3", "gone", "教工合唱排练", 3, True),
    ]


def test_compare_apply_takes_over_only_the_kinds_asked_for(adopted: Run, corrected_file: str) -> None:
    code, out, _ = adopted("--lang", "en", "compare", corrected_file, "--apply", "new")

    titles = [row["title"] for row in json.loads(adopted("activities", "--year", "2026", "--json")[1])]
    assert (code, out.splitlines()[-1]) == (0, "Taken over: 1 new, 0 changed, 0 taken out.")
    assert sorted(titles) == sorted(["庆祝三八节", "趣味运动会", "教工合唱排练", "召开总结会", "表彰积极分子"])


def test_compare_with_an_unknown_kind_is_wrong_usage(adopted: Run, corrected_file: str) -> None:
    assert adopted("compare", corrected_file, "--apply", "everything")[0] == 2


def test_compare_without_a_plan_is_refused(run: Run, plan_file: str) -> None:
    assert run("--lang", "en", "compare", plan_file)[::2] == (1, "There is no plan yet. Read a plan document first.\n")


def test_exported_table_comes_back_edited(adopted: Run, tmp_path: Path) -> None:
    path = tmp_path / "计划表.xlsx"
    adopted("export-plan", str(path))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    line = next(cell.row for cell in sheet["D"] if cell.value == "趣味运动会")
    sheet.cell(line, 6).value = "文体委员"
    book.save(path)

    code, out, _ = adopted("--lang", "en", "compare", str(path), "--apply", "all")

    assert (code, out.splitlines()) == (
        0,
        ["Changed\t趣味运动会", "\t– → 文体委员", "Unchanged: 3.", "Taken over: 0 new, 1 changed, 0 taken out."],
    )
    assert activity(adopted, 2)["owner"] == "文体委员"


def test_table_with_an_unreadable_cell_names_it_and_applies_nothing(adopted: Run, tmp_path: Path) -> None:
    path = tmp_path / "计划表.xlsx"
    adopted("export-plan", str(path))
    book = load_workbook(path)
    book.worksheets[0]["C4"] = "有空的时候"
    book.save(path)

    shown = adopted("--lang", "en", "compare", str(path))
    applied = adopted("--lang", "en", "compare", str(path), "--apply", "all")

    sentence = "Cell C4: the time “有空的时候” is not understood. Write it as 3月, 3–5月, 3月8日, 上半年 or 每月一次."
    assert (shown[0], shown[1].splitlines()[-1]) == (0, sentence)
    assert applied[0] == 1


def test_export_to_another_kind_of_file_is_wrong_usage(adopted: Run, tmp_path: Path) -> None:
    assert adopted("export-plan", str(tmp_path / "plan.docx"))[0] == 2


def test_gantt_is_written_for_the_current_plan_or_the_one_asked_for(adopted: Run, tmp_path: Path) -> None:
    written = [adopted("--lang", "en", "export-gantt", str(tmp_path / name), *plan) for name, plan in GANTTS.items()]

    assert [(code, err) for code, _, err in written] == [(0, ""), (0, "")]
    sheets = [load_workbook(tmp_path / name).worksheets[0] for name in GANTTS]
    assert [(sheet.title, sheet["C4"].value) for sheet in sheets] == [("Gantt chart", "Activity")] * 2


GANTTS = {"current.xlsx": (), "chosen.xlsx": ("--plan", "1")}


@pytest.mark.parametrize("plan", ["0", "99"])
def test_gantt_of_a_plan_that_is_not_there_is_refused(adopted: Run, tmp_path: Path, plan: str) -> None:
    path = tmp_path / "gantt.xlsx"

    refused = adopted("--lang", "en", "export-gantt", str(path), "--plan", plan)

    assert (refused, path.exists()) == ((1, "", "There is no such plan. Choose one under Settings.\n"), False)


def test_gantt_as_another_kind_of_file_is_wrong_usage(adopted: Run, tmp_path: Path) -> None:
    assert adopted("export-gantt", str(tmp_path / "gantt.pdf"))[0] == 2


def test_copied_plan_is_the_plan_of_the_next_year(adopted: Run) -> None:
    preview = json.loads(adopted("copy-plan", "--to", "2027", "--preview", "--json")[1])
    copied = adopted("--lang", "en", "copy-plan", "--to", "2027", "--from", "2026")

    rows = json.loads(adopted("activities", "--year", "2027", "--json")[1])
    assert [(row["title"], row["carried_over"]) for row in preview["rows"]] == [
        ("庆祝三八节", True),
        ("趣味运动会", True),
        ("教工合唱排练", True),
        ("召开总结会", False),
    ]
    assert (copied[0], copied[1].splitlines()[-1]) == (0, "Copied “2027年工会工作计划”: 4 activities.")
    assert [row["title"] for row in rows] == ["庆祝三八节", "趣味运动会", "教工合唱排练", "召开总结会"]


def test_copy_into_a_year_with_a_plan_is_refused(adopted: Run) -> None:
    assert adopted("copy-plan", "--to", "2026")[0] == 1


def test_template_is_printed_and_can_be_imported(run: Run, tmp_path: Path) -> None:
    codes = [template["code"] for template in json.loads(run("templates", "--json")[1])]
    path = tmp_path / "模板.md"
    path.write_text(run("templates", "school", "--year", "2027")[1], encoding="utf-8")

    assert codes == ["school", "hospital", "company", "community"]
    assert run("import", str(path), "--year", "2027")[0] == 0


def test_unknown_template_is_refused(run: Run) -> None:
    sentence = "There is no template “army”. Choose one of: school, hospital, company, community.\n"
    assert run("--lang", "en", "templates", "army")[::2] == (1, sentence)


# --- minutes -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def met(adopted: Run) -> Run:
    """``adopted`` after a first meeting in 教工之家, with a second one still open."""
    with db.writing() as session:
        stamp = {"who": "chair", "now_utc": NOW}
        first = meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, place="教工之家", **stamp)  # type: ignore[arg-type]
        meetings.end_meeting(session, first.id or 0, today=TODAY, **stamp)  # type: ignore[arg-type]
        meetings.start_meeting(session, 1, held_on=TODAY, today=TODAY, **stamp)  # type: ignore[arg-type]
    return adopted


@pytest.mark.parametrize("which", ["latest", "1"])
def test_minutes_are_written_as_a_word_file(met: Run, tmp_path: Path, which: str) -> None:
    path = tmp_path / "纪要.docx"

    assert met("minutes", which, str(path)) == (0, f"已写入 {path}\n", "")

    assert [paragraph.text for paragraph in Document(str(path)).paragraphs][2] == "地　　点：教工之家"


def test_minutes_speak_the_language_that_is_asked_for(met: Run, tmp_path: Path) -> None:
    path = tmp_path / "minutes.docx"

    assert met("--lang", "en", "minutes", "latest", str(path), "--year", "2026")[0] == 0

    assert [paragraph.text for paragraph in Document(str(path)).paragraphs][2] == "Place: 教工之家"


@pytest.mark.parametrize(
    ("which", "name", "code", "told"),
    [
        ("2", "纪要.docx", 1, "第2次会议还没结束。请先结束会议，再生成纪要。\n"),
        ("7", "纪要.docx", 1, "没有第7次会议。请从会议列表里选。\n"),
        ("last", "纪要.docx", 2, "“last”不是会议次数。请填数字，或 latest。"),
        ("latest", "纪要.pdf", 2, "文件名须以 .docx 结尾。"),
    ],
)
def test_minutes_that_cannot_be_written_say_why(met: Run, tmp_path: Path, which: str, name: str, code: int, told: str) -> None:
    left, out, err = met("minutes", which, str(tmp_path / name))

    assert (left, out, told in err, (tmp_path / name).exists()) == (code, "", True, False)


def test_minutes_before_the_first_meeting_are_refused(adopted: Run, tmp_path: Path) -> None:
    assert adopted("minutes", "latest", str(tmp_path / "纪要.docx")) == (
        1,
        "",
        "还没有开完的会议，暂无纪要可写。请先开会，或结束正在开的会。\n",
    )


def test_minutes_without_a_plan_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("minutes", "latest", str(tmp_path / "纪要.docx"))[0] == 1


# --- audit-folder -----------------------------------------------------------------------------------------------------------------


def test_audit_folder_is_a_zip_whose_checksums_fit(run: Run, tmp_path: Path) -> None:
    run("demo", "--year", "2026")

    code, out, _ = run("audit-folder", "--year", "2026", "-o", str(tmp_path / "审计.zip"))

    assert (code, out) == (0, f"已写入 {tmp_path / '审计.zip'}\n")
    with zipfile.ZipFile(tmp_path / "审计.zip") as folder:
        sums = folder.read("SHA256SUMS").decode().splitlines()
        assert [line[:64] for line in sums] == [hashlib.sha256(folder.read(line[66:])).hexdigest() for line in sums]


def test_audit_folder_of_an_empty_book_is_refused(run: Run, tmp_path: Path) -> None:
    code, _, err = run("audit-folder", "--year", "2026", "-o", str(tmp_path / "a.zip"))

    assert (code, err) == (1, "2026年的账本还是空的，没有可导出的内容。请先记账，或换一个年度。\n")
    assert [path.name for path in tmp_path.glob("*.zip")] == []


def test_audit_folder_that_cannot_be_written_is_refused(run: Run, tmp_path: Path) -> None:
    run("receive", "--on", "2026-03-02", "--item", "dues", "--yuan", "5", "--purpose", "会费")
    place = tmp_path / "missing" / "a.zip"

    code, _, err = run("--lang", "en", "audit-folder", "--year", "2026", "-o", str(place))

    assert (code, err.split(" cannot")[0]) == (1, f"The file “{place}”")


def test_audit_folder_must_be_a_zip(run: Run, tmp_path: Path) -> None:
    assert run("audit-folder", "--year", "2026", "-o", str(tmp_path / "a.rar"))[0] == 2
