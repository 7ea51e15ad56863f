"""The handover package: a year that is read without the program, names nobody, and can be checked."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.makers import NOW, make_activity, make_plan
from unionboard import db
from unionboard.drafting.names import read_names
from unionboard.errors.handover import NothingToHandOver
from unionboard.errors.permissions import NotYours
from unionboard.models import AccountRole, CareVisit, CheckOff, Claim, Direction, EvidenceKind, PaperKind
from unionboard.services import checkoffs, evidence, fund, fund_papers
from unionboard.services.audit_folder import read_paper
from unionboard.services.chain_check import read_head
from unionboard.services.guard import Actor, bind_actor
from unionboard.services.handover import gather_handover
from unionboard.writing.handover import write_handover
from unionboard.writing.handover_html import STYLE

TODAY = date(2026, 11, 21)
STAMP: dict[str, Any] = {"who": "罗文静", "now_utc": NOW}
NOTICE, LIST, LETTER = b"%PDF-1.4\n%notice", b"%PDF-1.4\n%list", b"%PDF-1.4\n%letter"
SECTIONS = ("year", "plan", "held", "fund-2026", "meetings", "summary")
HOSTILE = """<img src=x onerror=alert(1)>"'&</td></table><script>alert(1)</script>"""


@dataclass(frozen=True)
class Package:
    """A package that was written: its files by name."""

    files: dict[str, bytes]

    @property
    def page(self) -> str:
        return self.files["index.html"].decode()

    @property
    def manifest(self) -> dict[str, Any]:
        return dict(json.loads(self.files["manifest.json"]))

    def sheet(self, name: str) -> list[tuple[Any, ...]]:
        """The rows below a sheet's three heads."""
        book = load_workbook(BytesIO(self.files["year-2026.xlsx"]))
        return [tuple(row) for row in book[name].iter_rows(min_row=4, values_only=True)]


def pack(session: Session, folder: Path, *, year: int = 2026, language: str = "zh_CN", with_names: bool = False) -> Package:
    facts = gather_handover(session, year, as_of=TODAY, language=language, with_names=with_names)
    path = folder / "handover.zip"
    write_handover(facts, path, at=NOW, read_file=partial(read_paper, folder=folder))
    with ZipFile(path) as package:
        assert package.testzip() is None
        return Package({name: package.read(name) for name in package.namelist()})


@pytest.fixture
def year(demo: Engine, data_dir: Path) -> tuple[Session, Path]:
    """The demo year with two files behind check-offs and two behind a claim; the session, and the folder with the files."""
    folder = data_dir / "evidence"
    with db.writing(demo) as session:
        off = session.exec(select(CheckOff).where(col(CheckOff.undone_at_utc).is_(None)).order_by(col(CheckOff.id))).first()
        claim = session.exec(select(Claim).where(Claim.kind == "contest").order_by(col(Claim.id))).first()
        assert off is not None
        assert claim is not None
        evidence.add_file(session, off.id or 0, evidence.keep_file(NOTICE, "承诺书.pdf", folder=folder), kind=EvidenceKind.NOTICE, **STAMP)
        lost = evidence.keep_file(LETTER, "照片.pdf", folder=folder)
        evidence.add_file(session, off.id or 0, lost, kind=EvidenceKind.OTHER, **STAMP)
        (folder / lost.stored_name).unlink()
        for name, content, kind in (("发票.pdf", NOTICE, PaperKind.INVOICE), ("领取表.pdf", LIST, PaperKind.SIGN_OFF)):
            fund_papers.add_file(session, evidence.keep_file(content, name, folder=folder), kind=kind, claim_id=claim.id, **STAMP)
    with db.reading(demo) as session:
        return session, folder


def test_manifest_names_every_other_file_with_its_checksum_and_the_head_of_the_log(year: tuple[Session, Path]) -> None:
    session, folder = year

    package = pack(session, folder)

    told = package.manifest
    others = {name: content for name, content in package.files.items() if name != "manifest.json"}
    assert told["files"] == {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)} for name, content in sorted(others.items())
    }
    head = read_head(session)
    assert (told["chain"], told["year"], told["names"]) == ({"id": head.id, "sha256": head.sha256}, 2026, False)
    assert head.code in package.page


def test_every_link_leads_to_a_file_of_the_package_or_a_place_of_the_page(year: tuple[Session, Path]) -> None:
    package = pack(*year)

    targets = re.findall(r'href="([^"]+)"', package.page)
    places = set(re.findall(r'id="([^"]+)"', package.page))

    assert [target for target in targets if target[1:] not in places and unquote(target) not in package.files] == []
    linked = {unquote(target) for target in targets if not target.startswith("#")}
    assert linked == {name for name in package.files if "/" in name}


def test_public_files_are_in_and_private_and_lost_ones_are_told(year: tuple[Session, Path]) -> None:
    package = pack(*year)

    stored = {name: content for name, content in package.files.items() if "/" in name}
    assert sorted(stored.values()) == [NOTICE, NOTICE]
    assert sorted({name.split("/")[0] for name in stored}) == ["evidence", "papers"]
    assert [row[4] for row in package.sheet("附件 2026") if row[2] == "签领表" and row[4] != "否：只看过原件，未留副本"] != []
    assert "其他 · 照片.pdf · 缺失" in package.page


def test_nobody_who_was_visited_is_named_anywhere(year: tuple[Session, Path]) -> None:
    session, folder = year
    visits = session.exec(select(CareVisit)).all()
    names = {name for visit in visits for name in read_names(visit.recipient)}
    assert names

    package = pack(session, folder)

    for content in package.files.values():
        texts = [content]
        try:
            with ZipFile(BytesIO(content)) as inner:
                texts += [inner.read(part) for part in inner.namelist()]
        except BadZipFile:
            pass
        assert [name for name in names for text in texts if name.encode() in text] == []


def test_with_names_private_papers_and_visits_are_in_and_it_says_so(year: tuple[Session, Path]) -> None:
    session, folder = year
    recipients = {visit.recipient for visit in session.exec(select(CareVisit).where(col(CareVisit.removed).is_(False)))} - {""}

    package = pack(session, folder, with_names=True)

    assert {row[2] for row in package.sheet("慰问登记（含姓名）")} - {None} == recipients
    assert LIST in package.files.values()
    assert package.manifest["names"] is True
    assert "本资料含有涉及个人的材料" in package.page
    assert "本资料含有涉及个人的材料" in package.files["README.txt"].decode("utf-8-sig")


def test_workbook_holds_every_activity_check_off_and_entry(year: tuple[Session, Path]) -> None:
    session, folder = year
    facts = gather_handover(session, 2026, as_of=TODAY, language="zh_CN")

    package = pack(session, folder)

    assert [row[1] for row in package.sheet("计划")] == [view.title for view in facts.activities]
    assert len(package.sheet("开展情况")) == sum(len(view.records) for view in facts.activities)
    assert [row[0] for row in package.sheet("台账 2026")] == [f"{entry.voucher:03d}" for entry in facts.books[0].entries]


def test_page_speaks_both_languages_and_begins_with_the_one_asked_for(year: tuple[Session, Path]) -> None:
    chinese, english = pack(*year), pack(*year, language="en")

    for package in (chinese, english):
        places = set(re.findall('<section id="([^"]+)"', package.page))
        assert places == {
            f"{short}-{key}" for short in ("zh", "en") for key in ("year", "plan", "held", "fund-2026", "meetings", "summary")
        }
    assert 'id="zh" checked' in chinese.page
    assert 'id="en" checked' in english.page


class _Tags(HTMLParser):
    """The tags of a page, their attributes, and whether each that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in {"meta", "input", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def hostile(session: Session, tmp_path: Path) -> Package:
    """A year in which somebody typed tags wherever there is room."""
    plan = make_plan(session, title=HOSTILE, guiding=HOSTILE)
    activity = make_activity(session, plan, title=HOSTILE, owner=HOSTILE[:80], note=HOSTILE)
    details = checkoffs.Details(result=HOSTILE, award=HOSTILE, remaining=HOSTILE, is_partial=True)
    row = checkoffs.check_off(session, activity.id or 0, done_on=date(2026, 5, 18), today=TODAY, details=details, **STAMP)
    evidence.note_paper(session, row.id or 0, kind=EvidenceKind.OTHER, name=HOSTILE, place=HOSTILE, seen_by="吴佳", **STAMP)
    fund.book_entry(
        session, booked_on=TODAY, direction=Direction.OUT, item="culture_sports", amount_fen=100, purpose=HOSTILE, payee=HOSTILE[:80],
        today=TODAY, **STAMP,
    )  # fmt: skip
    return pack(session, tmp_path)


def test_nothing_anybody_typed_is_a_tag(hostile: Package) -> None:
    tags = _Tags()

    tags.feed(hostile.page)

    assert tags.open == []
    assert tags.tags.isdisjoint({"script", "img", "iframe", "object", "link", "form", "svg"})
    assert {name for name in tags.attributes if name.startswith("on")} == set()
    assert hostile.page.count("&lt;img src=x onerror") >= 10


def test_policy_of_the_page_forbids_everything_but_its_own_style(hostile: Package) -> None:
    digest = re.search(r"default-src 'none'; style-src 'sha256-([^']+)'; base-uri 'none'; form-action 'none'", hostile.page)

    assert digest is not None
    assert f"<style>{STYLE}</style>" in hostile.page
    assert "style=" not in re.sub(r"<style>.*</style>", "", hostile.page, flags=re.DOTALL)


def test_text_that_looks_like_a_formula_stays_text(session: Session, tmp_path: Path) -> None:
    make_activity(session, make_plan(session), title="=1+1")

    book = load_workbook(BytesIO(pack(session, tmp_path).files["year-2026.xlsx"]))

    assert (book["计划"]["B4"].value, book["计划"]["B4"].data_type, book["计划"]["B4"].quotePrefix) == ("=1+1", "s", True)


def test_books_without_a_plan_are_handed_over_too(session: Session, tmp_path: Path) -> None:
    fund.book_entry(
        session, booked_on=date(2026, 3, 5), direction=Direction.IN, item="dues", amount_fen=500_00, purpose="会费", today=TODAY, **STAMP
    )

    package = pack(session, tmp_path)

    assert [row[6] for row in package.sheet("台账 2026")] == [500]
    assert 'id="zh-year"' not in package.page


def test_year_of_which_nothing_is_kept_is_refused(session: Session) -> None:
    with pytest.raises(NothingToHandOver, match="2031"):
        gather_handover(session, 2031, as_of=TODAY, language="zh_CN")


@pytest.mark.parametrize("role", [AccountRole.TREASURER, AccountRole.COMMITTEE, AccountRole.AUDIT, AccountRole.VIEWER])
def test_handing_over_is_for_the_chair(session: Session, role: AccountRole) -> None:
    make_plan(session)
    bind_actor(session, Actor(name="何敏", roles=frozenset({role}), account_id=1))

    with pytest.raises(NotYours):
        gather_handover(session, 2026, as_of=TODAY, language="zh_CN")


def test_progress_ends_where_it_said_it_would(year: tuple[Session, Path]) -> None:
    session, folder = year
    heard: list[tuple[int, int]] = []

    facts = gather_handover(session, 2026, as_of=TODAY, language="zh_CN")
    write_handover(facts, folder / "h.zip", at=NOW, read_file=lambda _name: None, tell=lambda done, steps: heard.append((done, steps)))

    assert [done for done, _steps in heard] == list(range(1, heard[-1][1] + 1))
