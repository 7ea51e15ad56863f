"""One look everywhere for whoever was visited: no page, search, export or log tells a name, nor an occasion with few cases.

A browser is sent more than it shows, so what is looked through is all that a run sends.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.conftest import TODAY
from tests.makers import NOW
from unionboard import db
from unionboard.models import CareVisit, Change
from unionboard.services import ledger, plans, summary, summary_drafts
from unionboard.services.care import OTHER_KIND, count_visits
from unionboard.services.occasions import list_occasions
from unionboard.services.summary import DraftId
from unionboard.ui.fund.care_register import write_care_register
from unionboard.ui.fund.exports import _write_budget, _write_folder, _write_ledger, _write_report
from unionboard.writing.summary_docx import write_summary_docx

OpenPage = Callable[..., AppTest]
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
PAGES = dict.fromkeys(("board", "plan", "timeline", "checkoffs", "summary"), "运动会") | {"settings": "会员", "meeting": "经费"}
"""Each with a word it does send, or looking would prove nothing."""
VIEWS = ("overview", "claims", "budget", "care", "rules", "close")


@pytest.fixture
def reading(demo: Engine) -> Iterator[Session]:
    """For looking."""
    with db.reading(demo) as session:
        yield session


def private_names(session: Session) -> list[str]:
    """Whoever the demo visited."""
    names = sorted(set(session.exec(select(CareVisit.recipient).where(CareVisit.recipient != ""))))
    assert len(names) > 5
    return names


def small_occasions(session: Session) -> list[str]:
    """What the occasions that are counted together are called."""
    told = {count.kind for count in count_visits(session, first=FIRST, last=LAST)}
    known = {count.kind for count in count_visits(session, first=FIRST, last=LAST, merge_small=False)}
    assert known - told
    return [list_occasions(session)[kind].zh for kind in known - told]


def found(words: list[str], text: str) -> list[str]:
    """Those of ``words`` that stand in ``text``, as letters or as JSON writes them."""
    return [word for word in words if word in text or json.dumps(word)[1:-1] in text]


def sent(at: AppTest) -> str:
    """All that a run sends to the browser."""
    return "".join(_sent(at._tree))


def _sent(block: Block) -> Iterator[str]:
    for node in block.children.values():
        if isinstance(node, Block):
            yield from _sent(node)
        proto = getattr(node, "proto", None)
        if proto is not None and hasattr(proto, "SerializeToString"):
            yield proto.SerializeToString().decode("utf-8", "ignore")


def covered_of(fields: dict[str, object]) -> list[object]:
    """What the log has for the private fields of a visit."""
    return [value for name, value in fields.items() if name in {"kind", "recipient", "goods", "visitors", "paper_seen"}]


def text_of(content: bytes) -> str:
    """All text of an office file or a zip of such, whatever is packed in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = [(name, file.read(name)) for name in file.namelist()]
    return "".join(
        name + (text_of(data) if zipfile.is_zipfile(io.BytesIO(data)) else data.decode("utf-8", "ignore")) for name, data in parts
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_page_sends_a_name(open_page: OpenPage, demo: Engine, reading: Session, page: str) -> None:
    at = open_page(page)

    assert found([PAGES[page]], sent(at)) == [PAGES[page]]
    assert found(private_names(reading), sent(at)) == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_of_the_fund_sends_a_name(open_page: OpenPage, demo: Engine, reading: Session, view: str) -> None:
    at = open_page("fund")
    at.query_params["view"] = view
    at.run()

    assert not at.exception
    assert found(private_names(reading), sent(at)) == []


def test_names_that_were_asked_for_are_sent_so_the_look_would_find_them(open_page: OpenPage, demo: Engine, reading: Session) -> None:
    at = open_page("fund")
    at.query_params["view"] = "care"
    at.session_state["acting_name"] = "陈立群"
    at.run()

    at.button(key="show_names").click().run()

    assert len(found(private_names(reading), sent(at))) > 5


@pytest.mark.parametrize("view", ["overview", "claims", "care", "close"])
def test_no_view_of_the_fund_sends_an_occasion_with_few_cases(open_page: OpenPage, demo: Engine, reading: Session, view: str) -> None:
    at = open_page("fund")
    at.query_params["view"] = view
    at.run()

    told = [row.purpose for row in ledger.list_entries(reading, 2026) if not row.is_visit]  # goods for retired teachers are no visit
    text = sent(at)
    for purpose in told:
        text = text.replace(purpose, "").replace(json.dumps(purpose)[1:-1], "")
    items = {"困难帮扶"}  # part of an item's name
    assert [word for word in found(small_occasions(reading), text) if word not in items] == []


def test_ledger_finds_no_visit_by_a_name_or_by_an_occasion_with_few_cases(reading: Session) -> None:
    names, few = private_names(reading), small_occasions(reading)

    assert [name for name in names if ledger.find_entries(reading, 2026, words=name).total] == []
    assert [word for word in few for entry in ledger.find_entries(reading, 2026, words=word).entries if entry.is_visit] == []
    assert [entry.purpose for entry in ledger.list_entries(reading, 2026) if found(few, entry.purpose) and entry.is_visit] == []


def test_change_log_keeps_no_name_and_of_visits_no_occasion(reading: Session) -> None:
    changes = reading.exec(select(Change)).all()

    log = "".join(json.dumps([change.before, change.after], ensure_ascii=False) for change in changes)
    assert found(private_names(reading), log) == []
    of_visits = [change for change in changes if change.noun == "care_visit"]
    assert of_visits
    told = [value for change in of_visits for fields in (change.before, change.after) for value in covered_of(fields or {})]
    assert set(told) == {"", "***"}


@pytest.mark.parametrize("write", [_write_ledger, _write_budget, _write_report, _write_folder, write_care_register])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_export_of_the_fund_holds_a_name(demo: Engine, reading: Session, write: Callable[[int, str], bytes], language: str) -> None:
    text = text_of(write(2026, language))

    assert len(text) > 1000
    assert found(private_names(reading), text) == []


def test_register_and_report_tell_no_occasion_with_few_cases(demo: Engine, reading: Session) -> None:
    few = small_occasions(reading)

    assert found(few, text_of(write_care_register(2026, "zh_CN"))) == []


def test_summary_holds_no_name(demo: Engine) -> None:
    with db.writing(demo) as session:
        plan = plans.plan_of_year(session, 2026)
        view = summary_drafts.write_draft(session, DraftId(plan.id or 0), as_of=TODAY, who="chair", now_utc=NOW)
        names = private_names(session)
        text = text_of(write_summary_docx(summary.build_document(view)))

    assert found(names, text) == []


def test_visits_told_together_are_never_fewer_than_three(reading: Session) -> None:
    counts = count_visits(reading, first=FIRST, last=LAST)

    assert [count.kind for count in counts if count.visits < 3] == []
    assert counts[-1].kind == OTHER_KIND
