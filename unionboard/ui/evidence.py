"""Papers and photos that prove a check-off: asked for in its form, added from its card, shown and taken away in its drawer."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from sqlmodel import Session
from streamlit.runtime.uploaded_file_manager import UploadedFile

from unionboard import clock
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.errors.evidence_store import StoreUnusable
from unionboard.models import Evidence, EvidenceKind, FundPaper
from unionboard.services import evidence
from unionboard.services.activities import ActivityView, Record
from unionboard.services.evidence import StoredFile
from unionboard.services.evidence_store import Place, evidence_place
from unionboard.services.exports import Export
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action, refuse, report
from unionboard.ui.components.photo import show_photo
from unionboard.ui.downloads import offer_file
from unionboard.ui.history import tell_who
from unionboard.ui.identity import acting_who
from unionboard.ui.offers import offer
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, short_date, span, t, tn
from unionboard.ui.trash import in_bin

EVIDENCE_WORDS = {
    EvidenceKind.SIGN_IN: "Sign-in sheet",
    EvidenceKind.PHOTO: "Photos",
    EvidenceKind.NOTICE: "Notice",
    EvidenceKind.PLAN: "Programme",
    EvidenceKind.INVOICE: "Invoices",
    EvidenceKind.MINUTES: "Minutes",
    EvidenceKind.BULLETIN: "Bulletin",
    EvidenceKind.OTHER: "Other paper",
}
TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the service refuses in the user's language, the widget only in English
_SLOW_BYTES = 6_000_000  # from here on a word is said while the photos are made ready
_CHOSEN = "chosen_paper"  # id of the paper whose details stand below the tiles, and how many were chosen so far
_BARE_SHOWN = 6  # newest check-offs without papers: a duty logged every week has dozens
_ICONS = {"application/pdf": "picture_as_pdf", "text/plain": "notes", "": "inventory_2"}


def ask_evidence(key: str, *, on_paper: bool = False) -> None:
    """Widgets for a form: files with their kind, or a paper that is only seen. ``take_files`` and ``keep_evidence`` store what was given.

    ``on_paper``: papers of this activity are private (``evidence.stays_on_paper``): the part for papers seen comes first and says why.
    """
    kinds = _kind_words()
    st.pills(t("Evidence"), list(kinds), format_func=kinds.__getitem__, key=f"{key}_kind")
    if on_paper:
        _warn_of_private()
    else:
        _ask_files(key)
    with st.expander(t("Paper seen, no file kept"), icon=":material/inventory_2:", expanded=on_paper, key=f"{key}_seen_box"):
        st.text_input(t("What paper"), max_chars=200, placeholder=t("e.g. sign-off list, 2 pages"), key=f"{key}_paper")
        left, right = st.columns(2, wrap=False)
        left.text_input(t("Kept where"), max_chars=200, placeholder=t("e.g. folder 3"), key=f"{key}_place")
        right.text_input(t("Seen by"), max_chars=40, key=f"{key}_seen_by")
    if on_paper:
        _ask_files(key)


def take_files(key: str) -> list[StoredFile]:
    """Make ready and store the files of ``ask_evidence(key)``. Called before anything is written: others may save meanwhile.

    Raises: what ``evidence.keep_file`` raises.
    """
    return keep_uploads(st.session_state.get(f"{key}_files") or [])


def keep_evidence(session: Session, check_off_id: int, key: str, files: Sequence[StoredFile]) -> None:
    """Note for a check-off what ``ask_evidence(key)`` was given, in the caller's transaction; ``files`` from ``take_files``."""
    typed = st.session_state
    kind: EvidenceKind | None = typed.get(f"{key}_kind")
    told = {
        name: typed.get(f"{key}_{field}", "").strip() for name, field in (("name", "paper"), ("place", "place"), ("seen_by", "seen_by"))
    }
    if kind and not files and not any(told.values()):
        told["seen_by"] = t("Chair")  # a kind by itself: whoever ticks has the paper before them
    if any(told.values()):
        paper_kind = (EvidenceKind.OTHER if files else kind) or EvidenceKind.OTHER
        evidence.note_paper(session, check_off_id, kind=paper_kind, **told, **_stamp())
    for file in files:
        evidence.add_file(session, check_off_id, file, kind=kind, **_stamp())


def keep_uploads(
    uploads: Sequence[UploadedFile], refused: list[Refusal] | None = None, *, is_private: Callable[[str], bool] = lambda _name: False
) -> list[StoredFile]:
    """Make ready and store uploaded files: all or, when there is a list to put refusals on, those that can be kept.

    ``is_private``: says by its name whether a file names people and is stored sealed. Touches no database. Says how far it is when that
    takes a while. Raises: what ``evidence.keep_file`` raises.
    """
    folder = evidence_place()
    waiting, files = None, []
    is_slow = sum(upload.size for upload in uploads) > _SLOW_BYTES or any(
        upload.name.lower().endswith((".heic", ".heif")) for upload in uploads
    )
    for number, upload in enumerate(uploads, start=1):
        if is_slow:
            told = t("Making photo {number} of {total} ready …", number=number, total=len(uploads))
            waiting = waiting.toast(told, icon="spinner", duration=60) if waiting else st.toast(told, icon="spinner", duration=60)
        try:
            files.append(evidence.keep_file(upload.getvalue(), upload.name, folder=folder, is_private=is_private(upload.name)))
        except Exception as error:
            if refused is not None and isinstance(error, Refusal):
                refused.append(error)
                continue
            if waiting:
                waiting.toast(t("Stopped."), icon=":material/block:", duration="short")
            raise
    if waiting and files:
        waiting.toast(t("The photos are ready."), icon=":material/check_circle:", duration="short")
    elif waiting:
        waiting.toast(t("Stopped."), icon=":material/block:", duration="short")
    return files


def is_there(paper: Evidence | FundPaper, folder: Place) -> bool:
    """Whether a paper's file can be had; while storage does not answer that is said in its place."""
    try:
        return evidence.find_file(paper, folder=folder) is not None
    except StoreUnusable as refusal:
        st.warning(tell(refusal), icon=":material/cloud_off:")
        return False


def show_photo_button(check_off_id: int) -> None:
    """A button: take a photo or choose files, kept at once with the check-off."""
    if not identity.may(Act.CHECK_OFF):
        return
    turn = f"photos_turn_drawer_{check_off_id}"
    key = f"photos_drawer_{check_off_id}_{st.session_state.get(turn, 0)}"
    with st.container(key=f"photo_drawer_{check_off_id}", width="content"):
        st.file_uploader(
            t("Add photo"),
            accept_multiple_files=True,
            max_upload_size=TAKEN_MB,
            key=key,
            label_visibility="collapsed",
            on_change=_keep_at_once,
            args=(check_off_id, key, turn),
        )


def show_shared_uploader(key: str) -> None:
    """The one uploader of a list of cards, in a container ``key``: a file's name begins with its check-off's number and ``~``."""
    turn = f"{key}_turn"
    with st.container(key=key):
        st.file_uploader(
            t("Add photo"),
            accept_multiple_files=True,
            max_upload_size=TAKEN_MB,
            key=f"{key}_{st.session_state.get(turn, 0)}",
            label_visibility="collapsed",
            on_change=_keep_shared,
            args=(key, turn),
        )


def show_papers(view: ActivityView, papers: Sequence[Evidence]) -> None:
    """The papers of an activity's check-offs as tiles, newest check-off first, and where to add some; nothing before the first check-off.

    ``papers`` are all of them with the removed ones, which can be put back.
    """
    if not view.records:
        return
    kept = [paper for paper in papers if paper.removed_at_utc is None]
    title = tn("Evidence, {n} paper", "Evidence, {n} papers", len(kept)) if kept else t("No evidence yet")
    with st.expander(title, icon=":material/attach_file:", expanded=True, key="papers_box"):
        if evidence.stays_on_paper(view):
            _warn_of_private()
        bare = 0
        for record in reversed(view.records):
            mine = [paper for paper in kept if paper.check_off_id == record.id]
            bare += not mine
            if mine or bare <= _BARE_SHOWN:
                _show_record(record, mine, dated=len(view.records) > 1)
        for paper in papers:
            if paper.removed_at_utc is not None:
                _show_removed(paper)


def _warn_of_private() -> None:
    words = t("Papers on illness or hardship stay in the folder: note only where, and who saw them.")
    st.markdown(f":small[:material/shield_person: {words}]")


def _ask_files(key: str) -> None:
    with st.container(key=f"files_{key}"):
        st.file_uploader(
            t("Take a photo or choose files, up to {limit_mb} MB each", limit_mb=UPLOAD_LIMIT_MB),
            accept_multiple_files=True,
            max_upload_size=TAKEN_MB,
            key=f"{key}_files",
        )
        st.markdown(f":small[:gray[{t('The place where a photo was taken is removed from it.')}]]")


def _keep_at_once(check_off_id: int, key: str, turn: str) -> None:
    uploads = st.session_state.get(key) or []
    if uploads:
        _keep_with(check_off_id, uploads)
        st.session_state[turn] = st.session_state.get(turn, 0) + 1  # an uploader under a new key is empty


def _keep_shared(key: str, turn: str) -> None:
    mine: dict[int, list[UploadedFile]] = {}
    for upload in st.session_state.get(f"{key}_{st.session_state.get(turn, 0)}") or []:
        number, _, upload.name = upload.name.partition("~")
        mine.setdefault(int(number), []).append(upload)
    for check_off_id, uploads in mine.items():
        _keep_with(check_off_id, uploads)
    if mine:
        st.session_state[turn] = st.session_state.get(turn, 0) + 1


def _keep_with(check_off_id: int, uploads: Sequence[UploadedFile]) -> None:
    """Of several files those that are good are kept; what is wrong with the others is said."""
    refused: list[Refusal] = []

    def keep(session: Session) -> int:
        files = keep_uploads(uploads, refused)
        if not files:
            raise refused[0]
        for file in files:
            evidence.add_file(session, check_off_id, file, kind=None, **_stamp())
        return len(files)

    outcome = action(keep)
    if outcome.value:
        report(tn("{n} file added.", "{n} files added.", outcome.value))
        if refused:
            refuse(" ".join(tell(refusal) for refusal in refused))


def _show_record(record: Record, papers: Sequence[Evidence], *, dated: bool) -> None:
    """The tiles of one check-off, below them the chosen paper, and the button for more."""
    if dated:
        missing = "" if papers else f"　:orange[{t('No papers')}]"
        st.markdown(f":small[:gray[{span(record.done_on, record.done_to)}]{missing}]")
    if papers:
        tiles = st.grid("auto", min_column_width=104, gap="small", key=f"tiles_{record.id}")
        for paper in papers:
            with tiles.cell():
                _show_tile(paper)
    chosen_id, opened = st.session_state.get(_CHOSEN, (None, 0))
    for paper in papers:
        if paper.id == chosen_id:
            _show_chosen(paper, opened)
    show_photo_button(record.id)


def _show_tile(paper: Evidence) -> None:
    with st.container(key=f"tile_{paper.id}", gap=None, border=True):
        small = evidence.read_thumb(paper, folder=evidence_place())
        if small:
            st.image(small, width="stretch", alt=name_paper(paper))
        else:
            with st.container(key=f"sign_{paper.id}"):
                st.markdown(f":gray[:material/{_ICONS.get(paper.media_type, 'description')}:]", text_alignment="center")
        st.button(escape(name_paper(paper)), key=f"open_paper_{paper.id}", on_click=_choose, args=(paper.id,), type="tertiary")


def _show_chosen(paper: Evidence, opened: int) -> None:
    with st.container(key="chosen_box", border=True, gap="small"):
        facts = [
            t(EVIDENCE_WORDS[paper.kind]),
            _tell_size(paper),
            paper.place,
            t("seen by {name}", name=paper.seen_by) if paper.seen_by else "",
        ]
        st.markdown(f"**{escape(name_paper(paper))}**")
        added = t("{day}, {who}", day=short_date(clock.local_day(paper.created_at_utc)), who=tell_who(paper.who))
        st.markdown(f":small[:gray[{' · '.join([*(escape(fact) for fact in facts if fact), added])}]]")
        folder = evidence_place()
        large = evidence.read_preview(paper, folder=folder)
        if large:
            show_photo(large, name=name_paper(paper), enlarge=t("Enlarge"), close=t("Close"), opened=opened, key=f"photo_large_{paper.id}")
        with st.container(horizontal=True, vertical_alignment="center"):
            kinds = _kind_words()
            key = f"kind_of_{paper.id}"
            st.session_state[key] = paper.kind
            st.selectbox(
                t("Kind of paper"),
                list(kinds),
                format_func=kinds.__getitem__,
                key=key,
                label_visibility="collapsed",
                width=150,
                disabled=not identity.may(Act.CHECK_OFF),
                on_change=_set_kind,
                args=(paper.id, key),
            )
            if is_there(paper, folder):
                offer_file(
                    t("Download"),
                    lambda: evidence.read_file(paper, folder=folder) or b"",
                    what=Export.EVIDENCE,
                    file_name=paper.name,
                    icon=":material/download:",
                    type="tertiary",
                    key=f"paper_{paper.id}",
                )
            offer(
                Act.CHECK_OFF,
                t("Remove"),
                icon=":material/delete:",
                type="tertiary",
                key=f"remove_paper_{paper.id}",
                on_click=_remove,
                args=(paper.id,),
            )


def _show_removed(paper: Evidence) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f":small[:gray[{t('Removed: {name}', name=escape(name_paper(paper)))}]]", width="stretch")
        offer(
            Act.CHECK_OFF,
            t("Put back"),
            icon=":material/undo:",
            type="tertiary",
            key=f"put_back_{paper.id}",
            on_click=_put_back,
            args=(paper.id,),
        )


def _choose(paper_id: int) -> None:
    _, opened = st.session_state.get(_CHOSEN, (None, 0))
    st.session_state[_CHOSEN] = paper_id, opened + 1


def _set_kind(paper_id: int, key: str) -> None:
    kind = st.session_state[key]
    _change(lambda session: evidence.set_kind(session, paper_id, kind=kind, **_stamp()), t("Saved."))


def _remove(paper_id: int) -> None:
    _change(lambda session: evidence.remove_evidence(session, paper_id, **_stamp()), in_bin(t("Removed.")))


def _put_back(paper_id: int) -> None:
    _change(lambda session: evidence.put_back_evidence(session, paper_id, **_stamp()), t("Put back."))


def _change(change: Callable[[Session], object], done: str) -> None:
    """Commit, then redraw the page behind the drawer too: what counts as proven may have changed."""
    if action(change, done=done).ok:
        st.rerun()


def name_paper(paper: Evidence) -> str:
    """What a paper is called; without a name of its own, by its kind."""
    return paper.name or t(EVIDENCE_WORDS[paper.kind])


def _tell_size(paper: Evidence) -> str:
    size = paper.size_bytes or 0
    return "" if not size else f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _kind_words() -> dict[EvidenceKind, str]:
    return {kind: t(word) for kind, word in EVIDENCE_WORDS.items()}


def _stamp() -> dict[str, Any]:
    return {"who": acting_who(), "now_utc": clock.now_utc()}
