"""The view «claims»: what waits for me first, then what waits for others, then all of the year's claims, and who does what."""

from collections.abc import Callable, Sequence

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.models import ClaimState, FundPolicy
from unionboard.money import FEN_PER_YUAN, format_fen, parse_yuan, yuan_text
from unionboard.services import claims
from unionboard.services.claim_views import STEP_AFTER, ClaimView, Step
from unionboard.services.fund_policy import read_policy, save_policy
from unionboard.services.permissions import Act
from unionboard.services.roles import Committee, Role, read_committee
from unionboard.ui.actions import action
from unionboard.ui.components.fund_cards import show_fund_cards
from unionboard.ui.fund.claim_form import FORM, SLIP, open_new_claim, show_claim_form
from unionboard.ui.fund.claim_slip import open_claim, show_claim
from unionboard.ui.fund.claim_words import kind_name, state_badge, state_word, step_verb
from unionboard.ui.fund.filter import CLAIMS_KEY, follow
from unionboard.ui.fund.waiting import list_waits, write_waiting
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.offers import offer
from unionboard.ui.text import escape, short_date, t, tn
from unionboard.ui.trash import show_bin_link

_SHOWN = "claims_shown"
_PAGE = 15
_ENDED = (ClaimState.WITHDRAWN, ClaimState.REVERSED)
_THRESHOLD = "claims_threshold"


def claim_drawers() -> dict[str, tuple[str, Callable[[int | None], None]]]:
    """The drawers of this view, for ``drawer.show_drawer``."""
    return {SLIP: (t("Claim"), show_claim), FORM: (t("Ask for spending"), show_claim_form)}


def show_claims_view(year: int) -> None:
    """The claims of a book."""
    with db.reading() as session:
        views = claims.list_claims(session, year)
        committee = read_committee(session)
        policy = read_policy(session)
        waits = list_waits(session, year)
        mine = claims.list_waiting_for(session, year, acting_name())
    main, side = st.columns([0.66, 0.34])
    with main:
        _show_mine(mine, committee, year, is_empty=not views and all(wait.go[0] != "claims" for wait in waits))
        if views:
            _show_all(views)
    with side:
        if waits:
            show_fund_cards({"layout": "side", "cards": [write_waiting(waits)]}, key="claims_waits", on_choose=follow)
        _show_parts(committee, policy)
    show_bin_link("claims_bin")


def _show_mine(mine: Sequence[ClaimView], committee: Committee, year: int, *, is_empty: bool) -> None:
    """What waits for whoever acts, the longest waiting first; each with the one button that takes it on."""
    name = acting_name()
    with st.container(border=True, gap="small", key="claims_mine"):
        with st.container(horizontal=True, vertical_alignment="center"):
            total = format_fen(sum(view.amount_fen for view in mine))
            counted = f"　{tn('{n} claim', '{n} claims', len(mine))}　:gray[{total}]" if mine else ""
            st.markdown(f":material/inbox: **{t('Waits for me')}**{counted}", width="stretch")
            offer(Act.HAND_IN_CLAIM, t("New claim"), icon=":material/add:", key="open_new_claim", on_click=open_new_claim, args=(year,))
        if is_empty:
            words = t("Whoever needs money writes a claim; the chair approves it, the cashier pays it. Every step bears a name.")
            st.markdown(f"**{t('No claims yet.')}**　{words}")
        elif Role.AUDIT in committee.roles_of(name):
            st.markdown(f":gray[{t('The audit committee reads everything and changes nothing here.')}]")
        elif not name:
            st.markdown(f":gray[{t('Choose your name above: then you see here what waits for you.')}]")
        elif not mine:
            st.markdown(f":gray[:material/check: {t('Nothing waits for you.')}]")
        for view in mine:
            _show_row(view, "mine", with_button=True)


def _show_all(views: Sequence[ClaimView]) -> None:
    """All claims, narrowed by where they stand."""
    groups: dict[str, list[ClaimView]] = {"all": list(views)}
    for state in (*STEP_AFTER, ClaimState.FILED):
        groups[state.value] = [view for view in views if view.state is state]
    groups["ended"] = [view for view in views if view.state in _ENDED]
    groups = {code: group for code, group in groups.items() if group}
    if st.session_state.get(CLAIMS_KEY) not in groups:
        st.session_state[CLAIMS_KEY] = "all"

    def label(code: str) -> str:
        word = {"all": t("All"), "ended": t("Withdrawn, taken back")}.get(code) or state_word(ClaimState(code))
        return f"{word} {len(groups[code])}"

    with st.container(border=True, gap="small", key="claims_all"):
        chosen = st.pills(
            t("Where they stand"), list(groups), format_func=label, required=True, label_visibility="collapsed", key=CLAIMS_KEY
        )
        group = _search(groups[chosen or "all"]) if len(views) > _PAGE else groups[chosen or "all"]
        shown = st.session_state.get(_SHOWN, _PAGE)
        for view in group[:shown]:
            _show_row(view, "all", with_button=False)
        if not group:
            st.markdown(f":gray[{t('Nothing found.')}]")
        if len(group) > shown:
            label_more = t("{n} more", n=len(group) - shown)
            st.button(label_more, icon=":material/expand_more:", type="tertiary", key="claims_more", on_click=_show_more, args=(shown,))


def _search(group: Sequence[ClaimView]) -> list[ClaimView]:
    """Those that hold every word: purpose, handler, payee, kind, sum (1286 and 1,286 alike)."""
    words = st.text_input(
        t("Search"),
        placeholder=t("Search purpose, handler, payee, amount"),
        icon=":material/search:",
        type="search",
        label_visibility="collapsed",
        key="claims_search",
    )
    wanted = (words or "").casefold().replace(",", "").split()

    def text(view: ClaimView) -> str:
        told = (view.purpose, view.handler, view.payee, kind_name(view.kind), format_fen(view.amount_fen))
        return " ".join(told).casefold().replace(",", "")

    return [view for view in group if all(word in text(view) for word in wanted)]


def _show_row(view: ClaimView, place: str, *, with_button: bool) -> None:
    """A line: what for, how much, where it stands; in «mine» the next step as a button."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"claim_row_{place}_{view.id}"):
        with st.container(gap=None, key=f"title_claim_{place}_{view.id}"):
            title = escape(view.purpose) if view.purpose else t("(what for is not said yet)")
            st.button(title, type="tertiary", key=f"open_claim_{place}_{view.id}", on_click=open_claim, args=(view.id,))
            facts = [escape(view.handler), kind_name(view.kind), short_date(view.waits_since)]
            if view.missing and view.step is Step.FILE:
                facts.append(tn("{n} missing", "{n} missing", len(view.missing)))
            if view.one_hand:
                facts.append(t("In one hand"))
            st.markdown(f":small[:gray[{' · '.join(fact for fact in facts if fact)}]]")
        with st.container(gap="xxsmall", horizontal_alignment="right", width="content", key=f"claim_sum_{place}_{view.id}"):
            st.markdown(f"**{format_fen(view.amount_fen)}**", width="content")
            if not with_button or view.returned_reason:
                st.markdown(state_badge(view), width="content")
        if with_button and view.step:
            st.button(step_verb(view.step), type="primary", key=f"go_claim_step_{view.id}", on_click=open_claim, args=(view.id,))


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + _PAGE


def _show_parts(committee: Committee, policy: FundPolicy) -> None:
    """Who approves, pays, checks; from which sum on the committee decides together."""
    with st.container(border=True, gap="small", key="claims_parts"):
        st.markdown(f":material/groups: **{t('Who does what')}**")
        everybody = t("everybody else of the committee") if committee.officers else t("somebody else")
        lines = [
            (t("Handles"), t("whoever needs the money")),
            (t("Approves"), t(", ").join(committee.approvers) or everybody),
            (t("Pays"), t(", ").join(committee.payers) or everybody),
            (t("Checks"), t(", ").join(committee.holders(Role.AUDIT))),
        ]
        for label, names in lines:
            if names:
                with st.container(horizontal=True, wrap=False):
                    st.markdown(f":gray[{label}]", width=72)
                    st.markdown(escape(names), width="stretch")
        if not committee.officers:
            words = t(
                "There is no committee's list yet. With names and duties in the settings, only the chair approves and the treasurer pays."
            )
        elif committee.is_tiny:
            words = t("In so small a committee one person may do two parts with a reason, and the books show it.")
        else:
            words = t("Handler, approver and cashier are three people; the audit committee reads everything and pays nothing.")
        st.markdown(f":small[:gray[{words}]]")
        for name in committee.approvers if len(committee.approvers) == 1 and not committee.is_tiny else ():
            own = t("What {name} handles, another member approves with a reason, and the books show it.", name=escape(name))
            st.markdown(f":small[:gray[{own}]]")
        _show_threshold(policy)


def _show_threshold(policy: FundPolicy) -> None:
    above = policy.resolution_above_fen
    if above is None:
        label = t("No sum is set from which the committee decides")
    else:
        label = t("From {amount} on the committee decides together", amount=format_fen(above, decimals=bool(above % FEN_PER_YUAN)))
    with st.expander(label, icon=":material/gavel:", key="claims_policy"):
        st.session_state.setdefault(_THRESHOLD, "" if above is None else yuan_text(above))
        st.text_input(
            t("From how many yuan on"),
            placeholder=t("empty: never"),
            help=t("Approving such a sum asks for the meeting or resolution, and the resolution belongs to its papers."),
            key=_THRESHOLD,
        )
        offer(
            Act.SET_FUND_RULES, t("Save"), icon=":material/check:", key="claims_policy_save", on_click=_save_policy, args=(policy.version,)
        )


def _save_policy(version: int) -> None:
    wish = str(st.session_state.get(_THRESHOLD) or "").strip()

    def change(session: Session) -> FundPolicy:
        above_fen = parse_yuan(wish) if wish else None
        return save_policy(session, resolution_above_fen=above_fen, version=version, who=acting_who(), now_utc=clock.now_utc())

    if action(change, done=t("Saved.")).ok:
        st.session_state.pop(_THRESHOLD, None)
