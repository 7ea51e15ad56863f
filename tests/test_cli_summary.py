"""The summary on the command line, read by somebody who has only its JSON and the database file."""

import json
import re
import sqlite3
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import Run
from tests.makers import NOW
from unionboard import db
from unionboard.config import PROJECT_DIR
from unionboard.models import SummaryDraft
from unionboard.services.summary import DraftId, read_draft
from unionboard.services.summary_editing import save_block
from unionboard.services.summary_final import finalise

Figure = dict[str, Any]
SAMPLE = str(PROJECT_DIR / "data" / "samples" / "plan-2026.txt")
PLAN = """2026年工会工作计划
一、丰富文体生活
活动安排：
三月：
1、庆祝三八节
五月：
1、趣味运动会
"""
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}


@pytest.fixture
def adopted(run: Run, tmp_path: Path) -> Run:
    """``run`` on a database that holds PLAN as the plan of 2026; 趣味运动会 is activity 2, held on 8 May with 43 people."""
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert run("import", str(path), "--year", "2026")[0] == 0
    assert run("check-off", "2", "--on", "2026-05-08", "--participants", "43")[0] == 0
    return run


def told(run: Run, *options: str) -> dict[str, Any]:
    """What ``summary --json`` says."""
    code, out, err = run("summary", "--year", "2026", "--json", *options)
    assert (code, err) == (0, "")
    summary: dict[str, Any] = json.loads(out)
    return summary


def sentences_of(summary: dict[str, Any]) -> list[dict[str, Any]]:
    return [sentence for section in summary["sections"] for sentence in section["sentences"]]


def edit(engine: Engine, key: str, text: str) -> None:
    """Somebody's own words for a block of the full draft."""
    with db.writing(engine) as session:
        block = next(block for block in read_draft(session, DraftId(1)).blocks if block.key == key)
        save_block(session, DraftId(1), key, text=text, version=block.version, **STAMP)


# --- the agreed shape ----------------------------------------------------------------------------------------------------------


def test_json_has_the_agreed_shape(adopted: Run) -> None:
    summary = told(adopted)
    sentence = next(one for one in sentences_of(summary) if "趣味运动会" in one["text"])

    assert list(summary) == ["title", "as_of", "form", "span", "language", "sections", "gaps", "lints"]
    assert {key: summary[key] for key in ("as_of", "form", "span", "language")} == {
        "as_of": "2026-11-21",
        "form": "full",
        "span": "plan",
        "language": "zh_CN",
    }
    assert {tuple(section) for section in summary["sections"]} == {("key", "heading", "sentences")}
    assert list(sentence) == ["text", "sources", "figures"]
    assert {"kind": "check_off", "id": 1} in sentence["sources"]
    assert next(figure for figure in sentence["figures"] if figure["value"] == 43) == {
        "value": 43,
        "unit": "person",
        "from": {"rule": "field", "field": "check_off.participants", "sources": [{"kind": "check_off", "id": 1}], "parts": []},
    }


def test_json_begins_with_the_lead_and_ends_with_the_signature_both_without_a_heading(adopted: Run) -> None:
    summary = told(adopted)

    assert [(section["key"], section["heading"]) for section in (summary["sections"][0], summary["sections"][-1])] == [
        ("lead", ""),
        ("signature", ""),
    ]
    assert summary["sections"][1]["heading"] == "一、丰富文体生活"


def test_json_lists_what_only_people_know(adopted: Run) -> None:
    summary = told(adopted)
    words = "".join(sentence["text"] for sentence in sentences_of(summary))

    assert [gap["text"] for gap in summary["gaps"]] == re.findall("【待补充：[^】]*】", words)
    assert {gap["section"] for gap in summary["gaps"]} <= {section["key"] for section in summary["sections"]}


def test_json_lists_what_a_checker_complains_of(adopted: Run, engine: Engine) -> None:
    told(adopted)
    edit(engine, "lead", "会员47人参加了趣味运动会。")

    lint = next(lint for lint in told(adopted)["lints"] if lint["code"] == "number_without_record")

    assert lint == {
        "code": "number_without_record",
        "section": "lead",
        "sentence": "会员47人参加了趣味运动会。",
        "why": lint["why"],
        "mend": lint["mend"],
    }
    assert "47" in lint["why"]


def test_a_sentence_of_somebodys_own_rests_on_the_figures_found_in_it(adopted: Run, engine: Engine) -> None:
    section = next(section["key"] for section in told(adopted)["sections"] if section["heading"])
    edit(engine, section, "趣味运动会办得热闹，来了43人。")

    sentence = next(one for one in sentences_of(told(adopted)) if "热闹" in one["text"])

    assert ([figure["value"] for figure in sentence["figures"]], sentence["sources"]) == ([43], [{"kind": "check_off", "id": 1}])


# --- everything recomputed from the database file -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("form", ["full", "congress", "brief", "combined"])
def test_every_figure_recomputes_and_every_digit_has_a_source(run: Run, demo: Engine, data_dir: Path, form: str, language: str) -> None:
    summary = told(run, "--form", form, "--lang", language)
    with sqlite3.connect(data_dir / "unionboard.sqlite3") as book:
        figures = [figure for one in sentences_of(summary) for figure in one["figures"]]
        wrong = [figure for figure in figures if recompute(figure, book, summary) != figure["value"]]
    bare = [one["text"] for one in sentences_of(summary) if re.search(r"\d", one["text"]) and not one["sources"]]

    assert (wrong, bare) == ([], [])


def recompute(figure: Figure, book: sqlite3.Connection, summary: dict[str, Any]) -> object:
    """The value of a figure by its rule, out of the tables alone."""
    rule, field, sources = (figure["from"][name] for name in ("rule", "field", "sources"))
    parts: list[Any] = [recompute(part, book, summary) for part in figure["from"]["parts"]]
    match rule:
        case "count":
            return len({(source["kind"], source["id"]) for source in sources if row_of(book, source)})
        case "sum":
            return sum(value_of(book, source, field) for source in sources)
        case "field":
            return summary["as_of"] if field == "summary_draft.as_of" else value_of(book, sources[0], field)
        case "text":
            return figure["value"] if str(figure["value"]) in str(value_of(book, sources[0], field)) else None
        case "total":
            return sum(parts)
        case "difference":
            return parts[0] - sum(parts[1:])
        case "product":
            return parts[0] * parts[1]
        case "rate":
            exact = Decimal(parts[0]) * 100 / Decimal(parts[1])
            share = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
            return float(exact.quantize(Decimal("0.1"), ROUND_DOWN) if share == 100 != exact else share)
    raise AssertionError(rule)


def row_of(book: sqlite3.Connection, source: dict[str, Any]) -> dict[str, Any]:
    """A record, as it lies in its table."""
    key = "year" if source["kind"] == "fund_year" else "id"
    cursor = book.execute(f'SELECT * FROM "{source["kind"]}" WHERE {key} = ?', [source["id"]])
    row = cursor.fetchone()
    return dict(zip([column[0] for column in cursor.description], row, strict=True)) if row else {}


def value_of(book: sqlite3.Connection, source: dict[str, Any], field: str) -> Any:
    """The first column of ``field`` that says something; a correction of the ledger counts negative."""
    row = row_of(book, source)
    for column in field.split("|"):
        _table, name, *key = column.split(".")
        value = row[name]
        if name == "figures":
            value = json.loads(value).get(key[0])
        elif source["kind"] == "budget_amendment":
            value = sum(line["delta_fen"] for line in json.loads(value) if line["item"] == key[0])
        elif source["kind"] == "fund_entry" and row["reverses_id"]:
            value = -value
        if value:
            return value
    return None


# --- options ---------------------------------------------------------------------------------------------------------------------


def test_as_of_a_day_knows_nothing_later(adopted: Run) -> None:
    summary = told(adopted, "--as-of", "2026-05-07")

    assert summary["as_of"] == "2026-05-07"
    assert [one["text"] for one in sentences_of(summary) if "43" in one["text"]] == []


def test_as_of_a_day_before_the_first_is_refused(adopted: Run) -> None:
    assert adopted("--lang", "en", "summary", "--year", "2026", "--as-of", "2025-12-31") == (
        1,
        "",
        "2025-12-31 is before the first day this summary tells of, 2026-01-01. Check the date.\n",
    )


def test_school_year_begins_in_september(adopted: Run) -> None:
    assert told(adopted, "--span", "school", "--as-of", "2025-09-01")["span"] == "school_year"
    assert adopted("summary", "--year", "2026", "--span", "school", "--as-of", "2025-08-31")[0] == 1


def test_the_summary_has_a_language_of_its_own(adopted: Run) -> None:
    assert told(adopted, "--lang", "en")["title"] == "[to be added: name of the union]: annual report for 2026"
    assert (told(adopted)["language"], adopted("--lang", "en", "summary", "--year", "2026")[1].split()[-1]) == ("zh_CN", "2026")


def test_each_form_and_language_is_a_draft_of_its_own(adopted: Run) -> None:
    for options in (["--form", "brief"], ["--form", "full"], ["--lang", "en"], ["--lang", "en"]):
        told(adopted, *options)

    with db.reading() as session:
        assert sorted((row.form, row.language) for row in session.exec(select(SummaryDraft))) == [
            ("brief", "zh_CN"),
            ("full", "en"),
            ("full", "zh_CN"),
        ]


def test_a_finalised_summary_is_told_as_it_is_and_not_written_for_another_day(adopted: Run, engine: Engine) -> None:
    told(adopted)
    with db.writing(engine) as session:
        finalise(session, DraftId(1), version=read_draft(session, DraftId(1)).version, **STAMP)
    adopted("check-off", "1", "--on", "2026-03-06", "--participants", "39")

    assert [one["text"] for one in sentences_of(told(adopted)) if "39" in one["text"]] == []
    assert adopted("summary", "--year", "2026", "--as-of", "2026-11-20")[0] == 1


# --- files -----------------------------------------------------------------------------------------------------------------------


def test_without_a_file_it_is_printed_as_markdown(adopted: Run) -> None:
    assert adopted("summary", "--year", "2026")[1].startswith("# ")


@pytest.mark.parametrize(("name", "beginning"), [("总结.docx", b"PK"), ("总结.md", b"# "), ("统计表.xlsx", b"PK")])
def test_file_is_of_the_kind_its_name_says(adopted: Run, tmp_path: Path, name: str, beginning: bytes) -> None:
    path = tmp_path / name

    assert adopted("summary", "--year", "2026", "-o", str(path))[:2] == (0, f"已写入 {path}\n")
    assert path.read_bytes()[:2] == beginning


def test_annexes_and_sources_are_attached_on_wish(adopted: Run, tmp_path: Path) -> None:
    sizes = []
    for options in ([], ["--annexes"], ["--annexes", "--sources"]):
        adopted("summary", "--year", "2026", "-o", str(tmp_path / "a.docx"), *options)
        sizes.append(len(Document(str(tmp_path / "a.docx")).tables))

    assert sizes[0] < sizes[1] < sizes[2]


def test_own_template_is_filled_in(adopted: Run, tmp_path: Path) -> None:
    page = Document()
    page.add_paragraph("自用模板：{{ title }}")
    page.add_paragraph("{{ 正文 }}")
    page.save(str(tmp_path / "own.docx"))

    adopted("summary", "--year", "2026", "--template", str(tmp_path / "own.docx"), "-o", str(tmp_path / "a.docx"))

    assert Document(str(tmp_path / "a.docx")).paragraphs[0].text == "自用模板：工会2026年工作总结"


def test_table_for_the_upper_union_holds_figures_and_stores_no_draft(adopted: Run, tmp_path: Path) -> None:
    adopted("summary", "--year", "2026", "-o", str(tmp_path / "a.xlsx"))

    rows = list(load_workbook(tmp_path / "a.xlsx").worksheets[0].iter_rows(values_only=True))
    assert next(row[1:4] for row in rows if row[6] == "person_times") == ("参加人次", "人次", 43)
    with db.reading() as session:
        assert session.exec(select(SummaryDraft)).all() == []


@pytest.mark.parametrize("options", [["-o", "a.odt"], ["-o", "a.md", "--template", SAMPLE], ["--template", SAMPLE], ["--form", "long"]])
def test_what_cannot_be_meant_is_wrong_usage(adopted: Run, options: list[str]) -> None:
    assert adopted("summary", "--year", "2026", *options)[0] == 2


def test_into_a_folder_that_is_not_there_is_refused_and_leaves_no_draft(adopted: Run, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "a.md"

    assert adopted("--lang", "en", "summary", "--year", "2026", "-o", str(path))[::2] == (
        1,
        f"The file “{path}” cannot be written. Choose another folder or close the program that has it open.\n",
    )
    with db.reading() as session:
        assert session.exec(select(SummaryDraft)).all() == []


def test_what_may_be_private_goes_nowhere_until_somebody_decides(adopted: Run, engine: Engine, tmp_path: Path) -> None:
    told(adopted)
    edit(engine, "lead", "看望了患肺癌住院的李秀英老师。")
    path = tmp_path / "a.docx"

    assert (adopted("summary", "--year", "2026", "-o", str(path))[0], path.exists()) == (1, False)
    assert adopted("summary", "--year", "2026")[:2] == (1, "")
    assert "李秀英" not in adopted("summary", "--year", "2026", "--json")[1]
