"""The figures of a sentence: what each counts, how it is computed, and the press that narrows the records to its own."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from unionboard.drafting.figures import Figure, Rule, Source, Unit
from unionboard.money import format_fen
from unionboard.reference import upward_units
from unionboard.ui.summary.place import FIGURE
from unionboard.ui.text import escape, language, long_date, named, t, tn
from unionboard.writing.figure_words import field_name, noun_name, plain_value, tell_rule

SPELLED_OUT = 4
"""Of a longer sum the parts are not told one by one."""
_DAYS = frozenset({Unit.DATE, Unit.YEAR})
_OF_ONE = frozenset({Rule.FIELD, Rule.TEXT, Rule.SUM})


def tell_value(figure: Figure) -> str:
    """The value with its unit: 29 件, ¥5,350, 92%, 2026年5月8日."""
    value = figure.value
    if isinstance(value, date):
        return long_date(value)
    if figure.unit is Unit.FEN and isinstance(value, int):
        return format_fen(value, decimals=bool(value % 100))
    unit = upward_units().get(figure.unit.value)
    if unit is None or figure.unit is Unit.PERCENT:
        return plain_value(figure)
    return f"{plain_value(figure)} {named(unit)}"


def tell_way(figure: Figure, titles: Mapping[Source, str]) -> str:
    """How it is computed: 29 ÷ 29; the sum of a field over so many records; of a single record its name and the field."""
    if len(figure.sources) == 1 and figure.rule in _OF_ONE:
        title, field = titles.get(figure.sources[0]), field_name(figure.field, language())
        return t("{record}, “{field}”", record=title, field=field) if title else field
    n = len(figure.sources)
    if figure.rule is Rule.COUNT and n:
        return t("{name}: {n}", name=noun_name(figure.sources[0].noun, language()), n=n)
    way = tell_rule(figure, language())
    return tn("{way}, {n} record", "{way}, {n} records", n, way=way) if n else way


def show_figures(figures: Sequence[Figure], titles: Mapping[Source, str]) -> None:
    """The figures of the chosen sentence in their order; days and digits out of people's own words stand folded away."""
    told = [n for n, figure in enumerate(figures) if figure.unit not in _DAYS and figure.rule is not Rule.TEXT]
    folded = [n for n in range(len(figures)) if n not in told]
    if told:
        st.markdown(f":small[:gray[{t('Figures')}]]")
        with st.container(border=True, gap="xsmall", key="summary_figures"):
            for n in told:
                _show_figure(n, figures[n], titles)
    if folded:
        label = tn("{n} day or digit as written", "{n} days and digits as written", len(folded))
        with st.expander(label, key="summary_days"):
            for n in folded:
                _show_figure(n, figures[n], titles)


def _show_figure(n: int, figure: Figure, titles: Mapping[Source, str]) -> None:
    value = f"**{escape(tell_value(figure))}**"
    label = f":blue-background[{value}]" if st.session_state.get(FIGURE) == n else value
    with st.container(horizontal=True, wrap=False, gap="small", key=f"summary_figure_row_{n}"):
        with st.container(width=128, key=f"title_figure_{n}"):
            st.button(label, type="tertiary", key=f"choose_figure_{n}", on_click=_choose, args=(n,))
        with st.container(gap=None):
            st.markdown(f":small[:gray[{escape(tell_way(figure, titles))}]]")
            for part in figure.parts if len(figure.parts) <= SPELLED_OUT else ():
                st.markdown(f":small[{escape(tell_value(part))}　:gray[{escape(tell_way(part, titles))}]]")


def _choose(n: int) -> None:
    st.session_state[FIGURE] = None if st.session_state.get(FIGURE) == n else n
