"""A hand-out's list to sign: on the page of papers, and in the hand-out's drawer."""

from functools import partial

import streamlit as st
from sqlmodel import Session

from unionboard.models import TemplateKind
from unionboard.money import format_fen
from unionboard.services.exports import Export
from unionboard.services.handouts import HandoutView
from unionboard.ui.downloads import offer_file
from unionboard.ui.drawers import FORM_PREFIX
from unionboard.ui.papers.offering import MIMES, Fill, find_own_there, make_paper, offer_own_form
from unionboard.ui.text import language, long_date, t, tn
from unionboard.writing.fund_words import FundWords
from unionboard.writing.papers.filling import Filled
from unionboard.writing.papers.handout import tell_handout
from unionboard.writing.roster import Roster, read_roster
from unionboard.writing.signoff import Receiver, SignOffList, write_signoff_docx, write_signoff_xlsx

NAMES_LIMIT = 40_000


def show_list(handout: HandoutView, union: str, *, key: str) -> None:
    """Names for the file, and the list in Excel, in Word, and on the union's own form."""
    pasted = st.text_area(
        t("Names, a line each (optional)"),
        placeholder=t("Name and department, as copied from a sheet; empty: lines to fill by hand"),
        help=t("Used for the file only and not kept."),
        max_chars=NAMES_LIMIT,
        height=120,
        key=key,
    )
    roster = read_roster(pasted or "")
    _tell_roster(roster, handout)
    document = _write_list(handout, union, roster.receivers or tuple(Receiver() for _ in range(handout.heads)))
    with st.container(horizontal=True):
        for suffix, write, icon in (
            (".xlsx", write_signoff_xlsx, ":material/table_view:"),
            (".docx", write_signoff_docx, ":material/description:"),
        ):
            offer_file(
                "Excel" if suffix == ".xlsx" else "Word",
                partial(write, document),
                what=Export.SIGN_OFF_LIST,
                file_name=t("sign-off-list-{title}.{suffix}", title=handout.title, suffix=suffix[1:]),
                mime=MIMES[suffix],
                icon=icon,
                key=f"signoff_{suffix[1:]}",
            )
        _offer_own(handout, document)
    if not key.startswith(FORM_PREFIX):  # no drawer opens another
        offer_own_form(TemplateKind.HANDOUT)


def _offer_own(handout: HandoutView, document: SignOffList) -> None:
    row = find_own_there(TemplateKind.HANDOUT)
    if row is None:
        return
    suffix = f".{row.stored_name.rpartition('.')[2]}"
    fill: Fill = partial(_fill, document)
    offer_file(
        t("Our own form"),
        partial(make_paper, TemplateKind.HANDOUT, fill, language(), suffix, is_own=True),
        what=Export.SIGN_OFF_LIST,
        file_name=t("sign-off-list-{title}.{suffix}", title=handout.title, suffix=suffix[1:]),
        mime=MIMES[suffix],
        icon=":material/draft:",
        key="signoff_own",
    )


def _fill(document: SignOffList, _session: Session, _words: FundWords) -> Filled:
    return tell_handout(document)


def _tell_roster(roster: Roster, handout: HandoutView) -> None:
    if roster.left_out:
        told = tn(
            "{n} number was left out: a list to sign holds none.", "{n} numbers were left out: a list to sign holds none.", roster.left_out
        )
        st.markdown(f":small[:orange[:material/info: {told}]]")
    if roster.receivers and len(roster.receivers) != handout.heads:
        told = t("{n} names for {heads} heads.", n=len(roster.receivers), heads=handout.heads)
        st.markdown(f":small[:orange[:material/info: {told}]]")


def _write_list(handout: HandoutView, union: str, receivers: tuple[Receiver, ...]) -> SignOffList:
    return SignOffList(
        union=union,
        title=t("{title}: list to sign", title=handout.title),
        told=t("{day}, {n} people, {amount} each", day=long_date(handout.handed_on), n=handout.heads, amount=format_fen(handout.unit_fen)),
        sheet=t("List to sign"),
        headings=(t("No."), t("Full name"), t("Department"), t("Article"), t("Quantity"), t("Amount (yuan)"), t("Sign here"), t("Date")),
        receivers=receivers,
        goods=handout.goods or handout.title,
        unit_fen=handout.unit_fen,
        total=t("Total"),
        foot=(t("Handed out by: ________"), t("Witness: ________")),
        language=language(),
        as_of=handout.handed_on,
    )
