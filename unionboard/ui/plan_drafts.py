"""Desks put aside: what was corrected is kept in the data folder until it is adopted or thrown away, so a reload loses nothing."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from unionboard.config import HOME_UNION, TIME_ZONE, read_config
from unionboard.reading.draft import LineUse, Reading
from unionboard.ui import identity
from unionboard.ui.plan_desk import Desk, kept_rows
from unionboard.ui.text import escape, short_date, t, tn

KEPT_AT_MOST = 8
_THROWN_KEY = "plan_thrown_away"  # the desk thrown away last in this session
_TOKEN = re.compile(r"[0-9a-f]{16}")
_desks = TypeAdapter(Desk)


@dataclass(frozen=True, slots=True)
class KeptDesk:
    """A desk put aside: ``count`` rows to adopt, last touched at ``kept_at_utc``; ``filename`` "" when the text was pasted."""

    token: str
    title: str
    year: int
    count: int
    kept_at_utc: datetime
    filename: str = ""


def _folder() -> Path:
    """Of each union in this database its own."""
    folder, union = read_config().data_dir / "drafts", identity.union_number()
    return folder if union == HOME_UNION else folder / str(union)


def _path(token: str) -> Path | None:
    return _folder() / f"{token}.json" if _TOKEN.fullmatch(token) else None


def keep_desk(desk: Desk) -> None:
    """Write the desk as it stands, without its undo steps; of many the ones touched last stay."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{desk.token}.json"
    fresh = path.with_suffix(".new")
    fresh.write_bytes(_desks.dump_json(replace(desk, reading=_own_fates(desk.reading), past=[], future=[])))
    fresh.replace(path)
    for old in sorted(folder.glob("*.json"), key=lambda kept: kept.stat().st_mtime_ns, reverse=True)[KEPT_AT_MOST:]:
        old.unlink(missing_ok=True)


def _own_fates(reading: Reading) -> Reading:
    """The reading whose documents tell the fates of their own lines only, as plain tuples."""
    plans = [replace(plan, fates=tuple(fate for fate in plan.fates if fate.use is not LineUse.ELSEWHERE)) for plan in reading.plans]
    return replace(reading, plans=tuple(plans))


def find_desk(token: str) -> Desk | None:
    """The desk kept under ``token``; None when there is none, or an older version of the program wrote it."""
    path = _path(token)
    try:
        return _desks.validate_json(path.read_bytes()) if path else None
    except (OSError, ValidationError):
        return None


def list_desks() -> list[KeptDesk]:
    """What lies aside, the last touched first."""
    paths = sorted(_folder().glob("*.json"), key=lambda kept: kept.stat().st_mtime_ns, reverse=True)
    found = ((path, find_desk(path.stem)) for path in paths)
    return [
        KeptDesk(
            path.stem,
            desk.title,
            desk.year,
            len(kept_rows(desk)),
            datetime.fromtimestamp(path.stat().st_mtime, UTC),
            desk.reading.filename,
        )
        for path, desk in found
        if desk
    ]


def forget_desk(token: str) -> None:
    """Throw away what was kept under ``token``."""
    if path := _path(token):
        path.unlink(missing_ok=True)


def show_put_aside(lay_out: Callable[[Desk], None]) -> None:
    """What lies aside, each with the way back to it (``lay_out`` puts a desk into the session); nothing when nothing does."""
    kept, thrown = list_desks(), st.session_state.get(_THROWN_KEY)
    if not kept and not isinstance(thrown, Desk):
        return
    with st.container(border=True, key="plan_put_aside"):
        st.markdown(f"**{t('Put aside before')}**")
        for desk in kept:
            with st.container(horizontal=True, vertical_alignment="center"):
                touched = desk.kept_at_utc.astimezone(ZoneInfo(TIME_ZONE))
                count = tn("{n} activity", "{n} activities", desk.count)
                st.text(desk.title, width="content")
                words = [
                    t("{year} plan year", year=desk.year),
                    count,
                    f"{short_date(touched.date())} {touched:%H:%M}",
                    escape(desk.filename),
                ]
                st.markdown(f":gray[{' · '.join(filter(None, words))}]", width="content")
                st.space("stretch")
                st.button(t("Go on"), key=f"go_on_{desk.token}", icon=":material/edit_note:", on_click=_go_on, args=(desk.token, lay_out))
                st.button(t("Throw away"), key=f"throw_away_{desk.token}", type="tertiary", on_click=_throw_away, args=(desk.token,))
        if isinstance(thrown, Desk):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":gray[{t('“{title}” was thrown away.', title=escape(thrown.title))}]", width="content")
                st.button(t("Undo"), key="undo_throw_away", icon=":material/undo:", type="tertiary", on_click=_take_back, args=(thrown,))


def _throw_away(token: str) -> None:
    """Corrections of an hour may hang on one press, so the last one thrown away can be taken back."""
    st.session_state[_THROWN_KEY] = find_desk(token)
    forget_desk(token)


def _take_back(desk: Desk) -> None:
    st.session_state.pop(_THROWN_KEY, None)
    keep_desk(desk)


def _go_on(token: str, lay_out: Callable[[Desk], None]) -> None:
    if desk := find_desk(token):
        lay_out(desk)
