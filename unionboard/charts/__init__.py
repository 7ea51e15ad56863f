"""Dataclasses in, Plotly figures out. Pure: no database, no screen, no words of its own."""
