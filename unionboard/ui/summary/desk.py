"""The bar on top of the summary's page and the rail of its parts."""

from collections.abc import Collection, Sequence

import streamlit as st

from unionboard.models import Plan
from unionboard.services.permissions import Act
from unionboard.services.summary import BlockView, DraftHead, SummaryView
from unionboard.services.summary_check import LONGEST
from unionboard.services.summary_editing import heading_key
from unionboard.ui.components.paper import Pick
from unionboard.ui.drawers import open_drawer
from unionboard.ui.offers import offer
from unionboard.ui.summary.chooser import show_chooser, write_now
from unionboard.ui.summary.place import BLOCK, PAPER, TITLE, pick, picked, turn_to
from unionboard.ui.summary.words import describe_state, name_block
from unionboard.ui.text import escape, t, tn


def show_bar(plan: Plan, view: SummaryView, heads: Sequence[DraftHead], stale: Collection[str], to_check: int) -> None:
    """Title, counts that lead to what they count, and what one may do with the whole."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="summary_bar"):
        st.markdown(f"# {t('Summary')}", width="content")
        with st.container(horizontal=True, width="content", gap="xsmall", vertical_alignment="center", key="summary_counts"):
            st.markdown(_tell_length(view), width="content")
            _show_counts(view, stale)
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom", key="actions_summary"):
            show_chooser(plan, view.id, view, heads)
            label = tn("{n} place to check", "{n} places to check", to_check) if to_check else t("Checked")
            icon = ":material/rule:" if to_check else ":material/task_alt:"
            st.button(label, icon=icon, key="open_check", on_click=open_drawer, args=("check",))
            if not view.is_final:
                offer(
                    Act.WRITE_SUMMARY,
                    t("Write anew"),
                    icon=":material/refresh:",
                    key="rewrite_summary",
                    on_click=write_now,
                    args=(view.id,),
                )
            icon = ":material/description:"
            st.button(t("Export"), icon=icon, type="primary", key="go_export_summary", on_click=open_drawer, args=("export",))


def _tell_length(view: SummaryView) -> str:
    """How long it is, and of the short forms how much there is room for."""
    count = tn("{n} character", "{n} characters", view.letters)
    room = LONGEST.get(view.form)
    if room is None or view.language == "en":
        return f":gray-badge[{count}]"
    over = view.letters - room
    if over > 0:
        return f":orange-badge[:material/warning: {t('{count}, {over} too many', count=count, over=over)}]"
    return f":gray-badge[{t('{count} of {room}', count=count, room=room)}]"


def _show_counts(view: SummaryView, stale: Collection[str]) -> None:
    """How many parts are in which state; a press goes to the next of them."""
    fresh = [block.key for block in view.printed if not block.is_edited and block.key not in stale]
    edited = [block.key for block in view.printed if block.is_edited and not block.is_conflict]
    conflicts = [block.key for block in view.printed if block.is_conflict]
    gaps = [block.key for block in view.printed if block.gaps]
    moved = [block.key for block in view.blocks if block.key in stale]
    left_out = [block.key for block in view.blocks if block.is_left_out]
    counted = (
        ("fresh", fresh, "green", "check", tn("{n} part as recorded", "{n} parts as recorded", len(fresh))),
        ("edited", edited, "blue", "edit", tn("{n} part edited", "{n} parts edited", len(edited))),
        ("conflicts", conflicts, "orange", "warning", tn("{n} part in two versions", "{n} parts in two versions", len(conflicts))),
        ("gaps", gaps, "orange", "help", tn("{n} gap to fill", "{n} gaps to fill", len(view.gaps))),
        ("stale", moved, "orange", "sync_problem", tn("Records changed in {n} part", "Records changed in {n} parts", len(moved))),
        ("left_out", left_out, "gray", "visibility_off", tn("{n} part left out", "{n} parts left out", len(left_out))),
    )
    for name, keys, colour, icon, words in counted:
        if keys:
            label = f":{colour}-badge[:material/{icon}: {words}]"
            st.button(label, type="tertiary", key=f"count_{name}", on_click=_turn_to_next, args=(tuple(keys),))


def _turn_to_next(keys: Sequence[str]) -> None:
    now = st.session_state.get(BLOCK)
    turn_to(keys[(keys.index(now) + 1) % len(keys)] if now in keys else keys[0])


def settle_block(view: SummaryView) -> BlockView | None:
    """The part in question, the first when what was chosen is gone; None: the title."""
    wanted = st.session_state.get(BLOCK)
    if wanted == TITLE or not view.blocks:
        return None
    found = next((block for block in view.blocks if block.key == wanted), view.blocks[0])
    if wanted != found.key:
        pick(Pick(found.key))
    return found


def show_rail(view: SummaryView, stale: Collection[str], typing: Collection[str], *, is_phone: bool) -> None:
    """The title and all parts with their state; a choice scrolls the paper."""
    blocks = {block.key: block for block in view.blocks}
    left_out = {block.key for block in view.blocks if block.is_left_out}

    def name(key: str) -> str:
        return t("Title") if key == TITLE else name_block(view, blocks[key])

    def name_flat(key: str) -> str:
        return t("Left out: {heading}", heading=name(key)) if key in left_out else name(key)

    keys = [TITLE, *blocks]
    key = "summary_rail_phone" if is_phone else "summary_rail"
    st.session_state[key] = picked().key
    if is_phone:
        label = t("Part")
        st.selectbox(label, keys, format_func=name_flat, key=key, on_change=_turn, args=(key,), label_visibility="collapsed", required=True)
        return
    is_own = view.title != view.generated_title
    if TITLE in typing:
        title = f":blue[:material/edit_note: {t('Typed, not saved')}]"
    else:
        title = f":blue[:material/edit: {t('Edited')}]" if is_own else f":green[:material/check_circle: {t('As recorded')}]"
    states = [
        describe_state(block, is_stale=block.key in stale, is_typing=bool({block.key, heading_key(block.key)} & set(typing)))
        for block in view.blocks
    ]
    st.radio(
        t("Part"),
        keys,
        format_func=lambda key: f":gray[~~{escape(name(key))}~~]" if key in left_out else escape(name(key)),
        captions=[title, *states],
        key=key,
        on_change=_turn,
        args=(key,),
        label_visibility="collapsed",
    )


def ask_paper() -> bool:
    """Whether a part in two versions is looked at on the paper all the same."""
    views = {False: t("Both versions"), True: t("See the sheet")}
    st.session_state.setdefault(PAPER, False)
    st.segmented_control(t("View"), list(views), format_func=views.__getitem__, required=True, label_visibility="collapsed", key=PAPER)
    return bool(st.session_state[PAPER])


def _turn(key: str) -> None:
    turn_to(st.session_state[key])
