import streamlit as st

from unionboard import clock, db
from unionboard.services import fund
from unionboard.services.board import book_year, read_board
from unionboard.services.unions import find_union
from unionboard.ui.activity_drawer import show_activity_drawer
from unionboard.ui.board_charts import show_areas, show_fund_items, show_months
from unionboard.ui.board_head import is_big, show_big_head, show_head, show_next_step
from unionboard.ui.board_lists import show_big_lists, show_lists
from unionboard.ui.figures import show_figures
from unionboard.ui.frame import chosen_plan
from unionboard.ui.live import watch_changes
from unionboard.ui.welcome import show_welcome

watch_changes()
plan = chosen_plan()
if plan is None:
    show_welcome()
    st.stop()

today = clock.today()
with db.reading() as session:
    union = find_union(session)
    board = read_board(session, plan.id or 0, today=today)
    book = fund.read_book(session, book_year(plan, today=today), as_of=today)

if is_big():
    with st.container(key="big_board"):
        show_big_head(union.name if union else "", plan, today)
        show_figures(board, book, big=True)
        show_big_lists(board)
        show_months(board, plan)
else:
    show_head(today)
    show_figures(board, book)
    if board.activities:
        show_lists(board)
        left, right = st.columns(2)
        with left:
            show_areas(board)
        with right:
            show_fund_items(book)
    else:
        show_next_step()
show_activity_drawer()
