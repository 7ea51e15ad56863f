"""An address beside the pages that breaks: one page in the visitor's language, with the code that stands in the log."""

import json
import sqlite3
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from unionboard.errors.database import DatabaseDamaged
from unionboard.web.breakdown import exception_handlers

NAME = "何敏"


@pytest.fixture
def visitor(data_dir: Path) -> TestClient:
    """Of a server with two broken addresses."""

    def fail(_request: Request) -> Response:
        raise ValueError(NAME)

    def meet_damage(_request: Request) -> Response:
        raise DatabaseDamaged(place="/home/union") from sqlite3.DatabaseError(NAME)

    routes = [Route("/broken", fail), Route("/damaged", meet_damage)]
    return TestClient(Starlette(routes=routes, exception_handlers=exception_handlers), raise_server_exceptions=False)


def _told(data_dir: Path) -> str:
    return (data_dir / "unionboard.log").read_text(encoding="utf-8")


def test_page_tells_the_code_that_stands_in_the_log(visitor: TestClient, data_dir: Path) -> None:
    answer = visitor.get("/broken", headers={"accept-language": "zh-CN"})

    line = json.loads(_told(data_dir))
    assert answer.status_code == 500
    assert f"请把代码 {line['code']} 告诉维护的人" in answer.text
    assert line["where"] == "/broken"


def test_page_speaks_the_visitors_language(visitor: TestClient) -> None:
    assert "This page could not be shown" in visitor.get("/broken", headers={"accept-language": "en"}).text


def test_neither_page_nor_log_tells_what_the_error_said(visitor: TestClient, data_dir: Path) -> None:
    answer = visitor.get("/broken")

    assert (NAME in answer.text, NAME in _told(data_dir)) == (False, False)


def test_data_that_cannot_be_opened_are_told_without_their_place(visitor: TestClient, data_dir: Path) -> None:
    answer = visitor.get("/damaged")

    assert (answer.status_code, "数据打不开" in answer.text) == (503, True)
    assert "/home/union" not in answer.text + _told(data_dir)


def test_page_of_an_error_runs_nothing(visitor: TestClient) -> None:
    assert visitor.get("/broken").headers["content-security-policy"].startswith("default-src 'none'")
