"""The log: a code for what went wrong, and nothing of what people typed."""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from streamlit.testing.v1 import AppTest

from unionboard import db, log
from unionboard.errors.entries import FileNotFound

NAME = "何敏病重住院"


def _lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "unionboard.log").read_text(encoding="utf-8").splitlines()]


def _fail(act: Callable[[], object]) -> Exception:
    try:
        act()
    except Exception as error:
        return error
    raise AssertionError


def test_line_says_what_and_where_under_the_code_that_was_shown(data_dir: Path) -> None:
    error = _fail(lambda: dict[str, str]()[NAME])

    code = log.record(error, where="page")

    (line,) = _lines(data_dir)
    assert (line["code"], line["where"]) == (code, "page")
    assert [one["class"] for one in line["errors"]] == ["builtins.KeyError"]
    assert [place.partition(":")[0] for place in line["errors"][0]["place"]] == ["tests/test_log.py", "tests/test_log.py"]


def test_code_can_be_read_out_over_the_telephone(data_dir: Path) -> None:
    codes = {log.record(ValueError()) for _ in range(50)}

    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) & set("01IOilo") == set()
    assert len(codes) == 50


def test_words_of_an_exception_are_not_written_down(data_dir: Path) -> None:
    def fail() -> None:
        try:
            raise ValueError(NAME)
        except ValueError as error:
            raise RuntimeError(f"{NAME}, 1,000 元") from error

    log.record(_fail(fail))

    assert [one["class"] for one in _lines(data_dir)[0]["errors"]] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert NAME not in (data_dir / "unionboard.log").read_text(encoding="utf-8")


def test_what_was_to_be_stored_is_not_written_down(engine: Engine, data_dir: Path) -> None:
    def store() -> None:
        with db.writing() as session:
            session.execute(text("INSERT INTO fund_entry (purpose, amount_fen) VALUES (:purpose, 123456)"), {"purpose": NAME})

    log.record(_fail(store))

    told = (data_dir / "unionboard.log").read_text(encoding="utf-8")
    assert (NAME in told, "123456" in told) == (False, False)
    assert [one.get("name") for one in _lines(data_dir)[0]["errors"]] == [None, "SQLITE_CONSTRAINT_NOTNULL"]


def test_refusal_is_told_by_its_sentence_without_its_facts(data_dir: Path) -> None:
    log.record(FileNotFound(path=f"/home/{NAME}.docx"))

    assert _lines(data_dir)[0]["errors"][0]["sentence"] == "There is no file “{path}”. Check the path and the name."
    assert NAME not in (data_dir / "unionboard.log").read_text(encoding="utf-8")


def test_log_keeps_five_files_and_no_more(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 1_000)

    for _ in range(40):
        log.record(ValueError())

    kept = sorted(path.name for path in data_dir.glob("unionboard.log*"))
    assert kept == ["unionboard.log", *(f"unionboard.log.{number}" for number in range(1, 5))]
    assert max(path.stat().st_size for path in data_dir.glob("unionboard.log*")) <= 1_000


def test_log_that_cannot_be_written_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unionboard.log").mkdir()
    monkeypatch.setenv("UNIONBOARD_DATA_DIR", str(tmp_path))

    assert len(log.record(ValueError(NAME))) == 8
    assert capsys.readouterr() == ("", "")


def test_console_holds_no_words_of_exceptions_either(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("uvicorn.error")
    log.keep_words_out()
    try:
        logger.error("Exception in ASGI application", exc_info=_fail(lambda: dict[str, str]()[NAME]))
    finally:
        logger.filters.clear()

    assert NAME not in caplog.text
    assert "builtins.KeyError at tests/test_log.py" in caplog.text


def test_page_that_breaks_shows_the_code_and_nothing_else(engine: Engine, data_dir: Path) -> None:
    def script() -> None:
        from unionboard.ui.breakdown import tell_breakdown

        tell_breakdown(ValueError("何敏病重住院"))

    at = AppTest.from_function(script).run()

    (line,) = _lines(data_dir)
    assert [error.value for error in at.error] == [
        f"这一页没能显示出来。已保存的内容都在，请刷新页面；如果再次出现，请把代码 **{line['code']}** 告诉维护的人。"
    ]
