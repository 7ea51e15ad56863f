"""The handover package on the command line."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from tests.conftest import Run
from unionboard import db
from unionboard.models import Change


@pytest.mark.usefixtures("demo")
def test_package_is_written_and_that_is_logged(run: Run, demo: Engine, tmp_path: Path) -> None:
    out = tmp_path / "移交.zip"

    assert run("handover", "2026", "-o", str(out)) == (0, f"已写入 {out}\n", "")

    with ZipFile(out) as package:
        assert sorted(package.namelist()) == ["README.txt", "index.html", "manifest.json", "summary-1.docx", "year-2026.xlsx"]
    with db.reading(demo) as session:
        assert [line.after for line in session.exec(select(Change).where(Change.noun == "export"))] == [
            {"what": "handover", "names": False}
        ]


def test_year_of_which_nothing_is_kept_is_refused_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "h.zip"

    assert run("handover", "2031", "-o", str(out)) == (1, "", "2031年既没有计划也没有账目，没有可移交的内容。请换一个年度。\n")
    assert not out.exists()


def test_file_that_is_no_zip_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("handover", "2026", "-o", str(tmp_path / "h.pdf"))[0] == 2
