"""The rules of the fund: what limits what, from where and until when, and what they have said this year."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from unionboard import clock, db
from unionboard.models import CeilingLevel, CeilingRule, CeilingShape
from unionboard.reference import FundItem
from unionboard.reference.ceilings import sample_rules, sample_source
from unionboard.reference.festivals import festivals
from unionboard.services import ceiling_rules, ceilings, fund_items, occasions
from unionboard.services.ceiling_judging import is_valid_on
from unionboard.services.ceiling_rules import Said
from unionboard.services.ceilings import Finding
from unionboard.services.occasions import Occasion
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.drawers import open_drawer
from unionboard.ui.fund.ceiling_notes import MARKS, in_words, limit_text, write_finding
from unionboard.ui.fund.rule_form import open_rule, open_samples, show_rule_form, show_samples
from unionboard.ui.fund.words import item_name
from unionboard.ui.offers import offer
from unionboard.ui.text import escape, long_date, named, short_date, t, tn

SHOWN = 40
"""So many of the year's warnings are listed, the newest."""
CARD_PX = 300
_GROUPS: Mapping[str, tuple[CeilingShape, ...]] = {
    "amounts": (CeilingShape.PERSON_YEAR, CeilingShape.PERSON_OCCASION, CeilingShape.FESTIVAL),
    "shares": (CeilingShape.INCOME_SHARE, CeilingShape.DUES_MULTIPLE, CeilingShape.WINNERS_SHARE, CeilingShape.COUNT),
    "words": (CeilingShape.FORM, CeilingShape.WORDS),
}


@dataclass(frozen=True, slots=True)
class Names:
    """What codes in a rule are called by this union."""

    items: Mapping[str, FundItem]
    occasions: Mapping[str, Occasion]


def show_rules_view(year: int) -> None:
    """The view «rules» of the fund page."""
    with db.reading() as session:
        rules = ceiling_rules.list_rules(session)
        from_start = [rule for rule in ceilings.spoken_rules(session) if rule.id is None]
        samples = ceiling_rules.list_samples(session)
        said = ceiling_rules.list_said(session, year)
        names = Names(fund_items.list_items(session, with_hidden=True), occasions.list_occasions(session))
    _show_head(len(samples), rules)
    if not rules:
        _show_beginning()
    titles = {
        "amounts": f":material/payments: **{t('Amounts')}**",
        "shares": f":material/percent: **{t('Shares and times')}**",
        "words": f":material/block: **{t('Goods and words')}**",
    }
    groups = {group: [rule for rule in (*rules, *from_start) if rule.shape in shapes] for group, shapes in _GROUPS.items()}
    shown = {group: members for group, members in groups.items() if members}
    grid = st.grid(max(1, len(shown)), min_column_width=CARD_PX)
    for group, members in shown.items():
        with grid.cell(), st.container(border=True, gap=None, height="stretch", key=f"rules_{group}"):
            _show_group(titles[group], members, names)
    _show_said(said, year, names)


def rule_drawers() -> dict[str, tuple[str, Callable[[int | None], None]]]:
    """The drawers of this view, for ``show_drawer``."""
    return {"rule": (t("A rule"), show_rule_form), "samples": (t("Take samples"), show_samples)}


def _show_head(free_samples: int, rules: Sequence[CeilingRule]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="rules_head"):
        lines = [
            t("Rules speak while an amount is typed: within, near, over. They stop nobody; what is over asks for a reason, which is kept.")
        ]
        if any(rule.is_sample and rule.is_active for rule in rules):
            lines.append(t("What is marked as a sample has made-up figures: press it, and type yours."))
        st.markdown("  \n".join(f":gray[{line}]" for line in lines), width="stretch")
        if free_samples and rules:
            offer(
                Act.SET_FUND_RULES,
                tn("Take samples ({n})", "Take samples ({n})", free_samples),
                icon=":material/library_add:",
                key="open_samples",
                on_click=open_samples,
            )
        offer(Act.SET_FUND_RULES, t("Add a rule"), icon=":material/add:", key="add_rule", on_click=open_rule, args=(None,))


def _show_beginning() -> None:
    with st.container(border=True, key="rules_begin"):
        st.markdown(f"**{t('No limits of your own yet.')}**", width="content")
        st.markdown(
            t(
                "Amounts differ from province to province, and there is no national one. Take what fits from the samples, then type the "
                "figures and the document that hold for you. The words below warn already."
            )
        )
        offer(
            Act.SET_FUND_RULES,
            t("Choose among the samples"),
            icon=":material/library_add:",
            type="primary",
            key="begin_samples",
            on_click=open_samples,
        )


def _show_group(title: str, rules: Sequence[CeilingRule], names: Names) -> None:
    st.markdown(title)
    for rule in rules:
        with st.container(gap=None, key=f"rule_{rule.id or rule.sample}"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                name = escape(in_words(rule.name, rule.sample, "name"))
                if identity.may(Act.SET_FUND_RULES):
                    key = f"title_rule_{rule.id or rule.sample}"
                    st.button(name, type="tertiary", width="stretch", key=key, on_click=open_rule, args=(rule,))
                else:
                    st.markdown(name, width="stretch")
                measure = write_measure(rule)
                if measure:
                    st.markdown(f"**{escape(measure)}**", width="content")
            st.markdown(f":small[:gray[{' · '.join(_describe(rule, names))}]]")


def write_measure(rule: CeilingRule) -> str:
    """¥800 a person, 66%, 2 times a year; empty for words and forms."""
    limit = next((value for value in (rule.amount_fen, rule.share_pct, rule.count) if value is not None), None)
    return "" if limit is None else limit_text(rule.shape, limit, rule.years)


def _describe(rule: CeilingRule, names: Names) -> list[str]:
    """Markdown: whether it holds, what it is about, its condition, its days, its source."""
    parts = [
        _state(rule),
        scope_text(rule, names),
        in_words(rule.condition, rule.sample, "condition"),
        valid_text(rule.valid_from, rule.valid_to),
    ]
    own = rule.source not in ("", sample_source().zh, sample_source().en)
    return [
        part if part.startswith(":") else escape(part)
        for part in (*parts, in_words(rule.source, rule.sample, "source") if own else "")
        if part
    ]


def _state(rule: CeilingRule) -> str:
    if not rule.is_active:
        return f":gray-badge[{t('switched off')}]"
    if rule.is_sample:
        return f":yellow-badge[{t('sample')}]"
    if not is_valid_on(rule, clock.today()):
        return f":gray-badge[{t('not in force today')}]"
    return ""


def scope_text(rule: CeilingRule, names: Names) -> str:
    """What spending a rule speaks of: occasions, festivals, items, words."""
    told = [
        [named(names.occasions[code]) if code in names.occasions else code for code in rule.kinds],
        [named(festivals()[code]) if code in festivals() else code for code in rule.festivals],
        [item_name(code, names.items) for code in rule.items],
    ]
    parts = [_joined(part) for part in told if part]
    if rule.words:
        parts.append(_joined(rule.words) if rule.shape is CeilingShape.WORDS else t("with the words {words}", words=_joined(rule.words)))
    return t("; ").join(parts)


def valid_text(first: date | None, last: date | None) -> str:
    """From when to when a rule holds, both days inclusive; empty when always."""
    if first and last:
        return t("{first} to {last}", first=long_date(first), last=long_date(last))
    if first:
        return t("from {day}", day=long_date(first))
    return t("up to {day} inclusive", day=long_date(last)) if last else ""


def _joined(words: Iterable[str]) -> str:
    return t(", ").join(words)


# --- what they said ------------------------------------------------------------------------------------------------------------------


def _show_said(said: Sequence[Said], year: int, names: Names) -> None:
    over = sum(one.level is CeilingLevel.OVER for one in said)
    with st.container(border=True, gap="small", key="rules_said"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/campaign: **{t('What they said in {year}', year=year)}**", width="content")
            if said:
                st.markdown(f":gray[{t('{over} over, {near} near', over=over, near=len(said) - over)}]", width="content")
        if not said:
            st.markdown(f":gray[{t('Nothing was near or over yet. Each warning will stand here with the reason that was given.')}]")
        for at, one in enumerate(said[:SHOWN]):
            _show_one(one, at, names)
        if len(said) > SHOWN:
            st.markdown(f":small[:gray[{tn('and {n} earlier one', 'and {n} earlier ones', len(said) - SHOWN)}]]")


def _show_one(one: Said, at: int, names: Names) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small", key=f"said_{at}"):
        st.markdown(f":gray[{short_date(one.on)}]", width=84)
        with st.container(gap=None, width="stretch"):
            st.markdown(write_said(one, names))
            if one.reason:
                st.text(t("Reason given: {reason}", reason=one.reason))
        if one.fund_entry_id:
            st.button(t("Entry"), type="tertiary", key=f"said_entry_{at}", on_click=open_drawer, args=("facts", one.fund_entry_id))
        elif one.claim_id:
            st.button(t("Claim"), type="tertiary", key=f"said_claim_{at}", on_click=open_drawer, args=("claim", one.claim_id))


def write_said(one: Said, names: Names) -> str:
    """Markdown of one warning; of a care visit only that there was one, since the rule would tell the occasion."""
    if one.is_visit and one.shape is not CeilingShape.BUDGET:
        mark = MARKS[one.level]
        word = t("Over") if one.level is CeilingLevel.OVER else t("Near")
        return f":{mark.colour}[{mark.icon} **{word}**] {t('A care visit (the rule is not shown: it would tell the occasion)')}"
    left = None if one.limit is None or one.used is None else one.limit - one.used
    sample = next((code for code, rule in sample_rules().items() if one.rule_name in (rule.name.zh, rule.name.en)), "")
    finding = Finding(None, one.rule_name, "", one.shape, one.level, one.limit, one.used, left, one.word, sample=sample)
    return write_finding(finding, items=names.items)
