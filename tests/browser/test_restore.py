"""Going back to a backup, as the chair does it: in settings, while the program runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from sqlmodel import Session, col, select

from tests.browser.conftest import wait_settled
from tests.browser.desk import keyed
from tests.makers import NOW
from unionboard import db
from unionboard.models import Member
from unionboard.models.changelog import ChangeAction
from unionboard.services.backups import Sources, make_backup
from unionboard.services.changes import record_change

pytestmark = pytest.mark.browser


def test_chair_goes_back_to_a_backup(context: BrowserContext, serve: Callable[..., str], served_dir: Path) -> None:
    address = serve("demo")
    engine = db.open_engine(f"sqlite:///{served_dir / 'unionboard.sqlite3'}")
    backup = make_backup(
        engine,
        folder=served_dir / "backups",
        label="by-hand",
        now_utc=NOW,
        sources=Sources(served_dir / "evidence", served_dir / "forms"),
    )
    with db.writing(engine) as session:
        added = Member(name="方小满", duty="委员")
        session.add(added)
        record_change(session, added, action=ChangeAction.CREATE, who="chair", now_utc=NOW)
    page = context.new_page()
    page.goto(f"{address}/settings?tab=safety")
    wait_settled(page)

    keyed(page, f"restore_{backup.path.stem}").get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="恢复", exact=True).click()

    expect(page.get_by_text("已恢复，现在是备份里的数据。")).to_be_visible()
    with Session(engine) as session:
        assert session.exec(select(Member.id).where(col(Member.name) == "方小满")).all() == []
    engine.dispose()
