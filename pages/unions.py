"""The upper union's board: the year of all unions below by month, who is late, what is spent, and what they handed in, summed."""

import streamlit as st

from unionboard import clock
from unionboard.services.overview import read_overview
from unionboard.services.permissions import Act
from unionboard.services.upward_sums import read_sums
from unionboard.ui import identity
from unionboard.ui.components.overview_table import show_overview_table
from unionboard.ui.live import watch_changes
from unionboard.ui.text import t
from unionboard.ui.unions.below import keep_below, list_below
from unionboard.ui.unions.choice import View, ask_rows, ask_view, ask_year, open_cell, open_figure
from unionboard.ui.unions.details import show_union_drawer
from unionboard.ui.unions.export import show_export
from unionboard.ui.unions.head import show_none, tell_figures, tell_no_plans
from unionboard.ui.unions.map import write_map
from unionboard.ui.unions.sums import show_sum_drawer, tell_counted, write_sums

if not list_below():
    show_none()
    st.stop()

watch_changes()
today = clock.today()
with st.container(horizontal=True, vertical_alignment="center", gap="small", key="unions_head"):
    st.markdown(f"# {t('Unions')}", width="content")
    view = ask_view() if identity.may(Act.SEE_SUMMARY) else View.MAP
    year = ask_year(today)
    st.space("stretch")
    show_export(year)

if view is View.SUMS:
    sums = keep_below(read_sums, year)
    st.markdown(tell_counted(sums))
    if sums.lines:
        show_overview_table(write_sums(sums), key="unions_sums", on_open=open_figure)
    show_sum_drawer(sums)
else:
    overview = keep_below(read_overview, year, today=today)
    st.markdown(tell_figures(overview))
    if overview.without_plan == len(overview.unions):
        tell_no_plans()
    rows = ask_rows(overview)
    show_overview_table(write_map(overview, rows), key="unions_map", on_open=open_cell)
    show_union_drawer(overview)
