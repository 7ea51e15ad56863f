"""The drawer of a claim: read like a slip of paper, its steps on top, and below it the one button that takes it on."""

from collections.abc import Callable
from html import escape as escape_html
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.errors.claims import NoSuchClaim
from unionboard.models import CeilingLevel, ClaimState, FundPaper, GiftForm
from unionboard.money import format_fen, parse_yuan
from unionboard.reference import FundItem, claim_kinds
from unionboard.reference.festivals import festivals
from unionboard.services import ceilings, claims, fund_items, fund_papers
from unionboard.services.claim_views import ClaimView, Step, Turn, may_act
from unionboard.services.permissions import Act
from unionboard.services.roles import Committee, Role, is_same_person, read_committee
from unionboard.ui import identity
from unionboard.ui.actions import action, report
from unionboard.ui.drawers import FORM_PREFIX, open_drawer, typed
from unionboard.ui.fund.acting import show_acting
from unionboard.ui.fund.ceiling_notes import note_ceilings, show_findings
from unionboard.ui.fund.claim_form import SLIP, open_claim_form
from unionboard.ui.fund.claim_words import kind_name, state_badge, step_verb, tell_whom, turn_word
from unionboard.ui.fund.facts import open_facts
from unionboard.ui.fund.papers import PaperOwner, show_papers, tell_missing
from unionboard.ui.fund.words import item_name, source_name, voucher_text
from unionboard.ui.history import tell_moment, tell_who
from unionboard.ui.identity import acting_name, acting_who
from unionboard.ui.offers import offer
from unionboard.ui.record_history import show_record_history
from unionboard.ui.text import escape, long_date, named, short_date, t, tn
from unionboard.ui.trash import in_bin

_GIVING = f"{FORM_PREFIX}giving"
_GIVING_BACK = (Act.APPROVE_CLAIM, Act.KEEP_BOOKS)
_OPEN_STATES = (ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.APPROVED)
_ENDED = (ClaimState.FILED, ClaimState.WITHDRAWN, ClaimState.REVERSED)


def open_claim(claim_id: int) -> None:
    """Open the drawer of a claim; for callbacks."""
    open_drawer(SLIP, claim_id)


def show_claim(claim_id: int | None) -> None:
    """The slip, its papers, and what the person who acts may do with it."""
    try:
        with db.reading() as session:
            view = claims.find_claim(session, claim_id or 0)
            committee = read_committee(session)
            papers = fund_papers.list_papers(session, claim_ids=[view.id], with_removed=True)
            items = fund_items.list_items(session)
            turns = claims.list_turns(session, view.id)
    except NoSuchClaim:
        return
    _show_head(view)
    st.html(_steps_html(view))
    if view.state is ClaimState.DRAFT and view.returned_reason:
        told = t("{name} gave it back: {reason}", name=escape(view.returned_by), reason=escape(view.returned_reason))
        st.markdown(f":orange-background[:material/reply: {told}]")
    _show_facts(view, item_name(view.item, items) if view.item else "")
    _show_ceilings(view, items)
    _show_papers_of(view, papers)
    _show_next(view, committee)
    _show_turns(turns)
    show_record_history("claim", view.id)


def _show_head(view: ClaimView) -> None:
    purpose = escape_html(view.purpose or t("(what for is not said yet)"))
    st.html(f'<div class="ub-slip"><span>{purpose}</span><b>{format_fen(view.amount_fen)}</b></div>')
    marks = [state_badge(view)]
    if view.one_hand:
        marks.append(f":violet-badge[{t('In one hand')}]")
    st.markdown(" ".join(marks))


def _steps_html(view: ClaimView) -> str:
    """Five steps: who took each and when; the next one is marked, those to come are empty."""
    days = {
        "handled": view.submitted_at_utc and short_date(clock.local_day(view.submitted_at_utc)),
        "approved": view.approved_at_utc and short_date(clock.local_day(view.approved_at_utc)),
        "filed": view.filed_at_utc and short_date(clock.local_day(view.filed_at_utc)),
    }
    steps = [
        (t("Write it"), view.handler, short_date(clock.local_day(view.created_at_utc)), True, False),
        (
            step_verb(Step.SUBMIT),
            view.handler if days["handled"] else "",
            days["handled"] or "",
            bool(days["handled"]),
            view.step is Step.SUBMIT,
        ),
        (step_verb(Step.APPROVE), view.approver, days["approved"] or "", bool(days["approved"]), view.step is Step.APPROVE),
        (
            step_verb(Step.PAY),
            view.cashier,
            short_date(view.paid_on) if view.paid_on else "",
            view.paid_on is not None,
            view.step is Step.PAY,
        ),
        (step_verb(Step.FILE), view.filed_by, days["filed"] or "", bool(days["filed"]), view.step is Step.FILE),
    ]
    rows = []
    for number, (word, name, day, is_done, is_next) in enumerate(steps, start=1):
        mark = "✓" if is_done else str(number)
        css = "done" if is_done else "next" if is_next else "coming"
        current = ' aria-current="step"' if is_next else ""
        told = "".join(f"<small>{escape_html(part)}</small>" for part in (name, day) if part)
        rows.append(f'<li class="{css}"{current}><b>{mark}</b><span>{escape_html(word)}</span>{told}</li>')
    return f'<ol class="ub-steps">{"".join(rows)}</ol>'


def _show_facts(view: ClaimView, item: str) -> None:
    forms = {GiftForm.GOODS: t("Goods"), GiftForm.MONEY: t("Cash or transfer"), GiftForm.BOTH: t("Both")}
    festival = festivals().get(view.festival)
    facts = [
        (t("Kind of claim"), kind_name(view.kind)),
        (t("Item"), item),
        (t("Source of the money"), source_name(view.source)),
        (t("Paid to"), view.payee),
        (t("Activity"), view.activity_title),
        (t("Festival"), named(festival) if festival else ""),
        (t("For how many people"), _count(view.people)),
        (t("People taking part"), _count(view.participants)),
        (t("People winning prizes"), _count(view.winners)),
        (t("Given as"), forms[view.form] if view.form else ""),
        (t("Holds"), tn("{n} visit or hand-out", "{n} visits or hand-outs", view.gathered) if view.gathered else ""),
        (t("Needed on"), long_date(view.needed_on) if view.needed_on else ""),
        (t("Resolution"), view.resolution),
        (t("Why it may be over"), view.over_reason),
        (t("In one hand"), view.one_hand),
        (t("Remarks"), view.note),
    ]
    if view.state is ClaimState.WITHDRAWN:
        facts.append((t("Withdrawn"), t("{name}: {reason}", name=view.returned_by, reason=view.returned_reason)))
    rows = "".join(f"<dt>{escape_html(label)}</dt><dd>{escape_html(told)}</dd>" for label, told in facts if told)
    st.html(f'<dl class="ub-facts">{rows}</dl>')


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


def _show_ceilings(view: ClaimView, items: dict[str, FundItem]) -> None:
    """What the ceilings say of a draft, and a reason is asked for; of a claim on its way only what whoever decides has to know."""
    facts = claims.spending_facts(view, today=clock.today())
    if view.state is ClaimState.DRAFT and view.amount_fen:
        note_ceilings(facts, reason_key=f"{FORM_PREFIX}over_reason", items=items)
    elif view.state in (ClaimState.SUBMITTED, ClaimState.APPROVED):
        with db.reading() as session:
            findings = ceilings.judge(session, facts, today=clock.today())
        show_findings([finding for finding in findings if finding.level is not CeilingLevel.OK], items=items)


def _show_papers_of(view: ClaimView, papers: list[FundPaper]) -> None:
    if view.state is ClaimState.WITHDRAWN and not papers:
        return
    is_private = claim_kinds()[view.kind].is_private
    wanted = fund_papers.wanted_kinds(view.kind, with_resolution=view.needs_resolution)
    show_papers(papers, owner=PaperOwner(claim_id=view.id), wanted=wanted, is_private=is_private)


def _show_next(view: ClaimView, committee: Committee) -> None:
    """What may be done now, by whoever acts; nobody has said who that is: that is asked first."""
    name = acting_name()
    if view.entry_id is not None:
        label = t("Voucher {voucher} in the ledger", voucher=voucher_text(view.voucher or 0))
        st.button(label, icon=":material/receipt_long:", type="tertiary", key="claim_entry", on_click=open_facts, args=(view.entry_id,))
    if not name and view.state not in _ENDED:
        with st.container(border=True, key="claim_who"):
            st.markdown(f"**{t('Who are you?')}**　:gray[{t('Every step bears a name.')}]")
            show_acting("drawer")
        return
    if Role.AUDIT in committee.roles_of(name):
        st.markdown(f":gray[:material/visibility: {t('The audit committee reads everything and changes nothing here.')}]")
        return
    if view.step and identity.may(_STEP_ACTS[view.step]) and may_act(view, name, committee):
        _STEPS[view.step](view, committee)
    elif view.step:
        st.markdown(f":gray[:material/hourglass_top: {tell_whom(view, committee)}]")
    _show_ways(view)


def _show_submit(view: ClaimView, _committee: Committee) -> None:
    lacking = [
        word
        for word, is_told in ((t("What the money is for"), view.purpose), (t("Amount"), view.amount_fen), (t("Item"), view.item))
        if not is_told
    ]  # fmt: skip
    with st.container(horizontal=True):
        if lacking:
            st.button(
                t("Go on writing"),
                type="primary",
                icon=":material/edit:",
                width="stretch",
                key="go_claim_edit",
                on_click=open_claim_form,
                args=(view.id,),
            )
            return
        _step_button(view, ":material/send:", _submit)
        offer(Act.HAND_IN_CLAIM, t("Change"), icon=":material/edit:", key="claim_edit", on_click=open_claim_form, args=(view.id,))


def _show_approve(view: ClaimView, committee: Committee) -> None:
    if view.needs_resolution:
        st.text_input(
            t("Which meeting or resolution decided it"),
            max_chars=200,
            placeholder=t("for instance: committee meeting of 18 November"),
            help=t("Such a sum is decided by the committee together."),
            key=f"{FORM_PREFIX}resolution",
        )
    if is_same_person(acting_name(), view.handler):
        _ask_one_hand(committee)
    elif committee.stand_ins(view.handler):
        _ask_stand_in()
    _step_button(view, ":material/check:", _approve, label=t("Approve it"))


def _show_pay(view: ClaimView, committee: Committee) -> None:
    left, right = st.columns(2, wrap=False)
    left.date_input(t("Paid on"), value=clock.today(), max_value=clock.today(), format="YYYY-MM-DD", key=f"{FORM_PREFIX}paid_on")
    right.text_input(
        t("Paid out (yuan)"),
        placeholder=format_fen(view.amount_fen, symbol=""),
        disabled=bool(view.gathered),
        help=t("Leave empty for the sum that was approved; less may be paid, not more."),
        key=f"{FORM_PREFIX}paid",
    )
    name = acting_name()
    is_named = not committee.payers or any(is_same_person(name, other) for other in committee.payers)
    if not is_named or any(is_same_person(name, other) for other in (view.handler, view.approver)):
        _ask_one_hand(committee)
    _step_button(view, ":material/payments:", _pay, label=t("Pay and book it"))


def _show_file(view: ClaimView, _committee: Committee) -> None:
    if view.missing:
        st.text_input(
            t("Why it is filed without: {papers}", papers=tell_missing(view.missing)), max_chars=200, key=f"{FORM_PREFIX}file_reason"
        )
    _step_button(view, ":material/folder:", _file)


_STEPS: dict[Step, Callable[[ClaimView, Committee], None]] = {
    Step.SUBMIT: _show_submit,
    Step.APPROVE: _show_approve,
    Step.PAY: _show_pay,
    Step.FILE: _show_file,
}


_STEP_ACTS = {Step.SUBMIT: Act.HAND_IN_CLAIM, Step.APPROVE: Act.APPROVE_CLAIM, Step.PAY: Act.KEEP_BOOKS, Step.FILE: Act.KEEP_BOOKS}


def _ask_one_hand(committee: Committee) -> None:
    if committee.is_tiny:
        st.text_input(
            t("Why one person does two parts"),
            max_chars=200,
            placeholder=t("for instance: the committee has two members"),
            help=t("The books show this mark beside the entry."),
            key=f"{FORM_PREFIX}one_hand",
        )


def _ask_stand_in() -> None:
    st.text_input(
        t("Why you approve in place of the chair"),
        max_chars=200,
        placeholder=t("for instance: the chair's own claim, and there is no vice-chair"),
        help=t("The books show this mark beside the entry."),
        key=f"{FORM_PREFIX}one_hand",
    )


def _step_button(view: ClaimView, icon: str, on_click: Callable[[ClaimView], None], *, label: str = "") -> None:
    st.button(
        label or step_verb(view.step or Step.SUBMIT),
        type="primary",
        icon=icon,
        width="stretch",
        key=f"go_claim_{view.step}",
        on_click=on_click,
        args=(view,),
    )


def _show_ways(view: ClaimView) -> None:
    """The ways aside: give back, withdraw, copy."""
    with st.container(horizontal=True, key="claim_ways"):
        if view.state in (ClaimState.SUBMITTED, ClaimState.APPROVED):
            offer(
                _GIVING_BACK,
                t("Give back"),
                icon=":material/reply:",
                key="claim_return",
                on_click=_ask_giving,
                args=("return",),
            )
        if view.state in _OPEN_STATES:
            offer(
                Act.HAND_IN_CLAIM,
                t("Withdraw"),
                icon=":material/cancel:",
                type="tertiary",
                key="claim_withdraw",
                on_click=_ask_giving,
                args=("withdraw",),
            )
        if view.state in _ENDED:
            offer(
                Act.HAND_IN_CLAIM,
                t("Copy into a new draft"),
                icon=":material/content_copy:",
                key="claim_copy",
                on_click=_copy,
                args=(view,),
            )
    giving = st.session_state.get(_GIVING)
    wanted = {"return": _GIVING_BACK, "withdraw": (Act.HAND_IN_CLAIM,)}.get(str(giving), ())
    if giving in ("return", "withdraw") and view.state in _OPEN_STATES and identity.may(*wanted):
        st.text_input(t("Why (the handler reads it)") if giving == "return" else t("Why"), max_chars=200, key=f"{FORM_PREFIX}giving_reason")
        label = t("Give it back") if giving == "return" else t("Withdraw it")
        st.button(label, icon=":material/check:", key="claim_giving", on_click=_give, args=(view, giving))


def _show_turns(turns: list[Turn]) -> None:
    """What happened so far, line by line."""
    with st.expander(t("What happened so far"), icon=":material/history:", key="claim_turns"):
        for turn in turns:
            parts = [tell_moment(turn.at_utc), tell_who(turn.who), turn_word(turn)]
            if turn.before_fen is not None:
                parts.append(escape(f"{format_fen(turn.before_fen)} → {format_fen(turn.after_fen or 0)}"))
            st.markdown(f":small[{'　'.join(parts)}{'　:gray[' + escape(turn.reason) + ']' if turn.reason else ''}]")


def _ask_giving(way: str) -> None:
    st.session_state[_GIVING] = None if st.session_state.get(_GIVING) == way else way


def _submit(view: ClaimView) -> None:
    def change(session: Session) -> object:
        over_reason = typed("over_reason") or view.over_reason
        return claims.submit_claim(session, view.id, version=view.version, today=clock.today(), over_reason=over_reason, **_stamp())

    _take(change, t("Handed in."))


def _approve(view: ClaimView) -> None:
    def change(session: Session) -> object:
        told = typed("resolution"), typed("one_hand")
        return claims.approve_claim(session, view.id, version=view.version, resolution=told[0], one_hand=told[1], **_stamp())

    _take(change, t("Approved."))


def _pay(view: ClaimView) -> None:
    def change(session: Session) -> None:
        entry = claims.pay_claim(
            session,
            view.id,
            version=view.version,
            paid_on=st.session_state[f"{FORM_PREFIX}paid_on"] or clock.today(),
            amount_fen=parse_yuan(typed("paid")) if typed("paid") else None,
            one_hand=typed("one_hand"),
            today=clock.today(),
            **_stamp(),
        )
        report(t("Booked as voucher {voucher} of {year}.", voucher=voucher_text(entry.voucher), year=entry.year))

    _take(change, "")


def _file(view: ClaimView) -> None:
    reason = typed("file_reason")
    _take(lambda session: claims.file_claim(session, view.id, version=view.version, reason=reason, **_stamp()), t("Filed."))


def _give(view: ClaimView, way: str) -> None:
    give = claims.return_claim if way == "return" else claims.withdraw_claim
    done = t("Given back to {name}.", name=view.handler) if way == "return" else in_bin(t("Withdrawn."))
    _take(lambda session: give(session, view.id, version=view.version, reason=typed("giving_reason"), **_stamp()), done)


def _copy(view: ClaimView) -> None:
    year = max(view.year, clock.today().year)
    outcome = action(lambda session: claims.copy_claim(session, view.id, year=year, handler=acting_name(), **_stamp()).id)
    if outcome.ok and outcome.value:
        open_claim_form(outcome.value)


def _take(change: Callable[[Session], object], done: str) -> None:
    """Commit, then redraw page and drawer: the claim has moved on."""
    if action(change, done=done).ok:
        st.session_state.pop(_GIVING, None)
        st.rerun()


def _stamp() -> dict[str, Any]:
    return {"who": acting_who(), "now_utc": clock.now_utc()}
