"""The fund's page: its views, drawers and words. ``pages/fund.py`` places the views; what other pages share stays one level up."""
