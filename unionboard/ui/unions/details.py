"""The drawer behind a union or one of its months: activities with their state, the book by item, what was handed in. Nobody is named."""

from datetime import date
from html import escape as escape_html

import streamlit as st

from unionboard.money import format_fen
from unionboard.reference import fund_items
from unionboard.services.overview import Month, Overview, UnionActivity, UnionDetails, UnionItem, UnionYear, read_details
from unionboard.ui.text import escape, month_name, named, short_date, t, when
from unionboard.ui.unions.below import keep_below
from unionboard.ui.unions.choice import MONTH, UNION, close_drawer, opened_month, opened_union
from unionboard.ui.unions.map import name_month, tell_state

WIDTH = 640
MONTHS_KEY = "unions_drawer_month"
_STYLE = (
    "<style>.ub-behind{width:100%;border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}"
    ".ub-behind th,.ub-behind td{padding:6px 8px 6px 0;text-align:left;vertical-align:top}"
    ".ub-behind tr{border-bottom:1px solid color-mix(in srgb,currentColor 16%,transparent)}.ub-behind thead th{font-weight:600;opacity:.75}"
    ".ub-behind .n{text-align:right;white-space:nowrap}.ub-behind .w{white-space:nowrap}</style>"
)


def show_union_drawer(overview: Overview) -> None:
    """Open it when the address names a union below. Called once, at the end of the page."""
    one = next((union for union in overview.unions if union.union_id == opened_union()), None)
    if one is None:
        if opened_union() is not None:
            close_drawer()
        return
    st.dialog(escape(one.name), position="right", width=WIDTH, on_dismiss=close_drawer)(_show)(one, overview)


def _show(one: UnionYear, overview: Overview) -> None:
    month = _ask_month(one, overview)
    details = keep_below(read_details, one.union_id, overview.plan_year, today=overview.as_of, month=month)
    st.markdown(_tell_union(one))
    if one.plan_id is None:
        st.text(t("This union has no plan for {year} in this database.", year=overview.plan_year))
        return
    _show_activities(details.activities, overview.as_of, month)
    if month is None:
        _show_items(details)


def _ask_month(one: UnionYear, overview: Overview) -> Month | None:
    months = [month for month in overview.months if month in one.months]
    wished = opened_month()
    if MONTHS_KEY not in st.session_state or st.session_state.get(f"{MONTHS_KEY}_of") != (one.union_id, wished):
        st.session_state[MONTHS_KEY] = wished if wished in months else None
        st.session_state[f"{MONTHS_KEY}_of"] = (one.union_id, wished)
    names = {month: name_month(month, overview) for month in months}
    st.pills(
        t("Month"),
        months,
        format_func=names.__getitem__,
        key=MONTHS_KEY,
        label_visibility="collapsed",
        on_change=_turn_to,
        args=(one.union_id,),
    )
    chosen: Month | None = st.session_state[MONTHS_KEY]
    return chosen


def _turn_to(union_id: int) -> None:
    month: Month | None = st.session_state[MONTHS_KEY]
    st.query_params[UNION] = str(union_id)
    if month is None:
        st.query_params.pop(MONTH, None)
    else:
        st.query_params[MONTH] = f"{month[0]}-{month[1]:02d}"
    st.session_state[f"{MONTHS_KEY}_of"] = (union_id, month)


def _tell_union(one: UnionYear) -> str:
    parts = []
    if one.year.due:
        parts.append(t("**{share}%** done ({done} of {due})", share=one.year.share_pct, done=one.year.done, due=one.year.due))
        parts.append(t("**{n}** late", n=one.year.late))
    if one.held:
        parts.append(t("**{share}%** proven: {proven} of {held} check-offs", share=one.evidence_pct, proven=one.proven, held=one.held))
    state = tell_state(one)
    parts.append(escape(" ".join([state["text"], state["note"]])))
    return " · ".join(parts)


def _show_activities(rows: tuple[UnionActivity, ...], today: date, month: Month | None) -> None:
    title = t("Activities of {month}", month=month_name(month[1])) if month else t("Activities")
    st.markdown(f"**{title}** :gray[{len(rows)}]")
    if not rows:
        st.text(t("Nothing stands in this month."))
        return
    heads = "".join(f"<th>{escape_html(head)}</th>" for head in (t("Activity"), t("When"), t("State"), t("Evidence")))
    body = "".join(_row(row, today) for row in rows)
    st.html(f"{_STYLE}<table class='ub-behind'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")


def _row(row: UnionActivity, today: date) -> str:
    sign, word = _state(row, today)
    held = row.done_on is not None
    evidence = "✓" if row.has_evidence else t("no papers") if held else ""
    when_told = short_date(row.done_on) if row.done_on else when(row.starts_on, row.ends_on, row.precision)
    cells = (row.title, when_told, f"{sign} {word}", evidence)
    classes = ("", "w", "w", "w")
    return "<tr>" + "".join(f"<td class='{name}'>{escape_html(cell)}</td>" for name, cell in zip(classes, cells, strict=True)) + "</tr>"


def _state(row: UnionActivity, today: date) -> tuple[str, str]:
    """Sign and word: never one without the other."""
    if row.done_on is not None:
        return ("◐", t("Partly done")) if row.is_partial else ("✓", t("Done"))
    if row.is_cancelled:
        return "×", t("Cancelled")
    if row.is_late:
        return "▲", t("Late")
    return ("✓", t("Done")) if row.ends_on < today else ("○", t("Coming"))


def _show_items(details: UnionDetails) -> None:
    if details.items is None:
        return
    st.markdown(f"**{t('Spent of budget, by item')}**")
    if not details.items:
        st.text(t("Nothing is budgeted or booked."))
        return
    heads = f"<th>{escape_html(t('Item'))}</th>" + "".join(
        f"<th class='n'>{escape_html(one)}</th>" for one in (t("Spent"), t("Budget"), "%")
    )
    body = "".join(_item_row(item) for item in details.items)
    st.html(f"{_STYLE}<table class='ub-behind'><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>")


def _item_row(row: UnionItem) -> str:
    share = row.money.share_pct
    name = row.name or (named(fund_items()[row.item]) if row.item in fund_items() else row.item)
    told = t("no budget") if share is None else f"{'▲ ' if row.money.spent_fen > row.money.budget_fen else ''}{share}%"
    numbers = (format_fen(row.money.spent_fen), format_fen(row.money.budget_fen), told)
    return f"<tr><td>{escape_html(name)}</td>" + "".join(f"<td class='n'>{escape_html(one)}</td>" for one in numbers) + "</tr>"
