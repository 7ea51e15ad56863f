"""Papers in the drawer and in the form: kept, seen, taken away, put back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.makers import NOW, make_activity, make_plan
from tests.photos import make_photo
from unionboard import db
from unionboard.models import Evidence, EvidenceKind
from unionboard.services import checkoffs, evidence

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "chair", "now_utc": NOW}
OpenPage = Callable[..., AppTest]
SPORTS, VISITS = 1, 2


@pytest.fixture(autouse=True)
def check_offs(engine: Engine) -> None:
    """Check-off 1 of a sports day, 2 of visits to people in hardship."""
    with db.writing(engine) as session:
        plan = make_plan(session)
        for area, title in (("CULT", "运动会"), ("CARE", "走访困难职工")):
            activity = make_activity(session, plan, title=title, area=area)
            checkoffs.check_off(session, activity.id or 0, done_on=TODAY, today=TODAY, **STAMP)


def add_photo(engine: Engine, data_dir: Path) -> int:
    with db.writing(engine) as session:
        file = evidence.keep_file(make_photo(), "合影.jpg", folder=data_dir / "evidence")
        return evidence.add_file(session, SPORTS, file, kind=None, **STAMP).id or 0


def list_papers(engine: Engine) -> list[Evidence]:
    with db.reading(engine) as session:
        return evidence.list_evidence(session, [SPORTS])


def open_drawer(open_page: OpenPage, activity_id: int = SPORTS) -> AppTest:
    return open_page("checkoffs", activity=str(activity_id))


def texts(at: AppTest) -> str:
    return "\n".join(text.value for text in at.markdown)


def test_done_activity_without_papers_takes_files_right_there(open_page: OpenPage, engine: Engine) -> None:
    at = open_drawer(open_page)

    at.file_uploader(f"photos_drawer_{SPORTS}_0").upload("签到表.pdf", b"%PDF-1.7 x").run()

    assert [(paper.name, paper.kind) for paper in list_papers(engine)] == [("签到表.pdf", EvidenceKind.SIGN_IN)]


def test_paper_is_taken_away_and_put_back(open_page: OpenPage, engine: Engine, data_dir: Path) -> None:
    paper_id = add_photo(engine, data_dir)
    at = open_drawer(open_page)
    at.button(f"open_paper_{paper_id}").click().run()

    at.button(f"remove_paper_{paper_id}").click().run()
    assert list_papers(engine) == []
    assert "已移除：合影" in texts(at)

    at.button(f"put_back_{paper_id}").click().run()
    assert [paper.id for paper in list_papers(engine)] == [paper_id]


def test_kind_of_a_paper_is_corrected_in_the_drawer(open_page: OpenPage, engine: Engine, data_dir: Path) -> None:
    paper_id = add_photo(engine, data_dir)
    at = open_drawer(open_page)
    at.button(f"open_paper_{paper_id}").click().run()

    at.selectbox(f"kind_of_{paper_id}").select(EvidenceKind.SIGN_IN).run()

    assert [paper.kind for paper in list_papers(engine)] == [EvidenceKind.SIGN_IN]


def test_photo_and_paper_can_be_downloaded_as_they_are_kept(open_page: OpenPage, engine: Engine, data_dir: Path) -> None:
    paper_id = add_photo(engine, data_dir)
    at = open_drawer(open_page)

    at.button(f"open_paper_{paper_id}").click().run()

    assert [button.label for button in at.download_button] == ["下载"]


@pytest.mark.parametrize(("activity_id", "warned"), [(SPORTS, False), (VISITS, True)])
def test_papers_of_care_are_better_seen_than_copied(open_page: OpenPage, activity_id: int, warned: bool) -> None:
    assert ("涉及病情、困难的材料请留在档案里" in texts(open_drawer(open_page, activity_id))) is warned
