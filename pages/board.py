import streamlit as st

from unionboard import clock
from unionboard.services.permissions import Act
from unionboard.ui import identity
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.board_facts import show_masked_drawer
from unionboard.ui.board_head import show_first_ticks, show_head, show_next_step
from unionboard.ui.board_links import follow, is_big
from unionboard.ui.board_sheet import read_big_sheet, read_sheet, show_big_board, show_board
from unionboard.ui.demo_line import show_demo_line
from unionboard.ui.frame import chosen_plan
from unionboard.ui.kept import keep
from unionboard.ui.live import watch_changes
from unionboard.ui.phone_access import may_share, open_phone_access, show_phone_dialog
from unionboard.ui.welcome import show_welcome
from unionboard.web.sharing import sharing

follow()
watch_changes()
plan = chosen_plan()
if plan is None:
    show_welcome()
    st.stop()

today = clock.today()
if is_big():
    sheet = keep(read_big_sheet, plan.id or 0, today=today, may_hold=identity.may(Act.HOLD_MEETING), may_share=may_share())
    show_big_board(sheet, on_phone=open_phone_access if may_share() else None)
else:
    sheet = keep(read_sheet, plan.id or 0, today=today)
    show_head(today, sharing, has_open_meeting=sheet.has_open_meeting)
    show_demo_line()
    if sheet.has_activities:
        show_first_ticks(sheet.untouched)
        show_board(sheet)
    else:
        show_next_step()
show_phone_dialog(sharing)
if is_big():
    show_masked_drawer()
else:
    show_activity_drawer()
