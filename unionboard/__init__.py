"""Unionboard: a trade-union committee's year in one place."""

__version__ = "0.1.0"
