"""What open pages ask each second."""

import pytest
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.makers import NOW, make_plan
from unionboard import db
from unionboard.models.changelog import Change, ChangeAction
from unionboard.services.changes import record_change
from unionboard.web.middleware import middleware
from unionboard.web.routes import routes

client = TestClient(Starlette(routes=routes, middleware=middleware), base_url="http://localhost:8501", client=("127.0.0.1", 50000))


@pytest.mark.usefixtures("engine")
def test_pulse_stays_while_nothing_changes() -> None:
    assert client.get("/pulse").text == client.get("/pulse").text


def test_pulse_moves_with_a_change(engine: Engine) -> None:
    before = client.get("/pulse").text

    with db.writing(engine) as session:
        record_change(session, make_plan(session), action=ChangeAction.CREATE, who="chair", now_utc=NOW)

    assert client.get("/pulse").text != before


@pytest.mark.usefixtures("engine")
def test_pulse_is_never_kept_by_a_browser() -> None:
    assert client.get("/pulse").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("action", [ChangeAction.SIGN_IN, ChangeAction.SIGN_OUT, ChangeAction.UNLOCK, ChangeAction.EXPORT])
def test_pulse_stays_when_somebody_comes_or_looks(engine: Engine, action: ChangeAction) -> None:
    before = client.get("/pulse").text

    with db.writing(engine) as session:
        session.add(Change(at_utc=NOW, who="chair", action=action.value, noun="account", row_id=1))

    assert client.get("/pulse").text == before
