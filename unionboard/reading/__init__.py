"""A document's bytes -> what was read, what was left out and why. Pure: no database, no Streamlit."""
