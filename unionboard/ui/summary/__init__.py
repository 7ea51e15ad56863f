"""The summary's page: its bar, paper, panes and drawers. ``pages/summary.py`` places them; what other pages share stays one level up."""
