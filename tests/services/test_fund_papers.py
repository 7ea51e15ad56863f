"""Papers behind claims, entries and hand-outs: kept once, seen, taken away, put back."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.makers import NOW, make_committee
from unionboard.errors.care import IllnessNamed, NamesNotYours
from unionboard.errors.claims import CertificateNotCopied, NoSuchPaper, PaperOwnerUnclear
from unionboard.errors.evidence import PaperUntold
from unionboard.models import Change, Claim, Direction, FundPaper, PaperKind
from unionboard.services import care, claims, evidence, fund, fund_papers
from unionboard.services.evidence import StoredFile, keep_file

STAMP: dict[str, Any] = {"who": "沈一鸣", "now_utc": NOW}
CONTENT = b"%PDF-1.7 invoice"


def make_claim(session: Session) -> Claim:
    return claims.save_claim(session, None, version=0, year=2026, **STAMP)


def make_file(tmp_path: Path, name: str = "发票.pdf", content: bytes = CONTENT) -> StoredFile:
    return keep_file(content, name, folder=tmp_path)


def test_file_is_kept_behind_a_claim(session: Session, tmp_path: Path) -> None:
    claim = make_claim(session)

    paper = fund_papers.add_file(session, make_file(tmp_path), kind=None, claim_id=claim.id, **STAMP)

    assert (paper.kind, paper.name, paper.media_type, paper.is_private) == (PaperKind.INVOICE, "发票.pdf", "application/pdf", False)
    assert fund_papers.list_papers(session, claim_ids=[claim.id or 0]) == [paper]
    path = evidence.find_file(paper, folder=tmp_path)
    assert path is not None
    assert path.read_bytes() == CONTENT


def test_same_file_is_on_record_once_and_comes_back_when_removed(session: Session, tmp_path: Path) -> None:
    claim = make_claim(session)
    first = fund_papers.add_file(session, make_file(tmp_path), kind=None, claim_id=claim.id, **STAMP)
    fund_papers.remove_paper(session, first.id or 0, **STAMP)
    assert fund_papers.list_papers(session, claim_ids=[claim.id or 0]) == []

    again = fund_papers.add_file(session, make_file(tmp_path), kind=None, claim_id=claim.id, **STAMP)

    assert (again.id, again.removed_at_utc) == (first.id, None)


def test_removed_paper_stays_on_record_and_is_put_back(session: Session) -> None:
    claim = make_claim(session)
    paper = fund_papers.note_paper(session, kind=PaperKind.INVOICE, claim_id=claim.id, place="凭证夹3", **STAMP)

    fund_papers.remove_paper(session, paper.id or 0, **STAMP)
    assert fund_papers.list_papers(session, claim_ids=[claim.id or 0], with_removed=True) == [paper]
    fund_papers.put_back_paper(session, paper.id or 0, **STAMP)

    assert fund_papers.list_papers(session, claim_ids=[claim.id or 0]) == [paper]


@pytest.mark.parametrize(("owner", "refused"), [({}, True), ({"claim_id": 1, "fund_entry_id": 1}, True), ({"claim_id": 1}, False)])
def test_paper_has_one_owner(session: Session, owner: dict[str, Any], refused: bool) -> None:
    make_claim(session)
    if refused:
        with pytest.raises(PaperOwnerUnclear):
            fund_papers.note_paper(session, kind=PaperKind.INVOICE, seen_by="沈一鸣", **owner, **STAMP)
    else:
        assert fund_papers.note_paper(session, kind=PaperKind.INVOICE, seen_by="沈一鸣", **owner, **STAMP).claim_id == 1


def test_certificate_is_seen_and_not_copied(session: Session, tmp_path: Path) -> None:
    claim = make_claim(session)

    with pytest.raises(CertificateNotCopied):
        fund_papers.add_file(session, make_file(tmp_path, "出院小结.pdf"), kind=None, claim_id=claim.id, **STAMP)
    paper = fund_papers.note_paper(session, kind=PaperKind.CERTIFICATE, claim_id=claim.id, seen_by="沈一鸣", **STAMP)

    assert (paper.stored_name, paper.seen_by) == ("", "沈一鸣")


def test_file_cannot_be_called_a_certificate_afterwards(session: Session, tmp_path: Path) -> None:
    claim = make_claim(session)
    paper = fund_papers.add_file(session, make_file(tmp_path), kind=None, claim_id=claim.id, **STAMP)

    with pytest.raises(CertificateNotCopied):
        fund_papers.set_kind(session, paper.id or 0, kind=PaperKind.CERTIFICATE, **STAMP)
    assert fund_papers.set_kind(session, paper.id or 0, kind=PaperKind.CONTRACT, **STAMP).kind is PaperKind.CONTRACT


def test_paper_of_which_nothing_is_said_is_refused(session: Session) -> None:
    with pytest.raises(PaperUntold):
        fund_papers.note_paper(session, kind=PaperKind.INVOICE, claim_id=make_claim(session).id, **STAMP)


def test_unknown_paper_is_refused(session: Session) -> None:
    with pytest.raises(NoSuchPaper):
        fund_papers.remove_paper(session, 7, **STAMP)


def test_papers_of_an_entry_are_its_claims_too(session: Session) -> None:
    claim = make_claim(session)
    day = date(2026, 5, 8)
    entry = fund.book_entry(
        session,
        booked_on=day,
        direction=Direction.OUT,
        item="publicity",
        amount_fen=100_00,
        purpose="展板",
        claim_id=claim.id,
        today=day,
        **STAMP,
    )
    papers = [
        fund_papers.note_paper(session, kind=PaperKind.INVOICE, claim_id=claim.id, place="夹1", **STAMP),
        fund_papers.note_paper(session, kind=PaperKind.BANK, fund_entry_id=entry.id, place="夹2", **STAMP),
    ]

    assert fund_papers.list_papers(session, entry_ids=[entry.id or 0]) == papers
    assert fund_papers.list_papers(session, claim_ids=[claim.id or 0]) == papers[:1]


def test_missing_papers_are_those_the_kind_needs_and_nobody_has_brought() -> None:
    invoice = FundPaper(kind=PaperKind.INVOICE, name="", who="", created_at_utc=NOW)
    removed = FundPaper(kind=PaperKind.PHOTO, name="", who="", created_at_utc=NOW, removed_at_utc=NOW)

    assert fund_papers.missing_kinds("activity", [invoice, removed]) == (
        PaperKind.PLAN,
        PaperKind.SIGN_IN,
        PaperKind.DETAIL_LIST,
        PaperKind.PHOTO,
    )
    assert fund_papers.missing_kinds("other", [invoice], with_resolution=True) == (PaperKind.RESOLUTION,)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("中秋签领表.pdf", PaperKind.SIGN_OFF),
        ("签到.pdf", PaperKind.SIGN_IN),
        ("获奖名单.pdf", PaperKind.WINNERS),
        ("转账回单.pdf", PaperKind.RECEIPT),
        ("物资清单.pdf", PaperKind.DETAIL_LIST),
        ("委员会会议纪要.pdf", PaperKind.RESOLUTION),
        ("扫描件.pdf", PaperKind.OTHER),
        ("住院证明-王某.pdf", PaperKind.CERTIFICATE),
        ("诊断书.jpg", PaperKind.CERTIFICATE),
        ("身份证正反面.jpg", PaperKind.CERTIFICATE),
        ("医院住院发票.pdf", PaperKind.CERTIFICATE),
        ("慰问住院职工花篮发票.pdf", PaperKind.INVOICE),
    ],
)
def test_kind_is_guessed_by_the_name(tmp_path: Path, name: str, kind: PaperKind) -> None:
    assert fund_papers.guess_kind(make_file(tmp_path, name)) is kind


def test_private_paper_is_shown_to_chair_and_treasurer_and_that_is_logged(session: Session, tmp_path: Path) -> None:
    make_committee(session)
    claim = make_claim(session)
    paper = fund_papers.add_file(session, make_file(tmp_path, "签领表.pdf"), kind=None, claim_id=claim.id, **STAMP)

    with pytest.raises(NamesNotYours):
        fund_papers.reveal_paper(session, paper.id or 0, **STAMP)
    fund_papers.reveal_paper(session, paper.id or 0, who="罗文静", now_utc=NOW)

    seen = session.exec(select(Change).where(Change.noun == "fund_paper", Change.action == "reveal")).all()
    assert [(change.who, change.row_id) for change in seen] == [("罗文静", paper.id)]


def test_certificate_is_refused_by_its_name_before_a_byte_is_kept() -> None:
    with pytest.raises(CertificateNotCopied):
        fund_papers.check_copied("住院证明-王某.pdf", None)
    with pytest.raises(CertificateNotCopied):
        fund_papers.check_copied("扫描件.pdf", PaperKind.CERTIFICATE)
    fund_papers.check_copied("住院证明-王某.pdf", PaperKind.RECEIPT)  # somebody says that it is none


def test_signed_list_is_private_and_its_name_is_not_kept(session: Session, tmp_path: Path) -> None:
    claim = make_claim(session)

    paper = fund_papers.add_file(session, make_file(tmp_path, "林小雨等签领表.pdf"), kind=None, claim_id=claim.id, **STAMP)

    assert (paper.kind, paper.name, paper.is_private) == (PaperKind.SIGN_OFF, "sign_off.pdf", True)
    assert "林小雨" not in str([change.after for change in session.exec(select(Change))])


@pytest.mark.parametrize("kind", ["care", "hardship"])
def test_whatever_file_is_behind_care_is_private_and_has_no_name(session: Session, tmp_path: Path, kind: str) -> None:
    claim = claims.save_claim(session, None, version=0, year=2026, kind=kind, **STAMP)

    paper = fund_papers.add_file(session, make_file(tmp_path, "林小雨收条.jpg.pdf"), kind=None, claim_id=claim.id, **STAMP)

    assert (paper.kind, paper.name, paper.is_private) == (PaperKind.RECEIPT, "receipt.pdf", True)


def test_file_behind_the_entry_of_a_visit_is_private(session: Session, tmp_path: Path) -> None:
    day = date(2026, 5, 8)
    visit = care.record_visit(session, visited_on=day, kind="hospital", recipient="林小雨", amount_fen=500_00, today=day, **STAMP)

    paper = fund_papers.add_file(session, make_file(tmp_path, "林小雨.pdf"), kind=None, fund_entry_id=visit.fund_entry_id, **STAMP)

    assert (paper.name, paper.is_private) == ("other.pdf", True)


def test_paper_seen_of_care_keeps_no_name(session: Session) -> None:
    claim = claims.save_claim(session, None, version=0, year=2026, kind="care", **STAMP)

    paper = fund_papers.note_paper(
        session, kind=PaperKind.CERTIFICATE, name="林小雨住院", claim_id=claim.id, place="夹3", seen_by="沈一鸣", **STAMP
    )

    assert (paper.name, paper.place, paper.seen_by, paper.is_private) == ("", "夹3", "沈一鸣", True)


def test_illness_is_not_noted_as_the_place_of_a_paper(session: Session) -> None:
    claim = claims.save_claim(session, None, version=0, year=2026, kind="care", **STAMP)

    with pytest.raises(IllnessNamed):
        fund_papers.note_paper(session, kind=PaperKind.RECEIPT, claim_id=claim.id, place="癌症患者夹", **STAMP)


def test_private_number_in_the_name_of_a_file_is_starred(session: Session, tmp_path: Path) -> None:
    file = make_file(tmp_path, "转账 6222021234567890123.pdf")

    assert file.name == "转账 ***.pdf"
