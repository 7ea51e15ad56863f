"""What an import asks before it goes through: words that are no item, lines that may be booked already, cells that cannot be taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from unionboard.errors.ledger_import import CellItemUnknown
from unionboard.models import Direction
from unionboard.money import format_fen
from unionboard.reading.ledger_lines import FileSetting
from unionboard.reading.ledger_rows import Problem
from unionboard.reference import FundItem
from unionboard.services.budget_import import BudgetPreview
from unionboard.services.import_lines import ImportChoices, ImportLine, row_of
from unionboard.services.ledger_import import ImportPreview
from unionboard.ui.fund.words import item_name, voucher_text
from unionboard.ui.refusals import tell
from unionboard.ui.text import escape, short_date, t, tn

Choose = Callable[[ImportChoices], None]
Set = Callable[[FileSetting], None]
_SHOWN = 30  # questions of a kind at a time; the next come when these are answered
_KEEP, _KNOWN = "keep", "known"


def show_questions(
    preview: ImportPreview | BudgetPreview, items: Mapping[str, FundItem], choices: ImportChoices, *, on_setting: Set, on_choice: Choose
) -> None:
    """All that has to be said before the import; nothing when all is clear."""
    problems = preview.refused_cells if isinstance(preview, ImportPreview) else preview.problems
    words = list(dict.fromkeys(str(each.refusal.facts["text"]) for each in problems if isinstance(each.refusal, CellItemUnknown)))
    if words:
        _ask_words(words, preview.setting, items, on_setting)
    if isinstance(preview, ImportPreview):
        near = [line for line in preview.lines if line.near and line.state.value in ("near", "new", "left")]
        if near:
            _ask_near(near, choices, on_choice)
    rest = [problem for problem in problems if not isinstance(problem.refusal, CellItemUnknown)]
    unknown = [problem for problem in problems if isinstance(problem.refusal, CellItemUnknown)]
    if rest or unknown or choices.left_rows:
        _show_refused([*rest, *unknown], choices, on_choice)


def _ask_words(words: Sequence[str], setting: FileSetting, items: Mapping[str, FundItem], on_setting: Set) -> None:
    with st.container(border=True, key="import_words"):
        st.markdown(f"**:material/help: {tn('{n} word is no item of the books', '{n} words are no items of the books', len(words))}**")
        with st.container(horizontal=True, wrap=True, gap="small"):
            for number, word in enumerate(words[:_SHOWN]):
                key = f"import_word_{len(setting.items)}_{number}"
                st.selectbox(
                    word,
                    list(items),
                    index=None,
                    format_func=lambda code: _with_side(code, items),
                    placeholder=t("Choose an item"),
                    width=240,
                    key=key,
                    on_change=_take_word,
                    args=(setting, word, key, on_setting),
                )


def _with_side(code: str, items: Mapping[str, FundItem]) -> str:
    side = t("Income") if items[code].direction == Direction.IN else t("Spending")
    return f"{item_name(code, items)} · {side}"


def _take_word(setting: FileSetting, word: str, key: str, on_setting: Set) -> None:
    if code := st.session_state.get(key):
        on_setting(replace(setting, items={**setting.items, word: str(code)}))


def _ask_near(lines: Sequence[ImportLine], choices: ImportChoices, on_choice: Choose) -> None:
    with st.container(border=True, key="import_near"):
        with st.container(horizontal=True, vertical_alignment="center", wrap=True):
            sentence = tn("{n} line may be booked already", "{n} lines may be booked already", len(lines))
            st.markdown(f"**:material/content_copy: {sentence}**", width="stretch")
            keys = frozenset(line.key for line in lines)
            all_kept, all_known = replace(choices, kept=keys, dropped=frozenset()), replace(choices, kept=frozenset(), dropped=keys)
            st.button(t("All are booked already"), type="tertiary", key="import_all_known", on_click=on_choice, args=(all_known,))
            st.button(t("Book all of them"), type="tertiary", key="import_all_kept", on_click=on_choice, args=(all_kept,))
        for line in lines[:_SHOWN]:
            _ask_one_near(line, choices, on_choice)


def _ask_one_near(line: ImportLine, choices: ImportChoices, on_choice: Choose) -> None:
    key = f"import_near_{line.key[:12]}"
    st.session_state[key] = _KEEP if line.key in choices.kept else _KNOWN if line.key in choices.dropped else None
    with st.container(horizontal=True, vertical_alignment="center", wrap=True, gap="small"):
        day = short_date(line.booked_on) if line.booked_on else ""
        file = f"{t('Row {row}', row=escape(line.row))}　{day}　{escape(line.purpose)}　**{format_fen(line.amount_fen)}**"
        booked = "；".join(
            f"{voucher_text(entry.voucher)} · {short_date(entry.booked_on)} · {escape(entry.purpose)}" for entry in line.near[:3]
        )
        st.markdown(f"{file}  \n:small[:gray[{t('In the book')}: {booked}]]", width="stretch")
        st.segmented_control(
            t("Row {row}", row=line.row),
            [_KNOWN, _KEEP],
            format_func=lambda code: t("The same payment") if code == _KNOWN else t("Another payment"),
            label_visibility="collapsed",
            key=key,
            on_change=_take_near,
            args=(line.key, key, choices, on_choice),
        )


def _take_near(line_key: str, key: str, choices: ImportChoices, on_choice: Choose) -> None:
    said = st.session_state.get(key)
    kept, dropped = choices.kept - {line_key}, choices.dropped - {line_key}
    on_choice(
        replace(choices, kept=kept | ({line_key} if said == _KEEP else set()), dropped=dropped | ({line_key} if said == _KNOWN else set()))
    )


def _show_refused(problems: Sequence[Problem], choices: ImportChoices, on_choice: Choose) -> None:
    """Cells that stop the import, each with a way to leave its row out; and the rows that were left out, with a way back."""
    rows = list(dict.fromkeys(row_of(problem.cell) for problem in problems))
    with st.container(border=True, key="import_refused"):
        if rows:
            with st.container(horizontal=True, vertical_alignment="center", wrap=True):
                sentence = tn(
                    "{n} cell cannot be taken as it is", "{n} cells cannot be taken as they are", len({each.cell for each in problems})
                )
                st.markdown(f"**:orange[:material/warning: {sentence}]**", width="stretch")
                everything = replace(choices, left_rows=choices.left_rows | frozenset(rows))
                st.button(t("Leave all these rows out"), type="tertiary", key="import_leave_all", on_click=on_choice, args=(everything,))
            st.markdown(f":small[:gray[{t('Correct them in the file and choose it again, or leave their rows out.')}]]")
        for row in rows[:_SHOWN]:
            cells = [problem for problem in problems if row_of(problem.cell) == row]
            with st.container(horizontal=True, vertical_alignment="center", wrap=True, gap="small"):
                sentences = "  \n".join(f"**{escape(each.cell)}**　{tell(each.refusal)}" for each in _distinct(cells))
                st.markdown(sentences, width="stretch")
                without = replace(choices, left_rows=choices.left_rows | {row})
                st.button(
                    t("Leave out"),
                    icon=":material/remove:",
                    type="tertiary",
                    key=f"import_leave_{row}",
                    on_click=on_choice,
                    args=(without,),
                )
        if choices.left_rows:
            with st.container(horizontal=True, vertical_alignment="center", wrap=True):
                st.markdown(f":gray[{t('Left out: rows {rows}', rows=escape('、'.join(sorted(choices.left_rows))))}]", width="stretch")
                again = replace(choices, left_rows=frozenset())
                st.button(
                    t("Take them again"),
                    icon=":material/undo:",
                    type="tertiary",
                    key="import_take_again",
                    on_click=on_choice,
                    args=(again,),
                )


def _distinct(problems: Sequence[Problem]) -> list[Problem]:
    """Each cell's sentence once: a row read from both sides says it twice."""
    return list({(problem.cell, type(problem.refusal)): problem for problem in problems}.values())
