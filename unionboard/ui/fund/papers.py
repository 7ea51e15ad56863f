"""The papers behind a claim, an entry or a hand-out: what is there, what is missing, and one place to add each. Shared by their drawers."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session
from streamlit.runtime.uploaded_file_manager import UploadedFile

from unionboard import clock, db
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.models import FundPaper, PaperKind
from unionboard.services import evidence, fund_papers
from unionboard.services.evidence_store import evidence_place
from unionboard.services.exports import Export
from unionboard.services.fund_papers import NAMING, SEEN_ONLY
from unionboard.services.permissions import Act
from unionboard.ui.actions import action, refuse, report
from unionboard.ui.components.photo import show_photo
from unionboard.ui.downloads import offer_file
from unionboard.ui.evidence import TAKEN_MB, is_there, keep_uploads
from unionboard.ui.history import tell_who
from unionboard.ui.identity import acting_name, acting_who, is_here, is_unlocked
from unionboard.ui.offers import offer
from unionboard.ui.private_sight import offer_sight, watch_expiry
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, language, short_date, t, tn
from unionboard.ui.trash import in_bin

_ADDING, _OPEN, _SHOWN = "fund_paper_adding", "fund_paper_open", "fund_paper_shown"
_TURN = "fund_paper_turn"
_ELSE = "else"


@dataclass(frozen=True, slots=True)
class PaperOwner:
    """What papers belong to: one of the three."""

    claim_id: int | None = None
    fund_entry_id: int | None = None
    handout_id: int | None = None

    @property
    def key(self) -> str:
        """A word for the keys of its widgets."""
        return "_".join(f"{name[0]}{number}" for name, number in asdict(self).items() if number is not None)


def paper_word(kind: PaperKind) -> str:
    """What a kind of paper is called."""
    words = {
        PaperKind.PLAN: t("Plan or notice"),
        PaperKind.SIGN_IN: t("Sign-in sheet"),
        PaperKind.INVOICE: t("Invoice"),
        PaperKind.DETAIL_LIST: t("Detail list"),
        PaperKind.PHOTO: t("Photos"),
        PaperKind.WINNERS: t("Signed list of winners"),
        PaperKind.SIGN_OFF: t("Sign-off list"),
        PaperKind.RECEIPT: t("Receipt or transfer slip"),
        PaperKind.CERTIFICATE: t("Certificate (seen only)"),
        PaperKind.APPROVAL: t("Approval form"),
        PaperKind.RESOLUTION: t("Committee's resolution"),
        PaperKind.CONTRACT: t("Contract or quotes"),
        PaperKind.NOTE: t("Note of the talk"),
        PaperKind.BANK: t("Bank statement"),
        PaperKind.OTHER: t("Other paper"),
    }
    return words[kind]


def tell_missing(missing: Sequence[PaperKind]) -> str:
    """签到表、照片."""
    return (", " if language() == "en" else "、").join(paper_word(kind) for kind in missing)


def show_papers(
    papers: Sequence[FundPaper],
    *,
    owner: PaperOwner,
    wanted: Sequence[PaperKind] = (),
    is_private: bool = False,
) -> None:
    """A line for each paper that is wanted and each that is there, and where to add more.

    ``papers``: all of the owner's, the removed ones too (they can be put back). ``is_private``: lists of names among them are shown only
    to chair and treasurer, on a click that is logged.
    """
    kept = [paper for paper in papers if paper.removed_at_utc is None]
    missing = [kind for kind in wanted if kind not in {paper.kind for paper in kept}]
    with st.container(border=True, gap="xsmall", key=f"fund_papers_{owner.key}"):
        _show_head(kept, missing, wanted)
        for kind in dict.fromkeys([*wanted, *(paper.kind for paper in kept)]):
            mine = [paper for paper in kept if paper.kind is kind]
            for paper in mine:
                _show_paper(paper)
            if not mine:
                _show_gap(owner, kind, is_private)
        _show_more(owner, is_private)
        for paper in papers:
            if paper.removed_at_utc is not None:
                _show_removed(paper)


def _show_head(kept: Sequence[FundPaper], missing: Sequence[PaperKind], wanted: Sequence[PaperKind]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/attach_file: **{t('Papers')}**", width="stretch")
        if missing:
            st.markdown(f":orange[{tn('{n} missing', '{n} missing', len(missing))}]", width="content")
        elif wanted:
            st.markdown(f":green[:material/check_circle: {t('All there')}]", width="content")
        elif not kept:
            st.markdown(f":gray[{t('None yet')}]", width="content")


def _show_gap(owner: PaperOwner, kind: PaperKind, is_private: bool) -> None:
    """A paper that is wanted and not there: an empty circle, and the way to bring it."""
    key = f"{owner.key}_{kind.value}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f":gray[:material/radio_button_unchecked:] {paper_word(kind)}", width="stretch")
        label = t("Seen") if kind in SEEN_ONLY else t("Add")
        icon = ":material/visibility:" if kind in SEEN_ONLY else ":material/add:"
        offer(Act.HAND_IN_CLAIM, label, icon=icon, type="tertiary", key=f"add_paper_{key}", on_click=_ask_for, args=(key,))
    if st.session_state.get(_ADDING) == key:
        _ask(owner, kind, is_private, key)


def _show_more(owner: PaperOwner, is_private: bool) -> None:
    key = f"{owner.key}_{_ELSE}"
    offer(
        Act.HAND_IN_CLAIM,
        t("Another paper"),
        icon=":material/add:",
        type="tertiary",
        key=f"add_paper_{key}",
        on_click=_ask_for,
        args=(key,),
    )
    if st.session_state.get(_ADDING) == key:
        kind = st.selectbox(
            t("Kind of paper"),
            list(PaperKind),
            index=None,
            format_func=paper_word,
            placeholder=t("By the file's name"),
            key=f"paper_kind_{key}",
        )
        _ask(owner, kind, is_private, key)


def _ask(owner: PaperOwner, kind: PaperKind | None, is_private: bool, key: str) -> None:
    """The file, or who saw the paper and where it lies."""
    with st.container(border=True, gap="small", key=f"ask_paper_{key}"):
        if kind in SEEN_ONLY:
            st.markdown(f":small[:material/shield_person: {t('Look at it and give it back: no copy, no number, no diagnosis is kept.')}]")
        else:
            turn = st.session_state.get(_TURN, 0)
            with st.container(key=f"files_fund_{key}"):
                st.file_uploader(
                    t("Take a photo or choose files, up to {limit_mb} MB each", limit_mb=UPLOAD_LIMIT_MB),
                    accept_multiple_files=True,
                    max_upload_size=TAKEN_MB,
                    key=f"fund_files_{key}_{turn}",
                    on_change=_keep,
                    args=(owner, kind, is_private, f"fund_files_{key}_{turn}"),
                )
            st.markdown(f":small[:gray[{t('Or note a paper that stays in the folder:')}]]")
        left, right = st.columns(2, wrap=False)
        left.text_input(t("Seen by"), max_chars=40, value=acting_name(), key=f"paper_seen_{key}")
        right.text_input(t("Kept where"), max_chars=200, placeholder=t("e.g. folder 3"), key=f"paper_place_{key}")
        st.button(
            t("Note it"),
            icon=":material/check:",
            key=f"note_paper_{key}",
            on_click=_note,
            args=(owner, kind or PaperKind.OTHER, is_private, key),
        )


def _show_paper(paper: FundPaper) -> None:
    """A paper that is there; its name opens it."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"paper_line_{paper.id}"):
        st.markdown(f":green[:material/check_circle:] {paper_word(paper.kind)}", width="content")
        with st.container(horizontal_alignment="right"):
            st.button(escape(_name(paper)), type="tertiary", key=f"open_fund_paper_{paper.id}", on_click=_toggle, args=(paper.id,))
    if st.session_state.get(_OPEN) == paper.id:
        _show_opened(paper)


def _show_opened(paper: FundPaper) -> None:
    with st.container(border=True, gap="small", key=f"opened_paper_{paper.id}"):
        seen = t("seen by {name}", name=paper.seen_by) if paper.seen_by else ""
        facts = [escape(fact) for fact in (paper.place, seen) if fact]
        facts.append(t("{day}, {who}", day=short_date(clock.local_day(paper.created_at_utc)), who=tell_who(paper.who)))
        st.markdown(f":small[:gray[{' · '.join(facts)}]]")
        if paper.is_private and paper.stored_name and not _is_shown(paper):
            _offer_reveal(paper)
        else:
            _show_file(paper)
            if paper.is_private and paper.stored_name:
                watch_expiry(lambda: _is_shown(paper))
        st.button(
            t("Remove"), icon=":material/delete:", type="tertiary", key=f"drop_fund_paper_{paper.id}", on_click=_remove, args=(paper.id,)
        )


def _show_file(paper: FundPaper) -> None:
    folder = evidence_place()
    large = evidence.read_preview(paper, folder=folder)
    if large:
        show_photo(large, name=_name(paper), enlarge=t("Enlarge"), close=t("Close"), opened=0, key=f"fund_photo_{paper.id}")
    if is_there(paper, folder):
        offer_file(
            t("Download"),
            lambda: evidence.read_file(paper, folder=folder) or b"",
            what=Export.PAPER,
            names=paper.is_private,
            file_name=paper.name,
            icon=":material/download:",
            type="tertiary",
            key=f"take_fund_paper_{paper.id}",
        )


def _offer_reveal(paper: FundPaper) -> None:
    st.markdown(f":small[:gray[{t('It names people. Chair and treasurer may open it; that is written down.')}]]")
    offer_sight(t("Open it"), key=f"reveal_fund_paper_{paper.id}", reveal=partial(_reveal, paper.id or 0), keep=_keep_open)


def _show_removed(paper: FundPaper) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[{t('Removed: {name}', name=escape(_name(paper)))}]]", width="stretch")
        label, icon = t("Put back"), ":material/undo:"
        offer(Act.HAND_IN_CLAIM, label, icon=icon, type="tertiary", key=f"back_fund_paper_{paper.id}", on_click=_put_back, args=(paper.id,))


def _name(paper: FundPaper) -> str:
    """A file's name; a paper that was only seen says so; a private file is called after nobody."""
    if not paper.stored_name:
        return t("paper seen") if paper.is_private or paper.kind in SEEN_ONLY else paper.name or t("paper seen")
    return t("names people") if paper.is_private else paper.name


def _is_shown(paper: FundPaper) -> bool:
    """As long as names are: for whoever asked, while personal fields are open, where nobody looks on."""
    return st.session_state.get(_SHOWN) == (paper.id, acting_who()) and is_unlocked() and is_here()


def _ask_for(key: str) -> None:
    st.session_state[_ADDING] = None if st.session_state.get(_ADDING) == key else key


def _toggle(paper_id: int) -> None:
    st.session_state[_OPEN] = None if st.session_state.get(_OPEN) == paper_id else paper_id


def _keep(owner: PaperOwner, kind: PaperKind | None, is_private: bool, key: str) -> None:
    """Of several files those that are good are kept; what is wrong with the others is said."""
    uploads = st.session_state.get(key) or []
    refused: list[Refusal] = []

    with db.reading() as session:
        names_people = fund_papers.judge_privacy(session, kind=kind, names_people=is_private, **asdict(owner))

    def keep(session: Session) -> None:
        files = keep_uploads(_copied(uploads, kind, refused), refused, is_private=names_people)
        if not files:
            raise refused[0]
        for file in files:
            fund_papers.add_file(session, file, kind=kind, is_private=names_people(file.name), **asdict(owner), **_stamp())

    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1  # an uploader under a new key is empty
    if not uploads:
        return
    is_kept = action(keep).ok
    if refused:
        refuse(" ".join(tell(refusal) for refusal in refused))
    if is_kept:
        _settle(tn("{n} file added.", "{n} files added.", len(uploads) - len(refused)))


def _copied(uploads: Sequence[UploadedFile], kind: PaperKind | None, refused: list[Refusal]) -> list[UploadedFile]:
    """Those that may be kept at all: a certificate is put back into its owner's hands before a byte of it is stored."""
    taken = []
    for upload in uploads:
        try:
            fund_papers.check_copied(upload.name, kind)
            taken.append(upload)
        except Refusal as refusal:
            refused.append(refusal)
    return taken


def _note(owner: PaperOwner, kind: PaperKind, is_private: bool, key: str) -> None:
    told: dict[str, Any] = {
        "seen_by": st.session_state.get(f"paper_seen_{key}") or "",
        "place": st.session_state.get(f"paper_place_{key}") or "",
        "is_private": is_private and kind in NAMING,
        **asdict(owner),
    }
    _commit(lambda session: fund_papers.note_paper(session, kind=kind, **told, **_stamp()), t("Noted."))


def _remove(paper_id: int) -> None:
    _commit(lambda session: fund_papers.remove_paper(session, paper_id, **_stamp()), in_bin(t("Removed.")))


def _put_back(paper_id: int) -> None:
    _commit(lambda session: fund_papers.put_back_paper(session, paper_id, **_stamp()), t("Put back."))


def _reveal(paper_id: int, session: Session) -> FundPaper:
    return fund_papers.reveal_paper(session, paper_id, **_stamp())


def _keep_open(paper: FundPaper) -> None:
    st.session_state[_SHOWN] = paper.id, acting_who()


def _commit(change: Callable[[Session], object], done: str) -> None:
    if action(change).ok:
        _settle(done)


def _settle(done: str) -> None:
    """Say what was done, and redraw the page behind the drawer too: what is missing may have changed."""
    report(done)
    st.session_state[_ADDING] = None
    st.rerun()


def _stamp() -> dict[str, Any]:
    return {"who": acting_who(), "now_utc": clock.now_utc()}
