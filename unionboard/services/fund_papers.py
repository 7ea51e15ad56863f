"""The papers behind a claim, an entry or a hand-out: files kept below the evidence folder, or papers that were only seen.

What is taken away stays on record, stamped, counts nowhere, and can be put back. Source: domain notes C6, D2.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from sqlmodel import Session, and_, col, or_, select

from unionboard.errors.claims import CertificateNotCopied, NoSuchPaper, PaperOwnerUnclear
from unionboard.errors.evidence import PaperUntold
from unionboard.models import CareVisit, Change, Claim, FundEntry, FundPaper, PaperKind
from unionboard.models.changelog import ChangeAction
from unionboard.reference import claim_kinds
from unionboard.services.changes import change_row, record_change
from unionboard.services.evidence import StoredFile, seal_kept
from unionboard.services.guard import require
from unionboard.services.keys import require_key
from unionboard.services.permissions import Act
from unionboard.services.privacy import check_care_text, check_text
from unionboard.services.private_names import require_names

SEEN_ONLY = frozenset({PaperKind.CERTIFICATE})
"""Papers on illness, death, birth and marriage: who saw them is noted, the paper itself is not copied."""
NAMING = frozenset({PaperKind.SIGN_OFF, PaperKind.SIGN_IN, PaperKind.WINNERS, PaperKind.CERTIFICATE})
"""Papers that are lists of names."""
_ALWAYS_PRIVATE = frozenset({PaperKind.SIGN_OFF, PaperKind.CERTIFICATE})
"""Who got what, and what somebody lives through: private whatever they belong to."""
_NAME_LIMIT = 200
_CERTIFICATES = (
    "出院|(?<!慰问)住院(?!职工|会员|教师|老师|慰问|探望)|结婚证|出生|死亡|诊断|病历|病情|病假|手术|身份证|户口|低保|残疾"
    "|(?:困难|贫困|亲属|关系|收入)证明|certificate|diagnosis|id.?card"
)
_KINDS = (  # the first word found in a file's name says what it is
    (PaperKind.CERTIFICATE, _CERTIFICATES),
    (PaperKind.SIGN_OFF, "签领|领取|发放表|sign.?off"),
    (PaperKind.SIGN_IN, "签到|sign.?in"),
    (PaperKind.WINNERS, "获奖|名单|winner"),
    (PaperKind.INVOICE, "发票|invoice"),
    (PaperKind.DETAIL_LIST, "清单|明细|detail"),
    (PaperKind.RECEIPT, "收据|收条|回单|转账|receipt"),
    (PaperKind.APPROVAL, "审批|申请|approval"),
    (PaperKind.RESOLUTION, "决议|纪要|会议记录|resolution|minutes"),
    (PaperKind.CONTRACT, "合同|协议|报价|询价|contract|quote"),
    (PaperKind.BANK, "银行|对账|bank"),
    (PaperKind.PLAN, "方案|通知|计划|plan|programme|program"),
    (PaperKind.NOTE, "谈话|记录|note"),
)


def add_file(
    session: Session,
    file: StoredFile,
    *,
    kind: PaperKind | None,
    who: str,
    now_utc: datetime,
    claim_id: int | None = None,
    fund_entry_id: int | None = None,
    handout_id: int | None = None,
    is_private: bool = False,
) -> FundPaper:
    """Note a kept file (``evidence.keep_file``) behind one claim, entry or hand-out; without a ``kind`` its name says it.

    What is private (see ``judge_privacy``) lies sealed from then on, and not even its name is kept, for people call files after people.
    The same content is on record once for its owner: given again it stays as it is, and comes back when it was removed.
    Raises: PaperOwnerUnclear, CertificateNotCopied; of a private one also KeyMissing, KeyUnreadable.
    """
    check_copied(file.name, kind)
    owner = _owner(claim_id, fund_entry_id, handout_id)
    is_private = is_private or judge_privacy(session, kind=kind, **owner)(file.name)
    if is_private:
        require_key(session)
        seal_kept(file)
    kind = kind or guess_kind(file)
    same = select(FundPaper).filter_by(**owner).where(FundPaper.sha256 == file.sha256)
    known = session.exec(same.order_by(col(FundPaper.removed_at_utc).is_not(None), col(FundPaper.id))).first()
    if known is not None:
        return known if known.removed_at_utc is None else put_back_paper(session, known.id or 0, who=who, now_utc=now_utc)
    row = FundPaper(
        **owner,
        kind=kind,
        name=f"{kind.value}{PurePath(file.name).suffix.lower()}" if is_private else file.name,
        stored_name=file.stored_name,
        size_bytes=file.size_bytes,
        sha256=file.sha256,
        media_type=file.media_type,
        is_private=is_private,
        who=who,
        created_at_utc=now_utc,
    )
    return _add(session, row)


def judge_privacy(
    session: Session,
    *,
    kind: PaperKind | None,
    claim_id: int | None = None,
    fund_entry_id: int | None = None,
    handout_id: int | None = None,
    names_people: bool = False,
) -> Callable[[str], bool]:
    """Says of files by their names, before they are kept, whether they are private: signed lists are, and so is every file behind care and
    hardship; with ``names_people`` so is every list of names. Without an owner only the kind counts."""
    owner = {"claim_id": claim_id, "fund_entry_id": fund_entry_id, "handout_id": handout_id}
    about_person = any(owner.values()) and _is_about_person(session, owner)

    def is_private(name: str) -> bool:
        told = kind or _kind_in(name)
        return about_person or told in _ALWAYS_PRIVATE or (names_people and told in NAMING)

    return is_private


def note_paper(
    session: Session,
    *,
    kind: PaperKind,
    who: str,
    now_utc: datetime,
    claim_id: int | None = None,
    fund_entry_id: int | None = None,
    handout_id: int | None = None,
    name: str = "",
    place: str = "",
    seen_by: str = "",
    is_private: bool = False,
) -> FundPaper:
    """Note a paper that is not copied: what it is, where it lies, who saw it; what a private one (``add_file``) is called is left out.

    Raises: PaperOwnerUnclear, PrivateNumberTyped, IllnessNamed (of a private one); PaperUntold: nothing is said.
    """
    if not any(text.strip() for text in (name, place, seen_by)):
        raise PaperUntold
    check_text(name, place, seen_by)
    owner = _owner(claim_id, fund_entry_id, handout_id)
    is_private = is_private or kind in _ALWAYS_PRIVATE or _is_about_person(session, owner)
    if is_private:
        check_care_text(place, seen_by)
    row = FundPaper(
        **owner,
        kind=kind,
        name="" if is_private else name.strip()[:_NAME_LIMIT],
        place=place.strip(),
        seen_by=seen_by.strip(),
        is_private=is_private,
        who=who,
        created_at_utc=now_utc,
    )
    return _add(session, row)


def set_kind(session: Session, paper_id: int, *, kind: PaperKind, who: str, now_utc: datetime) -> FundPaper:
    """Say what a paper is. Raises: NoSuchPaper; CertificateNotCopied for a file."""
    row = session.get(FundPaper, paper_id)
    if row is not None and row.stored_name and kind in SEEN_ONLY:
        raise CertificateNotCopied(name=row.name)
    return _change(session, paper_id, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, kind=kind)


def remove_paper(session: Session, paper_id: int, *, who: str, now_utc: datetime) -> FundPaper:
    """Take a paper away; the file stays where it is. Raises: NoSuchPaper."""
    return _change(session, paper_id, action=ChangeAction.REMOVE, who=who, now_utc=now_utc, removed_at_utc=now_utc)


def put_back_paper(session: Session, paper_id: int, *, who: str, now_utc: datetime) -> FundPaper:
    """Undo ``remove_paper``. Raises: NoSuchPaper."""
    return _change(session, paper_id, action=ChangeAction.RESTORE, who=who, now_utc=now_utc, removed_at_utc=None)


def list_papers(
    session: Session,
    *,
    claim_ids: Sequence[int] = (),
    entry_ids: Sequence[int] = (),
    handout_ids: Sequence[int] = (),
    with_removed: bool = False,
) -> list[FundPaper]:
    """The papers of these, oldest first; of an entry those of the claim it paid too. One query."""
    require(session, Act.SEE_MONEY)
    of_entries = select(FundEntry.claim_id).where(col(FundEntry.id).in_(entry_ids), col(FundEntry.claim_id).is_not(None))
    query = select(FundPaper).where(
        or_(
            col(FundPaper.claim_id).in_(claim_ids),
            col(FundPaper.fund_entry_id).in_(entry_ids),
            col(FundPaper.handout_id).in_(handout_ids),
            col(FundPaper.claim_id).in_(of_entries),
        )
    )
    query = query.order_by(col(FundPaper.id))
    return list(session.exec(query if with_removed else query.where(col(FundPaper.removed_at_utc).is_(None))))


def wanted_kinds(kind: str, *, with_resolution: bool = False) -> tuple[PaperKind, ...]:
    """The papers a ``kind`` of claim needs, in their order; of an unknown one those of the last kind."""
    kinds = claim_kinds()
    wanted = tuple(PaperKind(code) for code in kinds.get(kind, kinds["other"]).papers)
    return (*wanted, PaperKind.RESOLUTION) if with_resolution and PaperKind.RESOLUTION not in wanted else wanted


def missing_kinds(kind: str, papers: Iterable[FundPaper], *, with_resolution: bool = False) -> tuple[PaperKind, ...]:
    """Which of the papers a ``kind`` of claim needs are not there. ``papers``: removed ones do not count."""
    there = {paper.kind for paper in papers if paper.removed_at_utc is None}
    return tuple(wanted for wanted in wanted_kinds(kind, with_resolution=with_resolution) if wanted not in there)


def reveal_paper(session: Session, paper_id: int, *, who: str, now_utc: datetime) -> FundPaper:
    """A private paper, for chair and treasurer; that it was looked at is written into the change log.

    That it is asked at a computer, and not by a phone, is the caller's to make sure. Raises: NoSuchPaper, NotYours, NamesNotYours, Locked,
    KeyMissing, KeyUnreadable.
    """
    row = session.get(FundPaper, paper_id)
    if row is None:
        raise NoSuchPaper
    require_names(session, who=who, now_utc=now_utc)
    require_key(session)
    session.add(Change(at_utc=now_utc, who=who, action=ChangeAction.REVEAL.value, noun=str(FundPaper.__tablename__), row_id=paper_id))
    session.flush()
    return row


def check_copied(name: str, kind: PaperKind | None) -> None:
    """Asked before a file called ``name`` is kept; ``kind``: what it was said to be. Raises: CertificateNotCopied."""
    if (kind or _kind_in(name)) in SEEN_ONLY:
        raise CertificateNotCopied(name=name)


def guess_kind(file: StoredFile) -> PaperKind:
    """What a file most likely is, by its name."""
    return _kind_in(file.name) or (PaperKind.PHOTO if file.is_picture else PaperKind.OTHER)


def _kind_in(name: str) -> PaperKind | None:
    return next((kind for kind, words in _KINDS if re.search(words, name, re.IGNORECASE)), None)


def _is_about_person(session: Session, owner: dict[str, Any]) -> bool:
    """Whether a claim or entry is about single people: its kind is private, or visits are paid by it."""
    claim_id, entry_id = owner["claim_id"], owner["fund_entry_id"]
    visits = select(CareVisit.id).where(
        or_(
            and_(col(CareVisit.claim_id).is_not(None), CareVisit.claim_id == claim_id),
            and_(col(CareVisit.fund_entry_id).is_not(None), CareVisit.fund_entry_id == entry_id),
        )
    )
    paid_by = select(FundEntry.claim_id).where(FundEntry.id == entry_id, col(FundEntry.claim_id).is_not(None))
    kinds = select(Claim.kind).where(or_(Claim.id == claim_id, col(Claim.id).in_(paid_by)))
    is_private = any(kind in claim_kinds() and claim_kinds()[kind].is_private for kind in session.exec(kinds))
    return is_private or session.exec(visits.limit(1)).first() is not None


def _owner(claim_id: int | None, fund_entry_id: int | None, handout_id: int | None) -> dict[str, Any]:
    owner = {"claim_id": claim_id, "fund_entry_id": fund_entry_id, "handout_id": handout_id}
    if sum(one is not None for one in owner.values()) != 1:
        raise PaperOwnerUnclear
    return owner


def _add(session: Session, row: FundPaper) -> FundPaper:
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=row.who, now_utc=row.created_at_utc)
    return row


def _change(session: Session, paper_id: int, *, action: ChangeAction, who: str, now_utc: datetime, **values: object) -> FundPaper:
    row = session.get(FundPaper, paper_id)
    if row is None:
        raise NoSuchPaper
    change_row(session, row, action=action, who=who, now_utc=now_utc, **values)
    return row
