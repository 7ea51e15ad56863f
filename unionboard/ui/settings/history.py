"""Every change, by whom and from where; and a check code from paper held against the log."""

import streamlit as st

from unionboard import clock, db, i18n
from unionboard.i18n import mark
from unionboard.services import chain_check, history
from unionboard.services.history import GROUPS, HistoryPage
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.record_history import tell_changes_of_days
from unionboard.ui.text import language, t, tn

GROUP_WORDS = {
    "": mark("Everything"),
    "plan": mark("Plan and activities"),
    "check_offs": mark("Check-offs and evidence"),
    "meetings": mark("Meetings"),
    "money": mark("Money"),
    "care": mark("Care visits"),
    "rules": mark("Items and rules"),
    "summary": mark("Summary"),
    "union": mark("Union and committee"),
    "access": mark("Accounts, exports, backups"),
}
_WHO, _GROUP, _FROM, _TO, _PAGE = (f"changes_{name}" for name in ("who", "group", "from", "to", "page"))


def show() -> None:
    """The tab."""
    if not identity.may(Act.SEE_HISTORY):
        st.info(t("The history is for the committee and the audit committee."), icon=":material/lock:")
        return
    with db.reading() as session:
        authors = history.list_authors(session)
        head = chain_check.read_head(session)
    _ask_filters(authors)
    state = st.session_state
    with db.reading() as session:
        page = history.list_all_changes(
            session, who=state[_WHO], group=state[_GROUP], first=state[_FROM], last=state[_TO], page=state.get(_PAGE, 1)
        )
    _show_page(page)
    _show_codes(head)


def _ask_filters(authors: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="changes_filters"):
        whole = t("Anybody")
        st.selectbox(
            t("Changed by"),
            ["", *authors],
            format_func=lambda who: i18n.tell_who(language(), who) if who else whole,
            key=_WHO,
            on_change=_first_page,
        )
        st.selectbox(t("What"), ["", *GROUPS], format_func=lambda group: t(GROUP_WORDS[group]), key=_GROUP, on_change=_first_page)
        st.date_input(t("From day"), value=None, max_value=clock.today(), key=_FROM, on_change=_first_page)
        st.date_input(t("To day"), value=None, max_value=clock.today(), key=_TO, on_change=_first_page)


def _clear_filters() -> None:
    st.session_state.update({_WHO: "", _GROUP: "", _FROM: None, _TO: None, _PAGE: 1})


def _first_page() -> None:
    st.session_state[_PAGE] = 1


def _show_page(page: HistoryPage) -> None:
    if not page.total:
        st.markdown(f":gray[{t('Nothing was changed that fits.')}]")
        st.button(t("Show all again"), icon=":material/filter_alt_off:", key="changes_all", on_click=_clear_filters)
        return
    st.markdown(f":small[:gray[{tn('{n} change', '{n} changes', page.total)}]]")
    for day, lines in tell_changes_of_days(page.changes):
        with st.container(gap="xsmall"):
            st.markdown(f"**{day}**")
            st.markdown("  \n".join(lines))
    if page.pages > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="changes_pager"):
            is_first, is_last = page.page == 1, page.page == page.pages
            st.button(
                t("Newer"), icon=":material/chevron_left:", disabled=is_first, key="changes_newer", on_click=_turn, args=(page.page - 1,)
            )
            st.markdown(f"{page.page} / {page.pages}", width="content")
            st.button(
                t("Older"), icon=":material/chevron_right:", disabled=is_last, key="changes_older", on_click=_turn, args=(page.page + 1,)
            )


def _turn(number: int) -> None:
    st.session_state[_PAGE] = number


def _show_codes(head: chain_check.ChainHead) -> None:
    """What to write down, and what was: every line of the log rests on all before it, so that one code vouches for everything up to it."""
    with st.expander(t("Check code"), icon=":material/verified:", key="codes_box"):
        st.markdown(
            t("Every line of this list vouches for all before it. Whoever keeps today's code can show later that nothing was rewritten.")
        )
        st.code(head.code, language=None)
        typed = str(st.text_input(t("A code from a printed summary or a note"), max_chars=80, key="code_typed") or "")
        if typed.strip():
            _judge_code(typed)


def _judge_code(typed: str) -> None:
    anchor = chain_check.read_code(typed, place=typed)
    if anchor is None:
        st.warning(t("This is no check code. It looks like 812-3fa9c1d2e4b57a60."))
        return
    with db.reading() as session:
        holds = chain_check.holds(session, anchor)
    if holds:
        st.success(t("It fits: up to line {line} the list is what it was when this code was written down.", line=anchor.id))
    else:
        st.error(t("It does not fit: the list was rewritten, cut off, or an older backup was brought back. Run the check of everything."))
