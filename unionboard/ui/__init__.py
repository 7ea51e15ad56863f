"""What the pages share. With pages/ the only place that imports Streamlit."""
