import streamlit as st

from unionboard import clock, db
from unionboard.services import execution, fund
from unionboard.services.board import read_board
from unionboard.services.masking import Mask, list_known_names
from unionboard.services.unions import find_union
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.board_facts import show_masked_drawer
from unionboard.ui.board_head import show_head, show_next_step
from unionboard.ui.board_links import follow, is_big
from unionboard.ui.board_sheet import show_big_board, show_board
from unionboard.ui.frame import chosen_plan
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
with db.reading() as session:
    union = find_union(session)
    board = read_board(session, plan.id or 0, today=today)
    book = fund.read_book(session, fund.book_year(plan, today=today), as_of=today)
    items = execution.list_items(session, book)
    mask = Mask(list_known_names(session))

if is_big():
    on_phone = open_phone_access if may_share() else None
    show_big_board(board, book, plan, mask, union=union.name if union else "", on_phone=on_phone)
else:
    show_head(board, today, sharing)
    if board.activities:
        show_board(board, book, items, mask)
    else:
        show_next_step()
show_phone_dialog(sharing)
if is_big():
    show_masked_drawer(mask)
else:
    show_activity_drawer()
