"""Papers and photos that prove a check-off: asked for in its form, kept with it, shown below it."""

from collections.abc import Sequence

import streamlit as st
from sqlmodel import Session

from unionboard import clock
from unionboard.config import UPLOAD_LIMIT_MB, read_config
from unionboard.models import Evidence, EvidenceKind
from unionboard.services import checkoffs, evidence
from unionboard.services.activities import ActivityView
from unionboard.ui.actions import LOCAL_USER
from unionboard.ui.text import escape, t, tn

EVIDENCE_WORDS = {
    EvidenceKind.PLAN: "Programme",
    EvidenceKind.NOTICE: "Notice",
    EvidenceKind.SIGN_IN: "Sign-in sheet",
    EvidenceKind.PHOTO: "Photos",
    EvidenceKind.INVOICE: "Invoices",
    EvidenceKind.MINUTES: "Minutes",
    EvidenceKind.BULLETIN: "Bulletin",
    EvidenceKind.OTHER: "Other paper",
}

_TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the service refuses in the user's language, the widget only in English


def ask_evidence(key: str) -> None:
    """Widgets for a form: kind, where a paper lies, files. ``keep_evidence`` with the same ``key`` stores what was given."""
    kinds = {kind: t(word) for kind, word in EVIDENCE_WORDS.items()}
    left, right = st.columns([2, 3], wrap=False)
    left.selectbox(
        t("Evidence"),
        list(kinds),
        index=None,
        format_func=kinds.__getitem__,
        placeholder=t("Choose"),
        key=f"{key}_kind",
    )
    right.text_input(t("Kept where (paper)"), max_chars=200, placeholder=t("e.g. folder 3"), key=f"{key}_paper")
    st.file_uploader(
        t("Or a photo or file, up to {limit_mb} MB each", limit_mb=UPLOAD_LIMIT_MB),
        accept_multiple_files=True,
        max_upload_size=_TAKEN_MB,
        key=f"{key}_files",
    )


def keep_evidence(session: Session, check_off_id: int, key: str) -> None:
    """Store what ``ask_evidence(key)`` was given, in the caller's transaction.

    Raises: EvidenceEmpty, EvidenceTooLarge, EvidenceFormatRefused.
    """
    kind = st.session_state[f"{key}_kind"]
    paper = st.session_state[f"{key}_paper"].strip()
    files = st.session_state[f"{key}_files"] or []
    if paper or (kind and not files):
        name = paper or t(EVIDENCE_WORDS[kind])
        checkoffs.add_evidence(session, check_off_id, kind=kind or EvidenceKind.OTHER, name=name, who=LOCAL_USER, now_utc=clock.now_utc())
    for file in files:
        evidence.store_evidence(
            session,
            check_off_id,
            kind=kind or EvidenceKind.OTHER,
            name=file.name,
            content=file.getvalue(),
            folder=read_config().evidence_dir,
            who=LOCAL_USER,
            now_utc=clock.now_utc(),
        )


def show_papers(view: ActivityView, papers: Sequence[Evidence]) -> None:  # noqa: ARG001
    """The papers of an activity's check-offs, to be opened. Nothing is drawn when there are none."""
    if not papers:
        return
    with st.expander(tn("Evidence, {n} paper", "Evidence, {n} papers", len(papers)), icon=":material/attach_file:", key="papers_box"):
        for paper in papers:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f":green-badge[:material/check: {t(EVIDENCE_WORDS[paper.kind])}]", width="content")
                st.markdown(f":small[{escape(paper.name)}]", width="stretch")
                file = evidence.find_file(paper, folder=read_config().evidence_dir)
                if file:
                    key = f"paper_{paper.id}"
                    st.download_button(t("Open"), file.read_bytes, file_name=paper.name, type="tertiary", on_click="ignore", key=key)
