"""The audit folder of a year: everything the auditors ask for, and nobody's name who was visited."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlmodel import Session, select

from tests.makers import NOW
from unionboard import db
from unionboard.models import CareVisit, CeilingFinding, CeilingLevel, CeilingShape, Change, Claim, Direction, FundEntry, Handout, PaperKind
from unionboard.services import care, evidence, fund, fund_papers, private_names
from unionboard.services.audit_folder import AuditFacts, gather_audit, read_paper
from unionboard.services.evidence import StoredFile
from unionboard.writing.audit_folder import write_audit_folder

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
VISITED = "许文博"
INVOICE, ROSTER, LETTER = "发票　奖品一批".encode(), "签领：何敏、吴佳".encode(), f"感谢信：{VISITED}".encode()
"""A public file, a private one, and one that nobody marked as private and that names somebody who was visited."""


@dataclass(frozen=True)
class Folder:
    """An audit folder that was written, with the database it was written from."""

    session: Session
    facts: AuditFacts
    content: bytes

    @property
    def parts(self) -> dict[str, bytes]:
        with ZipFile(BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def write(session: Session, papers: Path, *, language: str = "zh_CN") -> Folder:
    facts, buffer = gather_audit(session, 2026, as_of=TODAY, language=language), BytesIO()
    write_audit_folder(facts, buffer, language=language, read_file=partial(read_paper, folder=papers))
    return Folder(session, facts, buffer.getvalue())


def keep(content: bytes, name: str, papers: Path) -> StoredFile:
    return evidence.keep_file(content, name, folder=papers)


def claim_of(session: Session, purpose: str) -> int:
    return session.exec(select(Claim.id).where(Claim.purpose == purpose)).one() or 0


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evidence")


@pytest.fixture(scope="module")
def year(demo_file: Path, papers: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The demo year with three files, a name that slipped into a purpose, and names that were looked at; for tests that only look."""
    path = shutil.copy(demo_file, tmp_path_factory.mktemp("audit") / "audit.sqlite3")
    engine = db.open_engine(f"sqlite:///{path}")
    with db.writing(engine) as session:
        _tell_year(session, papers)
        yield session
    engine.dispose()


def _tell_year(session: Session, papers: Path) -> None:
    prizes = claim_of(session, "秋季趣味运动会奖品")
    fund_papers.add_file(session, keep(INVOICE, "发票.txt", papers), kind=PaperKind.INVOICE, claim_id=prizes, **STAMP)
    fund_papers.add_file(session, keep(LETTER, "感谢信.txt", papers), kind=PaperKind.OTHER, claim_id=prizes, **STAMP)
    handout = session.exec(select(Handout.id).where(Handout.title == "中秋节慰问品")).one() or 0
    roster = keep(ROSTER, "签领表.txt", papers)
    fund_papers.add_file(session, roster, kind=PaperKind.SIGN_OFF, handout_id=handout, is_private=True, **STAMP)
    told: dict[str, Any] = {"item": "meetings", "amount_fen": 12_00, "purpose": f"给{VISITED}补课的资料", "payee": VISITED, "today": TODAY}
    fund.book_entry(session, booked_on=date(2026, 11, 20), direction=Direction.OUT, **told, **STAMP)
    private_names.reveal(session, [1, 2], who="陈立群", now_utc=NOW)


@pytest.fixture(scope="module")
def folder(year: Session, papers: Path) -> Folder:
    return write(year, papers)


def texts_of(parts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every part, and the parts of those that are archives themselves."""
    for name, content in parts.items():
        yield name, content
        if content[:2] == b"PK":
            with ZipFile(BytesIO(content)) as package:
                for inner in package.namelist():
                    yield f"{name}/{inner}", package.read(inner)


def rows(content: bytes, sheet: int = 0) -> list[tuple[Any, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[sheet].iter_rows(min_row=4, values_only=True))


# --- what is in it ----------------------------------------------------------------------------------------------------------------


def test_folder_holds_books_report_approvals_and_indexes(folder: Folder) -> None:
    assert [name for name in folder.parts if "/" not in name] == [
        "经费台账-2026.xlsx",
        "经费预算表-2026.xlsx",
        "经费收支报告-2026.docx",
        "报销与审批-2026.xlsx",
        "标准与提示-2026.xlsx",
        "预算调整与结账-2026.xlsx",
        "变更记录-2026.xlsx",
        "index.xlsx",
        "index.html",
        "SHA256SUMS",
    ]


def test_checksums_fit_every_other_file(folder: Folder) -> None:
    lines = folder.parts["SHA256SUMS"].decode().splitlines()
    named = {line[66:]: line[:64] for line in lines}

    assert named == {name: hashlib.sha256(content).hexdigest() for name, content in folder.parts.items() if name != "SHA256SUMS"}
    assert {line[64:66] for line in lines} == {"  "}


def test_ledger_ends_with_what_the_book_has_left(folder: Folder) -> None:
    total = rows(folder.parts["经费台账-2026.xlsx"])[-1]

    assert round(total[6] * 100) == fund.read_book(folder.session, 2026, as_of=TODAY).balance_fen


def test_claims_name_handler_approver_and_cashier(folder: Folder) -> None:
    paid = next(row for row in rows(folder.parts["报销与审批-2026.xlsx"]) if row[3] == "教工社团器材（更正）")

    assert (paid[1], paid[8], paid[10], paid[13], paid[15]) == ("已归档", "沈一鸣", "陈立群", "罗文静", "吴佳")


def test_finding_over_a_ceiling_stands_with_rule_sums_and_reason(folder: Folder) -> None:
    found = next(row for row in rows(folder.parts["标准与提示-2026.xlsx"]) if row[2] == "春节慰问品")

    assert found[1:9] == (
        "005",
        "春节慰问品",
        "每个节日每人",
        "超出",
        110,
        120,
        None,
        "春节为全年主要慰问，1月14日工会委员会会议同意按每人120元",
    )


def test_finding_about_a_budget_names_the_item(folder: Folder) -> None:
    found = [row[3] for row in rows(folder.parts["标准与提示-2026.xlsx"]) if row[2] == "报销单14"]

    assert found == ["科目预算 · 职工互助保障"]


def test_closed_months_stand_with_the_banks_figure(folder: Folder) -> None:
    closed = rows(folder.parts["预算调整与结账-2026.xlsx"], 1)

    assert [row[0] for row in closed] == [f"2026-{month:02d}" for month in range(1, 4)]
    assert {row[5] for row in closed} == {0}


def test_change_log_tells_who_looked_at_names(folder: Folder) -> None:
    looked = [row for row in rows(folder.parts["变更记录-2026.xlsx"]) if row[4] == "查看姓名"]

    assert [row[1:4] for row in looked] == [("陈立群", "慰问", None)] * 2


def test_paper_lies_under_the_voucher_it_belongs_to(folder: Folder) -> None:
    voucher = folder.session.exec(
        select(FundEntry.voucher).where(FundEntry.claim_id == claim_of(folder.session, "秋季趣味运动会奖品"))
    ).one()

    assert {name: content for name, content in folder.parts.items() if "/" in name} == {
        next(name for name in folder.parts if name.startswith(f"票据/{voucher:03d}/") and name.endswith("-发票.txt")): INVOICE
    }


def test_page_links_only_to_files_that_are_there(folder: Folder) -> None:
    page = folder.parts["index.html"].decode()

    links = {unquote(link) for link in re.findall('href="([^"]+)"', page)}
    assert links == set(folder.parts) - {"index.xlsx", "index.html", "SHA256SUMS"}
    assert re.findall(r"https?://|<script|<link|src=", page) == []


def test_user_text_in_the_page_is_no_markup(session: Session, papers: Path) -> None:
    fund.book_entry(
        session,
        booked_on=date(2026, 3, 2),
        direction=Direction.OUT,
        item="meetings",
        amount_fen=1_00,
        purpose="<b>会议</b> & 茶",
        today=TODAY,
        **STAMP,
    )

    assert "<td>&lt;b&gt;会议&lt;/b&gt; &amp; 茶</td>" in write(session, papers).parts["index.html"].decode()


def test_english_folder_speaks_english(year: Session, papers: Path) -> None:
    parts = write(year, papers, language="en").parts

    assert [name for name in parts if "/" not in name][:3] == ["fund-ledger-2026.xlsx", "fund-budget-2026.xlsx", "fund-report-2026.docx"]
    assert '<html lang="en">' in parts["index.html"].decode()


# --- what is not in it ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nobody_who_was_visited_is_named_in_any_byte(year: Session, papers: Path, language: str) -> None:
    names = {name for name in year.exec(select(CareVisit.recipient)) if name}
    needles = {name.encode(encoding): name for name in names for encoding in ("utf-8", "gb18030", "utf-16-le")}

    told = [
        (part, needles[needle])
        for part, text in texts_of(write(year, papers, language=language).parts)
        for needle in needles
        if needle in text
    ]

    assert len(names) > 10
    assert told == []


def test_private_papers_are_left_out_and_listed(folder: Folder) -> None:
    left_out = [row for row in rows(folder.parts["index.xlsx"], 1) if str(row[5]).startswith("否：涉及个人")]

    assert [text for _, text in texts_of(folder.parts) if ROSTER in text or LETTER in text] == []
    assert {(row[3], row[4], row[6]) for row in left_out} >= {("签领表", None, None), ("其他", None, None)}


def test_purpose_that_names_somebody_says_a_member(folder: Folder) -> None:
    line = rows(folder.parts["经费台账-2026.xlsx"])[-2]

    assert (line[2], line[10]) == ("给某会员补课的资料", "许** · 工会经费")


def test_changes_of_visits_tell_no_details(folder: Folder) -> None:
    told = {row[5] for row in rows(folder.parts["变更记录-2026.xlsx"]) if row[2] == "慰问"}

    assert told == {None}


def test_findings_about_visits_tell_no_rule(session: Session, papers: Path) -> None:
    visit = care.record_visit(session, visited_on=date(2026, 3, 2), kind="hospital", amount_fen=900_00, today=TODAY, **STAMP)
    told: dict[str, Any] = {"rule_name": "住院慰问每人每次", "limit": 800_00, "used": 900_00, "reason": "两次住院", "who": "吴佳"}
    shape, level = CeilingShape.PERSON_OCCASION, CeilingLevel.OVER
    session.add(CeilingFinding(shape=shape, level=level, care_visit_id=visit.id, created_at_utc=NOW, **told))
    session.flush()

    found = next(row for row in rows(write(session, papers).parts["标准与提示-2026.xlsx"]) if row[2] == "慰问")

    assert found[3:9] == ("慰问标准", "超出", None, None, None, None)


# --- the same, always -------------------------------------------------------------------------------------------------------------


def test_same_data_and_day_give_the_same_bytes(year: Session, papers: Path) -> None:
    assert write(year, papers).content == write(year, papers).content


def test_no_clock_of_the_machine_stays_in_any_part(folder: Folder) -> None:
    stamps = set()
    packages = [folder.content, *(content for content in folder.parts.values() if content[:2] == b"PK")]
    for package in packages:
        with ZipFile(BytesIO(package)) as archive:
            stamps |= {info.date_time for info in archive.infolist()}
            if "docProps/core.xml" in archive.namelist():
                stamps |= set(re.findall(rb"<dcterms:\w+[^>]*>([^<]*)<", archive.read("docProps/core.xml")))

    assert stamps == {(2026, 11, 21, 0, 0, 0), b"2026-11-21T00:00:00Z"}


def test_gathering_changes_nothing(year: Session, papers: Path) -> None:
    before = year.exec(select(Change.id)).all()

    write(year, papers)

    assert (year.exec(select(Change.id)).all(), [*year.new, *year.dirty]) == (before, [])


# --- papers that are not as they were filed ---------------------------------------------------------------------------------------


def test_missing_and_altered_files_are_told(year: Session, papers: Path, tmp_path: Path) -> None:
    for file in papers.glob("*.txt"):
        if file.read_bytes() == INVOICE:
            (tmp_path / file.name).write_bytes(b"something else")

    told = {row[4]: row[5] for row in rows(write(year, tmp_path).parts["index.xlsx"], 1) if row[4] in ("发票.txt", "感谢信.txt")}

    assert told == {"发票.txt": "是，但内容与归档时不一致", "感谢信.txt": "否：文件缺失"}


def test_progress_is_told_to_its_end(year: Session, papers: Path) -> None:
    heard: list[tuple[int, int]] = []
    facts = gather_audit(year, 2026, as_of=TODAY, language="zh_CN")

    write_audit_folder(
        facts,
        BytesIO(),
        language="zh_CN",
        read_file=partial(read_paper, folder=papers),
        tell=lambda done, steps: heard.append((done, steps)),
    )

    steps = 7 + len(facts.papers) + 1
    assert heard == [(done, steps) for done in range(1, steps + 1)]
