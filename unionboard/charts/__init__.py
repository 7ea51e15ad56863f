"""Figures as facts: lengths, words and tones that a component draws. Pure: no database, no screen, no words of its own."""
