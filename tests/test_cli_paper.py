"""Papers on the command line: each written, every one on record, what would be empty or cannot be told refused."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import Run
from tests.makers import NOW, make_plan
from unionboard import db
from unionboard.config import read_config
from unionboard.models import Change, TemplateKind
from unionboard.services.summary_templates import store_template
from unionboard.writing.papers.making import write_form

Open = Callable[[Path], list[str]]


def first_words(path: Path) -> str:
    """What a paper is called."""
    if path.suffix == ".xlsx":
        return str(load_workbook(path).worksheets[0]["A1"].value)
    return Document(BytesIO(path.read_bytes())).paragraphs[0].text


def exports(engine: Engine) -> list[tuple[str, bool]]:
    with db.reading(engine) as session:
        rows = session.exec(select(Change).where(Change.noun == "export")).all()
    return [(str((row.after or {})["what"]), bool((row.after or {})["names"])) for row in rows]


@pytest.mark.parametrize(
    ("arguments", "name", "title", "noted"),
    [
        (("notice", "--month", "2026-05"), "p.docx", "2026年5月工会活动安排", ("notice", False)),
        (("sign-in",), "p.xlsx", "青松小学工会签到表", ("sign_in", False)),
        (("sign-in", "--meeting"), "p.docx", "青松小学工会\n签到表", ("sign_in", False)),
        (("visit",), "p.docx", "青松小学工会\n慰问审批表", ("visit_form", False)),
        (("visit", "--visit", "1", "--with-names"), "p.docx", "青松小学工会\n慰问审批表", ("visit_form", True)),
        (
            ("disclosure", "--year", "2026", "--period", "Q3"),
            "p.docx",
            "青松小学工会\n2026年第三季度会费收缴与经费收支公示",
            ("disclosure", False),
        ),
        (("certificates", "--year", "2026"), "p.xlsx", "青松小学工会2026年荣誉名单", ("certificates", False)),
        (("certificates", "--year", "2026", "--one-each"), "p.docx", "荣誉证书", ("certificates", False)),
    ],
)
def test_paper_is_written_and_noted(
    demo: Engine, run: Run, tmp_path: Path, arguments: tuple[str, ...], name: str, title: str, noted: tuple[str, bool]
) -> None:
    out = tmp_path / name

    assert run("paper", *arguments, "-o", str(out)) == (0, f"已写入 {out}\n", "")

    assert first_words(out) == title
    assert exports(demo)[-1] == noted


def test_paper_on_the_unions_own_form_is_of_its_kind_of_file(demo: Engine, run: Run, tmp_path: Path) -> None:
    form = write_form(TemplateKind.SIGN_IN, "zh_CN", ".xlsx")
    with db.writing(demo) as session:
        store_template(
            session,
            form,
            "表.xlsx",
            kind=TemplateKind.SIGN_IN,
            suffix=".xlsx",
            folder=read_config().form_dir,
            who="chair",
            now_utc=NOW,
        )

    code, _out, err = run("paper", "sign-in", "--own-form", "-o", str(tmp_path / "p.docx"))
    assert (code, ".xlsx" in err) == (2, True)
    assert run("paper", "sign-in", "--own-form", "-o", str(tmp_path / "p.xlsx"))[0] == 0
    assert first_words(tmp_path / "p.xlsx") == "青松小学工会签到表"


def test_what_would_be_empty_is_refused(engine: Engine, run: Run, tmp_path: Path) -> None:
    with db.writing(engine) as session:
        make_plan(session)
    out = str(tmp_path / "p.docx")

    assert run("paper", "certificates", "--year", "2026", "-o", out) == (
        1,
        "",
        "没有可打印的内容：2026年还没有登记荣誉。请在办结时的“更多”里填写。\n",
    )
    assert run("paper", "disclosure", "--year", "2026", "-o", out)[0] == 1
    assert run("paper", "notice", "--month", "5月", "-o", out)[0] == 1
    assert exports(engine) == []
