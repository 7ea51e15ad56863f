"""What ceilings say while something is typed: one short line each, never a stop; what is over asks for a reason."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from unionboard import clock, db
from unionboard.models import CeilingLevel, CeilingShape
from unionboard.money import FEN_PER_YUAN, format_fen
from unionboard.reference import FundItem
from unionboard.reference.ceilings import sample_rules, sample_source, watched_words
from unionboard.services import ceilings
from unionboard.services.ceilings import Finding, SpendingFacts
from unionboard.ui.fund.words import item_name
from unionboard.ui.text import escape, named, t, tn

SHARES = (CeilingShape.INCOME_SHARE, CeilingShape.DUES_MULTIPLE, CeilingShape.WINNERS_SHARE)
PER_HEAD = (CeilingShape.PERSON_YEAR, CeilingShape.PERSON_OCCASION, CeilingShape.FESTIVAL)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a level looks: never by colour alone."""

    colour: str
    icon: str


MARKS: Mapping[CeilingLevel, Mark] = {
    CeilingLevel.OVER: Mark("orange", ":material/warning:"),
    CeilingLevel.NEAR: Mark("yellow", ":material/info:"),
    CeilingLevel.OK: Mark("gray", ":material/check:"),
}


def note_ceilings(facts: SpendingFacts, *, reason_key: str, items: Mapping[str, FundItem] | None = None) -> tuple[Finding, ...]:
    """Judge what is typed so far, show it, and ask for a reason below it when something is over. For forms."""
    with db.reading() as session:
        findings = ceilings.judge(session, facts, today=clock.today())
    show_findings(findings, items=items)
    if facts.amount_fen and is_over(findings):
        ask_reason(reason_key)
    return findings


def show_findings(findings: Sequence[Finding], *, compact: bool = True, items: Mapping[str, FundItem] | None = None) -> None:
    """A line each, the worst first; ``compact`` in small print. ``items``: the union's (``Book.items``), for the item's budget."""
    if not findings:
        return
    with st.container(gap="xxsmall"):
        for finding in findings:
            line = write_finding(finding, items=items)
            st.markdown(f":small[{line}]" if compact else line)
        if any(finding.is_sample for finding in findings):
            st.markdown(
                f":small[:gray[{t('What is marked as a sample came with the program: change it under Rules to what holds for you.')}]]"
            )


def ask_reason(key: str) -> str:
    """Why it may be more than a ceiling or the budget, as typed under ``key``."""
    return str(
        st.text_input(
            t("Why it may be over"),
            max_chars=300,
            placeholder=t("for instance: decided by the committee on 12 March"),
            help=t("The reason is kept in the books beside the rule, for the audit committee. Name nobody in it."),
            key=key,
        )
        or ""
    )


def is_over(findings: Iterable[Finding]) -> bool:
    """Whether a reason is asked for."""
    return any(finding.level is CeilingLevel.OVER for finding in findings)


def write_finding(finding: Finding, *, items: Mapping[str, FundItem] | None = None) -> str:
    """Markdown: level, name, limit, used, left, source."""
    mark, source = MARKS[finding.level], source_text(finding)
    line = f":{mark.colour}[{mark.icon} **{level_word(finding)}**] {escape(name_text(finding, items))}　{escape(say_finding(finding))}"
    badge = f" :gray-badge[{t('sample')}]" if finding.is_sample else ""
    return f"{line}{badge}　:gray[{escape(source)}]" if source else f"{line}{badge}"


def level_word(finding: Finding) -> str:
    """超出, 接近, 以内; of words and forms, which have no measure: 不可列支, 请再看一下."""
    if finding.shape in (CeilingShape.WORDS, CeilingShape.FORM):
        return t("Not allowed") if finding.level is CeilingLevel.OVER else t("Look again")
    return {CeilingLevel.OVER: t("Over"), CeilingLevel.NEAR: t("Near"), CeilingLevel.OK: t("Within")}[finding.level]


def name_text(finding: Finding, items: Mapping[str, FundItem] | None = None) -> str:
    """The rule's own name, of a budget the item's, of a word the word."""
    if finding.word:
        return t("“{word}”", word=finding.word)
    if finding.shape is CeilingShape.BUDGET:
        return t("Budget of {item}", item=item_name(finding.name, items))
    return in_words(finding.name, finding.sample, "name")


def source_text(finding: Finding) -> str:
    """Where the rule comes from, and its condition; that a sample is one its badge says already."""
    is_untouched = finding.source in ("", sample_source().zh, sample_source().en)
    source = "" if finding.is_sample and is_untouched else in_words(finding.source, finding.sample, "source")
    condition = in_words(finding.condition, finding.sample, "condition")
    return t("{source}; {condition}", source=source, condition=condition) if condition and source else source or condition


def in_words(text: str, sample: str, field: str) -> str:
    """Name, source or condition of a rule; what still stands as its sample told it is said in the session's language."""
    if sample in sample_rules():
        told = getattr(sample_rules()[sample], field)
        if text in (told.zh, told.en):
            return named(told)
    return text


def say_finding(finding: Finding) -> str:
    """The measure in one clause: limit, used with this, left or over."""
    if finding.shape is CeilingShape.WORDS:
        return _say_word(finding)
    if finding.shape is CeilingShape.FORM:
        return t("goods only; this is money")
    limit, used, left = finding.limit or 0, finding.used or 0, finding.left or 0
    if finding.shape is CeilingShape.BUDGET and not limit:
        return t("not in the budget, {used} with this", used=measure_text(finding.shape, used))
    facts = {"limit": limit_text(finding.shape, limit, finding.years), "used": measure_text(finding.shape, used)}
    rest = measure_text(finding.shape, abs(left)) if finding.left_fen is None else format_amount(abs(finding.left_fen))
    if left < 0:
        return t("limit {limit}, {used} with this, {over} over", over=rest, **facts)
    return t("limit {limit}, {used} with this, {left} left", left=rest, **facts)


def limit_text(shape: CeilingShape, limit: int, years: int = 1) -> str:
    """¥800 a person, 66%, 2 times in 2 years, nothing at all."""
    if shape in PER_HEAD and not limit:
        return t("nothing at all")
    text = measure_text(shape, limit)
    if shape in PER_HEAD:
        text = t("{amount} a person", amount=text)
    if shape in (CeilingShape.PERSON_YEAR, CeilingShape.COUNT):
        return t("{limit} a year", limit=text) if years == 1 else t("{limit} in {n} years", limit=text, n=years)
    return text


def measure_text(shape: CeilingShape, value: int) -> str:
    """A measure by its shape: ¥800, 66%, 2 次."""
    if shape in SHARES:
        return f"{value}%"
    if shape is CeilingShape.COUNT:
        return tn("{n} time", "{n} times", value)
    return format_amount(value)


def format_amount(amount_fen: int) -> str:
    """¥800, ¥800.50: fen only where there are some."""
    return format_fen(amount_fen, decimals=bool(amount_fen % FEN_PER_YUAN))


def _say_word(finding: Finding) -> str:
    known = watched_words().get(finding.word)
    if known is None:
        return t("the rule “{name}” does not allow it", name=finding.name)
    return t("{wrong}; instead: {advice}", wrong=named(known.wrong), advice=named(known.instead))
