"""The empty page: ``streamlit run tests/bench/empty.py`` is Streamlit alone."""

import streamlit as st


def draw_empty() -> None:
    """A page that holds only a button, and shows that it was clicked."""
    clicks = st.session_state.get("clicks", 0)
    st.button("count", key="count", on_click=lambda: st.session_state.update(clicks=clicks + 1))
    with st.container(key=f"clicked_{clicks}"):
        st.write("empty")


if __name__ == "__main__":
    draw_empty()
