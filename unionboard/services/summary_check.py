"""A summary as its checker sees it: remarks, figures people type against the books, and decisions that let words about people stand.

Source: domain notes E5 (what a checker complains about), D2 (privacy).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlmodel import Session, col, select

from unionboard.drafting.facts import YearFacts
from unionboard.drafting.lints import TITLE, Background, Code, Mend, MendKind, Passage, Remark, find_remarks
from unionboard.drafting.lints.privacy import tells_of_somebody
from unionboard.drafting.names import holds_name
from unionboard.drafting.phrases import Block, Place
from unionboard.drafting.records import YearRecords
from unionboard.drafting.telling import HALF_PAGE, LINE_WIDTH, PAGE_LINES
from unionboard.drafting.typed_figures import Books, collect_figures, open_books
from unionboard.errors.care import NameRepeated, PrivateNumberTyped
from unionboard.errors.summary_check import NoSuchDecision, PrivacyUndecided, RemarkNotForDecision
from unionboard.models import Plan, SummaryDecision
from unionboard.models.changelog import ChangeAction
from unionboard.models.summary import SummaryForm
from unionboard.services.changes import record_change, snapshot
from unionboard.services.masking import list_known_names
from unionboard.services.privacy import check_text
from unionboard.services.summary import BlockView, SummaryView, find_draft, list_drafts, read_draft
from unionboard.services.summary_drafts import gather_year
from unionboard.services.summary_spans import plan_before
from unionboard.services.year_records import private_names

LONGEST = {SummaryForm.CONGRESS: PAGE_LINES * LINE_WIDTH, SummaryForm.BRIEF: HALF_PAGE}
"""Characters of one printed page, and of half a page; title and signature count. Source: domain notes E6."""
COVERED = "***"
WHOLE = frozenset({SummaryForm.FULL, SummaryForm.COMBINED})
"""Forms with the plan's sections, problems and ideas."""
_UNDONE = frozenset({"late", "coming", "postponed", "cancelled"})


@dataclass(frozen=True, slots=True)
class Decided:
    """A remark that somebody let stand, and who did."""

    remark: Remark
    id: int
    note: str
    who: str
    decided_at_utc: datetime


@dataclass(frozen=True, slots=True)
class SummaryCheck:
    """What the checker says of a summary as it stands: ``remarks`` are open, in the order of the page; ``decided`` ones are not."""

    remarks: tuple[Remark, ...]
    decided: tuple[Decided, ...]

    @property
    def undecided(self) -> tuple[Remark, ...]:
        """Remarks about privacy: each stops every export."""
        return tuple(remark for remark in self.remarks if remark.is_private)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Records, facts and books of a summary's days; gathered once for all that is asked of it.

    ``books``: what typed numbers are looked up in, the figures told and those the records hold besides (``typed_figures.check_typed``).
    """

    records: YearRecords
    facts: YearFacts
    books: Books


def gather_knowledge(session: Session, view: SummaryView) -> Knowledge:
    """What the records say on the day of the summary. Raises: NoPlanYet."""
    records, facts = gather_year(session, view.id, as_of=view.as_of)
    of_block = {section.key: tuple(collect_figures(section)) for section in facts.sections}
    of_year = [*chain.from_iterable(of_block.values()), *collect_figures(replace(facts, sections=()))]
    books = open_books(
        [_block(block) for block in view.blocks],
        language=view.language,
        days=(records.starts_on, records.ends_on, view.as_of),
        of_block=of_block,
        of_year=of_year,
    )
    return Knowledge(records, facts, books)


def check_summary(session: Session, view: SummaryView, *, known: Knowledge | None = None) -> SummaryCheck:
    """All remarks on a summary as it stands, and those somebody let stand."""
    background = _background(session, view, known or gather_knowledge(session, view))
    passages = [Passage(_block(block), block.heading, block.shown) for block in view.printed]
    remarks = [*_private_numbers(view.title, passages), *find_remarks(view.title, passages, background)]
    standing = {(row.complaint, row.words_sha256): row for row in _decisions(session, view)}
    decided = [
        Decided(remark, row.id or 0, row.note, row.who, row.decided_at_utc)
        for remark in remarks
        if remark.is_private and (row := standing.get((remark.code.value, _digest(view, remark))))
    ]
    let_stand = [one.remark for one in decided]
    return SummaryCheck(tuple(remark for remark in remarks if remark not in let_stand), tuple(decided))


def open_cover(session: Session, view: SummaryView) -> Callable[[str], str]:
    """What people typed, as it may stand in a table that nobody decides about: stars for what would make the summary wait."""
    background = _background(session, view, gather_knowledge(session, view))
    return lambda text: COVERED if text and (_holds_number(text) or tells_of_somebody(text, background)) else text


def require_decided(check: SummaryCheck) -> None:
    """Let a summary go out only when nothing in it waits for a decision. Raises: PrivacyUndecided."""
    if check.undecided:
        raise PrivacyUndecided(n=len(check.undecided))


def decide_remark(session: Session, view: SummaryView, remark: Remark, *, note: str = "", who: str, now_utc: datetime) -> None:
    """Let the words of a remark about privacy stand. It holds for exactly this sentence, wherever it stands in this summary.

    Raises: RemarkNotForDecision, NoSuchSummary; of the note NameRepeated, PrivateNumberTyped.
    """
    if not remark.is_private:
        raise RemarkNotForDecision
    check_text(note)
    if any(holds_name(note, name) for name in private_names(session)):
        raise NameRepeated
    row = SummaryDecision(
        draft_id=find_draft(session, view.id).id or 0,
        complaint=remark.code.value,
        words_sha256=_digest(view, remark),
        note=note.strip(),
        who=who,
        decided_at_utc=now_utc,
    )
    session.add(row)
    record_change(session, row, action=ChangeAction.CREATE, who=who, now_utc=now_utc)


def withdraw_decision(session: Session, view: SummaryView, decision_id: int, *, who: str, now_utc: datetime) -> None:
    """Take a decision back: the remark is open again. Raises: NoSuchDecision, NoSuchSummary."""
    row = next((row for row in _decisions(session, view) if row.id == decision_id), None)
    if row is None:
        raise NoSuchDecision
    before = snapshot(row)
    row.withdrawn_at_utc = now_utc
    row.version += 1
    session.add(row)
    record_change(session, row, action=ChangeAction.UPDATE, who=who, now_utc=now_utc, before=before)


def _decisions(session: Session, view: SummaryView) -> Sequence[SummaryDecision]:
    draft = find_draft(session, view.id)
    rows = select(SummaryDecision).where(SummaryDecision.draft_id == draft.id, col(SummaryDecision.withdrawn_at_utc).is_(None))
    return session.exec(rows.order_by(col(SummaryDecision.id))).all()


def _digest(view: SummaryView, remark: Remark) -> str:
    """SHA-256 of the words a decision is about: the sentence, the heading or the title."""
    block = next((block for block in view.blocks if block.key == remark.block), None)
    if block is None:
        words = view.title
    elif remark.sentence is None:
        words = block.heading
    else:
        words = block.shown[remark.sentence].text
    return hashlib.sha256(words.strip().encode()).hexdigest()


def _private_numbers(title: str, passages: Sequence[Passage]) -> list[Remark]:
    """Numbers of identity cards, bank cards and phones; they are not repeated."""
    places: list[tuple[str, int | None, str]] = [(TITLE, None, title)]
    places += [(passage.key, None, passage.heading) for passage in passages]
    places += [(passage.key, place, one.text) for passage in passages for place, one in enumerate(passage.shown)]
    return [Remark(Code.PRIVATE_NUMBER, key, place, mend=Mend(MendKind.WRITE)) for key, place, text in places if _holds_number(text)]


def _holds_number(text: str) -> bool:
    try:
        check_text(text)
    except PrivateNumberTyped:
        return True
    return False


def _block(block: BlockView) -> Block:
    return Block(block.key, Place(block.kind.value), block.generated_heading, block.sentences)


def _background(session: Session, view: SummaryView, known: Knowledge) -> Background:
    records, facts = known.records, known.facts
    left_out = {block.key for block in view.blocks if block.is_left_out}
    sections = [section for section in facts.sections if section.key not in left_out]
    return Background(
        language=view.language,
        starts_on=records.starts_on,
        ends_on=records.ends_on,
        as_of=view.as_of,
        books=known.books,
        is_whole=view.form in WHOLE,
        longest=LONGEST.get(view.form),
        sections=tuple(section.key for section in sections if section.planned.number or section.duties or section.tells_care),
        titles=tuple(dict.fromkeys(activity.title for activity in records.activities)),
        undone=tuple(activity.title for activity in records.activities if activity.status in _UNDONE and not activity.deeds),
        union_name=facts.union_name.text,
        higher_union=facts.higher_union.text,
        private_names=private_names(session),
        people=tuple(list_known_names(session)),
        earlier=_earlier(session, view),
    )


def _earlier(session: Session, view: SummaryView) -> tuple[str, ...]:
    """The sentences of the summaries of the plan before this one, in the same language."""
    plan = session.exec(select(Plan).where(Plan.id == view.plan_id)).one()
    before = plan_before(session, plan)
    heads = list_drafts(session, before.id or 0) if before else ()
    views = [read_draft(session, head.id) for head in heads if head.id.language == view.language]
    return tuple(dict.fromkeys(one.text for each in views for block in each.printed for one in block.shown))
