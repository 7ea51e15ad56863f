"""The view an inspection begins with: by work area, what was held, what proves it, what lacks papers; and the same as a register."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard import db
from unionboard.models import Evidence, EvidenceKind, Plan
from unionboard.reference import work_areas
from unionboard.services import evidence
from unionboard.services.activities import list_activities
from unionboard.services.checklist import ALL
from unionboard.services.coverage import AreaCoverage, Coverage, Deed, make_coverage
from unionboard.services.exports import Export
from unionboard.ui.checkoff_filter import SHOW_KEY
from unionboard.ui.components.evidence_table import Area, Line, Words, show_evidence_table
from unionboard.ui.downloads import offer_file
from unionboard.ui.drawer_state import open_activity
from unionboard.ui.evidence import EVIDENCE_WORDS, name_paper
from unionboard.ui.kept import keep
from unionboard.ui.text import language, long_date, named, span, speak, t, tn, when_turn
from unionboard.writing.register_xlsx import AreaRow, RegisterDocument, RegisterRow, write_register_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


MOST = 50  # lines an area shows of those without papers, and of the others: the register holds all


def show_coverage(plan: Plan, *, owner: str | None, today: date) -> None:
    """The share proven and the register on top, then the areas; a click on a line opens its activity. ``owner``: of one person alone."""
    share, areas, words, is_empty = keep(_write_coverage, plan.id or 0, owner=owner, today=today)
    with st.container(horizontal=True, vertical_alignment="center", key="coverage_head"):
        st.markdown(share, width="content")
        st.space("stretch")
        offer_file(
            t("Register of activities (.xlsx)"),
            partial(_write_register, plan, owner, today, language()),
            what=Export.EVIDENCE_REGISTER,
            file_name=t("Register of activities {year}.xlsx", year=plan.year),
            mime=_XLSX,
            icon=":material/table_view:",
            key="register_xlsx",
        )
    if not is_empty:
        show_evidence_table(areas, words, on_open=_open)
    else:
        st.button(t("Tick off what is done"), icon=":material/task_alt:", key="coverage_tick", on_click=_show_all)


def _gather(session: Session, plan_id: int, owner: str | None, today: date) -> Coverage:
    views = [view for view in list_activities(session, plan_id, today=today) if owner in (None, view.owner)]
    return make_coverage(views, evidence.list_evidence(session, [record.id for view in views for record in view.records]))


def _write_coverage(session: Session, plan_id: int, *, owner: str | None, today: date) -> tuple[str, tuple[Area, ...], Words, bool]:
    coverage = _gather(session, plan_id, owner, today)
    words = Words(
        caption=t("Evidence by work area"),
        activity=t("Activity"),
        kinds=tuple(t(word) for word in EVIDENCE_WORDS.values()),
        missing=t("No papers"),
        less=t("Show less"),
    )
    return _tell_share(coverage.whole), tuple(_write_area(area) for area in coverage.areas), words, coverage.whole.share_pct is None


def _show_all() -> None:
    st.session_state[SHOW_KEY] = ALL


def _open(activity_id: int, _record_id: int) -> None:
    open_activity(activity_id)


def _tell_share(area: AreaCoverage) -> str:
    if area.share_pct is None:
        return f":gray[{t('Nothing was checked off yet.')}]"
    return t("**{share}%** proven: {proven} of {held} check-offs", share=area.share_pct, proven=area.proven, held=len(area.deeds))


def _write_area(area: AreaCoverage) -> Area:
    told = t("nothing held yet") if area.share_pct is None else t("{proven} of {held} proven", proven=area.proven, held=len(area.deeds))
    proven = [deed for deed in area.deeds if deed.is_proven]
    kinds = area.kinds
    return Area(
        name=_area_name(area.code),
        told=told,
        share_pct=area.share_pct,
        counts=tuple(kinds[kind] for kind in EVIDENCE_WORDS),
        bare=tuple(_write_line(deed) for deed in area.unproven[:MOST]),
        proven=tuple(_write_line(deed) for deed in proven[:MOST]),
        more=tn("{n} with papers", "{n} with papers", len(proven)),
        left=_tell_left(len(area.unproven), len(proven)),
    )


def _tell_left(bare: int, proven: int) -> str:
    left = max(0, bare - MOST) + max(0, proven - MOST)
    return tn("{n} more in the register", "{n} more in the register", left) if left else ""


def _write_line(deed: Deed) -> Line:
    kinds = deed.kinds
    counts = tuple(kinds[kind] for kind in EVIDENCE_WORDS)
    when = span(deed.record.done_on, deed.record.done_to)
    return Line(record=deed.record.id, activity=deed.view.id, title=deed.view.title, when=when, counts=counts)


def _area_name(code: str) -> str:
    return named(work_areas()[code])


def _write_register(plan: Plan, owner: str | None, today: date, spoken: str) -> bytes:
    """Made when it is asked for, which is outside the session: hence the language."""
    with db.reading() as session:
        coverage = _gather(session, plan.id or 0, owner, today)
    with speak(spoken):
        return write_register_xlsx(_make_register(plan, coverage))


def _make_register(plan: Plan, coverage: Coverage) -> RegisterDocument:
    told: set[int] = set()  # what an activity cost stands once, however many turns it had
    rows = []
    for deed in coverage.whole.deeds:
        rows.append(_write_row(deed, spent=deed.view.id not in told))
        told.add(deed.view.id)
    kinds = [t(word) for word in EVIDENCE_WORDS.values()]
    areas = [
        AreaRow(_area_name(area.code), len(area.deeds), area.proven, [counts[kind] for kind in EVIDENCE_WORDS])
        for area in coverage.areas
        for counts in [area.kinds]
    ]
    return RegisterDocument(
        title=t("Register of activities {year}", year=plan.year),
        period=t("{first} to {last}", first=long_date(plan.starts_on), last=long_date(plan.ends_on)),
        sheet=t("Register"),
        headings=[
            t("No."),
            t("Time"),
            t("Activity"),
            t("Work area"),
            t("Should attend"),
            t("Attended"),
            t("Spent (yuan)"),
            t("Outcome"),
            t("Evidence on file"),
            t("Kept where"),
        ],
        rows=rows,
        total=tn("{n} check-off in all", "{n} check-offs in all", len(rows)),
        area_sheet=t("Areas"),
        area_title=t("Evidence by work area {year}", year=plan.year),
        area_headings=[t("Work area"), t("Held"), t("With papers"), t("Share proven"), *kinds],
        areas=areas,
    )


def _write_row(deed: Deed, *, spent: bool) -> RegisterRow:
    record, view = deed.record, deed.view
    turn = t(" ({turn})", turn=when_turn(deed.turn.due_from, deed.turn.due_to)) if deed.turn else ""
    places = dict.fromkeys(paper.place or (t("electronic file") if paper.stored_name else "") for paper in deed.papers)
    return RegisterRow(
        held_on=record.done_on,
        held_to=record.done_to,
        title=view.title + turn,
        area=_area_name(view.area),
        eligible=record.eligible,
        participants=record.participants,
        spent_fen=view.spent_fen or None if spent else None,
        result="" if evidence.stays_on_paper(view) else record.result,  # may tell of whom was visited, and why
        papers=t(", ").join(_tell_papers(deed.papers)) or t("none"),
        place=t(", ").join(place for place in places if place),
    )


def _tell_papers(papers: Sequence[Evidence]) -> list[str]:
    """Papers seen by their names, files counted by their kind: 签到表 2 页，照片 3."""
    seen = [name_paper(paper) for paper in papers if not paper.stored_name]
    files: dict[EvidenceKind, int] = {}
    for paper in papers:
        if paper.stored_name:
            files[paper.kind] = files.get(paper.kind, 0) + 1
    return seen + [f"{t(EVIDENCE_WORDS[kind])} {count}" if count > 1 else t(EVIDENCE_WORDS[kind]) for kind, count in files.items()]
