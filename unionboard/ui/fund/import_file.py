"""Entries and budgets from files: choose a file, see what will be stored, answer what is asked, import. A wide dialog of the fund page."""

from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePath

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.config import UPLOAD_LIMIT_MB
from unionboard.errors import Refusal
from unionboard.errors.entries import NameMissing
from unionboard.errors.ledger_import import SideNotTold
from unionboard.money import format_fen
from unionboard.reading.ledger_lines import FileSetting
from unionboard.services import budget_import, fund_items, ledger_import
from unionboard.services.budget_import import BudgetPreview
from unionboard.services.changes import current_pulse
from unionboard.services.import_lines import ImportChoices, LineState
from unionboard.services.import_mappings import save_mapping
from unionboard.services.ledger_import import ImportPreview
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.actions import action, report, show_notices
from unionboard.ui.drawers import close_drawer
from unionboard.ui.fund.import_mapping import show_mapping
from unionboard.ui.fund.import_preview import show_budget_preview, show_preview
from unionboard.ui.fund.import_questions import show_questions
from unionboard.ui.identity import acting_who
from unionboard.ui.refusals import tell
from unionboard.ui.text import t, tn

ENTRIES, BUDGET = "entries", "budget"
WIDTH = 1080
_OPEN, _SERIAL, _KIND = "fund_import", "import_serial", "import_kind"
_TAKEN_MB = 100  # server.maxUploadSize: what is above our own limit the reader refuses in the user's language, the widget only in English


@dataclass(slots=True)
class Intake:
    """The import that is open: the file, and what was said of it so far. ``setting`` None: what is remembered, or what the file says."""

    year: int
    kind: str = ENTRIES
    data: bytes = b""
    file_name: str = ""
    setting: FileSetting | None = None
    choices: ImportChoices = field(default_factory=ImportChoices)
    kept: tuple[object, object] = (None, None)  # what a preview was made for, and the preview


def open_import(year: int) -> None:
    """Open the dialog, for ``on_click`` callbacks."""
    close_drawer()
    _forget_fields()
    st.session_state[_OPEN] = Intake(year)


def show_import(year: int) -> None:
    """The dialog, when it is open for this book. Called at the end of the page; no drawer may be open beside it."""
    intake = st.session_state.get(_OPEN)
    if isinstance(intake, Intake) and intake.year == year and identity.may(Act.KEEP_BOOKS, Act.PLAN_BUDGET):
        st.dialog(t("Import into the book of {year}", year=year), position="right", width=WIDTH, on_dismiss=close_import)(_show)(intake)


def close_import() -> None:
    """Forget the file and all that was said."""
    st.session_state.pop(_OPEN, None)
    _forget_fields()


def _forget_fields() -> None:
    serial = int(st.session_state.get(_SERIAL, 0)) + 1
    for key in [key for key in st.session_state if str(key).startswith("import_")]:
        del st.session_state[key]
    st.session_state[_SERIAL] = serial


def _leave() -> None:
    close_import()
    st.rerun()


def _show(intake: Intake) -> None:
    show_notices()
    with st.container(key="import_dialog", gap="medium"):
        _ask_file(intake)
        if not intake.data:
            return
        if intake.kind == BUDGET:
            _show_budget(intake)
        else:
            _show_entries(intake)


def _ask_file(intake: Intake) -> None:
    st.session_state.setdefault(_KIND, intake.kind)
    kind = st.segmented_control(
        t("What to import"),
        [ENTRIES, BUDGET],
        format_func=lambda code: t("Entries") if code == ENTRIES else t("The budget"),
        required=True,
        label_visibility="collapsed",
        key=_KIND,
    )
    file = st.file_uploader(
        t("Excel (.xlsx) or text (.csv), up to {limit} MB", limit=UPLOAD_LIMIT_MB),
        key=f"import_file_{st.session_state.get(_SERIAL, 0)}",
        max_upload_size=_TAKEN_MB,
    )
    data, name = (file.getvalue(), file.name) if file is not None else (b"", "")
    if file is None:
        _show_hint(kind or ENTRIES)
    if (kind or ENTRIES, name, sha256(data).digest()) != (intake.kind, intake.file_name, sha256(intake.data).digest()):
        intake.kind, intake.data, intake.file_name = kind or ENTRIES, data, name
        intake.setting, intake.choices, intake.kept = None, ImportChoices(), (None, None)


def _show_hint(kind: str) -> None:
    hint = (
        t("A ledger, a bank statement, an accounting export or a yearly report: columns and items are found by themselves.")
        if kind != BUDGET
        else t("A table of items with the year's amounts, in yuan or ten thousand yuan.")
    )
    with st.container(gap="xsmall"):
        st.markdown(f":gray[{hint}]")
        st.markdown(f":small[:gray[{t('Nothing is stored before you have seen it. A second import of the same file adds nothing.')}]]")


# --- entries -----------------------------------------------------------------------------------------------------------------


def _show_entries(intake: Intake) -> None:
    preview = _preview_entries(intake)
    if preview is None:
        return
    with db.reading() as session:
        items = fund_items.list_items(session)
    show_mapping(preview, items, on_change=lambda setting: _set_setting(intake, setting))
    show_questions(
        preview, items, intake.choices, on_setting=lambda s: _set_setting(intake, s), on_choice=lambda c: _set_choices(intake, c)
    )
    show_preview(preview, items)
    _ask_name(intake, preview)
    new = preview.count(LineState.NEW)
    can = preview.is_ready and (new > 0 or preview.opening is ledger_import.OpeningState.SET)
    label = tn("Import {n} entry", "Import {n} entries", new) if new else t("Nothing new to import")
    _show_buttons(label, _import_entries, intake, preview, is_ready=can)


def _preview_entries(intake: Intake) -> ImportPreview | None:
    with db.reading() as session:
        wanted = (repr(intake.setting), intake.choices, current_pulse(session), st.session_state.get("language"))
        if intake.kept[0] == wanted and isinstance(intake.kept[1], ImportPreview):
            return intake.kept[1]
        try:
            preview = ledger_import.preview_import(
                session,
                intake.data,
                file_name=intake.file_name,
                year=intake.year,
                today=clock.today(),
                setting=intake.setting,
                choices=intake.choices,
            )
        except SideNotTold as refusal:
            _ask_side(intake, refusal)
            return None
        except Refusal as refusal:
            st.error(tell(refusal), icon=":material/block:")
            return None
    intake.kept = (wanted, preview)
    return preview


def _ask_side(intake: Intake, refusal: Refusal) -> None:
    st.warning(tell(refusal), icon=":material/help:")
    side = st.segmented_control(
        t("These amounts are"),
        ["in", "out"],
        format_func=lambda code: t("Income") if code == "in" else t("Spending"),
        key="import_side",
    )
    if side:
        setting = intake.setting or FileSetting()
        _set_setting(intake, replace(setting, defaults={**setting.defaults, "side": side}))
        st.rerun(scope="fragment")


def _ask_name(intake: Intake, preview: ImportPreview) -> None:
    """What was said of a file is worth remembering; what the file says by itself is not."""
    if intake.setting is None:
        return
    st.session_state.setdefault("import_remember", True)
    with st.container(horizontal=True, vertical_alignment="bottom", wrap=True):
        keep = st.toggle(t("Remember how such files are read"), key="import_remember")
        if keep:
            st.session_state.setdefault("import_name", preview.mapping or PurePath(preview.file_name).stem[:80])
            st.text_input(t("Name"), max_chars=80, label_visibility="collapsed", width=280, key="import_name")


def _import_entries(intake: Intake, preview: ImportPreview) -> None:
    who, now_utc = acting_who(), clock.now_utc()
    remember = bool(intake.setting is not None and st.session_state.get("import_remember"))
    name = str(st.session_state.get("import_name") or "").strip()

    def change(session: Session) -> None:
        if remember and not name:
            raise NameMissing
        ledger_import.import_ledger(session, preview, intake.data, choices=intake.choices, today=clock.today(), who=who, now_utc=now_utc)
        if remember:
            save_mapping(session, name, preview.setting, signature=preview.signature, who=who, now_utc=now_utc)

    if action(change, safe="before-import").ok:
        n = preview.count(LineState.NEW)
        told = {"year": preview.year, "balance": format_fen(preview.closing_fen)}
        report(tn("Booked {n} entry in {year}; balance {balance}.", "Booked {n} entries in {year}; balance {balance}.", n, **told))
        _leave()


# --- the budget --------------------------------------------------------------------------------------------------------------


def _show_budget(intake: Intake) -> None:
    with db.reading() as session:
        items = fund_items.list_items(session)
        try:
            preview = budget_import.preview_budget(
                session,
                intake.data,
                file_name=intake.file_name,
                year=intake.year,
                setting=intake.setting,
                choices=intake.choices,
            )
        except Refusal as refusal:
            st.error(tell(refusal), icon=":material/block:")
            return
    show_questions(
        preview, items, intake.choices, on_setting=lambda s: _set_setting(intake, s), on_choice=lambda c: _set_choices(intake, c)
    )
    show_budget_preview(preview, items)
    n = len(preview.changes)
    label = tn("Set {n} line of the budget", "Set {n} lines of the budget", n) if n else t("Nothing new to import")
    _show_buttons(label, _import_budget, intake, preview, is_ready=bool(n) and not preview.problems)


def _import_budget(intake: Intake, preview: BudgetPreview) -> None:
    def change(session: Session) -> int:
        return budget_import.import_budget(session, preview, intake.data, choices=intake.choices, who=acting_who(), now_utc=clock.now_utc())

    outcome = action(change, safe="before-import")
    if outcome.ok:
        report(t("The budget of {year}: {n} lines set.", year=preview.year, n=outcome.value))
        _leave()


# --- both --------------------------------------------------------------------------------------------------------------------


def _set_setting(intake: Intake, setting: FileSetting) -> None:
    intake.setting = setting


def _set_choices(intake: Intake, choices: ImportChoices) -> None:
    intake.choices = choices


def _show_buttons(label: str, on_click: object, intake: Intake, preview: object, *, is_ready: bool) -> None:
    with st.container(horizontal=True, key="import_buttons"):
        st.button(
            label,
            type="primary",
            icon=":material/check:",
            width="stretch",
            disabled=not is_ready,
            key="go_import",
            on_click=on_click,  # type: ignore[arg-type] # Streamlit's own type leaves the parameters open
            args=(intake, preview),
        )
        st.button(t("Cancel"), key="close_import", on_click=_leave)
