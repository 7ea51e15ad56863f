"""The drawers of the rules: one rule to type or change, and the samples to take."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from sqlmodel import Session

from unionboard import clock, db
from unionboard.i18n import mark
from unionboard.models import CeilingRule, CeilingShape, Direction
from unionboard.money import parse_yuan, yuan_text
from unionboard.reference.ceilings import sample_source
from unionboard.reference.festivals import festivals
from unionboard.services import ceiling_rules, ceilings, fund_items, occasions
from unionboard.ui.actions import action
from unionboard.ui.drawers import FORM_PREFIX, leave_drawer, open_drawer, show_buttons, typed
from unionboard.ui.fund.ceiling_notes import in_words, limit_text
from unionboard.ui.fund.words import item_name, items_of
from unionboard.ui.identity import acting_who
from unionboard.ui.text import escape, language, named, t

SHAPES = {
    CeilingShape.PERSON_OCCASION: mark("An amount for a person on one occasion"),
    CeilingShape.PERSON_YEAR: mark("An amount for a person over the year"),
    CeilingShape.FESTIVAL: mark("An amount for a person at one festival"),
    CeilingShape.COUNT: mark("So many times a year"),
    CeilingShape.INCOME_SHARE: mark("A share of the year’s income"),
    CeilingShape.DUES_MULTIPLE: mark("A share of the year’s dues"),
    CeilingShape.WINNERS_SHARE: mark("A share of the participants who may win"),
    CeilingShape.FORM: mark("Goods only, no money"),
    CeilingShape.WORDS: mark("Words that should not be in a purpose"),
}
_AMOUNTS = (CeilingShape.PERSON_OCCASION, CeilingShape.PERSON_YEAR, CeilingShape.FESTIVAL)
_SHARES = (CeilingShape.INCOME_SHARE, CeilingShape.DUES_MULTIPLE, CeilingShape.WINNERS_SHARE)
_OVER_YEARS = (CeilingShape.PERSON_YEAR, CeilingShape.COUNT)
_ABOUT_PEOPLE = (CeilingShape.PERSON_OCCASION, CeilingShape.PERSON_YEAR, CeilingShape.COUNT, CeilingShape.FORM)
_ABOUT_FESTIVALS = (CeilingShape.FESTIVAL, CeilingShape.FORM)
_SEPARATORS = "、，,；;\n"


def open_rule(rule: CeilingRule | None) -> None:
    """Open the drawer of a rule, of one that came with the program and was not taken yet, or (None) of a new one."""
    if rule is None:
        open_drawer("rule", None, shape=CeilingShape.PERSON_OCCASION.value, years=1, is_active=True, seen=(0, "", False))
        return
    open_drawer(
        "rule",
        rule.id,
        name=in_words(rule.name, rule.sample, "name"),
        shape=rule.shape.value,
        amount="" if rule.amount_fen is None else yuan_text(rule.amount_fen),
        share=rule.share_pct,
        count=rule.count,
        years=rule.years,
        items=list(rule.items),
        kinds=list(rule.kinds),
        festivals=list(rule.festivals),
        words="、".join(rule.words),
        condition=in_words(rule.condition, rule.sample, "condition"),
        source="" if rule.source in (sample_source().zh, sample_source().en) else in_words(rule.source, rule.sample, "source"),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        is_active=rule.is_active,
        seen=(rule.version if rule.id else 0, rule.sample, rule.is_sample),
    )


def open_samples() -> None:
    """Open the drawer with the samples nobody has taken yet."""
    open_drawer("samples")


def show_rule_form(rule_id: int | None) -> None:
    """Ask for a rule: what it limits, of which spending, from when to when, after which document."""
    _, _, is_sample = st.session_state.get(f"{FORM_PREFIX}seen", (0, "", False))
    if is_sample:
        st.markdown(f":small[:yellow[:material/edit_note: {t('A sample. Type what holds for you; once saved it is your own rule.')}]]")
    st.text_input(t("Name of the rule"), max_chars=80, key=f"{FORM_PREFIX}name")
    shape = CeilingShape(
        st.selectbox(
            t("What it limits"),
            [one.value for one in SHAPES],
            format_func=lambda one: t(SHAPES[CeilingShape(one)]),
            key=f"{FORM_PREFIX}shape",
        )
    )
    _ask_limit(shape)
    _ask_scope(shape)
    st.text_input(t("Condition (told beside it)"), max_chars=120, key=f"{FORM_PREFIX}condition")
    st.text_input(
        t("Source: document, number, article"),
        max_chars=200,
        help=t("People read it beside every warning, for instance: our congress’s resolution of 20 March 2026, article 5."),
        key=f"{FORM_PREFIX}source",
    )
    first, last = st.columns(2, wrap=False)
    first.date_input(t("Holds from"), None, format="YYYY-MM-DD", key=f"{FORM_PREFIX}valid_from")
    last.date_input(t("until (inclusive)"), None, format="YYYY-MM-DD", key=f"{FORM_PREFIX}valid_to")
    st.toggle(t("The rule speaks"), key=f"{FORM_PREFIX}is_active")
    show_buttons(t("Save the rule"), _save, rule_id)


def _ask_limit(shape: CeilingShape) -> None:
    if shape in _AMOUNTS:
        years: Any = st
        if shape in _OVER_YEARS:
            amount, years = st.columns([3, 2], wrap=False)
        else:
            amount = years
        amount.text_input(t("At most, for a person (yuan)"), placeholder="500", key=f"{FORM_PREFIX}amount")
        if shape in _OVER_YEARS:
            _ask_years(years)
    elif shape is CeilingShape.COUNT:
        count, years = st.columns([3, 2], wrap=False)
        count.number_input(t("At most (times)"), min_value=0, max_value=999, step=1, value=None, key=f"{FORM_PREFIX}count")
        _ask_years(years)
    elif shape in _SHARES:
        st.number_input(
            t("At most (%)"),
            min_value=1,
            max_value=9999 if shape is CeilingShape.DUES_MULTIPLE else 100,
            step=1,
            value=None,
            help=t("Two thirds are 66, one third is 33; three times the dues are 300."),
            key=f"{FORM_PREFIX}share",
        )


def _ask_years(place: Any) -> None:
    place.number_input(t("within years"), min_value=1, max_value=10, step=1, key=f"{FORM_PREFIX}years")


def _ask_scope(shape: CeilingShape) -> None:
    if shape is CeilingShape.WORDS:
        st.text_area(t("Words (separated by 、)"), height=96, key=f"{FORM_PREFIX}words")
        return
    with db.reading() as session:
        items, kinds = fund_items.list_items(session, with_hidden=True), occasions.list_occasions(session)
    every = t("Any")
    if shape in _ABOUT_PEOPLE:
        _choose("kinds", t("On which occasions"), list(kinds), lambda code: named(kinds[code]) if code in kinds else code, every)
    if shape in _ABOUT_FESTIVALS:
        names = festivals()
        _choose("festivals", t("At which festivals"), list(names), lambda code: named(names[code]) if code in names else code, every)
    _choose("items", t("On which items"), items_of(Direction.OUT, items), lambda code: item_name(code, items), every)
    if shape is not CeilingShape.FORM:
        st.text_input(
            t("Only where one of these words stands in the purpose"),
            placeholder=t("for instance 春游、秋游"),
            key=f"{FORM_PREFIX}words",
        )


def _choose(field: str, label: str, codes: list[str], say: Callable[[str], str], every: str) -> None:
    key = f"{FORM_PREFIX}{field}"
    gone = [code for code in st.session_state.get(key) or [] if code not in codes]
    st.multiselect(label, [*codes, *gone], format_func=say, placeholder=every, key=key)


def _save(rule_id: int | None) -> None:
    state = st.session_state
    version, sample, _ = state[f"{FORM_PREFIX}seen"]
    shape = CeilingShape(state[f"{FORM_PREFIX}shape"])

    def change(session: Session) -> CeilingRule:
        return ceiling_rules.save_rule(
            session,
            rule_id,
            version=version,
            who=acting_who(),
            now_utc=clock.now_utc(),
            sample=sample,
            name=typed("name"),
            shape=shape,
            amount_fen=_typed_amount(),
            share_pct=state.get(f"{FORM_PREFIX}share"),
            count=state.get(f"{FORM_PREFIX}count"),
            years=int(state.get(f"{FORM_PREFIX}years") or 1),
            items=_chosen("items", shape is not CeilingShape.WORDS),
            kinds=_chosen("kinds", shape in _ABOUT_PEOPLE),
            festivals=_chosen("festivals", shape in _ABOUT_FESTIVALS),
            words=_typed_words() if shape is not CeilingShape.FORM else [],
            condition=typed("condition"),
            source=typed("source"),
            valid_from=state.get(f"{FORM_PREFIX}valid_from"),
            valid_to=state.get(f"{FORM_PREFIX}valid_to"),
            is_active=bool(state[f"{FORM_PREFIX}is_active"]),
        )

    if action(change, done=t("Rule saved.")).ok:
        leave_drawer()


def _chosen(field: str, is_asked: bool) -> list[str]:
    return list(st.session_state.get(f"{FORM_PREFIX}{field}") or []) if is_asked else []


def _typed_amount() -> int | None:
    """Fen; nothing (0) may be what a rule allows."""
    text = typed("amount")
    if not text:
        return None
    return 0 if not text.strip("0.元¥￥ ") else parse_yuan(text)


def _typed_words() -> list[str]:
    text = typed("words")
    for separator in _SEPARATORS:
        text = text.replace(separator, "\t")
    return [word.strip() for word in text.split("\t") if word.strip()]


def show_samples(_subject: int | None) -> None:
    """Samples with a tick each. Figures are made up, and it says so."""
    with db.reading() as session:
        samples = ceiling_rules.list_samples(session)
    told = t(
        "The figures are made up. Take the kinds of rule you need; each stays marked as a sample until you save it with your own figure "
        "and source."
    )
    st.markdown(f":small[:gray[{told}]]")
    st.toggle(t("All of them"), key=f"{FORM_PREFIX}all", on_change=_tick_all, args=([sample.code for sample in samples],))
    with st.container(gap="xsmall"):
        for sample in samples:
            rule = ceilings.rule_of_sample(sample, language=language())
            limit = next((value for value in (rule.amount_fen, rule.share_pct, rule.count) if value is not None), None)
            measure = "" if limit is None else limit_text(rule.shape, limit, rule.years)
            st.checkbox(f"{escape(rule.name)}　:gray[{escape(measure)}]", key=f"{FORM_PREFIX}take_{sample.code}")
    show_buttons(t("Take them"), _take, [sample.code for sample in samples])


def _tick_all(codes: list[str]) -> None:
    for code in codes:
        st.session_state[f"{FORM_PREFIX}take_{code}"] = st.session_state[f"{FORM_PREFIX}all"]


def _take(codes: list[str]) -> None:
    chosen = [code for code in codes if st.session_state.get(f"{FORM_PREFIX}take_{code}")]

    def change(session: Session) -> list[CeilingRule]:
        return ceiling_rules.adopt_samples(session, chosen, who=acting_who(), now_utc=clock.now_utc(), language=language())

    if action(change, done=t("Samples taken. Put in your own figures now.")).ok:
        leave_drawer()
