import streamlit as st

from unionboard.ui.text import t

st.title(t("Board"))
